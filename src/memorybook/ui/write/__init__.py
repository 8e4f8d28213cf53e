"""The page that is written on."""
