"""Takes out of Typst's library the typefaces that it never draws with: all of its own are in it twice.

The first time is what the app falls back on, for letters that its own faces lack: Hebrew, Armenian, symbols.
The second is reached by nothing. Its place in memory stays, filled with zeros; in the file there is none.
Both are found by their tables and known by their names: where they are not as they were, no package is made.
"""

import itertools
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

import places

LIBRARY: Final = "typst/_typst.abi3.so"
"""Below _internal."""

KNOWN: Final = (
    "Libertinus Serif Regular", "Libertinus Serif Bold", "Libertinus Serif Italic",
    "Libertinus Serif Bold Italic", "Libertinus Serif Semibold", "Libertinus Serif Semibold Italic",
    "NewComputerModernMath-Bold", "NewComputerModernMath-Book", "NewComputerModernMath-Regular",
    "NewComputerModern10-Regular", "NewComputerModern10-Bold", "NewComputerModern10-Italic",
    "NewComputerModern10-BoldItalic",
    "DejaVu Sans Mono Bold", "DejaVu Sans Mono Bold Oblique", "DejaVu Sans Mono Oblique", "DejaVu Sans Mono",
)  # fmt: skip
"""What is in the library, in this order, and then once more."""

UNCHOSEN: Final = "NewComputerModernMath-Book"
"""A weight between Regular and Bold, which each are nearer to every weight that the pages have."""

_PAGE: Final = 4096
_MOST: Final = 40
_BEGINNING: Final = re.compile(rb"(?:OTTO|\x00\x01\x00\x00)(?=\x00[\x05-\x28])")
"""Of a file of either kind, with as many tables as such files have: 5 to 40."""

_FULL_NAME: Final = 4
_LOAD, _NOTE = 1, 4
_SHARED_OBJECT_64: Final = b"\x7fELF\x02\x01"
_SEGMENT: Final = struct.Struct("<IIQQQQQQ")
_SECTION: Final = struct.Struct("<IIQQQQIIQQ")


class Face(NamedTuple):
    """A typeface in a file."""

    start: int
    size: int
    name: str


def trim(inside: Path) -> None:
    """Cut Typst's library. It is not to be stripped any more. Raises ``Stopped`` where it is another."""
    library = inside / LIBRARY
    data = bytearray(library.read_bytes())
    first, again = _both(data)
    for face in first:
        if face.name == UNCHOSEN:
            data[face.start : face.start + face.size] = bytes(face.size)
    library.write_bytes(without(bytes(data), again[0].start, again[-1].start + again[-1].size))


def _both(data: bytes | bytearray) -> tuple[list[Face], list[Face]]:
    found = list(faces(data))
    if [face.name for face in found] != [*KNOWN, *KNOWN]:
        names = ", ".join(face.name for face in found) or "none"
        raise places.Stopped(f"{LIBRARY} has other typefaces than faces.py says: {names}.")
    first, again = found[: len(KNOWN)], found[len(KNOWN) :]
    for run in (first, again):
        for face, then in itertools.pairwise(run):
            if face.start + face.size != then.start:
                raise places.Stopped(f"In {LIBRARY} there is something between {face.name} and {then.name}.")
    for one, other in zip(first, again, strict=True):
        if data[one.start : one.start + one.size] != data[other.start : other.start + other.size]:
            raise places.Stopped(f"In {LIBRARY} the two of {one.name} are not the same.")
    return first, again


def faces(data: bytes | bytearray) -> Iterator[Face]:
    """The whole OpenType and TrueType files that lie in ``data``, in their order."""
    for found in _BEGINNING.finditer(data):
        start = found.start()
        if start + 12 + 16 * _MOST > len(data):
            return
        count, *search = struct.unpack_from(">4H", data, start + 4)
        largest = 1 << (count.bit_length() - 1)
        if search != [16 * largest, largest.bit_length() - 1, 16 * (count - largest)]:
            continue
        tables = [struct.unpack_from(">4s4xII", data, start + 12 + 16 * each) for each in range(count)]
        tags = [tag for tag, _, _ in tables]
        size = max(offset + length for _, offset, length in tables)
        if b"name" in tags and tags == sorted(set(tags)) and start + size <= len(data):
            table = start + tables[tags.index(b"name")][1]
            yield Face(start, size + -size % 4, _full_name(data, table))


def _full_name(data: bytes | bytearray, table: int) -> str:
    _, count, texts = struct.unpack_from(">3H", data, table)
    for each in range(count):
        system, _, _, meaning, length, offset = struct.unpack_from(">6H", data, table + 6 + 12 * each)
        if meaning == _FULL_NAME:
            said = bytes(data[table + texts + offset :][:length])
            return said.decode("latin-1" if system == 1 else "utf-16-be", errors="replace")
    return ""


@dataclass(frozen=True)
class _Segment:
    kind: int
    rights: int
    offset: int
    address: int
    physical: int
    in_file: int
    in_memory: int
    alignment: int


def without(library: bytes, start: int, end: int) -> bytes:
    """A library with zeros between ``start`` and ``end``, of which whole pages are in memory alone.

    What is loaded there ends at ``start``, and the rest comes as a segment of its own, in the place that a
    note had. Raises ``Stopped`` where that cannot be.
    """
    start, end = -(-start // _PAGE) * _PAGE, end // _PAGE * _PAGE
    if not library.startswith(_SHARED_OBJECT_64) or end <= start:
        raise places.Stopped(f"{LIBRARY} is not as it was.")
    cut = end - start
    at, at_sections = struct.unpack_from("<QQ", library, 32)
    (many,) = struct.unpack_from("<H", library, 56)
    segments = [_Segment(*_SEGMENT.unpack_from(library, at + _SEGMENT.size * each)) for each in range(many)]
    kept: list[_Segment] = []
    for each in segments:
        after = end - each.offset
        if each.offset >= end:
            kept.append(replace(each, offset=each.offset - cut))
        elif each.offset + each.in_file <= start:
            kept += [each] if each.kind != _NOTE else []
        elif each.kind == _LOAD and each.offset + each.in_file > end:
            kept.append(replace(each, in_file=start - each.offset, in_memory=after))
            kept.append(
                replace(
                    each,
                    offset=start,
                    address=each.address + after,
                    physical=each.physical + after,
                    in_file=each.in_file - after,
                    in_memory=each.in_memory - after,
                )
            )
        else:
            raise places.Stopped(f"{LIBRARY} has a part that ends among the typefaces.")
    if len(kept) != many:
        raise places.Stopped(f"{LIBRARY} has no place for another segment.")
    made = bytearray(library[:start] + library[end:])
    for number, each in enumerate(kept):
        _SEGMENT.pack_into(made, at + _SEGMENT.size * number, *vars(each).values())
    struct.pack_into("<Q", made, 40, at_sections - cut)
    _settle_sections(made, at_sections - cut, start, end)
    return bytes(made)


def _settle_sections(made: bytearray, at: int, start: int, end: int) -> None:
    """What is said of the parts of the library for tools: the one that was cut ends where it was cut."""
    (many,) = struct.unpack_from("<H", made, 60)
    for place in range(at, at + many * _SECTION.size, _SECTION.size):
        section = list(_SECTION.unpack_from(made, place))
        if section[4] >= end:
            section[4] -= end - start
        elif section[4] + section[5] > start:
            section[5] = start - section[4]
        _SECTION.pack_into(made, place, *section)
