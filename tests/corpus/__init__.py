"""Files to try the app on, made at test time."""
