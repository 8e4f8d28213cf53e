"""What a database error means for the book, as one of the errors that have a sentence."""

import os
from pathlib import Path

from sqlcipher3 import dbapi2

from memorybook.errors import (
    BookDamaged,
    BookMissing,
    BookOpenElsewhere,
    BookReadOnly,
    MemoryBookError,
    StorageFailed,
    StorageFull,
)
from memorybook.files import free_bytes

_LITTLE = 1 << 20  # SQLite reports some full disks as plain I/O errors

_DAMAGED = {dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_NOMEM}
_ELSEWHERE = {dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED, dbapi2.SQLITE_PROTOCOL}
_DISK = {dbapi2.SQLITE_IOERR, dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_READONLY}

_WORDS = {
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
    "out of memory": dbapi2.SQLITE_NOMEM,
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
}
"""SQLite's own words for its codes: ``sqlcipher_export`` hands on the words and loses the code."""

DatabaseFault = (dbapi2.DatabaseError, MemoryError)
"""What a statement may raise. SQLCipher reports some damaged pages as a lack of memory."""


def code(error: BaseException) -> int | None:
    """SQLite's primary result code, or ``None`` for an error that is not SQLite's."""
    number = getattr(error, "sqlite_errorcode", None)
    if not isinstance(number, int):
        return None
    return _WORDS.get(str(error), number) if number == dbapi2.SQLITE_ERROR else number & 0xFF


def translate(error: BaseException, database: Path) -> MemoryBookError | None:
    """The error with a sentence, or ``None`` for a mistake in the program, which is to be raised as it is."""
    number = code(error)
    if isinstance(error, MemoryError) or number in _DAMAGED:
        return BookDamaged()
    if number == dbapi2.SQLITE_FULL:
        return StorageFull()
    if number in _ELSEWHERE:
        return BookOpenElsewhere()
    if number in _DISK:
        return _disk(number, database)
    return None


def _disk(number: int | None, database: Path) -> MemoryBookError:
    if not database.parent.is_dir():
        return StorageFailed()
    if not database.exists():
        return BookMissing()
    if not (os.access(database, os.R_OK | os.W_OK) and os.access(database.parent, os.W_OK)):
        return BookReadOnly()
    if number == dbapi2.SQLITE_READONLY:
        return BookDamaged()  # the file can be written: it is SQLCipher that will not
    try:
        return StorageFull() if free_bytes(database.parent) < _LITTLE else StorageFailed()
    except StorageFailed as failed:
        return failed
