"""What the operating system does for the app: time, settings, hardening and the picture worker."""
