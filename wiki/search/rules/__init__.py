"""Pure decisions of the search: what a term is, what was asked for, what a snippet shows."""
