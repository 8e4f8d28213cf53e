"""Takes a book out of a copy into a folder of its own, and verifies every byte of it on the way.

What is written here comes from outside: nothing is opened before it verifies under the book's own key, no
statement runs before the tables are known to be ours, and no name is taken from a copy.
"""

import hashlib
import hmac
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from memorybook.domain.backup import BookCounts, Step, Told
from memorybook.domain.health import DamagedThing
from memorybook.domain.restoring import CHECKING, COPYING
from memorybook.errors import (
    BookDamaged,
    BookNewer,
    CopyDamaged,
    CopyForeign,
    MemoryBookError,
    NotABook,
    RestoreStopped,
)
from memorybook.files import sync_file, sync_folder, translate_os_error, write_new
from memorybook.storage import (
    backup_format,
    copies,
    counts,
    header,
    keyfile,
    replicas,
    schema,
    survey,
)
from memorybook.storage import connection as connections
from memorybook.storage.backup_format import Manifest
from memorybook.storage.book import DATABASE
from memorybook.storage.connection import Connection
from memorybook.storage.copies import LOG, Contents, Piece
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.migrate import migrate, newest, version_of
from memorybook.storage.seed import Seed
from memorybook.storage.veil import Veil, draw

T = TypeVar("T")

_PAGES = 256
_STEPS = 2000


class Pace:
    """Tells how far a stage is, and ends the work when that is asked for. One thread."""

    def __init__(self, told: Told, stop: threading.Event) -> None:
        self._told = told
        self._stop = stop
        self._stage = ""
        self._done = self._total = 0

    def begin(self, stage: str, total: int) -> None:
        """A stage of so many bytes begins."""
        self._stage, self._done, self._total = stage, 0, total
        self._told(Step(stage, 0, total))

    def advance(self, count: int) -> None:
        """So many bytes more are done. Raises RestoreStopped."""
        self.check()
        self._done = min(self._total, self._done + count)
        self._told(Step(self._stage, self._done, self._total))

    def check(self) -> None:
        """Raise RestoreStopped once that was asked for."""
        if self._stop.is_set():
            raise RestoreStopped

    def is_over(self) -> bool:
        """Whether it was asked for, for SQLite to look at."""
        return self._stop.is_set()


@dataclass(frozen=True, slots=True)
class Words:
    """What was found in the database of a copy, which is whole page for page."""

    counts: BookCounts
    damaged: tuple[DamagedThing, ...]
    is_as_made: bool


def copy_keys(contents: Contents, folder: Path, pace: Pace) -> None:
    """Put the key files of a copy into ``folder``. Raises what the disk said, or RestoreStopped."""
    with _translated():
        for name, piece in contents.keys.items():
            if piece.size <= keyfile.SIZE_LIMIT:
                write_new(folder / name, copies.chunks(piece, pace.check))
        if contents.first_page is not None and contents.first_page.size == header.PAGE_BYTES:
            write_new(folder / header.COPY_NAME, copies.chunks(contents.first_page, pace.check))


def copy_database(contents: Contents, folder: Path, pace: Pace) -> str:
    """Put the database of a copy, with its log, into ``folder``; the SHA-256 of the database in hex.

    Raises CopyDamaged when there is none, what the disk said, or RestoreStopped.
    """
    if contents.database is None or not contents.database.size:
        raise CopyDamaged
    log = [] if contents.log is None else [contents.log]
    pace.begin(COPYING, sum(piece.size for piece in [contents.database, *log]))
    digest = hashlib.sha256()

    def hashed(piece: Piece) -> Iterator[bytes]:
        for chunk in copies.chunks(piece, pace.check):
            if piece is contents.database:
                digest.update(chunk)
            pace.advance(len(chunk))
            yield chunk

    with _translated():
        write_new(folder / DATABASE, hashed(contents.database))
        for piece in log:
            write_new(folder / LOG, hashed(piece))
    return digest.hexdigest()


def genuine_manifest(contents: Contents, seed: Seed) -> Manifest | None:
    """What the manifest says, ``None`` when it is not this book's or not as it was made. Raises BookNewer."""
    manifest = copies.told_by(contents.manifest)
    if manifest is None or contents.manifest is None or not backup_format.is_genuine(contents.manifest, seed):
        return None
    return manifest


def is_signed(contents: Contents, seed: Seed, pace: Pace) -> bool:
    """Whether a single file is as it was made, to its last byte.

    Raises what the disk said, or RestoreStopped.
    """
    if contents.signed is None:
        return False
    mac = hmac.new(seed.backup_key(), digestmod="sha256")
    pace.begin(CHECKING, contents.signed.size)
    with _translated():
        for chunk in copies.chunks(contents.signed, pace.check):
            mac.update(chunk)
            pace.advance(len(chunk))
        return hmac.compare_digest(mac.digest(), copies.signature(contents.signed))


