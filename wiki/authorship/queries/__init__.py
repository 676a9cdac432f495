"""What is asked about who wrote the words of pages."""
