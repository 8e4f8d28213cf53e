"""The window around the places, and what joins them."""