def verify_database(folder: Path, seed: Seed, salt: bytes, pace: Pace) -> Words:
    """Go through all of the database in ``folder``, which is ours alone, and bring it to the newest version.

    Raises CopyDamaged when a page is not as it was written, CopyForeign when there is in it what no Memory
    Book makes, BookNewer, what the disk said, or RestoreStopped.
    """
    database, key = folder / DATABASE, seed.database_key()
    try:
        as_made = _put_salt_right(database, salt)
        if (folder / LOG).exists():
            _fold_log(database, key, salt)
        as_made = _put_first_page_right(folder, key, salt) and as_made
        _check_pages(database, key, salt, pace)
        with _opened(database, key, salt, pace) as connection:
            _check_tables(connection)
            version = version_of(connection)
        if version < newest():
            _bring_up_to_date(database, key, salt)
        with _opened(database, key, salt, pace) as connection:
            counted = counts.counts(connection)
        return Words(counted, _lost(database, key, salt, pace), as_made)
    except (*DatabaseFault, BookDamaged, NotABook) as error:
        pace.check()
        if isinstance(error, MemoryBookError):
            raise CopyDamaged from None
        problem = translate(error, database)
        if problem is None:
            raise
        raise (CopyDamaged() if isinstance(problem, BookDamaged) else problem) from None
    except OSError as error:
        raise translate_os_error(error) from None


def _put_salt_right(database: Path, salt: bytes) -> bool:
    """Write the known salt in front of the database; whether it stood there already. ``OSError``."""
    with database.open("r+b") as file:
        if file.read(header.SALT_BYTES) == salt:
            return True
        file.seek(0)
        file.write(salt)
    sync_file(database)
    return False


def _put_first_page_right(folder: Path, key: bytes, salt: bytes) -> bool:
    """Write the copy that a book keeps of its first page over a damaged one; whether there was no need to.

    Whether the rest goes with it is found out with everything else. ``OSError``.
    """
    database = folder / DATABASE
    if header.page_fits(header.first_page(database), 1, key, salt):
        return True
    with suppress(MemoryBookError):
        copy = header.first_page(folder / header.COPY_NAME)
        if header.page_fits(copy, 1, key, salt):
            with database.open("r+b") as file:
                file.write(salt + copy[header.SALT_BYTES :])
            sync_file(database)
    return False


def _fold_log(database: Path, key: bytes, salt: bytes) -> None:
    """Have SQLite take up the log that was copied with the book: what was written last is in it alone."""
    connection = connections.connect(database, key, salt, newest=newest())
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()


def _check_pages(database: Path, key: bytes, salt: bytes, pace: Pace) -> None:
    size = database.stat().st_size
    pace.begin(CHECKING, size)
    number = 0
    for number, whole in enumerate(header.whole_pages(database, key, salt), 1):
        if not whole:
            raise CopyDamaged
        if number % _PAGES == 0:
            pace.advance(_PAGES * header.PAGE_BYTES)
    if not number or number * header.PAGE_BYTES != size:
        raise CopyDamaged


@contextmanager
def _opened(database: Path, key: bytes, salt: bytes, pace: Pace) -> Iterator[Connection]:
    connection = connections.connect_to_check(database, key, salt)
    try:
        connection.set_progress_handler(pace.is_over, _STEPS)
        yield connection
    finally:
        connection.close()


def _check_tables(connection: Connection) -> None:
    """Nothing of the database's own making has run before this: no view, no trigger, no foreign table."""
    number = connection.execute("PRAGMA application_id").fetchone()
    if number is None or number[0] != connections.APPLICATION_ID:
        raise NotABook
    version = version_of(connection)
    if version > newest():
        raise BookNewer
    if version < 1 or schema.of(connection) != schema.expected(version):
        raise CopyForeign
    if [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()] != ["ok"]:
        raise BookDamaged
    connections.check_sentinel(connection)


def _lost(database: Path, key: bytes, salt: bytes, pace: Pace) -> tuple[DamagedThing, ...]:
    """What was not as it was kept already in the book of which this is a copy."""
    veiled: Veil | None = None
    connection = connections.connect(database, key, salt, newest=newest())

    def run(work: Callable[[Connection], T], veil: Veil | None) -> T:
        nonlocal connection, veiled
        if veil is not veiled:
            connection.close()
            connection, veiled = connections.connect(database, key, salt, newest=newest()), veil
            if veil is not None:
                draw(connection, veil)
        result = work(connection)
        connections.check_sentinel(connection)
        pace.check()
        return result

    try:
        return survey.look(run).things
    finally:
        connection.close()


def _bring_up_to_date(database: Path, key: bytes, salt: bytes) -> None:
    """The copy it came out of stays at the version it has."""
    connection = connections.connect(database, key, salt, newest=newest())
    try:
        migrate(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()


def finish(folder: Path, way: replicas.Unlocked | None) -> None:
    """See to it that a book that was taken out has both its key files, and that all of it is on the disk."""
    if way is not None:
        replicas.save(folder, way.key_file, way.seed)
    with suppress(MemoryBookError):
        header.keep_copy(folder, folder / DATABASE)
    with _translated():
        for path in (folder / DATABASE, folder / LOG):
            if path.exists():
                sync_file(path)
        sync_folder(folder)
        sync_folder(folder.parent)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise translate_os_error(error) from None
