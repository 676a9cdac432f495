"""What is asked about drafts, and about pages while they are written."""
