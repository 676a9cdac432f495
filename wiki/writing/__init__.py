"""Writing together: drafts, saving, merging, clashes, and the acts that change pages."""
