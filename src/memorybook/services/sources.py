"""What a person offers the book: files, whole folders, and what was pasted; and reading their bytes."""

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Source = Path | bytes
"""A file or a folder, or the bytes of a file that was pasted."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file to look at. ``chosen`` is false for one that was found in a folder: it may be anything."""

    source: Source = field(repr=False)
    chosen: bool = True

    @property
    def name(self) -> str:
        """Its name without its folder; empty for what was pasted."""
        return self.source.name if isinstance(self.source, Path) else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """All there is to look at, in order; how many hidden files there are beside it, and closed folders."""

    found: tuple[Found, ...]
    hidden: int
    closed: int


def list_all(sources: Sequence[Source], stopped: Callable[[], bool] = lambda: False) -> Listing:
    """Look through the folders among ``sources``, as deep as they go. Reads names alone.

    In a folder come its files and then its folders, both as a person would sort them. Hidden folders, and
    folders that are links to others, are left alone. ``stopped`` ends it with what was found so far.
    """
    found: list[Found] = []
    hidden, closed = [0], [0]
    for source in sources:
        if isinstance(source, Path) and is_folder(source):
            found += (Found(path, chosen=False) for path in _files(source, hidden, closed, stopped))
        else:
            found.append(Found(source))
    return Listing(tuple(found), hidden[0], closed[0])


def beginning(path: Path, length: int) -> bytes | None:
    """The first bytes of a file; ``None`` when it cannot be read or is none."""
    try:
        descriptor = open_file(path)
    except (OSError, ValueError):
        return None
    with os.fdopen(descriptor, "rb") as file:
        try:
            return file.read(length)
        except OSError:
            return None


def open_file(path: Path) -> int:
    """A descriptor of a file, to be closed. Raises ``OSError``, or ``ValueError`` for what is no file."""
    # Not blocking: a pipe with nobody at its other end would hold the thread for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ValueError("not a file")
    return descriptor


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name, as far as can be seen."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _files(folder: Path, hidden: list[int], closed: list[int], stopped: Callable[[], bool]) -> Iterator[Path]:
    waiting = [folder]
    while waiting and not stopped():
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                inside = sorted(entries, key=lambda entry: _as_sorted(entry.name))
        except OSError:
            closed[0] += 1
            continue
        folders = []
        for entry in inside:
            is_below = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith("."):
                hidden[0] += not is_below
            elif is_below:
                folders.append(here / entry.name)
            elif not entry.is_dir():
                yield here / entry.name
        waiting += reversed(folders)


def _as_sorted(name: str) -> tuple[list[tuple[int, str]], str]:
    """So that "2" stands before "10", whatever the case of the letters."""
    pieces = re.split(r"([0-9]+)", name.casefold())
    return [(int(piece), "") if n % 2 else (-1, piece) for n, piece in enumerate(pieces)], name
