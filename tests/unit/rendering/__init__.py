"""Tests of pages: what is planned is printed, whole, as it was written."""
