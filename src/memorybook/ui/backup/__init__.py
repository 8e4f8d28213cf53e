"""Copies of the open book, and everything in it taken out."""
