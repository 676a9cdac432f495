"""Search: the words of every page, findable in English and French."""
