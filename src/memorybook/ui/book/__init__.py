"""Make a book: what goes in, real pages to look at, and the PDF."""
