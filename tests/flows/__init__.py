"""Whole walks through the real window: real vault, real picture worker, real typesetter, real X display."""
