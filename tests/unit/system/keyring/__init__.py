"""Tests of what the computer keeps for a book."""
