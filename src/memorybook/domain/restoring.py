"""A copy of a book before it is opened, and what was brought back out of one."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from memorybook.domain.backup import BookCounts
from memorybook.domain.health import DamagedThing

COPYING = "copying"
CHECKING = "checking"
CHECKING_FILES = "checking files"
"""The stages that are told while a copy is brought back, in this order; all of them count bytes."""


class CopyKind(Enum):
    """In which form a copy lies there."""

    SNAPSHOT = "one of the copies of a place"
    FILE = "a copy in one file"
    FOLDER = "the folder of a book"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as it looks from outside, before any key: nothing of this is proved yet.

    ``path`` is the snapshot's folder, the file, or the book's folder. ``book`` is 32 hex digits that tell
    books from one another, empty when nothing says it. ``made_at`` is ISO 8601 in UTC: when the copy was
    made, or when the book was last written to; empty when that is not known. ``sequence`` orders the copies
    of one place. ``looks_complete`` is whether every file that it should have is there in its size.
    """

    kind: CopyKind
    path: Path = field(repr=False)
    book: str
    sequence: int
    made_at: str
    size: int
    looks_complete: bool
    is_newer: bool = False
    """Made by a newer Memory Book, which alone can bring it back."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A book that was brought back and checked, beside the place it is for; nothing was replaced yet.

    ``target`` is where it goes when it is put in place, ``folder`` where it lies until then. ``missing`` is
    what could not be brought back as it was kept. ``is_exact`` is whether all of the copy was as it was made,
    also what is outside the book. ``has_passphrase`` is false when the key files could not be used: then the
    book opens with its words, and a passphrase can be added.
    """

    copy: Copy
    target: Path = field(repr=False)
    folder: Path = field(repr=False)
    counts: BookCounts
    missing: tuple[DamagedThing, ...]
    is_exact: bool
    has_passphrase: bool

    @property
    def is_whole(self) -> bool:
        """Whether everything is as it was when the copy was made."""
        return self.is_exact and not self.missing
