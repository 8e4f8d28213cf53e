"""Stands in the packaged program where Python has ``urllib.request``: nothing here fetches anything.

A library that keyring uses imports it for a function that nobody calls. The real one would bring a client for
the web along.
"""

from typing import NoReturn


def urlopen(*_: object, **__: object) -> NoReturn:
    """Refuse."""
    raise OSError("this program does not use the network")
