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
_SEQUENTIAL: Final = (0xC0, 0xC1)
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
_MARKER_IN_SCAN: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
_PADDING: Final = bytes(16)
"""The decoder reads ahead of what it needs by up to eight bytes."""


def whole(data: bytes) -> bytes:
    """The first picture in this JPEG, in a form whose missing parts the decoder cannot overlook.

    What follows the end marker (a second picture, a phone's trailer) is left out. In a picture of one
    sequential scan the end marker is replaced by a few zero bytes: a complete scan never needs them, and
    an incomplete one runs out of them and is reported as cut short instead of being filled with grey.

    Raises ``PictureDamaged`` when there is no end marker after the picture.
    """
    position, scans, frame = 2, 0, 0
    while True:
        position, marker = _next_marker(data, position)
        if marker == _END_OF_IMAGE:
            break
        if marker in _STANDALONE:
            continue
        if marker in _FRAMES:
            frame = marker
        length = int.from_bytes(data[position : position + 2], "big")
        if length < 2:
            raise PictureDamaged
        position += length
        if marker == _START_OF_SCAN:
            scans += 1
            found = _MARKER_IN_SCAN.search(data, position)
            if found is None:
                raise PictureDamaged
            position = found.end() - 2
    if not scans:
        raise PictureDamaged
    picture_end = position - len(_END)
    if scans == 1 and frame in _SEQUENTIAL:
        return data[:picture_end] + _PADDING
    return data[:picture_end] + _END


def _next_marker(data: bytes, position: int) -> tuple[int, int]:
    """The marker at or after ``position``, and where the bytes behind it begin."""
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
