"""Following who wrote what: with each save, before a view, all over again."""
