"""Room that is kept for words: a file beside the book that is let go of when the disk is full.

On a full disk nothing can be written, so nothing could be deleted either: also a deletion needs a little room
first. What the file gives back holds many hours of writing, and is meant for that alone: pictures
and recordings do not go into it.
"""

import os
from contextlib import suppress
from pathlib import Path

from memorybook.errors import StorageFailed
from memorybook.files import free_bytes

NAME = "book.room"
BYTES = 16 << 20
"""Putting a page into the drawer was measured to need 0.04 MiB; deleting one for ever writes the whole index
of words anew, which took 10.5 MiB in a book of 480,000 words."""

HEADROOM = 64 << 20
"""There has to be this much besides before the file is made: a small or nearly full disk is left alone."""

_BLOCK = 1 << 20


def keep(folder: Path) -> None:
    """Make the file, or fill it again, when there is room. Takes tens of milliseconds then; never raises."""
    path = folder / NAME
    with suppress(OSError, StorageFailed):
        if _held(path) == BYTES or free_bytes(folder) < HEADROOM + BYTES:
            return
        descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600
        )
        with os.fdopen(descriptor, "wb") as file:
            block = os.urandom(_BLOCK)  # zeros take no room where the disk packs what is written
            for _ in range(BYTES // _BLOCK):
                file.write(block)


def let_go(folder: Path) -> bool:
    """Give the room back to the disk; whether there was any. The empty file says that it was needed."""
    path = folder / NAME
    try:
        if path.is_symlink() or not _held(path):
            return False
        os.truncate(path, 0)
    except OSError:
        return False
    return True


def owed(folder: Path) -> int:
    """How many bytes of the disk are words' alone at present: what was let go of. 0 on most days."""
    try:
        held = _held(folder / NAME)
    except OSError:
        return 0
    return BYTES if held is not None and held < BYTES else 0


def _held(path: Path) -> int | None:
    try:
        return path.lstat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None
