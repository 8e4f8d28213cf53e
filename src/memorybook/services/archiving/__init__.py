"""A book in open formats: written out for any program to read, and read back into a new book."""
