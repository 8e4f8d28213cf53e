"""What can go into a printed book, each thing as one line to choose or to leave."""

import datetime
import enum
from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import BabyId, CeremonyId, EntryId, KeepsakeId, PhotoId, RecordingId


class Part(enum.StrEnum):
    """The sections of what can be chosen, in the order in which they are offered."""

    ENTRIES = "entries"
    PHOTOS = "photos"
    KEEPSAKES = "keepsakes"
    RECORDINGS = "recordings"
    BABIES = "babies"
    CEREMONIES = "ceremonies"


Key = tuple[Part, int]
"""Which thing it is, among all that can be chosen."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is in the vault and not put away.

    ``id`` is that of its row. ``title`` and ``words`` are as typed, ``words`` on one line and cut; both may
    be empty. ``kind`` is a code or the parent’s own word. ``person`` is who wrote, took, recorded or gave it,
    empty for whoever keeps the book and for nobody said. ``photos`` are those of a page or a keepsake that
    would come with it. What is not ``in_book`` is for the parent alone, and never printed. A photo or
    recording that is only with things for the parent alone is not ``offered``: it goes in when it is chosen
    itself, not with everything else.
    """

    part: Part
    id: int
    title: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    day: VagueDate = UNKNOWN
    kind: str = field(default="", repr=False)
    person: str = field(default="", repr=False)
    babies: tuple[BabyId, ...] = ()
    tags: tuple[str, ...] = field(default=(), repr=False)
    in_book: bool = True
    covered: bool = False
    photos: tuple[PhotoId, ...] = ()
    offered: bool = True

    @property
    def key(self) -> Key:
        """By which it is known among all the others."""
        return self.part, self.id


@dataclass(frozen=True, slots=True)
class Material:
    """All that can go in, read at one moment.

    ``items`` stand part by part: pages, photos, recordings and ceremonies the oldest first and those without
    a day last, keepsakes and babies in the parent’s order. ``days`` is how many lines "The days we keep"
    would have. ``damaged`` are things that are not as they were kept, so that nothing of them is here: they
    cannot be chosen, nor printed; ``damaged_days`` and ``damaged_editions`` are how many of those there
    are. ``title`` is the book’s, ``word`` stands for a baby without a name, ``me`` is the name of whoever
    keeps the book.
    """

    items: tuple[Item, ...] = ()
    days: int = 0
    damaged: tuple[Key, ...] = ()
    damaged_days: int = 0
    damaged_editions: int = 0
    title: str = field(default="", repr=False)
    word: str = field(default="", repr=False)
    me: str = field(default="", repr=False)

    def of(self, part: Part) -> tuple[Item, ...]:
        """The things of one part, those that are for the parent alone among them."""
        return tuple(item for item in self.items if item.part is part)

    @property
    def is_empty(self) -> bool:
        """Nothing can be printed but a title."""
        return not self.days and not any(item.in_book for item in self.items)


@dataclass(frozen=True, slots=True)
class Only:
    """Which things are meant; ``None`` asks for all, and so does an empty ``tag``.

    ``person`` is a name as in :class:`Item`, empty for whoever keeps the book. ``first`` and ``last`` are
    days, both included; a thing of a month or a year belongs to it when any of its days does, one without a
    year never.
    """

    part: Part | None = None
    baby: BabyId | None = None
    person: str | None = field(default=None, repr=False)
    kind: str | None = field(default=None, repr=False)
    tag: str = field(default="", repr=False)
    first: datetime.date | None = None
    last: datetime.date | None = None
    covered: bool | None = None
    in_book: bool | None = None


ALL = Only()


@dataclass(frozen=True, slots=True)
class Came:
    """What is marked for the book and was not there, or not marked, when an edition was last looked through.

    Photos that come with a page or a keepsake are not named again.
    """

    entries: tuple[EntryId, ...] = ()
    photos: tuple[PhotoId, ...] = ()
    keepsakes: tuple[KeepsakeId, ...] = ()
    recordings: tuple[RecordingId, ...] = ()
    babies: tuple[BabyId, ...] = ()
    ceremonies: tuple[CeremonyId, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """All of it."""
        parts: tuple[tuple[int, ...], ...] = (
            self.entries, self.photos, self.keepsakes, self.recordings, self.babies, self.ceremonies
        )
        return tuple((part, each) for part, ids in zip(Part, parts, strict=True) for each in ids)

    def __len__(self) -> int:
        return len(self.keys)
