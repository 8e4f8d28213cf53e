"""Tests of the picture worker and of the way to it."""
