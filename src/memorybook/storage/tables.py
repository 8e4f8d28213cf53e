"""Which page of a damaged database belongs to which table, as far as its trees lead and its rows show.

Where each tree begins is said by the schema, whose own pages may be gone: every row of it counts that is
found anywhere. What no tree leads to any more is recognised by its shape: how many values, of which types.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlcipher3 import dbapi2

from memorybook.storage import btree
from memorybook.storage.btree import Node, Value
from memorybook.storage.carving import Page, Pages
from memorybook.storage.migrate import migrate

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_TYPES: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "TEXT": (str,),
    "BLOB": (bytes,),
    "REAL": (float, int),
}
_DIGEST_BYTES = 32
_OWN_OF_META = ("sentinel", "book_id", "created", "unfinished ", "readable ", "edit wanted ")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the schema has it."""

    name: str
    sort: str
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table of ours. ``key`` is the column that is the row's number; empty where rows have none."""

    name: str
    columns: tuple[Column, ...]
    key: str

    def row(self, number: int, values: list[Value]) -> dict[str, Value] | None:
        """The values by column, when they can be a row of this table at all."""
        if len(values) != len(self.columns):
            return None
        found = {column.name: value for column, value in zip(self.columns, values, strict=True)}
        if self.key and found[self.key] is None:
            found[self.key] = number
        return found if all(_fits(column, found[column.name]) for column in self.columns) else None


def _fits(column: Column, value: Value) -> bool:
    if value is None:
        return not column.is_needed
    if not isinstance(value, _TYPES.get(column.sort, (object,))):
        return False
    if column.name in {"created_at", "changed_at"}:
        return isinstance(value, str) and _STAMP.fullmatch(value) is not None
    return column.name != "digest" or (isinstance(value, bytes) and len(value) == _DIGEST_BYTES)


@cache
def known() -> dict[str, Table]:
    """Every table that holds content, by its name, as the newest version of this program makes them."""
    connection = dbapi2.connect(":memory:", isolation_level=None)
    try:
        connection.row_factory = dbapi2.Row
        migrate(connection)
        connection.set_authorizer(None)
        found = {}
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
            " AND name NOT LIKE 'entry\\_search%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall():
            rows = connection.execute("SELECT * FROM pragma_table_info(:name)", {"name": name}).fetchall()
            own = [row["name"] for row in rows if row["pk"]]
            numbered = len(own) == 1 and any(row["pk"] and row["type"] == "INTEGER" for row in rows)
            found[str(name)] = Table(
                str(name),
                tuple(Column(row["name"], row["type"], bool(row["notnull"])) for row in rows),
                own[0] if numbered else "",
            )
        return found
    finally:
        connection.close()


SEQUENCE = Table(
    "sqlite_sequence",
    (Column("name", "TEXT", is_needed=True), Column("seq", "INTEGER", is_needed=True)),
    "",
)
"""Where SQLite keeps the highest number that a row of each table ever had."""


