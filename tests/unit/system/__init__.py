"""Tests of what the operating system does for the app."""
