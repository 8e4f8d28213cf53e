"""The page for the memory box, typing it back, and a new passphrase after its words opened the book."""
