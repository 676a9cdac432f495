"""Pages: their revisions, history, comparison and reading."""
