"""The bytes that pass between the app and its picture worker.

A request is a fixed header and the picture's bytes; an answer is a fixed header and a body. Whatever the
worker says is checked on arrival, as if a stranger had said it: a worker that a hostile picture has taken
over can at worst hand back a wrong picture of allowed size.
"""

import re
import struct
from dataclasses import dataclass, field
from typing import Final

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.edit import UNTOUCHED, Crop, Edit
from memorybook.domain.photo import BYTE_LIMIT, PIXEL_LIMIT, DecodedPicture
from memorybook.errors import (
    PictureDamaged,
    PictureError,
    PictureNotRecognised,
    PictureTooManyPixels,
    PictureWorkerStopped,
)
from memorybook.system.decoder.recognising import recognise

FORMATS: Final = ("JPEG", "PNG", "HEIF", "WEBP", "TIFF", "GIF", "BMP")
"""The formats that are kept, by the names a ``Photo`` carries."""

DECODE: Final = 1
PRINTABLE: Final = 2
CLEAN: Final = 3

ACCEPTED: Final = 0
REFUSALS: Final[dict[int, type[PictureError]]] = {
    1: PictureNotRecognised,
    2: PictureDamaged,
    3: PictureTooManyPixels,
    4: PictureWorkerStopped,
}
REFUSAL_CODES: Final = {error: code for code, error in REFUSALS.items()}

REQUEST_HEADER: Final = struct.Struct(">BIBB4HBI")
ANSWER_HEADER: Final = struct.Struct(">BI")
_FACTS: Final = struct.Struct(">BIIB8sBHBBdII")
_MODE: Final = re.compile(rb"[A-Za-z0-9;+]{1,8}")

LONGEST_EDGE: Final = 65_500
"""A JPEG cannot have a longer side than this."""

ANSWER_LIMIT: Final = 96 * 1024 * 1024
"""No honest answer is longer, in bytes."""

PER_MM_LIMIT: Final = 1000.0
"""No scanner has more pixels on a millimetre."""

_GREY: Final = 1
_SOFT: Final = 2
_JPEG_START: Final = b"\xff\xd8\xff"


class ProtocolError(Exception):
    """The other side said something that is not part of the protocol."""


@dataclass(frozen=True, slots=True)
class Request:
    """One picture to look at. ``longest`` and ``quality`` count for a printable picture only.

    What it says of itself goes ahead of ``data``, in a header of fixed length.
    """

    task: int
    data: bytes = field(repr=False)
    longest: int = 0
    quality: int = 0
    edit: Edit = UNTOUCHED

    def header(self) -> bytes:
        """The bytes to send ahead of ``data``."""
        crop = self.edit.crop
        return REQUEST_HEADER.pack(
            self.task,
            self.longest,
            self.quality,
            self.edit.turn // 90,
            crop.left,
            crop.top,
            crop.right,
            crop.bottom,
            _GREY * self.edit.grey | _SOFT * self.edit.soft,
            len(self.data),
        )


def read_request_header(header: bytes) -> tuple[Request, int]:
    """The request, still without its data, and how long that is. Raises ``ProtocolError``."""
    task, longest, quality, quarters, *sides, flags, length = REQUEST_HEADER.unpack(header)
    if task not in (DECODE, PRINTABLE, CLEAN) or length > BYTE_LIMIT or flags > _GREY | _SOFT:
        raise ProtocolError
    try:
        edit = Edit(quarters * 90, Crop(*sides), grey=bool(flags & _GREY), soft=bool(flags & _SOFT))
    except ValueError:
        raise ProtocolError from None
    return Request(task, b"", longest, quality, edit), length


def pack_picture(picture: DecodedPicture) -> bytes:
    """The body of an answer that carries a decoded picture."""
    taken = picture.taken
    facts = _FACTS.pack(
        FORMATS.index(picture.format),
        picture.width,
        picture.height,
        picture.orientation,
        picture.colour_mode.encode("ascii"),
        picture.icc,
        taken.year or 0,
        taken.month or 0,
        taken.day or 0,
        picture.per_mm or 0.0,
        len(picture.thumbnail),
        len(picture.rendition),
    )
    return facts + picture.thumbnail + picture.rendition


def unpack_picture(body: bytes) -> DecodedPicture:
    """Check and read the body of an answer. Raises ``ProtocolError`` for anything out of bounds."""
    if len(body) < _FACTS.size:
        raise ProtocolError
    (number, width, height, orientation, mode, icc, year, month, day, per_mm, small, large) = (
        _FACTS.unpack_from(body)
    )
    mode = mode.rstrip(b"\0")
    within = (
        number < len(FORMATS)
        and 0 < width * height <= PIXEL_LIMIT
        and 1 <= orientation <= 8
        and icc <= 1
        and 0 <= per_mm <= PER_MM_LIMIT
        and _MODE.fullmatch(mode) is not None
        and len(body) == _FACTS.size + small + large
    )
    if not within:
        raise ProtocolError
    try:
        taken = VagueDate(year, month, day) if year else UNKNOWN
    except ValueError:
        raise ProtocolError from None
    return DecodedPicture(
        format=FORMATS[number],
        width=width,
        height=height,
        orientation=orientation,
        colour_mode=mode.decode("ascii"),
        icc=bool(icc),
        taken=taken,
        thumbnail=unpack_jpeg(body[_FACTS.size : _FACTS.size + small]),
        rendition=unpack_jpeg(body[_FACTS.size + small :]),
        per_mm=per_mm or None,
    )


def unpack_jpeg(body: bytes) -> bytes:
    """Check that a body is at any rate a JPEG. Raises ``ProtocolError``."""
    if not body.startswith(_JPEG_START):
        raise ProtocolError
    return body


def pack_clean(kind: str, data: bytes) -> bytes:
    """The body of an answer that carries a copy without descriptions, of this format."""
    return bytes((FORMATS.index(kind),)) + data


def unpack_clean(body: bytes) -> tuple[str, bytes]:
    """Format and bytes of the copy. Raises ``ProtocolError`` when they do not go together."""
    try:
        kind, data = FORMATS[body[0]], body[1:]
        if recognise(data) != kind:
            raise ProtocolError
    except (IndexError, PictureNotRecognised):
        raise ProtocolError from None
    return kind, data
