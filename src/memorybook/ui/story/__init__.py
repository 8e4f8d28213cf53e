"""Our story: every page by month, search as one types, and a page to read."""
