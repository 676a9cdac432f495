"""Manyhands: a wiki in which an organisation drafts one strategy together."""
