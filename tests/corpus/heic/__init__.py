"""HEIC pictures by another encoder than the one that comes with the app; read through ``encoded``."""
