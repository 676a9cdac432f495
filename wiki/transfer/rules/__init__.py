"""Pure decisions about what comes in and goes out: no database, no clock."""
