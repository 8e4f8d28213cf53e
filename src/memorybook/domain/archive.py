"""A book in open formats: the forms an archive has, and what came of writing or reading one."""

import enum
from dataclasses import dataclass

from memorybook.domain.backup import BookCounts
from memorybook.domain.health import DamagedThing

FORMAT = "memorybook-archive"
VERSION = 1
"""Of the data within an archive. A reader refuses a higher one."""

PAGE = "Memory Book.html"
README = "README.txt"
SUMS = "SHA256SUMS"
SCHEMA = "data/schema.json"
BOOK = "data/book.json"
"""What says which other files of data there are, and what could not be read when the archive was made."""


class ArchiveForm(enum.Enum):
    """How an archive is written. The first two are readable by anyone who has them."""

    FOLDER = "folder"
    ZIP = "zip"
    LOCKED_ZIP = "locked zip"


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What is in an archive that was written, or in the book that was made of one.

    ``files`` and ``bytes`` are those of the archive. ``left_out`` is what could not be read: it is in
    neither. Empty when everything was.
    """

    counts: BookCounts
    files: int
    bytes: int
    left_out: tuple[DamagedThing, ...]


@dataclass(frozen=True, slots=True)
class ArchiveSeen:
    """What an archive says of itself before it is read. ``made_at`` is ISO 8601 in UTC."""

    made_at: str
    counts: BookCounts
    is_locked: bool
