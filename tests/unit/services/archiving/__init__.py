"""A book taken out in open formats, and read back."""
