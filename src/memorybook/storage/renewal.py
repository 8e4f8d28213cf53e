"""Writes the whole book anew under a new seed, which is the only way to withdraw a recovery sheet.

The twelve words are the seed, so whoever has them opens every file made under it. The new book is complete,
on the disk and compared with the old one before :mod:`memorybook.storage.swap` puts it in its place.

A photo that cannot be read does not hold this back: the need to withdraw a sheet does not wait, and there may
be no other copy of the photo. Its file comes along with its bytes as they are, neither better nor worse than
it was, and the result says how many there are. Damage in the database does hold it back: no part of what a
person wrote may be lost in a copy that passes for whole.
"""

import os
import secrets
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.ids import MediaId
from memorybook.errors import MemoryBookError, RenewalNeedsRoom, RenewalStopped, StorageFull
from memorybook.files import free_bytes, sync_file, sync_folder, translate_os_error, write_atomically
from memorybook.storage import connection as connections
from memorybook.storage import header, keyfile, replicas, resealing, swap, transcript
from memorybook.storage.book import DATABASE, MEDIA, BookFile
from memorybook.storage.connection import Connection, transaction
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.kdf import KdfCost
from memorybook.storage.keyfile import KeyFile
from memorybook.storage.media import MediaStore
from memorybook.storage.media_names import named
from memorybook.storage.migrate import newest
from memorybook.storage.replicas import Unlocked
from memorybook.storage.seed import Seed

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are written, on the thread that writes."""

_SPARE_BYTES = 1 << 20  # key files, the copy of the first page, the log of the last few rows, folders


@dataclass(frozen=True, slots=True)
class NewWay:
    """The one way into the new book: the key derived from its passphrase with this salt and at this cost.

    ``note`` is given the new database and the id of the slot, within a transaction: it writes down what
    belongs to this way, and takes out what belonged to those that are gone.
    """

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    cost: KdfCost
    note: Callable[[Connection, str], None]


@dataclass(frozen=True, slots=True)
class Renewed:
    """The new book. ``unreadable`` counts photos and recordings that could not be read before either.

    ``read`` are the media that could be read with the old book's key.
    """

    book: BookFile
    way: Unlocked
    unreadable: int
    read: Collection[MediaId] = field(repr=False)


def bytes_to_write(folder: Path) -> int:
    """About how much room the new book takes beside the old one. Raises what the disk said."""
    return _size(folder) + _SPARE_BYTES


def _size(folder: Path) -> int:
    places = [folder / DATABASE, folder / f"{DATABASE}-wal", *resealing.media_in(folder / MEDIA).values()]
    try:
        return sum(place.stat().st_size for place in places if place.exists())
    except OSError as error:
        raise translate_os_error(error) from None


def renew(
    connection: Connection,
    let_go: Callable[[], None],
    *,
    book: BookFile,
    way: Unlocked,
    media: MediaStore,
    new_way: NewWay,
    progress: Progress,
    stop: threading.Event,
) -> Renewed:
    """Write the open book anew and put the new one in its place; ``let_go`` closes ``connection``.

    For the vault's own thread, with the book's lock held. ``way`` is how the old book was opened.
    Raises RenewalStopped, RenewalNeedsRoom, BookDamaged, BookReadOnly or StorageFailed; then nothing has
    changed and nothing is left behind. Once the new book is decided for, it raises no more, and ``stop``
    leaves at most the destruction of the old files to the next opening.
    """
    with media.still(), _told(book.path, stop):
        work = _Work(book, way, progress, stop)
        try:
            renewed = work.make(connection, new_way)
            let_go()
            work.go_on()
            swap.decide(work.workshop)
        except BaseException:
            swap.give_up(work.workshop)
            raise
        media.close()
        with suppress(MemoryBookError):  # the next opening goes on, and says so when it cannot
            swap.finish_swap(book.folder)
            swap.destroy_old(book.folder, renewed.way, stop.is_set, read=renewed.read)
        return renewed


@contextmanager
def _told(database: Path, stop: threading.Event) -> Iterator[None]:
    """Give what goes wrong the sentence that is right for it here."""
    problem: MemoryBookError | None
    try:
        yield
    except DatabaseFault as error:
        problem = RenewalStopped() if stop.is_set() else translate(error, database)
        if problem is None:
            raise
    except OSError as error:
        problem = translate_os_error(error)
    except StorageFull as error:
        problem = error
    else:
        return
    if isinstance(problem, StorageFull):
        raise RenewalNeedsRoom
    raise problem


class _Work:
    """One renewal on its way: where the new book is made, its seed, and how far it is."""

    def __init__(self, book: BookFile, way: Unlocked, progress: Progress, stop: threading.Event) -> None:
        self._old = book.folder
        self._way = way
        self._progress = progress
        self._stop = stop
        self._done = 0
        self._total = _size(book.folder)
        if free_bytes(book.folder) < bytes_to_write(book.folder):
            raise RenewalNeedsRoom
        self._seed = Seed.fresh()
        self._new = BookFile(book.folder, self._seed.database_key(), os.urandom(header.SALT_BYTES))
        self.workshop = swap.begin(book.folder, secrets.token_hex(8))
        self._database = self.workshop / DATABASE

    def make(self, connection: Connection, new_way: NewWay) -> Renewed:
        """Make the new book, whole and on the disk."""
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._copy_database(connection)
        belongings = named(connection)
        sealed = resealing.reseal_all(
            self._old / MEDIA,
            self.workshop / MEDIA,
            self._way.seed.media_key(),
            self._seed.media_key(),
            self._advance,
        )
        whole = [each.is_whole(sealed) for each in belongings]
        self._advance(self._total - self._done)  # frames and tags, and what no row names any more
        key_file = self._make_keys(new_way)
        self._note(lambda connection: new_way.note(connection, keyfile.slot_id(key_file.slots[0])))
        sync_folder(self.workshop)
        way = Unlocked(self._seed, key_file, key_file.generation)
        return Renewed(self._new, way, whole.count(False), sealed.keys())

    def _advance(self, count: int) -> None:
        """So many bytes more are written. Raises as :meth:`go_on`."""
        self._done += count
        self._progress(min(self._done, self._total), self._total)
        self.go_on()

    def go_on(self) -> None:
        """Raise RenewalStopped when that is wanted."""
        if self._stop.is_set():
            raise RenewalStopped

    def _glance(self) -> bool:
        """While the database is at work: its size tells how far it is."""
        with suppress(OSError):
            self._done = max(self._done, self._database.stat().st_size)
        self._progress(min(self._done, self._total), self._total)
        return self._stop.is_set()

    def _copy_database(self, connection: Connection) -> None:
        key, salt = self._new.key, self._new.salt
        transcript.write(connection, self._database, key, salt, self._glance)
        expected = transcript.contents(connection, self._glance)
        transcript.check(self._database, key, salt, expected, self._glance)

    def _make_keys(self, new_way: NewWay) -> KeyFile:
        """The key files; each is tried with the passphrase's key after it was read back from the disk."""
        book_id = bytes.fromhex(self._way.key_file.book_id)
        slot = keyfile.stretched_slot(self._seed, book_id, new_way.salt, new_way.cost, new_way.key)
        body = {
            **self._way.key_file.body,
            "generation": self._way.generation + 1,
            "db_salt": self._new.salt.hex(),
            "slots": [slot],
        }

        def opens(written: KeyFile) -> bool:
            known = {(new_way.salt, new_way.cost): new_way.key}
            return written.unwrap(lambda *asked: known[asked]) == self._seed

        key_file = keyfile.seal(body, self._seed)
        replicas.save(self.workshop, key_file, self._seed, opens=opens)
        return key_file

    def _note(self, note: Callable[[Connection], None]) -> None:
        key, salt = self._new.key, self._new.salt
        connection = connections.connect(self._database, key, salt, newest=newest())
        try:
            with transaction(connection):
                note(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        transcript.check_pages(self._database, key, salt, self._glance)
        sync_file(self._database)
        write_atomically(self.workshop / header.COPY_NAME, header.first_page(self._database))
