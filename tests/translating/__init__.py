"""The sentences of the app, collected for translation."""
