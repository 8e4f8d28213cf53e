"""The database written once more under another key, and the proof that it says the same."""

import hashlib
import os
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
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
"""A digest of every row of each table, by the table's name, and one of the tables' definitions."""

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
_LENGTH = struct.Struct(">cQ")


def write(connection: Connection, database: Path, key: bytes, salt: bytes, glance: Glance) -> None:
    """Write everything into ``database``, which must not exist yet, and see it onto the disk.

    Raises the database errors of a damaged page, of a full disk, or of being given up; and ``OSError``.
    """
    os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    numbers = {name: _number(connection, name) for name in ("user_version", "application_id")}
    with connections.beside(connection, database, key, salt) as name, _watched(connection, glance):
        connection.execute(f"SELECT sqlcipher_export('{name}')").fetchone()
        for pragma, number in numbers.items():
            connection.execute(f"PRAGMA {name}.{pragma} = {number}")
    sync_file(database)


def contents(connection: Connection, glance: Glance) -> Contents:
    """What the database says, down to the index of words. Raises BookDamaged or database errors."""
    with _watched(connection, glance):
        return _contents(connection)


def check(database: Path, key: bytes, salt: bytes, expected: Contents, glance: Glance) -> None:
    """Open a transcript afresh and go through all of it. Raises BookDamaged when it is not the same."""
    with _opened_to_check(database, key, salt, glance) as connection:
        _check_pages(connection)
        if _contents(connection) != expected:
            raise BookDamaged
        for row in connection.execute("SELECT id FROM entry").fetchall():
            entries.get(connection, EntryId(row["id"]), in_drawer=True)
        for row in connection.execute("SELECT id FROM entry_version").fetchall():
            versions.get(connection, VersionId(row["id"]))
        for read in _LISTS:
            read(connection)
        for row in connection.execute("SELECT id FROM photo").fetchall():
            photos.get(connection, PhotoId(row["id"]))
            photo_files.thumbnail(connection, PhotoId(row["id"]))
        for row in connection.execute("SELECT id FROM recording").fetchall():
            recordings.get(connection, RecordingId(row["id"]))
            recordings.picture(connection, RecordingId(row["id"]))
        check_sentinel(connection)


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
    found = {row["name"]: _digest(connection, row["name"], row["sql"]) for row in tables}
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


def _number(connection: Connection, pragma: str) -> int:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    if row is None:
        raise BookDamaged
    return int(row[0])


def _digest(connection: Connection, table: str, sql: str) -> bytes:
    order = "" if "WITHOUT ROWID" in sql.upper() else " ORDER BY rowid"
    return _digest_rows(connection.execute(f'SELECT * FROM "{table}"{order}'))  # noqa: S608 - our own tables


def _digest_rows(rows: Iterable[Row]) -> bytes:
    digest = hashlib.blake2b(digest_size=32)
    for row in rows:
        for value in row:
            data = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8")
            digest.update(_LENGTH.pack(type(value).__name__[:1].encode(), len(data)))
            digest.update(data)
        digest.update(b"\n")
    return digest.digest()
