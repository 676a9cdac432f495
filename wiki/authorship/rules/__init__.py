"""Pure decisions about authorship."""
