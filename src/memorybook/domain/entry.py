"""A page of the book: a journal entry, a letter, a memory, a reading, or someone else's words."""

import enum
from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import BabyId, EntryId, PersonId, PhotoId, RecordingId


class EntryKind(enum.StrEnum):
    """What a page is. The value is what the database stores."""

    ENTRY = "entry"
    LETTER = "letter"
    MEMORY = "memory"
    READING = "reading"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What the writing page holds at one moment. ``body`` is CommonMark.

    ``author`` is ``None`` for the person who keeps the book; ``recipient`` is typed freely.
    ``photos`` and ``recordings`` are in the order in which the page shows them. ``babies`` are those it
    is about; ``tags`` are as typed, in that order.
    """

    title: str = field(default="", repr=False)
    body: str = field(default="", repr=False)
    day: VagueDate = UNKNOWN
    kind: EntryKind = EntryKind.ENTRY
    author: PersonId | None = None
    recipient: str = field(default="", repr=False)
    photos: tuple[PhotoId, ...] = ()
    in_book: bool = True
    babies: tuple[BabyId, ...] = ()
    tags: tuple[str, ...] = field(default=(), repr=False)
    recordings: tuple[RecordingId, ...] = ()

    @property
    def is_empty(self) -> bool:
        """No words, pictures or recordings. What is chosen from lists, and the date, is not content."""
        texts = (self.title, self.body, self.recipient, *self.tags)
        return not (any(text.strip() for text in texts) or self.photos or self.recordings)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as it is kept. Times are ISO 8601 in UTC and never rewritten once created."""

    id: EntryId
    draft: EntryDraft
    author_name: str | None = field(repr=False)
    created_at: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What a list shows of a page, without its body. ``excerpt`` is plain text on one line.

    ``hits`` are the (start, length) spans of a search within ``excerpt``, in characters.
    """

    id: EntryId
    day: VagueDate
    kind: EntryKind
    title: str = field(repr=False)
    excerpt: str = field(repr=False)
    author_name: str | None = field(repr=False)
    photo_count: int
    in_book: bool
    hits: tuple[tuple[int, int], ...] = ()
    babies: tuple[BabyId, ...] = ()
    tags: tuple[str, ...] = field(default=(), repr=False)
