"""SQLite's b-tree pages, cells and records, read from bytes that may be wrong anywhere.

As https://www.sqlite.org/fileformat2.html says. Every function returns ``None`` for what cannot be, and
never reads beyond what it is given.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from memorybook.storage.carving import USABLE, Page

INDEX_INTERIOR, TABLE_INTERIOR, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13

Value = int | float | str | bytes | None

Follow = Callable[[int], Page | None]
"""Gives a page on which a record goes on, or nothing when it is gone."""

Chain = Callable[[int, int], int | None]
"""Asked where a record goes on behind this page, which is gone, and with how many pages."""

_SMALLEST = (USABLE - 12) * 32 // 255 - 23
_MOST_TABLE = USABLE - 35
_MOST_INDEX = (USABLE - 12) * 64 // 255 - 23
ON_OVERFLOW = USABLE - 4
"""Bytes of a record that stand on each page it goes on to, behind the number of the next one."""

_LONGEST = 1 << 30
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_FILE_HEADER = 100


@dataclass(frozen=True, slots=True)
class Node:
    """One page of a tree: its ``kind``, where its cells begin, and the pages below it."""

    kind: int
    cells: tuple[int, ...]
    children: tuple[int, ...]

    @property
    def is_table(self) -> bool:
        """Whether rows are numbered in this tree."""
        return self.kind in {TABLE_LEAF, TABLE_INTERIOR}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds of a row. ``row`` is its number in a table, 0 in an index."""

    row: int
    length: int
    local: bytes = field(repr=False)
    overflow: int


@dataclass(frozen=True, slots=True)
class Payload:
    """A record put together; ``holes`` are the stretches (start, end) of it that are gone: zeros here."""

    data: bytes = field(repr=False)
    holes: tuple[tuple[int, int], ...]
    is_sure: bool


def node(page: Page) -> Node | None:
    """The page as a page of a tree."""
    start = _FILE_HEADER if page.number == 1 else 0
    content = page.content
    kind = content[start]
    if kind not in {INDEX_INTERIOR, TABLE_INTERIOR, INDEX_LEAF, TABLE_LEAF}:
        return None
    (count,) = struct.unpack_from(">H", content, start + 3)
    is_interior = kind in {INDEX_INTERIOR, TABLE_INTERIOR}
    first = start + (12 if is_interior else 8)
    if first + 2 * count > USABLE:
        return None
    places = struct.unpack_from(f">{count}H", content, first)
    cells = tuple(place for place in places if first + 2 * count <= place < USABLE - 3)
    if page.is_sure and len(cells) != count:
        return None
    children: tuple[int, ...] = ()
    if is_interior:
        (last,) = struct.unpack_from(">I", content, start + 8)
        children = (*(struct.unpack_from(">I", content, place)[0] for place in cells), last)
    return Node(kind, cells, children)


def cell(page: Page, kind: int, place: int) -> Cell | None:
    """The cell that begins at ``place``; none of a table's inner pages holds a row."""
    content = page.content
    if kind == TABLE_INTERIOR:
        return None
    if kind == INDEX_INTERIOR:
        place += 4
    length, place = varint(content, place)
    row = 0
    if kind == TABLE_LEAF:
        row, place = varint(content, place)
    if not 0 < length < _LONGEST or place > USABLE:
        return None
    most = _MOST_TABLE if kind == TABLE_LEAF else _MOST_INDEX
    local, overflow = length, 0
    if length > most:
        fitting = _SMALLEST + (length - _SMALLEST) % ON_OVERFLOW
        local = fitting if fitting <= most else _SMALLEST
        if place + local + 4 > USABLE:
            return None
        (overflow,) = struct.unpack_from(">I", content, place + local)
    if place + local > USABLE:
        return None
    return Cell(row, length, content[place : place + local], overflow)


def payload(found: Cell, is_sure: bool, page: Follow, chain: Chain = lambda *_: None) -> Payload:
    """The whole record of a cell, with the pages it goes on to; those that are not given are holes."""
    parts, holes, done = [found.local], list[tuple[int, int]](), len(found.local)
    following, seen = found.overflow, set[int]()
    while done < found.length:
        length = min(ON_OVERFLOW, found.length - done)
        left = -(-(found.length - done) // ON_OVERFLOW) - 1
        content = None if following in seen else page(following)
        seen.add(following)
        if content is None:
            parts.append(bytes(length))
            holes.append((done, done + length))
            following = (chain(following, left) if left else None) or 0
        else:
            parts.append(content.content[4 : 4 + length])
            (following,) = struct.unpack_from(">I", content.content)
            is_sure = is_sure and content.is_sure
        done += length
    return Payload(b"".join(parts), tuple(holes), is_sure and not holes)


def record(found: Payload) -> tuple[list[Value], list[tuple[int, int]]] | None:
    """The values of a record, and where each of them stands (start, end). Text that is gone is NULs."""
    data = found.data
    end, place = varint(data, 0)
    if not 0 < end <= len(data):
        return None
    values: list[Value] = []
    spans: list[tuple[int, int]] = []
    start = end
    while place < end:
        sort, place = varint(data, place)
        length = _INTEGERS.get(sort, 8 if sort == 7 else (sort - 12) // 2 if sort >= 12 else 0)
        if sort in {10, 11} or start + length > len(data):
            return None
        values.append(_value(sort, data[start : start + length]))
        spans.append((start, start + length))
        start += length
    return (values, spans) if place == end and start == len(data) else None


def _value(sort: int, data: bytes) -> Value:
    if sort in _INTEGERS:
        return int.from_bytes(data, "big", signed=True)
    if sort == 7:
        number: float = struct.unpack(">d", data)[0]
        return number
    if sort in {8, 9}:
        return sort - 8
    if sort >= 12:
        return data.decode("utf-8", "replace") if sort % 2 else data
    return None


def varint(data: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends; (-1, end of the data) when it goes beyond."""
    number = 0
    for count in range(9):
        if place >= len(data):
            return -1, len(data)
        byte = data[place]
        place += 1
        if count == 8:
            number = number << 8 | byte
        else:
            number = number << 7 | byte & 0x7F
            if byte < 0x80:
                break
    return number - (1 << 64) if number >= 1 << 63 else number, place


