"""The database written once more under another key, and the proof that it says the same."""

import hashlib
import marshal
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from memorybook.domain.ids import EntryId, PhotoId, RecordingId, VersionId
from memorybook.errors import BookDamaged, RenewalStopped
from memorybook.files import sync_file
from memorybook.storage import (
    babies,
    ceremonies,
    editions,
    entries,
    header,
    keepsakes,
    occasions,
    photo_files,
    photos,
    recordings,
    versions,
)
from memorybook.storage import connection as connections
from memorybook.storage.connection import Connection, Row, check_sentinel

Contents = Mapping[str, bytes]
"""Digests of all rows: of each block of pages, photos and recordings with what belongs to them, of every
other table, and of the tables' definitions; each by a name."""

Glance = Callable[[], bool]
"""Called often while the database is at work; ``True`` gives it up: RenewalStopped or a database error."""

_LISTS: tuple[Callable[[Connection], object], ...] = (
    babies.all_of_them,
    babies.removed,
    ceremonies.all_of_them,
    ceremonies.removed,
    keepsakes.all_of_them,
    keepsakes.put_away,
    occasions.all_of_them,
    occasions.put_away,
    editions.all_of_them,
    editions.put_away,
)
"""What reads all there is of a kind, and compares each with its digest."""

_STEPS = 200  # a page of a long text is a few of SQLite's steps; a look costs a microsecond
_PAGES = 256  # a millisecond or two


def write(connection: Connection, database: Path, key: bytes, salt: bytes, glance: Glance) -> None:
    """Write everything into ``database``, which must not exist yet, and see it onto the disk.

    Raises the database errors of a damaged page, of a full disk, or of being given up; and ``OSError``.
    """
    os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    numbers = {name: _number(connection, f"PRAGMA {name}") for name in ("user_version", "application_id")}
    with connections.beside(connection, database, key, salt) as name, _watched(connection, glance):
        connection.execute(f"SELECT sqlcipher_export('{name}')").fetchone()
        for pragma, number in numbers.items():
            connection.execute(f"PRAGMA {name}.{pragma} = {number}")
    sync_file(database)


def contents(connection: Connection, glance: Glance) -> Contents:
    """What the database says, down to the index of words. Raises BookDamaged or database errors."""
    with _watched(connection, glance):
        return _contents(connection)


def contents_but(connection: Connection, table: str, beginnings: Iterable[str], glance: Glance) -> bytes:
    """The digest of one table without the rows whose ``key`` begins like one of these."""
    left_out = [f"{beginning}*" for beginning in beginnings]
    sql = " AND ".join(["1", *(f"key NOT GLOB :{_name(n)}" for n in range(len(left_out)))])
    with _watched(connection, glance):
        rows = connection.execute(
            f'SELECT * FROM "{table}" WHERE {sql} ORDER BY key',  # noqa: S608 - our own tables
            {_name(n): pattern for n, pattern in enumerate(left_out)},
        )
        return _digest_rows(rows)


def _name(number: int) -> str:
    return f"pattern{number}"


def check(database: Path, key: bytes, salt: bytes, expected: Contents, glance: Glance) -> None:
    """Open a transcript afresh and go through all of it. Raises BookDamaged when it is not the same."""
    with _opened_to_check(database, key, salt, glance) as connection:
        _check_pages(connection)
        if _contents(connection) != expected:
            raise BookDamaged
        for group in _GROUPS:
            group.read(connection, *_ENDS)
        _read_lists(connection)
        check_sentinel(connection)


def check_copy(
    connection: Connection, expected: Contents | None, read_before: Contents, glance: Glance
) -> Contents:
    """Go through all of a copy of a book that was copied before; it is given what was returned then.

    A block, or a table, that says to the bit what it said when each of its rows was compared with its digest
    is not read row by row again. Indexes, which hold nothing of their own, are not compared with tables.
    Raises BookDamaged, also when it does not say what is ``expected``, and database errors.
    """
    with _watched(connection, glance):
        said = _contents(connection)
        if expected is not None and said != expected:
            raise BookDamaged
        for group in _GROUPS:
            for start, name in group.names(said):
                if said[name] != read_before.get(name):
                    group.read(connection, start, start + _BLOCK_LENGTH - 1)
        if any(said.get(table) != read_before.get(table) for table in _LISTED):
            _read_lists(connection)
        check_sentinel(connection)
        return said


_BLOCK_LENGTH = 256

_ENDS = -(1 << 62), 1 << 62


