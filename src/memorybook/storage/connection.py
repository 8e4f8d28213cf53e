"""The one place that opens ``book.db``, and the one way to write to it.

Every line of :func:`connect` answers a measured trap: a key of the wrong length is silently taken for
a passphrase, a missing file becomes a new empty book, a forgotten key a plaintext one.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3 import dbapi2

from memorybook.errors import BookDamaged, BookNewer, NotABook
from memorybook.files import translate_os_error
from memorybook.storage.header import PLAIN_SQLITE, SALT_BYTES

APPLICATION_ID = 0x4D656D42  # "MemB"
OLDEST_SQLITE = (3, 51, 3)
"""Older ones can lose a write when the log is reset."""

SENTINEL = "whole"

_BESIDE = "beside"
_CACHE = "PRAGMA cache_size = -16384"

Values = Mapping[str, object]


class Row(Protocol):
    """One line of a result, by column name or number."""

    def __getitem__(self, key: str | int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...


class Cursor(Protocol):
    """A result on its way. ``lastrowid`` is the id the last INSERT gave."""

    lastrowid: int

    def fetchone(self) -> Row | None:
        """The next row, or ``None`` behind the last."""

    def fetchall(self) -> list[Row]:
        """The rows that are left."""

    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    """What storage uses of a SQLCipher connection. It belongs to the thread that opened it.

    ``total_changes`` counts the rows written so far.
    """

    in_transaction: bool
    total_changes: int

    def execute(self, sql: str, values: Values = ..., /) -> Cursor:
        """Run one statement with named values."""

    def executemany(self, sql: str, values: Sequence[Values], /) -> Cursor:
        """Run one statement once for each of ``values``."""

    def interrupt(self) -> None:
        """End the statement that is running. The one method that another thread may call."""

    def close(self) -> None:
        """End the connection; the log is folded into the book."""

    def set_authorizer(self, authorize: Callable[..., int] | None, /) -> None:
        """Have every statement judged while it is prepared."""

    def set_progress_handler(self, handler: Callable[[], bool] | None, steps: int, /) -> None:
        """Ask ``handler`` now and then while a statement runs; ``True`` ends the statement."""


def connect(database: Path, key: bytes, salt: bytes, *, newest: int) -> Connection:
    """Open a book that is there. ``newest`` is the highest ``user_version`` this program knows.

    Raises BookNewer (having changed nothing), NotABook, or a database error for
    :mod:`memorybook.storage.faults` to translate; a wrong key and a damaged first page are the same.
    """
    connection = _keyed(database, key, salt)
    try:
        if _number(connection, "application_id") != APPLICATION_ID:
            raise NotABook
        if _number(connection, "user_version") > newest:
            raise BookNewer
        _settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def begin(database: Path, key: bytes, salt: bytes) -> Connection:
    """Make an empty book in a file that must not exist yet; the caller gives it its tables.

    Raises as :func:`connect`, and StorageFull, BookReadOnly or StorageFailed.
    """
    try:
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise translate_os_error(error) from None
    connection = _keyed(database, key, salt)
    try:
        _settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_check(database: Path, key: bytes, salt: bytes) -> Connection:
    """Open a finished copy to look at its pages: every PRAGMA may be asked, and nothing may be written.

    Raises as :func:`connect`.
    """
    connection = _keyed(database, key, salt)
    try:
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def beside(connection: Connection, database: Path, key: bytes, salt: bytes) -> Iterator[str]:
    """Have an empty file beside the open book, to be filled by ``sqlcipher_export``, under the name given.

    What :func:`connect` forbids is allowed for exactly as long as this lasts. A power cut while it is filled
    leaves no database at all: there is no journal, and nothing is synced. The caller does that at the end.
    """
    connection.set_authorizer(None)
    try:
        connection.execute(
            f"ATTACH :file AS {_BESIDE} KEY :key",
            {"file": f"{database.absolute().as_uri()}?mode=rw", "key": f"x'{_digits(key, salt)}'"},
        )
        try:
            for pragma, value, meant in (
                ("journal_mode", "OFF", "off"),
                ("synchronous", "OFF", 0),
                ("auto_vacuum", "NONE", 0),
            ):
                connection.execute(f"PRAGMA {_BESIDE}.{pragma} = {value}")
                row = connection.execute(f"PRAGMA {_BESIDE}.{pragma}").fetchone()
                _expect(row is not None and row[0] == meant, pragma)
            yield _BESIDE
        except BaseException:
            # What was being filled when the disk was full is half a schema, and letting go reads it.
            connection.execute("PRAGMA writable_schema = ON")
            try:
                connection.execute(f"DETACH {_BESIDE}")
            finally:
                connection.execute("PRAGMA writable_schema = OFF")
            raise
        connection.execute(f"DETACH {_BESIDE}")
    finally:
        connection.set_authorizer(_authorize)


@contextmanager
def for_upkeep(connection: Connection) -> Iterator[None]:
    """Allow what :func:`connect` forbids for as long as this lasts: for statements of our own alone.

    Changing a STRICT table asks ``quick_check`` of itself; ``VACUUM INTO`` attaches the file it writes.
    """
    connection.set_authorizer(None)
    try:
        yield
    finally:
        connection.set_authorizer(_authorize)


def copy_into(connection: Connection, database: Path) -> None:
    """Write the whole open book into ``database``, an empty file, under the same key and with the same salt.

    Unlike SQLite's backup it raises on every damaged page. :meth:`Connection.interrupt` ends it from another
    thread. What it left then has to be removed.
    """
    connection.set_authorizer(None)
    try:
        # Every page in memory is wiped before it is given back: a large cache on both sides would have
        # whoever interrupts this wait for a fifth of a second.
        connection.execute("PRAGMA cache_size = -1024")
        connection.execute("VACUUM INTO :file", {"file": f"{database.absolute().as_uri()}?mode=rw"})
    finally:
        connection.execute(_CACHE)
        connection.set_authorizer(_authorize)


def connect_to_finish(database: Path, key: bytes, salt: bytes) -> Connection:
    """Open a copy that nobody else has yet, to take something out of it. Without a journal: a crash in the
    middle leaves nothing that may be used. Whoever opens it later needs no log beside it.
    Raises as :func:`connect`.
    """
    connection = _keyed(database, key, salt)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY").fetchone()  # in the file: with no log
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def unsynced(connection: Connection) -> Iterator[None]:
    """Have nothing of a new book synced, and no log of it kept, while it is filled: nobody needs half of it.

    The caller syncs the file once the connection is closed.
    """
    connection.set_authorizer(None)
    try:
        for pragma, value in (("journal_mode", "MEMORY"), ("synchronous", "OFF")):
            connection.execute(f"PRAGMA {pragma} = {value}").fetchone()
        yield
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
    finally:
        connection.set_authorizer(_authorize)


def verify_encrypted(database: Path, salt: bytes) -> None:
    """Look at a new book that is closed again. Raises BookDamaged when it is not what it has to be."""
    with database.open("rb") as file:
        start = file.read(SALT_BYTES)
    if start != salt or start == PLAIN_SQLITE:
        raise BookDamaged


def _keyed(database: Path, key: bytes, salt: bytes) -> Connection:
    digits = _digits(key, salt)
    connection = dbapi2.connect(
        f"{database.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=0.5
    )
    try:
        connection.row_factory = dbapi2.Row
        connection.set_key(f"x'{digits}'")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA cipher_memory_security = ON")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA mmap_size = 0")
        _expect(bool(connection.execute("PRAGMA cipher_version").fetchone()), "no SQLCipher")
        _expect(dbapi2.sqlite_version_info >= OLDEST_SQLITE, "SQLite is too old")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    opened: Connection = connection
    return opened


def _digits(key: bytes, salt: bytes) -> str:
    digits = key.hex() + salt.hex()
    if len(digits) != 96:
        raise ValueError("a raw key with its salt has 96 digits")
    return digits


def _settle(connection: Connection) -> None:
    """What may change the file, once it is known to be ours; then close the doors that are not used."""
    connection.execute("PRAGMA auto_vacuum = NONE")  # with it, an all-zero page needs no HMAC
    journal = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    _expect(journal is not None and journal[0] == "wal", "no write-ahead log")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(_CACHE)
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
    for pragma, allowed in (
        ("synchronous", {2}),
        ("temp_store", {0, 2}),
        ("auto_vacuum", {0}),
        ("foreign_keys", {1}),
        ("trusted_schema", {0}),
        ("cell_size_check", {1}),
    ):
        _expect(_number(connection, pragma) in allowed, pragma)
    connection.set_authorizer(_authorize)


def _expect(condition: bool, what: str) -> None:
    if not condition:
        raise RuntimeError(what)


def _number(connection: Connection, pragma: str) -> int:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(row[0]) if row is not None else -1


_PRAGMAS = {"application_id", "data_version", "page_count", "user_version", "wal_checkpoint"}
_FUNCTIONS = {"load_extension", "sqlcipher_export"}


def _authorize(
    action: int, first: str | None, second: str | None, _schema: str | None, _trigger: str | None
) -> int:
    """Deny what could make a plaintext copy, load code, or change what the connection rests on."""
    if action in {dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH}:
        return int(dbapi2.SQLITE_DENY)
    if action == dbapi2.SQLITE_PRAGMA and first not in _PRAGMAS:
        return int(dbapi2.SQLITE_DENY)
    if action == dbapi2.SQLITE_FUNCTION and second in _FUNCTIONS:
        return int(dbapi2.SQLITE_DENY)
    return int(dbapi2.SQLITE_OK)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """The only way to write: everything inside is committed together, or nothing is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            with suppress(dbapi2.DatabaseError):
                connection.execute("ROLLBACK")
        raise


def check_sentinel(connection: Connection) -> None:
    """Read one known row: SQLCipher hands out a damaged page without a word and fails at the next one.

    Raises BookDamaged, or the database error.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = 'sentinel'").fetchone()
    if row is None or row[0] != SENTINEL:
        raise BookDamaged
