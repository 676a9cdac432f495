"""Plumbing to the database: engine, sessions, column types, dialects, migrations."""
