"""The closed book: beginning one, opening one, and the way to the support pane without either."""
