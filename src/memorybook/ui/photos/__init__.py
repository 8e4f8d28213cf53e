"""The photos of the book: all of them in a grid, and each of them large."""
