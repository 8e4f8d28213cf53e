"""The limits of the picture worker, on whichever system it runs."""


def close() -> None:
    """Close the sandbox."""
