"""Memory Book: a private, encrypted memory book for parents who have lost a pregnancy or a baby."""

__version__ = "0.1.0"
