"""Settings: who can open the book, when it closes by itself, and how the window looks."""
