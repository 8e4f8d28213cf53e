"""Speaks SQLCipher, the key files and the encrypted media files; knows nothing of windows or services."""
