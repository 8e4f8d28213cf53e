"""Bringing a book back: from a copy, from an archive, or from what is left of a damaged one."""
