"""Looks after the texts of the support pane: what must not be in them, how old they are, how hard to read."""