@dataclass(frozen=True, slots=True)
class _Group:
    """Things of one kind, in blocks of their ids. ``tables`` are those with rows of a thing, its own first,
    and the column with its id in each; ``get`` compares one with its digest.
    """

    tables: tuple[tuple[str, str], ...]
    get: Callable[[Connection, int], object]

    def blocks(self, connection: Connection) -> Iterator[tuple[str, bytes]]:
        """A digest of everything that is said of the things of a block, by a name for each."""
        most = max(_number(connection, f"SELECT ifnull(max({column}), 0) FROM {table}")  # noqa: S608
                   for table, column in self.tables)  # fmt: skip
        starts = range(0, most + 1, _BLOCK_LENGTH)
        for start in starts:
            first = start or _ENDS[0]
            last = _ENDS[1] if start == starts[-1] else start + _BLOCK_LENGTH - 1
            digest = hashlib.sha256()
            for table, column in self.tables:
                rows = connection.execute(
                    f"SELECT * FROM {table} WHERE {column} BETWEEN :first AND :last ORDER BY {column}, 2",  # noqa: S608
                    {"first": first, "last": last},
                )
                digest.update(table.encode() + _digest_rows(rows))
            yield f"{self.tables[0][0]} {start}", digest.digest()

    def names(self, said: Contents) -> list[tuple[int, str]]:
        """Its blocks among all that is said, with the first id of each."""
        kind = self.tables[0][0]
        parts = ((name, *name.split(" ")) for name in said)
        return sorted((int(part[2]), part[0]) for part in parts if part[1] == kind and len(part) == 3)

    def read(self, connection: Connection, first: int, last: int) -> None:
        """Compare each of these things with its digest."""
        rows = connection.execute(
            f"SELECT id FROM {self.tables[0][0]} WHERE id BETWEEN :first AND :last",  # noqa: S608
            {"first": first, "last": last},
        )
        for row in rows.fetchall():
            self.get(connection, row["id"])


def _photo(connection: Connection, photo: int) -> None:
    photos.get(connection, PhotoId(photo))
    photo_files.thumbnail(connection, PhotoId(photo))


def _recording(connection: Connection, recording: int) -> None:
    recordings.get(connection, RecordingId(recording))
    recordings.picture(connection, RecordingId(recording))


_GROUPS = (
    _Group(
        (
            ("entry", "id"),
            ("entry_text", "entry"),
            ("entry_baby", "entry"),
            ("entry_tag", "entry"),
            ("entry_photo", "entry"),
            ("entry_recording", "entry"),
        ),
        lambda connection, entry: entries.get(connection, EntryId(entry), in_drawer=True),
    ),
    _Group(
        (("entry_version", "id"),),
        lambda connection, version: versions.get(connection, VersionId(version)),
    ),
    _Group((("photo", "id"), ("photo_baby", "photo"), ("thumbnail", "photo")), _photo),
    _Group(
        (("recording", "id"), ("recording_baby", "recording"), ("recording_picture", "recording")), _recording
    ),
)
_GROUPED = {table for group in _GROUPS for table, _ in group.tables}
_LISTED = (
    "baby", "measurement", "ceremony", "keepsake", "keepsake_photo", "keepsake_baby", "occasion", "edition",
)  # fmt: skip


def _read_lists(connection: Connection) -> None:
    for read in _LISTS:
        read(connection)


def check_pages(database: Path, key: bytes, salt: bytes, glance: Glance) -> None:
    """Open a transcript afresh and see that every page is whole. Raises BookDamaged."""
    with _opened_to_check(database, key, salt, glance) as connection:
        _check_pages(connection)
        check_sentinel(connection)


@contextmanager
def _opened_to_check(database: Path, key: bytes, salt: bytes, glance: Glance) -> Iterator[Connection]:
    connections.verify_encrypted(database, salt)
    for number, whole in enumerate(header.whole_pages(database, key, salt)):
        if not whole:
            raise BookDamaged
        if number % _PAGES == 0 and glance():
            raise RenewalStopped
    connection = connections.connect_to_check(database, key, salt)
    try:
        with _watched(connection, glance):
            yield connection
    finally:
        connection.close()


def _contents(connection: Connection) -> Contents:
    tables = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name"
    ).fetchall()
    found = {
        row["name"]: _digest(connection, row["name"], row["sql"])
        for row in tables
        if row["name"] not in _GROUPED
    }
    for group in _GROUPS:
        found.update(group.blocks(connection))
    schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    found["sqlite_schema"] = _digest_rows(schema)
    check_sentinel(connection)
    return found


def _check_pages(connection: Connection) -> None:
    if [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()] != ["ok"]:
        raise BookDamaged


@contextmanager
def _watched(connection: Connection, glance: Glance) -> Iterator[None]:
    connection.set_progress_handler(glance, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _number(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    if row is None:
        raise BookDamaged
    return int(row[0])


def _digest(connection: Connection, table: str, sql: str) -> bytes:
    order = "" if "WITHOUT ROWID" in sql.upper() else " ORDER BY rowid"
    return _digest_rows(connection.execute(f'SELECT * FROM "{table}"{order}'))  # noqa: S608 - our own tables


def _digest_rows(rows: Iterable[Row]) -> bytes:
    digest = hashlib.sha256()  # which processors have a part of their own for
    for row in rows:
        # Types, lengths and values, by one call in C; the second version of it knows no shared objects.
        digest.update(marshal.dumps(tuple(row), 2))
    return digest.digest()
