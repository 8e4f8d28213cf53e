"""The bytes that pass between the app and the process that reads sound and video.

A request and an answer are each a header and a body. The process has no file of its own: while it works on
a request it may ask, any number of times, for a range of bytes (``READ``), and gets it (``BYTES``) or hears
that it cannot be had (``FAILED``). What it says is checked on arrival, as if a stranger had said it: a
recording that has taken it over can at worst be heard and seen as something else.
"""

import math
import struct
from dataclasses import dataclass, field
from typing import Final

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.recording import POSTER_EDGE, WAVEFORM_POINTS, Probed, Sort

RATE: Final = 48_000
"""Sound comes as so many moments a second ..."""
CHANNELS: Final = 2
SAMPLE: Final = 2 * CHANNELS
"""... of so many bytes each: left and right, signed 16 bits in the order of this computer."""

# what the app asks
OPEN: Final = 1
"""The body is the length of the file; the answer ``OPENED`` or ``REFUSED``."""
PROBE: Final = 2
"""The body is the length of the file; the answer ``PROBED``."""
SOUND: Final = 3
"""The next sound: ``PCM``, ``NOTHING`` (ask again) or ``END``."""
PICTURE: Final = 4
"""The next picture: ``RGB``, ``NOTHING`` or ``END``. The body is the time it is now in the recording."""
SEEK: Final = 5
"""The body is the time to go on from; the answer ``DONE``."""
FIT: Final = 6
"""The body is the width and height that pictures are to fit into; the answer ``DONE``."""
BYTES: Final = 7
FAILED: Final = 8

# what the process answers
READ: Final = 20
DONE: Final = 21
OPENED: Final = 22
PROBED: Final = 23
PCM: Final = 24
RGB: Final = 25
NOTHING: Final = 26
END: Final = 27
REFUSED: Final = 28

HEADER: Final = struct.Struct(">BI")
LENGTH: Final = struct.Struct(">Q")
TIME: Final = struct.Struct(">q")
BOX: Final = struct.Struct(">HH")
RANGE: Final = struct.Struct(">QI")
_OPENED: Final = struct.Struct(">qHH??")
_PICTURE: Final = struct.Struct(">qHHH")
_PROBED: Final = struct.Struct(">B?qIIHBBBHI")

RANGE_LIMIT: Final = 1 << 20
"""No more bytes than this are asked for at once."""
LONGEST_EDGE: Final = 2048
"""No picture comes wider or higher than this, in pixels."""
BODY_LIMIT: Final = LONGEST_EDGE * LONGEST_EDGE * 3 + 1024
LONGEST: Final = 366 * 24 * 3600 * 1000
"""No time in a recording is later than this, in milliseconds."""

NOTHING_KNOWN: Final = Probed(Sort.UNKNOWN, "", playable=False, milliseconds=None, width=0, height=0)
"""What is said of a file that is no recording, or that cannot be read as one."""

_SORTS: Final = (Sort.UNKNOWN, Sort.SOUND, Sort.VIDEO)
_POSTER_LIMIT: Final = 4 * 1024 * 1024
_JPEG_START: Final = b"\xff\xd8\xff"
_NAME_LIMIT: Final = 40


class ProtocolError(Exception):
    """The other side said something that is not part of the protocol."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a video, upright, three bytes a pixel without gaps; due ``milliseconds`` into it."""

    width: int
    height: int
    rgb: bytes = field(repr=False)
    milliseconds: int
    lasts: int = 40
    """For so many milliseconds it is the one to show."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What can be played of a file, and how large its pictures are. The duration may be unknown."""

    milliseconds: int | None
    width: int
    height: int
    has_sound: bool
    has_pictures: bool


@dataclass(frozen=True, slots=True)
class Pcm:
    """A stretch of sound, due ``milliseconds`` into the recording."""

    milliseconds: float
    data: bytes = field(repr=False)


def message(kind: int, body: bytes = b"") -> bytes:
    """A whole message, header and body."""
    return HEADER.pack(kind, len(body)) + body


def unpack_range(body: bytes, length: int) -> tuple[int, int]:
    """Where to read and how much, of a file of this length. Raises ``ProtocolError``."""
    if len(body) != RANGE.size:
        raise ProtocolError
    offset, number = RANGE.unpack(body)
    if offset > length or not 0 < number <= RANGE_LIMIT:
        raise ProtocolError
    return offset, number


def pack_opened(opened: Opened) -> bytes:
    """The body of ``OPENED``."""
    duration = -1 if opened.milliseconds is None else opened.milliseconds
    return _OPENED.pack(duration, opened.width, opened.height, opened.has_sound, opened.has_pictures)


