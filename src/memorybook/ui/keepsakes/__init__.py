"""Keepsakes: cards with words or a picture, and one form at a time that keeps itself."""
