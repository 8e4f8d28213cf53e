"""The plan of a printed book: everything the typesetter needs, as data, pictures by id."""

import enum
from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import BabyId, CeremonyId, EntryId, PhotoId
from memorybook.domain.markup import Block
from memorybook.domain.people import BabyDraft, CeremonyDraft


class PageSize(enum.StrEnum):
    """Trim sizes of the *To keep* preset."""

    A5 = "a5"
    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Edition:
    """What the person chose: the words on the cover, and which pages go in, in which order.

    ``babies`` and ``ceremonies`` are printed in the order of the record, whatever the order here. Covered
    photos are left out unless ``covered`` says that they go in too.
    """

    title: str = field(repr=False)
    entries: tuple[EntryId, ...]
    subtitle: str = field(default="", repr=False)
    dedication: str = field(default="", repr=False)
    with_dates: bool = True
    page_size: PageSize = PageSize.A5
    language: str = "en"
    babies: tuple[BabyId, ...] = ()
    ceremonies: tuple[CeremonyId, ...] = ()
    covered: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPicture:
    """A picture in its place. Sizes are upright pixels, edited; ``description`` becomes the alt text.

    Without one the caption does, and without either the day the picture was taken. A ``covered`` one is
    printed, and shown on the screen only when it is asked for.
    """

    photo: PhotoId
    width: int
    height: int
    caption: str = field(default="", repr=False)
    description: str = field(default="", repr=False)
    taken: VagueDate = UNKNOWN
    covered: bool = False


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One page of the story. ``signature`` is the name under it, empty when there is none."""

    title: str = field(repr=False)
    day: VagueDate
    kind: EntryKind
    signature: str = field(repr=False)
    recipient: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    pictures: tuple[PlannedPicture, ...]


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One line of "The days we keep"."""

    day: VagueDate
    label: str = field(repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PlannedBaby:
    """The page of one baby. ``word`` is the one used for it: a code of ``domain.wording`` or own words."""

    draft: BabyDraft
    word: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlannedCeremony:
    """The page of a ceremony or a farewell. ``baby`` is whose it was, where that has to be said."""

    draft: CeremonyDraft
    baby: PlannedBaby | None = None


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A whole book, ready to be typeset. Sections without content are empty and are not printed."""

    title: str = field(repr=False)
    subtitle: str = field(repr=False)
    dedication: str = field(repr=False)
    language: str
    page_size: PageSize
    entries: tuple[PlannedEntry, ...]
    dates: tuple[PlannedDate, ...]
    babies: tuple[PlannedBaby, ...] = ()
    ceremonies: tuple[PlannedCeremony, ...] = ()
