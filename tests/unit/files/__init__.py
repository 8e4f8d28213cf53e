"""Tests of the app's parts."""
