"""Copies as every released version made them, kept for ever: each later version brings all of them back."""
