"""The plan of a printed book: everything the typesetter needs, as data, pictures by id."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import BabyId, CeremonyId, EditionId, EntryId, KeepsakeId, PhotoId, RecordingId
from memorybook.domain.markup import Block
from memorybook.domain.material import Key
from memorybook.domain.occasion import OccasionKind
from memorybook.domain.people import BabyDraft, CeremonyDraft


class PageSize(enum.StrEnum):
    """Trim sizes. The last three are those that print services offer; the value is what an edition holds."""

    A5 = "a5"
    A4 = "a4"
    LETTER = "letter"
    EIGHT_TEN = "8x10"
    DIGEST = "5.5x8.5"
    SIX_NINE = "6x9"
    SQUARE = "8.5x8.5"


class Preset(enum.StrEnum):
    """What the PDF is for: keeping (archival, tagged), a print service (bleed), the printer at home."""

    KEEP = "keep"
    PRESS = "press"
    HOME = "home"


class Purpose(enum.StrEnum):
    """For what a size of pages is chosen: a preset, and a booklet by itself, which has other sheets."""

    KEEP = "keep"
    PRESS = "press"
    HOME = "home"
    BOOKLET = "booklet"


class Style(enum.StrEnum):
    """How the pages look: Quiet as few words as can be, Classic as a novel, Album led by its pictures."""

    QUIET = "quiet"
    CLASSIC = "classic"
    ALBUM = "album"


class CoveredPhotos(enum.StrEnum):
    """Where photos go that are covered in the app."""

    LEAVE_OUT = "leave-out"
    LAST = "last"
    IN_PLACE = "in-place"


class Chapters(enum.StrEnum):
    """What parts the pages of the story: nothing, the years, or who wrote them."""

    NONE = "none"
    TIME = "time"
    PERSON = "person"


class Paper(enum.StrEnum):
    """The paper of a print service, for the width of the spine."""

    STANDARD = "standard"
    PREMIUM = "premium"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Edition:
    """What the person chose: the words on the cover, what goes in, in which order, and what it is made for.

    ``babies`` and ``ceremonies`` are printed in the order of the record, whatever the order here. ``photos``
    stand by themselves, on plates after the story; those of a page or a keepsake come with it unless they
    are in ``left_out``. Pictures in ``decorative`` have no words for those who cannot see them, those in
    ``smaller`` are printed so small that they do not look soft. ``paper`` and the cover for a print service
    belong to Preset.PRESS, ``large_print`` and ``booklet`` to Preset.HOME.
    A password is asked for when the PDF is saved, and kept nowhere. ``sizes`` are those of the pages that
    were set last for the other purposes.
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
    covered: CoveredPhotos = CoveredPhotos.LEAVE_OUT
    photos: tuple[PhotoId, ...] = ()
    left_out: frozenset[PhotoId] = frozenset()
    decorative: frozenset[PhotoId] = frozenset()
    smaller: frozenset[PhotoId] = frozenset()
    keepsakes: tuple[KeepsakeId, ...] = ()
    recordings: tuple[RecordingId, ...] = ()
    cover: PhotoId | None = None
    colophon: str = field(default="", repr=False)
    style: Style = Style.QUIET
    chapters: Chapters = Chapters.NONE
    preset: Preset = Preset.KEEP
    paper: Paper = Paper.STANDARD
    large_print: bool = False
    booklet: bool = False
    with_password: bool = False
    sizes: frozenset[tuple[Purpose, PageSize]] = frozenset()

    @property
    def purpose(self) -> Purpose:
        """What its pages are for."""
        if self.preset is Preset.HOME and self.booklet:
            return Purpose.BOOKLET
        return Purpose(self.preset.value)

    def for_purpose(self, purpose: Purpose, offered: Sequence[PageSize], usual: PageSize) -> "Edition":
        """The same for another purpose: its pages as large as they were for it last.

        Where that is not known they keep their size if it is ``offered`` there, else they get the ``usual``.
        """
        sizes = dict(self.sizes) | {self.purpose: self.page_size}
        size = sizes.get(purpose, self.page_size)
        booklet = purpose is Purpose.BOOKLET
        return replace(
            self,
            preset=Preset.HOME if booklet else Preset(purpose.value),
            # Whether sheets are folded stays known while the pages are for something else.
            booklet=booklet if purpose in {Purpose.HOME, Purpose.BOOKLET} else self.booklet,
            page_size=size if size in offered else usual,
            sizes=frozenset((each, of) for each, of in sizes.items() if each is not purpose),
        )


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition as it is remembered. ``name`` is the parent’s; ``changed_at`` is UTC, ISO 8601."""

    id: EditionId
    name: str = field(repr=False)
    edition: Edition
    changed_at: str
    deleted_at: str | None = None


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
    credit: str = field(default="", repr=False)
    """Who took it, as typed."""
    per_mm: float | None = None
    """Pixels to the millimetre of the thing itself: printed in its true size where the page has the room."""
    decorative: bool = False
    smaller: bool = False
    """Asked to be printed so small that it does not look soft."""


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
    author: str = field(default="", repr=False)
    """Who wrote it, also where no name stands under it: the chapters by person are made of this."""
    language: str = ""
    """ISO 639-1, for hyphenation; empty where it is that of the book."""
    recordings: tuple["PlannedRecording", ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One line of "The days we keep". Without a label it is called by its kind."""

    day: VagueDate
    label: str = field(repr=False)
    note: str = field(default="", repr=False)
    kind: OccasionKind = OccasionKind.OTHER


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
class PlannedKeepsake:
    """One thing that is kept. ``kind`` is a code of ``domain.keepsake`` or own words; all may be empty."""

    title: str = field(repr=False)
    kind: str = field(repr=False)
    day: VagueDate = UNKNOWN
    words: str = field(default="", repr=False)
    kept: str = field(default="", repr=False)
    given_by: str = field(default="", repr=False)
    pictures: tuple[PlannedPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRecording:
    """That a recording exists: what it is, from whom, where and when. ``length`` is in milliseconds."""

    title: str = field(repr=False)
    kind: str
    day: VagueDate = UNKNOWN
    who: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    length: int | None = None


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
    photos: tuple[PlannedPicture, ...] = ()
    keepsakes: tuple[PlannedKeepsake, ...] = ()
    recordings: tuple[PlannedRecording, ...] = ()
    covered: tuple[PlannedPicture, ...] = ()
    """Covered photos that were asked for in a last section."""
    cover: PlannedPicture | None = None
    colophon: str = field(default="", repr=False)
    style: Style = Style.QUIET
    chapters: Chapters = Chapters.NONE
    preset: Preset = Preset.KEEP
    large_print: bool = False
    paper: Paper = Paper.STANDARD
    booklet: bool = False
    alone: bool = False
    """One page of the story by itself: no cover, no contents, no running heads."""
    damaged: tuple[Key, ...] = ()
    """What was chosen and is not as it was kept: nothing of it is in this plan."""
