"""Settings: how the window looks, and the words on the cover."""
