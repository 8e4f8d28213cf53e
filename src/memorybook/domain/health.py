"""What a look at a whole book has found: what is whole, and what of it could not be read."""

from dataclasses import dataclass, field
from enum import Enum

from memorybook.domain.backup import BookCounts

PAGES, ROWS, FILES = "pages", "rows", "files"
"""The stages of a look at a whole book; ``Step.done`` counts pages of the file, things, and files."""

ANEW, PICTURES = "anew", "pictures"
"""The stages of making anew what can be made from the rest: the book's file, and small pictures."""

WORDS, FILE, SMALL_PICTURE, LINKS = "words", "file", "small picture", "links"
"""What of a thing is lost: all that is known of it, its original, what was made from that alone, or which
photos, recordings, babies and tags belong to it, while everything else of it is whole."""


class Thing(Enum):
    """What sort of thing a damaged one is."""

    PAGE = "page"
    EARLIER_VERSION = "earlier version"
    PHOTO = "photo"
    RECORDING = "recording"
    KEEPSAKE = "keepsake"
    DAY = "day"
    BABY = "baby"
    CEREMONY = "ceremony"
    PERSON = "person"
    EDITION = "edition"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DamagedThing:
    """One thing that could not be read. ``title`` and ``day`` (EDTF) as far as they are still known.

    ``lost`` is how much of it is gone: :data:`WORDS`, :data:`FILE`, :data:`SMALL_PICTURE` or :data:`LINKS`.
    Of OTHER the title is a name of ours: "preference" for what was chosen, "spelling_word" for the family's
    own words.
    """

    thing: Thing
    id: int
    title: str = field(repr=False)
    day: str = field(repr=False)
    lost: str


class PutRight(Enum):
    """What was damaged and was put right by itself, since nothing that was kept hung on it.

    The first page of the file came out of its copy, the file was written anew from all that is in it, small
    pictures were made again from whole originals.
    """

    FIRST_PAGE = "first page"
    FILE = "file"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What was found. ``bad_pages`` are numbers of pages of ``book.db``, counted from 1.

    ``keys_mended`` tells that a damaged copy of the key file was put right; ``strays`` counts files of
    ``media`` that nothing names; ``unknown_schema`` that tables are not as this version makes them. With
    ``is_deep`` the originals were read to their end, and not only looked at. ``counts`` are of what can be
    read; there are none of a book that cannot be opened.
    """

    checked_at: str
    counts: BookCounts | None
    damaged: tuple[DamagedThing, ...]
    bad_pages: tuple[int, ...]
    keys_mended: bool
    keys_damaged: bool
    unknown_schema: bool
    strays: int
    is_deep: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether everything that was kept is there as it was kept."""
        return not (self.damaged or self.bad_pages or self.unknown_schema or self.keys_damaged)
