"""All SQL of the search: what is found, what is suggested, what one can filter by."""
