"""A picture in the book: what is known of it, and the limits of what can be taken in."""

import enum
from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.edit import UNTOUCHED, Edit
from memorybook.domain.ids import BabyId, MediaId, PhotoId

PIXEL_LIMIT = 60_000_000
"""Pictures with more pixels than this are refused before they are decoded."""

BYTE_LIMIT = 60 * 1024 * 1024
"""Files larger than this are refused before they are read into memory."""

THUMBNAIL_EDGE = 640
"""Longest side of the small picture kept in the database, in pixels."""

RENDITION_EDGE = 2048
"""Longest side of the picture shown on screen, in pixels."""


class PhotoKind(enum.StrEnum):
    """What a photo is of. The value is what the database stores; most photos need none."""

    NONE = ""
    ULTRASOUND = "ultrasound"
    HOSPITAL = "hospital"
    PRINTS = "prints"
    FAMILY = "family"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class PhotoDraft:
    """What the parent says of a photo; all of it optional.

    ``caption`` stands under it, ``description`` is for somebody who cannot see it. ``who`` is everybody
    in it, as typed. A ``covered`` photo is shown nowhere before it is asked for.
    """

    caption: str = field(default="", repr=False)
    description: str = field(default="", repr=False)
    taken: VagueDate = UNKNOWN
    taken_by: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
    kind: PhotoKind = PhotoKind.NONE
    babies: tuple[BabyId, ...] = ()
    covered: bool = False
    in_book: bool = True


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture, without its pixels, which are fetched apart, by id.

    ``width`` and ``height`` are upright, after the EXIF orientation has been applied, in pixels, and of
    the original; ``edit`` says what is done to it before it is shown. ``per_mm`` is how many of those
    pixels one millimetre of the thing itself takes, where that is known.
    ``format`` is what the content is ("JPEG", "PNG", "HEIF", "WEBP", "TIFF", "GIF", "BMP").
    ``digest`` is the SHA-256 of the original, in hex. Times are ISO 8601 in UTC.
    """

    id: PhotoId
    media: MediaId
    format: str
    byte_size: int
    width: int
    height: int
    digest: str
    draft: PhotoDraft = PhotoDraft()
    edit: Edit = UNTOUCHED
    per_mm: float | None = None
    created_at: str = ""
    deleted_at: str | None = None

    @property
    def caption(self) -> str:
        """The words under it."""
        return self.draft.caption

    @property
    def description(self) -> str:
        """What it shows, for somebody who cannot see it."""
        return self.draft.description

    @property
    def taken(self) -> VagueDate:
        """When it was taken."""
        return self.draft.taken

    @property
    def covered(self) -> bool:
        """Whether it is shown only when it is asked for."""
        return self.draft.covered

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height with the edit in it, in pixels of the original."""
        return self.edit.size(self.width, self.height)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """What the grid needs of a photo before it paints it. ``width`` and ``height`` are as it is shown."""

    id: PhotoId
    caption: str = field(repr=False)
    description: str = field(repr=False)
    taken: VagueDate
    kind: PhotoKind
    covered: bool
    in_book: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PhotoFilter:
    """Which photos are shown; ``None`` asks for all."""

    kind: PhotoKind | None = None
    baby: BabyId | None = None
    covered: bool | None = None
    in_book: bool | None = None


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """What the picture worker returns for one file: facts and two upright sRGB JPEG pictures.

    ``orientation`` is the EXIF value 1-8 of the original. ``colour_mode`` is Pillow's name for the
    mode of the original ("RGB", "L", "CMYK", ...); ``icc`` tells whether it carries a colour profile
    other than sRGB. ``taken`` comes from EXIF and is unknown when it is not there. ``per_mm`` is what the
    file itself says of its resolution, when that can be meant (a scan), else ``None``.
    """

    format: str
    width: int
    height: int
    orientation: int
    colour_mode: str
    icc: bool
    taken: VagueDate
    thumbnail: bytes = field(repr=False)
    rendition: bytes = field(repr=False)
    per_mm: float | None = None
