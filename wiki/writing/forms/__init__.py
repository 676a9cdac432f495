"""What a browser sent about writing, and what a form shows again."""
