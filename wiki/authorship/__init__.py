"""Who wrote the words of each page: followed with every save, asked by pages and reports."""
