"""The rows of a damaged database as SQLite itself still reads them, from a copy of it that nobody needs.

Each row is read by its number, then one that is known, since SQLCipher hands out a damaged page without a
word and fails at the next one. After any failure the connection is good for nothing more, and opened afresh.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from memorybook.errors import BookDamaged
from memorybook.storage import connection as connections
from memorybook.storage.connection import Connection, check_sentinel
from memorybook.storage.faults import DatabaseFault
from memorybook.storage.rows import Found
from memorybook.storage.tables import SEQUENCE, known

T = TypeVar("T")


class SqlRows:
    """One thread; close it. What cannot be read is not there; what ``look`` raises passes through."""

    def __init__(
        self, copy: Path, key: bytes, salt: bytes, look: Callable[[], object] = lambda: None
    ) -> None:
        self._look = look
        self._open: Callable[[], Connection] = lambda: connections.connect_to_check(copy, key, salt)
        self._connection: Connection | None = None
        self._ids: dict[str, frozenset[int]] = {}

    def close(self) -> None:
        """End the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*DatabaseFault):
                connection.close()

    def ids(self, table: str) -> frozenset[int]:
        """The numbers of the rows of a table, as far as going through them leads."""
        if table not in self._ids:
            self._ids[table] = frozenset(self._listed(table))
        return self._ids[table]

    def rows(self, table: str, number: int) -> Iterator[Found]:
        """What there is of one row: it, or nothing."""
        shape, key = known()[table], known()[table].key
        read = f"SELECT * FROM {table} WHERE {key} = :id"  # noqa: S608 - our own names
        row = self._read(lambda connection: connection.execute(read, {"id": number}).fetchone())
        if row is not None:
            values = shape.row(number, list(row))
            if values is not None:
                yield Found(values, is_sure=True)

    def all(self, table: str) -> Iterator[Found]:
        """The rows of a table without numbers: all of them, or none."""
        shape = SEQUENCE if table == SEQUENCE.name else known()[table]
        read = f"SELECT * FROM {table}"  # noqa: S608 - our own names
        for row in self._read(lambda connection: connection.execute(read).fetchall()) or []:
            values = shape.row(0, list(row))
            if values is not None:
                yield Found(values, is_sure=True)

    def named(self, _table: str) -> frozenset[int]:
        """Nothing beyond the rows themselves."""
        return frozenset()

    def _listed(self, table: str) -> Iterator[int]:
        """Up from the lowest and, from where that ends, down from the highest."""
        reached = 0
        while (number := self._next(table, ">", reached)) is not None:
            yield number
            reached = number
        last = 1 << 62
        while (number := self._next(table, "<", last, " DESC")) is not None and number > reached:
            yield number
            last = number

    def _next(self, table: str, compare: str, number: int, order: str = "") -> int | None:
        key = known()[table].key
        read = f"SELECT {key} FROM {table} WHERE {key} {compare} :id ORDER BY {key}{order} LIMIT 1"  # noqa: S608
        row = self._read(lambda connection: connection.execute(read, {"id": number}).fetchone())
        return None if row is None else int(row[0])

    def _read(self, work: Callable[[Connection], T]) -> T | None:
        self._look()
        if self._connection is None:
            with suppress(*DatabaseFault, OSError, RuntimeError):
                self._connection = self._open()
        if self._connection is None:
            return None
        try:
            result = work(self._connection)
            check_sentinel(self._connection)
        except (*DatabaseFault, BookDamaged):
            self.close()
            return None
        return result