def unpack_opened(body: bytes) -> Opened:
    """Check and read the body of ``OPENED``. Raises ``ProtocolError``."""
    if len(body) != _OPENED.size or body[-2:].strip(b"\0\1"):
        raise ProtocolError
    duration, width, height, has_sound, has_pictures = _OPENED.unpack(body)
    return Opened(_duration(duration), width, height, has_sound, has_pictures)


def pack_pcm(milliseconds: float, data: bytes) -> bytes:
    """The body of ``PCM``: the time in microseconds, for a thousandth is not enough to add up."""
    return TIME.pack(round(milliseconds * 1000)) + data


def unpack_pcm(body: bytes) -> Pcm:
    """Check and read the body of ``PCM``. Raises ``ProtocolError``."""
    if len(body) < TIME.size + SAMPLE or (len(body) - TIME.size) % SAMPLE:
        raise ProtocolError
    return Pcm(_time(TIME.unpack_from(body)[0] / 1000), body[TIME.size :])


def pack_frame(frame: Frame) -> bytes:
    """The body of ``RGB``."""
    head = _PICTURE.pack(frame.milliseconds, frame.width, frame.height, min(frame.lasts, 0xFFFF))
    return head + frame.rgb


def unpack_frame(body: bytes) -> Frame:
    """Check and read the body of ``RGB``. Raises ``ProtocolError``."""
    if len(body) < _PICTURE.size:
        raise ProtocolError
    milliseconds, width, height, lasts = _PICTURE.unpack_from(body)
    if not (0 < width <= LONGEST_EDGE and 0 < height <= LONGEST_EDGE):
        raise ProtocolError
    if len(body) != _PICTURE.size + width * height * 3:
        raise ProtocolError
    return Frame(width, height, body[_PICTURE.size :], round(_time(milliseconds)), lasts)


def pack_probed(found: Probed) -> bytes:
    """The body of ``PROBED``."""
    name = found.format.encode("ascii", "replace")[:_NAME_LIMIT]
    head = _PROBED.pack(
        _SORTS.index(found.sort),
        found.playable,
        -1 if found.milliseconds is None else found.milliseconds,
        found.width,
        found.height,
        found.taken.year or 0,
        found.taken.month or 0,
        found.taken.day or 0,
        len(name),
        len(found.waveform),
        len(found.poster),
    )
    return head + name + found.waveform + found.poster


def unpack_probed(body: bytes) -> Probed:
    """Check and read the body of ``PROBED``. Raises ``ProtocolError`` for anything out of bounds."""
    if len(body) < _PROBED.size or body[1] > 1:
        raise ProtocolError
    facts, rest = body[: _PROBED.size], body[_PROBED.size :]
    number, playable, duration, width, height, year, month, day, named, drawn, poster = _PROBED.unpack(facts)
    name, waveform, picture = rest[:named], rest[named : named + drawn], rest[named + drawn :]
    within = (
        number < len(_SORTS)
        and max(width, height) <= 0xFFFF
        and named <= _NAME_LIMIT
        and drawn <= WAVEFORM_POINTS
        and len(picture) == poster <= _POSTER_LIMIT
        and (not picture or picture.startswith(_JPEG_START))
        and all(97 <= byte <= 122 or 48 <= byte <= 57 or byte in b"_-" for byte in name)
    )
    if not within:
        raise ProtocolError
    try:
        taken = VagueDate(year, month or None, day or None) if year else UNKNOWN
    except ValueError:
        raise ProtocolError from None
    return Probed(
        sort=_SORTS[number],
        format=name.decode("ascii"),
        playable=playable,
        milliseconds=_duration(duration),
        width=width,
        height=height,
        taken=taken,
        waveform=waveform,
        poster=picture,
    )


def poster_size(width: int, height: int) -> tuple[int, int]:
    """As large as a poster may be in this shape; never larger than it is."""
    return fitted(width, height, POSTER_EDGE, POSTER_EDGE)


def fitted(width: int, height: int, across: int, down: int) -> tuple[int, int]:
    """The largest size of this shape inside a box, even in both, never enlarged, never nothing."""
    scale = min(1.0, across / max(width, 1), down / max(height, 1))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _duration(milliseconds: int) -> int | None:
    return None if milliseconds < 0 else round(_time(milliseconds))


def _time(milliseconds: float) -> float:
    if not math.isfinite(milliseconds) or not 0 <= milliseconds <= LONGEST:
        raise ProtocolError
    return milliseconds
