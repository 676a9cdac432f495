"""Pure decisions about writing."""