class Tables:
    """The pages of each table and index that hold rows. One thread.

    ``leaves`` are pages by the name of what they belong to. ``incomplete`` names the trees of which a page
    is gone, so that more rows may have been there.
    """

    def __init__(self, pages: Pages, expected: Mapping[str, int]) -> None:
        """``expected`` is where the trees of a new book begin, for those of which the schema is gone."""
        self._pages = pages
        self._nodes: dict[int, Node] = {}
        self.leaves: dict[str, list[int]] = defaultdict(list)
        self.incomplete: set[str] = set()
        self.indexes: dict[str, str] = {}
        """The table of each index."""
        for number in pages.numbers():
            page = pages.page(number)
            found = None if page is None else btree.node(page)
            if found is not None:
                self._nodes[number] = Node(found.kind, (), found.children)
        self._owned: set[int] = set()
        roots = self._roots()
        for name, root in roots.items():
            self._walk(name, root)
        for name in expected.keys() - roots.keys():
            if self._may_be(name, expected[name]):
                roots[name] = expected[name]
                self._walk(name, expected[name])
        self.incomplete |= (known().keys() | {SEQUENCE.name}) - roots.keys()
        self._recognise()

    def rows(self, number: int) -> Iterator[tuple[btree.Cell, Page]]:
        """Every cell of a page that holds a row."""
        page = self._pages.page(number)
        found = None if page is None else btree.node(page)
        if page is not None and found is not None:
            for place in found.cells:
                cell = btree.cell(page, found.kind, place)
                if cell is not None:
                    yield cell, page

    def values(self, cell: btree.Cell, page: Page) -> list[Value] | None:
        """The values of a row that is whole."""
        payload = btree.payload(cell, page.is_sure, self._pages.trusted)
        found = btree.record(payload)
        return None if found is None or payload.holes else found[0]

    def _roots(self) -> dict[str, int]:
        """The first page of each tree, by its name; what pages that are sure say comes first."""
        found: dict[str, int] = {}
        leaves = [number for number, node in self._nodes.items() if node.kind == btree.TABLE_LEAF]
        for number in sorted(leaves, key=self._is_doubtful):
            for cell, page in self.rows(number):
                row = self.values(cell, page)
                if row is None:
                    continue
                if not _is_of_schema(row):
                    break  # all rows of a page are of one table
                sort, name, table, root = str(row[0]), str(row[1]), str(row[2]), row[3]
                self._owned.add(number)
                if isinstance(root, int) and (root in self._nodes or root in self._pages.bad):
                    found.setdefault(name, root)
                    if sort == "index":
                        self.indexes[name] = table
        return found

    def _is_doubtful(self, number: int) -> bool:
        page = self._pages.page(number)
        return page is None or not page.is_sure

    def _may_be(self, name: str, root: int) -> bool:
        """Whether this tree may begin there: nothing else does, and what rows it shows have the shape."""
        node, table = self._nodes.get(root), known().get(name)
        if node is None or table is None or root in self._owned or node.is_table != bool(table.key):
            return False
        rows = [(cell.row, self.values(cell, page)) for cell, page in self.rows(root)]
        return all(values is None or table.row(number, values) is not None for number, values in rows)

    def _walk(self, name: str, root: int) -> None:
        waiting = [root]
        while waiting:
            number = waiting.pop()
            page, node = self._pages.page(number), self._nodes.get(number)
            if page is None or node is None or number in self._owned:
                self.incomplete.add(name)
                continue
            self._owned.add(number)
            if not page.is_sure and self._pages.can_verify:
                self.incomplete.add(name)  # what it says is tried, and what it leads to is recognised
                if not node.children:
                    self.leaves[name].append(number)
                continue
            if node.kind != btree.TABLE_INTERIOR:
                self.leaves[name].append(number)
            waiting.extend(node.children)

    def _recognise(self) -> None:
        """Give the pages that no tree leads to, to the table whose rows alone have this shape."""
        for number, node in self._nodes.items():
            if number in self._owned or node.kind == btree.TABLE_INTERIOR:
                continue
            names: set[str] | None = None
            for cell, page in self.rows(number):
                row = self.values(cell, page)
                if row is not None:
                    fitting = set(self._shapes(node.is_table, cell.row, row))
                    names = fitting if names is None else names & fitting
            if names and len(names) > 1:
                names = {name for name in names if name in self.incomplete}
            if names is not None and len(names) == 1:
                self.leaves[names.pop()].append(number)

    def _shapes(self, is_table: bool, number: int, values: list[Value]) -> Iterator[str]:
        for table in (*known().values(), SEQUENCE):
            numbered = bool(table.key) or table is SEQUENCE
            if numbered == is_table and table.row(number, values) is not None:
                if table.name in {"meta", "preference"}:
                    own = str(values[0]).startswith(_OWN_OF_META)
                    if own == (table.name == "preference"):
                        continue
                yield table.name


def _is_of_schema(row: list[Value]) -> bool:
    return (
        len(row) == 5
        and row[0] in {"table", "index", "view", "trigger"}
        and all(isinstance(each, str) for each in row[1:3])
        and isinstance(row[3], int)
        and (row[4] is None or isinstance(row[4], str))
    )
