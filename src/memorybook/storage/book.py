"""A book's folder: which file is what, how ``book.db`` in it is opened, and whether it is still there."""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.errors import (
    BookDamaged,
    BookMissing,
    BookReadOnly,
    BookWithoutWords,
    KeyFilesMissing,
    MemoryBookError,
    NotABook,
    StorageFailed,
)
from memorybook.files import translate_os_error
from memorybook.storage import earlier, header, lock, replicas
from memorybook.storage.connection import Connection, connect, transaction
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.media import ENDING
from memorybook.storage.migrate import migrate, newest, version_of

DATABASE = "book.db"
MEDIA = "media"
RENEWED = ".renewed-"
"""How the folder in a book's folder begins in which a book written anew waits to be put in its place."""


def look(folder: Path, *, without_keys: bool = False) -> None:
    """Return when a book seems to be in ``folder``; nothing is opened or created.

    Raises BookMissing, BookWithoutWords, BookEmpty, NotABook, or what the disk said; and KeyFilesMissing,
    unless the book is to be opened ``without_keys``.
    """
    database = folder / DATABASE
    if lock.is_held(folder) and database.is_file():
        return
    if awaits_swap(folder):
        return
    try:
        page = header.first_page(database)
    except BookMissing:
        if _has_parts(folder):
            raise BookWithoutWords from None
        raise
    if header.is_foreign(page):
        raise NotABook
    if not replicas.exist(folder):
        if not (header.looks_encrypted(page) or _has_copy(folder)):
            raise NotABook
        if not without_keys:
            raise KeyFilesMissing


def _has_parts(folder: Path) -> bool:
    """Whether something of a book is here all the same."""
    try:
        media = any(item.name.endswith(ENDING) for item in (folder / MEDIA).iterdir())
    except OSError:
        media = False
    return media or replicas.exist(folder)


def awaits_swap(folder: Path) -> bool:
    """Whether the new book is there and not all in its place yet: ``book.db`` may be missing until then."""
    try:
        return any(item.name.startswith(RENEWED) for item in folder.iterdir())
    except OSError:
        return False


def _has_copy(folder: Path) -> bool:
    """Whether a first page is kept here: the one in ``book.db`` may be damaged beyond recognition."""
    try:
        return header.looks_encrypted(header.first_page(folder / header.COPY_NAME))
    except MemoryBookError:
        return False


Identity = tuple[int, int]
"""Which file it is, whatever it is called."""


@dataclass(frozen=True, slots=True)
class BookFile:
    """``book.db`` in ``folder`` with the raw key and the salt that open it."""

    folder: Path
    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def path(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    def connect(self) -> Connection:
        """Open the database, on the thread that will use it, and bring it to the newest version.

        The salt comes from the key file: the copy in front of the database is not trusted, and is put
        right when it is damaged. A book of an older version is copied first. Raises BookDamaged, BookNewer,
        BookOpenElsewhere, BookReadOnly, BookMissing, BookEmpty, NotABook, UpdateNeedsRoom, StorageFull or
        StorageFailed.
        """
        page = header.first_page(self.path)
        if header.is_foreign(page):
            raise NotABook
        if not (os.access(self.path, os.R_OK | os.W_OK) and os.access(self.folder, os.W_OK)):
            raise BookReadOnly
        try:
            connection = self._opened()
            try:
                migrate(connection)
                if page[: header.SALT_BYTES] != self.salt:
                    _write_first_page(connection)
            except BaseException:
                connection.close()
                raise
        except DatabaseFault as error:
            problem = translate(error, self.path)
            if problem is None:
                raise
            raise problem from None
        return connection

    def _opened(self) -> Connection:
        """A connection to the book, which has been copied if it is about to be brought to a newer version."""
        connection = connect(self.path, self.key, self.salt, newest=newest())
        try:
            is_behind = version_of(connection) < newest()
        except BaseException:
            connection.close()
            raise
        if not is_behind:
            return connection
        connection.close()  # what is in the log is in the book then; the lock keeps everybody else out
        earlier.keep(self.folder, self.key, self.salt, newest())
        return connect(self.path, self.key, self.salt, newest=newest())

    def identity(self) -> Identity:
        """The file that is in the folder now. Raises BookMissing, or what the disk said."""
        try:
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise BookMissing from None
        except OSError as error:
            raise translate_os_error(error) from None
        return found.st_dev, found.st_ino

    def check_in_place(self, opened: Identity | None) -> None:
        """Raise StorageFailed when the open file is not the one in the folder any more.

        A deleted or replaced file can still be written to, and everything written is lost with it.
        """
        try:
            same = self.identity() == opened
        except MemoryBookError:
            same = False
        if not same:
            raise StorageFailed

    def has_log(self) -> bool:
        """Whether something stands in a log beside the database that is not in it."""
        try:
            return self.path.with_name(self.path.name + "-wal").stat().st_size > 0
        except OSError:
            return False

    def keep_first_page(self, opened: Identity | None) -> None:
        """After a clean close, keep a copy of the first page."""
        with suppress(MemoryBookError):
            self.check_in_place(opened)
            header.keep_copy(self.folder, self.path)


def _write_first_page(connection: Connection) -> None:
    """Have SQLCipher write page 1, and the salt in front of it, once more."""
    row = connection.execute("PRAGMA user_version").fetchone()
    if row is None:
        raise BookDamaged
    with transaction(connection):
        connection.execute(f"PRAGMA user_version = {int(row[0])}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
