"""A JPEG as its segments: what it says of itself, and the same picture without a word of it.

Nothing here decodes a picture or raises on damage: what makes no sense is taken as not being there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

_START: Final = b"\xff\xd8"
_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
"""Neither a stuffed byte nor a restart: both belong to the pixels."""

_WITHOUT_LENGTH: Final = {0x01, 0xD8}
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_FRAMES_OF_PDF: Final = {0xC0, 0xC1, 0xC2}
"""Baseline, extended and progressive, all Huffman-coded."""

_CODING: Final = {*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF} - {0xC8}
"""Frames and tables: what decoding needs beside the scans."""

_END: Final = 0xD9
_START_OF_SCAN: Final = 0xDA
_APP1: Final = 0xE1
_DESCRIPTIONS: Final = {*range(0xE0, 0xF0), 0xFE}
_NEEDED: Final = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
"""Of the segments with descriptions those that tell a viewer what the pixels mean."""

_EXIF: Final = b"Exif\0\0"

_ORIENTATION: Final = 0x0112


@dataclass(frozen=True, slots=True)
class JpegFacts:
    """``components`` is 1 for grey, 3 for colour, 4 for CMYK. ``orientation`` is that of EXIF, 1 upright.

    ``stands_in_pdf`` is whether every viewer of PDF files can show it: Huffman-coded, 8 bits, grey or
    colour. Arithmetic-coded, lossless and 12-bit ones can be decoded here and by few of them.
    """

    width: int
    height: int
    components: int
    bits: int
    stands_in_pdf: bool
    orientation: int


@dataclass(frozen=True, slots=True)
class _Segment:
    """``data[start:end]`` is all of it, pixels included if it is a scan; ``body`` what follows its length."""

    marker: int
    start: int
    end: int
    body: bytes


def read(data: bytes) -> JpegFacts | None:
    """The facts, or ``None`` for what is no JPEG."""
    orientation = 0
    for segment in _segments(data):
        body = segment.body
        if segment.marker == _APP1 and body.startswith(_EXIF) and not orientation:
            orientation = _tags(body[len(_EXIF) :]).get(_ORIENTATION, 1)
        if segment.marker in _FRAMES and len(body) >= 6:
            height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
            stands = segment.marker in _FRAMES_OF_PDF and body[0] == 8 and body[5] in {1, 3}
            turn = orientation if orientation in range(1, 9) else 1
            return JpegFacts(width, height, body[5], body[0], stands, turn)
        if segment.marker == _START_OF_SCAN:
            return None
    return None


def bare(data: bytes, orientation: int) -> bytes:
    """The same picture, its pixels untouched as they are coded, that says nothing but which way is up.

    Kept is what decoding needs and what the colours mean; the small picture in a JFIF header, what lies
    between the segments and what follows the picture go too.
    """
    parts: list[bytes | memoryview] = []
    whole = memoryview(data)
    turn = orientation_alone(orientation)
    exif = bytes((0xFF, _APP1)) + (len(turn) + len(_EXIF) + 2).to_bytes(2, "big") + _EXIF + turn
    for segment in _segments(data):
        body = segment.body
        if segment.marker == 0xE0 and body.startswith(b"JFIF\0"):
            parts.append(b"\xff\xe0\0\x10" + body[:12].ljust(12, b"\0") + bytes(2))
        elif segment.marker == _START_OF_SCAN:
            parts.append(whole[segment.start : segment.end])  # the pixels: copied once, below
        elif segment.marker == _END:
            parts.append(bytes((0xFF, _END)))
        elif segment.marker in _CODING or (
            segment.marker in _DESCRIPTIONS and not _is_description(segment)
        ):
            parts.append(data[segment.start : segment.start + 4] + body)
    if turn:
        has_header = bool(parts) and bytes(parts[0][:2]) == b"\xff\xe0"
        parts.insert(1 if has_header else 0, exif)
    return b"".join([_START, *parts])


def orientation_alone(orientation: int) -> bytes:
    """EXIF that says which way is up and nothing else; empty for a picture that is upright."""
    if orientation not in range(2, 9):
        return b""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\3" + b"\0\0\0\1" + orientation.to_bytes(2, "big") + b"\0\0"
    return b"MM\0*" + b"\0\0\0\x08" + b"\0\1" + entry + bytes(4)


def _segments(data: bytes, start: int = 0) -> Iterator[_Segment]:
    """Those of the picture that begins at ``start``, its end marker included; none when it is no JPEG."""
    found = _MARKER.search(data, start + len(_START)) if data.startswith(_START, start) else None
    while found is not None:
        marker, behind = data[found.end() - 1], found.end()
        if marker == _END:
            yield _Segment(marker, found.start(), behind, b"")
            return
        length = 0
        if marker not in _WITHOUT_LENGTH:
            length = int.from_bytes(data[behind : behind + 2], "big")
            if length < 2:
                return
        following = _MARKER.search(data, behind + length)
        end = following.start() if following is not None else len(data)
        yield _Segment(marker, found.start(), end, data[behind + 2 : behind + length])
        found = following


def _is_description(segment: _Segment) -> bool:
    return segment.marker in _DESCRIPTIONS and not any(
        segment.marker == marker and segment.body.startswith(name) for marker, name in _NEEDED
    )


def _tags(tiff: bytes) -> dict[int, int]:
    """The first directory of EXIF: each tag with its value, as far as that is a number of two bytes."""
    if tiff[:4] not in {b"II*\0", b"MM\0*"}:
        return {}
    order: Literal["little", "big"] = "little" if tiff[:1] == b"I" else "big"

    def number(start: int, length: int) -> int:
        return int.from_bytes(tiff[start : start + length], order)

    first = number(4, 4) + 2
    entries = range(first, min(first + 12 * number(first - 2, 2), len(tiff) - 11), 12)
    return {number(entry, 2): number(entry + 8, 2) for entry in entries}
