"""Copies of a book: what is in one, where they are kept, and how far one is that is being made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.ids import PlaceId
from memorybook.errors import MemoryBookError


@dataclass(frozen=True, slots=True)
class BookCounts:
    """How much is in a book, what lies in its drawer left out. ``media_bytes`` are the originals' together.

    ``newest`` is when something was last written or added, ISO 8601 in UTC; empty when nothing is in it.
    """

    pages: int
    photos: int
    recordings: int
    keepsakes: int
    days: int
    babies: int
    media_bytes: int
    newest: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One copy of a book in a place, or in a file of its own. ``sequence`` orders them, never a clock.

    ``made_at`` and ``checked_at`` are ISO 8601 in UTC, as the computer's clock said it then: for people, not
    for decisions. ``counts`` come out of the copy after it was opened again, so there are none before that.
    """

    sequence: int
    made_at: str
    checked_at: str
    counts: BookCounts | None


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """A folder in which copies of this book are kept.

    ``volume`` tells a drive from others, whatever its path. ``is_there`` is whether it can be reached now.
    ``is_own_disk`` is whether it shares the book's disk, so that it is of no help when that fails. ``last``
    is the newest copy known to be whole.
    """

    id: PlaceId
    folder: Path = field(repr=False)
    volume: str = field(repr=False)
    is_there: bool
    is_own_disk: bool
    is_automatic: bool
    copies: int
    last: Snapshot | None


@dataclass(frozen=True, slots=True)
class Step:
    """How far something long is: bytes or things of ``total``, in the stage of this name."""

    stage: str
    done: int
    total: int


WORDS = "words"
"""The stage in which the database is copied: bytes."""

CHECKING = "checking"
"""The stage in which a copy is opened again and gone through: bytes."""

FILES = "files"
"""The stage in which originals are copied and read back: bytes."""

Told = Callable[[Step], object]
"""Told of each step, on the thread that works."""


@dataclass(frozen=True, slots=True)
class AutomaticCopy:
    """What came of an automatic copy in one place: the copy, or why there is none."""

    place: BackupPlace
    snapshot: Snapshot | None
    problem: MemoryBookError | None


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be taken away and is there now. ``place`` are the copies on it, if any are kept there.

    ``is_behind`` is whether the book says more than the newest copy there.
    """

    mount: Path = field(repr=False)
    name: str = field(repr=False)
    place: BackupPlace | None
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """There has been no checked copy away from the book's own disk for a while.

    ``last`` is when the last one was made, ISO 8601 in UTC; empty when there never was one.
    """

    last: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at all of the newest copy of a place has found. ``files`` is how many were read.

    ``mended`` counts damaged or missing files that were put right from the book's own, ``damaged`` those
    that could not be. ``is_whole`` is whether the copy can be relied on now.
    """

    snapshot: Snapshot
    files: int
    mended: int
    damaged: int

    @property
    def is_whole(self) -> bool:
        """Whether everything in the copy is as it was written."""
        return not self.damaged
