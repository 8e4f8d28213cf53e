"""What a JPEG says of itself, read from its markers, as far as a PDF has to repeat it."""

from dataclasses import dataclass
from typing import Literal

_TAKEN_BY_PDF = {0xC0, 0xC1, 0xC2}
"""Frames of baseline, extended sequential and progressive JPEGs with Huffman coding."""

_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_APP1 = 0xE1
_START_OF_SCAN = 0xDA
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class JpegFacts:
    """``components`` is 1 for grey, 3 for colour, 4 for CMYK. ``orientation`` is that of EXIF, 1 upright."""

    width: int
    height: int
    components: int
    bits: int
    fits_pdf: bool
    orientation: int


def read(data: bytes) -> JpegFacts | None:
    """The facts, or ``None`` for what is no JPEG."""
    if data[:2] != b"\xff\xd8":
        return None
    position, orientation = 2, 1
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF or marker in _STANDALONE:
            position += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        body = data[position + 4 : position + 2 + length]
        if marker == _APP1 and body[:6] == b"Exif\0\0":
            orientation = _exif_orientation(body[6:])
        if marker in _FRAMES and len(body) >= 6:
            height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
            return JpegFacts(width, height, body[5], body[0], marker in _TAKEN_BY_PDF, orientation)
        if marker == _START_OF_SCAN or length < 2:
            return None
        position += 2 + length
    return None


def _exif_orientation(tiff: bytes) -> int:
    """The value of the orientation tag in the first directory; 1 when there is none."""
    if tiff[:4] not in {b"II*\0", b"MM\0*"}:
        return 1
    order: Literal["little", "big"] = "little" if tiff[:1] == b"I" else "big"

    def number(start: int, length: int) -> int:
        return int.from_bytes(tiff[start : start + length], order)

    directory = number(4, 4)
    for entry in range(directory + 2, directory + 2 + 12 * number(directory, 2), 12):
        if entry + 12 > len(tiff):
            break
        if number(entry, 2) == _ORIENTATION:
            return number(entry + 8, 2) or 1
    return 1
