"""All SQL of the pages: frozen rows to show."""
