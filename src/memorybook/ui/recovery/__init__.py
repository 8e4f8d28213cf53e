"""The recovery sheet, typing it back, and a new passphrase after its words opened the book."""
