"""A TIFF without its descriptions, its pixels byte for byte where they were.

A TIFF is a set of lists of tags that point anywhere into the file. The copy has the same parts in the same
places: the lists with the needed tags alone, what those point to, and zeros everywhere else.
"""

import struct
from dataclasses import dataclass
from typing import Final

from memorybook.domain import jpeg

_WIDTHS: Final = {
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8
}  # fmt: skip
"""Bytes that one value of each type takes."""

_NUMBERS: Final = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_COMPRESSION: Final = 259
_PARTS: Final = ((273, 279), (324, 325))
"""Where the strips or the tiles are, and how long they are."""

_OLD_JPEG: Final = 6
_KEPT: Final = frozenset(
    (254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
     290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339,
     340, 341, 342, 347, 529, 530, 531, 532, 34675)
)  # fmt: skip
"""Measures, coding, colours, orientation, resolution and the colour profile; no text of any kind."""

_PAGES: Final = 4096


@dataclass(frozen=True, slots=True)
class _Tag:
    """One entry of a list. ``at`` is where its value lies: in the entry itself when it is ``short``."""

    number: int
    kind: int
    count: int
    at: int
    short: bool
    entry: bytes

    @property
    def length(self) -> int:
        return self.count * _WIDTHS.get(self.kind, 1)


class _Tiff:
    """Reads numbers of the two byte orders and of both sizes of TIFF."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order = "<" if data[:1] == b"I" else ">"
        self.is_big = self.number(2, "H") == 43
        self.place = "Q" if self.is_big else "I"
        self.header = 16 if self.is_big else 8
        self.count = "Q" if self.is_big else "H"
        self.entry = 20 if self.is_big else 12

    def number(self, at: int, width: str) -> int:
        found: int = struct.unpack_from(self.order + width, self.data, at)[0]
        return found

    def packed(self, width: str, value: int) -> bytes:
        return struct.pack(self.order + width, value)

    def tag(self, at: int) -> _Tag:
        kind, count = self.number(at + 2, "H"), self.number(at + 4, self.place)
        inline = 8 if self.is_big else 4
        value = at + self.entry - inline
        short = count * _WIDTHS.get(kind, 1) <= inline
        where = value if short else self.number(value, self.place)
        return _Tag(self.number(at, "H"), kind, count, where, short, self.data[at : at + self.entry])

    def numbers(self, tag: _Tag) -> tuple[int, ...]:
        width = _NUMBERS[tag.kind]
        return struct.unpack_from(f"{self.order}{tag.count}{width}", self.data, tag.at)


def clean(data: bytes) -> bytes | None:
    """The copy, or ``None`` for a TIFF whose pixels cannot be told from its descriptions.

    Raises ``struct.error``, ``LookupError`` or ``ValueError`` for one that contradicts itself.
    """
    tiff = _Tiff(data)
    copy = _Copy(data)
    lists: list[tuple[int, bytes]] = []
    copy.keep(0, tiff.header - struct.calcsize(tiff.place))
    at = tiff.number(tiff.header - struct.calcsize(tiff.place), tiff.place)
    first, seen = at, set[int]()
    while at and at not in seen and len(seen) < _PAGES:
        seen.add(at)
        count = tiff.number(at, tiff.count)
        begin = at + struct.calcsize(tiff.count)
        if begin + count * tiff.entry > len(data):
            raise ValueError
        tags = {tag.number: tag for tag in (tiff.tag(begin + index * tiff.entry) for index in range(count))}
        if not _keep_pixels(tiff, tags, copy):
            return None
        kept = [tag for tag in tags.values() if tag.number in _KEPT]
        for tag in (tag for tag in kept if not tag.short):
            copy.keep(tag.at, tag.length)
        following = tiff.number(begin + count * tiff.entry, tiff.place)
        closing = 0 if following in seen else following
        entries = b"".join(tag.entry for tag in kept)
        lists.append((at, tiff.packed(tiff.count, len(kept)) + entries + tiff.packed(tiff.place, closing)))
        at = following
    copy.put(tiff.header - struct.calcsize(tiff.place), tiff.packed(tiff.place, first))
    for place, content in lists:
        copy.put(place, content)
    return copy.finished()


def _keep_pixels(tiff: _Tiff, tags: dict[int, _Tag], copy: "_Copy") -> bool:
    """Keep the strips and tiles of one page; whether that was possible."""
    if _COMPRESSION in tags and tiff.numbers(tags[_COMPRESSION])[0] == _OLD_JPEG:
        return False
    found = False
    for places, lengths in _PARTS:
        if places not in tags or lengths not in tags:
            continue
        found = True
        pairs = zip(tiff.numbers(tags[places]), tiff.numbers(tags[lengths]), strict=True)
        for at, length in pairs:
            copy.keep(at, length)
            if tiff.data[at : at + 3] == b"\xff\xd8\xff":
                copy.put(at, jpeg.bare(tiff.data[at : at + length], 1).ljust(length, b"\0"))
    return found


class _Copy:
    """Zeros into which parts of the file are put back."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._content = bytearray(len(data))
        self._end = 0

    def keep(self, at: int, length: int) -> None:
        """Put the same bytes into the same place."""
        if at + length > len(self._data):
            raise ValueError
        self.put(at, self._data[at : at + length])

    def put(self, at: int, content: bytes) -> None:
        self._content[at : at + len(content)] = content
        self._end = max(self._end, at + len(content))

    def finished(self) -> bytes:
        return bytes(self._content[: self._end])
