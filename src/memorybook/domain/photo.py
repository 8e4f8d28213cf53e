"""A picture in the book: what is known of it, and the limits of what can be taken in."""

from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import MediaId, PhotoId

PIXEL_LIMIT = 60_000_000
"""Pictures with more pixels than this are refused before they are decoded."""

BYTE_LIMIT = 60 * 1024 * 1024
"""Files larger than this are refused before they are read into memory."""

THUMBNAIL_EDGE = 640
"""Longest side of the small picture kept in the database, in pixels."""

RENDITION_EDGE = 2048
"""Longest side of the picture shown on screen, in pixels."""


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of one picture. The pixels are fetched apart, by id.

    ``width`` and ``height`` are upright, after the EXIF orientation has been applied, in pixels.
    ``format`` is what the content is ("JPEG", "PNG", "HEIF", "WEBP", "TIFF", "GIF", "BMP").
    ``digest`` is the SHA-256 of the original, in hex.
    """

    id: PhotoId
    media: MediaId
    format: str
    byte_size: int
    width: int
    height: int
    digest: str
    taken: VagueDate = UNKNOWN
    caption: str = field(default="", repr=False)
    description: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """What the picture worker returns for one file: facts and two upright sRGB JPEG pictures.

    ``orientation`` is the EXIF value 1-8 of the original. ``colour_mode`` is Pillow's name for the
    mode of the original ("RGB", "L", "CMYK", ...); ``icc`` tells whether it carries a colour profile
    other than sRGB. ``taken`` comes from EXIF and is unknown when it is not there.
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
