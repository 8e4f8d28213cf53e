"""The rows of a damaged database, table by table, put together from its carved pages.

A row that is not sure comes from a page that is not as it was written. Most of such a page may be right all
the same; what of it has a digest shows that. Where no page can be verified, each is taken as it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from memorybook.storage import btree
from memorybook.storage.btree import Value
from memorybook.storage.carving import Page, Pages
from memorybook.storage.tables import SEQUENCE, Table, Tables, known

Values = dict[str, Value]

GAP = "\0"
"""Stands in a text of :attr:`Found.in_part` where something of it is gone."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row. ``values`` are by column; those named ``in_part`` are texts of which a part is gone."""

    values: Values = field(repr=False)
    is_sure: bool
    in_part: frozenset[str] = frozenset()


class Source(Protocol):
    """Something that rows can be read from."""

    def ids(self, table: str) -> frozenset[int]:
        """The numbers of the rows of a table that has them."""

    def rows(self, table: str, number: int) -> Iterator[Found]:
        """What there is of one row, what is sure first."""

    def all(self, table: str) -> Iterator[Found]:
        """The rows of a table without numbers."""

    def named(self, table: str) -> frozenset[int]:
        """Numbers of rows that indexes name, whether the rows are there or not."""


class Carved:
    """Rows as the carver finds them. One thread."""

    def __init__(self, pages: Pages, expected: Mapping[str, int]) -> None:
        """``expected`` as for :class:`~memorybook.storage.tables.Tables`."""
        self._pages = pages
        self._tables = Tables(pages, expected)
        self._places: dict[str, dict[int, list[tuple[int, int]]]] = {}
        self._heads: dict[int, int] | None = None

    def ids(self, table: str) -> frozenset[int]:
        """As :class:`Source` says."""
        return frozenset(self._located(table))

    def rows(self, table: str, number: int) -> Iterator[Found]:
        """As :class:`Source` says."""
        found = []
        for leaf, place in self._located(table).get(number, []):
            page = self._pages.page(leaf)
            cell = None if page is None else btree.cell(page, btree.TABLE_LEAF, place)
            if page is not None and cell is not None:
                row = self._found(known()[table], cell, page)
                if row is not None:
                    found.append(row)
        yield from sorted(found, key=lambda row: (not row.is_sure, bool(row.in_part)))

    def all(self, table: str) -> Iterator[Found]:
        """As :class:`Source` says."""
        for leaf in self._tables.leaves[table]:
            for cell, page in self._tables.rows(leaf):
                row = self._found(SEQUENCE if table == SEQUENCE.name else known()[table], cell, page)
                if row is not None:
                    yield row

    def named(self, table: str) -> frozenset[int]:
        """As :class:`Source` says."""
        numbers = set()
        for name, owner in self._tables.indexes.items():
            if owner == table:
                for leaf in self._tables.leaves[name]:
                    for cell, page in self._tables.rows(leaf):
                        values = self._tables.values(cell, page) if self._pages.trusted(leaf) else None
                        if values and isinstance(values[-1], int) and values[-1] > 0:
                            numbers.add(values[-1])
        return frozenset(numbers)

    def indexed(self, name: str) -> Iterator[Sequence[Value]]:
        """The rows of an index, from pages that are sure."""
        for leaf in self._tables.leaves[name]:
            for cell, page in self._tables.rows(leaf):
                values = self._tables.values(cell, page) if self._pages.trusted(leaf) else None
                if values is not None:
                    yield values

    def _located(self, table: str) -> dict[int, list[tuple[int, int]]]:
        """Where the rows of a table are: page and place, by their number."""
        if table not in self._places:
            places: dict[int, list[tuple[int, int]]] = defaultdict(list)
            for leaf in self._tables.leaves[table]:
                page = self._pages.page(leaf)
                node = None if page is None else btree.node(page)
                for place in () if node is None else node.cells:
                    cell = None if page is None else btree.cell(page, btree.TABLE_LEAF, place)
                    if cell is not None and cell.row > 0:
                        places[cell.row].append((leaf, place))
            self._places[table] = dict(places)
        return self._places[table]

    def _found(self, table: Table, cell: btree.Cell, page: Page) -> Found | None:
        payload = btree.payload(cell, page.is_sure, self._pages.trusted, self._chained)
        record = btree.record(payload)
        values = None if record is None else table.row(cell.row, record[0])
        if record is None or values is None or (payload.holes and not self._pages.trusted(page.number)):
            return None
        in_part = set()
        for column, (start, end) in zip(table.columns, record[1], strict=True):
            if any(start < hole[1] and hole[0] < end for hole in payload.holes):
                in_part.add(column.name)
                value = values[column.name]
                if isinstance(value, str):
                    values[column.name] = GAP.join(part.strip("\ufffd") for part in value.split("\0") if part)
        is_sure = payload.is_sure or (not self._pages.can_verify and not payload.holes)
        return Found(values, is_sure, frozenset(in_part))

    def _chained(self, number: int, left: int) -> int | None:
        """Where a record goes on behind a page that is gone: where so many pages hang on nothing else."""
        if self._heads is None:
            self._heads = self._loose()
        told = self._pages.page(number)
        following = 0 if told is None else int.from_bytes(told.content[:4], "big")
        for likely in (following, number + 1):
            if self._heads.get(likely) == left:
                return likely
        fitting = [head for head, length in self._heads.items() if length == left]
        return fitting[0] if len(fitting) == 1 else None

    def _loose(self) -> dict[int, int]:
        """Pages on which a record goes on, and to which nothing leads, with how many there are from there."""
        following: dict[int, int] = {}
        led_to = set[int]()
        for number in self._pages.numbers():
            page = self._pages.trusted(number)
            if page is None or number == 1:
                continue
            node = btree.node(page)
            if node is not None:
                led_to.update(
                    cell.overflow
                    for place in node.cells
                    if (cell := btree.cell(page, node.kind, place)) is not None
                )
            elif page.content[0] == 0 and any(page.content[4:]):
                following[number] = int.from_bytes(page.content[:4], "big")
                led_to.add(following[number])
        heads = {}
        for head in following.keys() - led_to:
            length, number = 0, head
            while number in following and length <= len(following):
                length, number = length + 1, following[number]
            if number == 0:
                heads[head] = length
        return heads
