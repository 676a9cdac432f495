"""Plumbing to the browser: transactions, refusals, headers and kept pages."""
