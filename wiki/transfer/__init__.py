"""Transfer: bringing whole histories in from elsewhere."""
