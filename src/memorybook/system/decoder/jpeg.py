"""Whether a JPEG is all there, told from its markers.

The library that decodes JPEGs fills whatever is missing with grey and says nothing when the file happens
to end with an end marker. So a picture cut short by a bad card and closed by a well-meaning tool would
be kept with half of it gone. ``whole`` closes that gap.
"""

import re
from typing import Final

from memorybook.errors import PictureDamaged

_END: Final = b"\xff\xd9"
_START_OF_SCAN: Final = 0xDA
_END_OF_IMAGE: Final = 0xD9
_PROGRESSIVE: Final = frozenset((0xC2, 0xC6, 0xCA, 0xCE))
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
_MARKER_IN_SCAN: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
_PADDING: Final = bytes(16)
"""The decoder reads ahead of what it needs by up to eight bytes."""

_UNKNOWN: Final = 16

_MOST_SCANS: Final = 100
"""Encoders write ten or so. Each is a walk over all of the pixels, so thousands would take minutes."""


def whole(data: bytes) -> bytes:
    """The first picture in this JPEG, in a form whose missing parts the decoder cannot overlook.

    What follows the end marker (a second picture, a phone's trailer) is left out. In a picture of one
    sequential scan the end marker is replaced by a few zero bytes: a complete scan never needs them, and
    an incomplete one runs out of them and is reported as cut short instead of being filled with grey. A
    progressive picture must have every scan that its brightness and the base of its colours need.

    Raises ``PictureDamaged``, or ``IndexError`` for a header that contradicts itself.
    """
    position, scans, progress = 2, 0, _Progress()
    progressive = False
    while True:
        position, marker = _next_marker(data, position)
        if marker == _END_OF_IMAGE:
            break
        if marker in _STANDALONE:
            continue
        length = int.from_bytes(data[position : position + 2], "big")
        if length < 2:
            raise PictureDamaged
        header = data[position + 2 : position + length]
        position += length
        if marker in _FRAMES:
            progressive = marker in _PROGRESSIVE
            progress.begin(header)
        elif marker == _START_OF_SCAN:
            scans += 1
            if scans > _MOST_SCANS:
                raise PictureDamaged
            progress.scan(header)
            found = _MARKER_IN_SCAN.search(data, position)
            if found is None:
                raise PictureDamaged
            position = found.end() - 2
    if not scans or (progressive and not progress.is_complete):
        raise PictureDamaged
    picture_end = position - len(_END)
    if scans == 1 and not progressive:
        return data[:picture_end] + _PADDING
    return data[:picture_end] + _END


def _next_marker(data: bytes, position: int) -> tuple[int, int]:
    """Where the bytes behind the next marker begin, and the marker."""
    start = data.find(b"\xff", position)
    while 0 <= start < len(data) - 1:
        code = data[start + 1]
        if code == 0xFF:
            start += 1
        elif code == 0x00:
            start = data.find(b"\xff", start + 1)
        else:
            return start + 2, code
    raise PictureDamaged


class _Progress:
    """How many bits of each coefficient of each component the scans so far have left out."""

    def __init__(self) -> None:
        self._missing: dict[int, list[int]] = {}

    def begin(self, header: bytes) -> None:
        """Read a frame's header: its components, the first of which is the brightness."""
        identifiers = [header[6 + 3 * index] for index in range(header[5])]
        self._missing = {identifier: [_UNKNOWN] * 64 for identifier in identifiers}

    def scan(self, header: bytes) -> None:
        """Read a scan's header: which coefficients it brings, down to which bit."""
        count = header[0]
        first, last, bits = header[1 + 2 * count : 4 + 2 * count]
        for identifier in header[1 : 1 + 2 * count : 2]:
            missing = self._missing.get(identifier, [])
            for coefficient in range(first, min(last + 1, len(missing))):
                missing[coefficient] = bits & 0x0F

    @property
    def is_complete(self) -> bool:
        """Whether the brightness is there in full, and the base of every colour."""
        brightness, *_ = self._missing.values()
        return not any(brightness) and not any(missing[0] for missing in self._missing.values())
