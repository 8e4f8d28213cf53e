"""Which pages of the book a list shows, and how they fall into months."""

import enum
from dataclasses import dataclass, field

from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import BabyId, PersonId


class Me(enum.Enum):
    """The person who keeps the book, where a person is asked for: no row of theirs is in the book."""

    ME = "me"


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Pages that are all of these. What is left as it begins leaves nothing out.

    ``kinds`` empty means every kind, ``author`` ``None`` anybody; ``tag`` is compared folded. ``photos`` and
    ``in_book`` are ``None`` where it does not matter.
    """

    kinds: frozenset[EntryKind] = frozenset()
    author: PersonId | Me | None = None
    baby: BabyId | None = None
    tag: str = field(default="", repr=False)
    photos: bool | None = None
    in_book: bool | None = None

    @property
    def is_everything(self) -> bool:
        """Whether no page is left out."""
        return self == EVERYTHING


EVERYTHING = StoryFilter()


@dataclass(frozen=True, slots=True)
class Month:
    """How many pages stand under one heading: a month, or a year without one, or 0 and 0 for no year."""

    year: int
    month: int
    count: int
