"""Opening a book and beginning one; and an open book, with everything a person can do in it."""

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from memorybook.errors import (
    BookDamaged,
    KeyFilesMissing,
    KeyringForgotten,
    MemoryBookError,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
)
from memorybook.services.album import Album
from memorybook.services.archiving.archive import Archive
from memorybook.services.backups import Backups
from memorybook.services.books import Books
from memorybook.services.changes import Changes
from memorybook.services.editions import Editions
from memorybook.services.health import Health
from memorybook.services.journal import Journal
from memorybook.services.keepsakes import Keepsakes
from memorybook.services.leftovers import Leftovers
from memorybook.services.mending import Mending
from memorybook.services.occasions import Occasions
from memorybook.services.on_this_day import OnThisDay
from memorybook.services.people import People
from memorybook.services.preferences import GIVEN_UP, RECORDINGS_GIVEN_UP, Preferences
from memorybook.services.record import Record
from memorybook.services.recordings import Recordings
from memorybook.services.recovery import RecoveryWords
from memorybook.services.redrawing import Redrawing
from memorybook.services.remembering import fetched
from memorybook.services.restoring import BySeed, Restoring
from memorybook.services.room import RoomLeft
from memorybook.services.salvaging_book import BookSalvage
from memorybook.services.spelling import Spelling
from memorybook.services.starting import started
from memorybook.services.times import stamp
from memorybook.services.ways_in import WaysIn
from memorybook.services.withdrawing import Withdrawing
from memorybook.services.words_in import misread, salt_without_keys, settled_origin
from memorybook.storage import book, founding, header, keyfile, replicas, swap
from memorybook.storage.book import BookFile
from memorybook.storage.kdf import KdfCost, stretch_at, stretch_measured
from memorybook.storage.lock import BookLock
from memorybook.storage.media import MediaStore
from memorybook.storage.origin import Origin
from memorybook.storage.replicas import Unlocked
from memorybook.storage.seed import SEED_BYTES, Seed
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder
from memorybook.system.dictionaries import Dictionaries
from memorybook.system.keyring import ComputerKeyring
from memorybook.system.volumes import Volumes

OpenedBy = Literal["passphrase", "words", "keyring", "begun"]
"""Which way in was used; "begun" for a book that was new."""


class Vault:
    """An open book. Close it; the thread and the lock it holds end with it."""

    def __init__(
        self,
        lock: BookLock,
        worker: VaultWorker,
        changes: Changes,
        album: Album,
        clock: Clock,
        folder: Path,
        *,
        media: MediaStore,
        recordings: Recordings,
        archive: Archive,
        health: Health,
        ways: WaysIn,
        opened_by: OpenedBy,
        dictionaries: Dictionaries,
        volumes: Volumes,
    ) -> None:
        self.folder = folder
        self.ways = ways
        self.opened_by = opened_by
        self.changes = changes
        self.album = album
        self.recordings = recordings
        self.archive = archive
        self.health = health
        self.backups = Backups(
            worker, clock, folder, lambda: ways.way, look_through=health.check, volumes=volumes
        )
        self.mending = Mending(
            worker, media, clock, folder, lambda: ways.way, places=self.backups, changed=health.forget
        )
        self.journal = Journal(worker, clock)
        self.occasions = Occasions(worker, clock)
        self.on_this_day = OnThisDay(worker)
        self.people = People(worker, clock)
        self.record = Record(worker, clock)
        self.keepsakes = Keepsakes(worker, clock)
        self.preferences = Preferences(worker)
        self.books = Books(worker)
        self.leftovers = Leftovers(worker)
        self.leftovers.sweep()
        self.editions = Editions(worker, clock)
        self.room = RoomLeft(worker, folder)
        self.spelling = Spelling(worker, clock, dictionaries)
        self._lock = lock
        self._worker = worker
        self._closing = threading.Lock()

    @property
    def book_id(self) -> str:
        """32 hex digits that tell this book, and the copies of it, from every other one."""
        return self.ways.way.key_file.book_id

    @property
    def way_into_copies(self) -> BySeed:
        """What opens the copies of this book that were made since its sheet was withdrawn last."""
        return BySeed(self.ways.way.seed)

    def admits(self, passphrase: str) -> bool:
        """Whether this passphrase opens the book. Blocks for an Argon2 run or more; reads no file."""
        return self.ways.admits(passphrase)

    def close(self) -> None:
        """Finish what was asked for, fold the log into the book and close it.

        Blocks; any thread but the vault's own; may be called again. Futures asked for afterwards raise
        BookClosed.
        """
        with self._closing:
            self.backups.close()
            self.mending.close()  # these two wait for the others
            self.health.close()
            self.archive.close()
            self.ways.close()  # before the rest: spelling may wait for a book that is being written anew
            self.spelling.close()
            self.recordings.close()
            self.album.close()
            self._worker.close()
            self._lock.release()

    def close_at_once(self) -> None:
        """As :meth:`close`, but give up pictures and recordings that are still being taken in.

        How many there were is remembered in the book, to be told when it is opened again: their files are
        where they were. What plays is silent before anything else is done. Words that were handed over are
        kept; an edit of a photo is made when the book is opened again; what was being shown is dropped.
        """
        with self._closing:
            self.recordings.be_silent()
            self.backups.close(at_once=True)
            self.mending.close()
            self.health.close()
            self.archive.close()
            self.ways.close()  # before the others: spelling may wait for a book that is being written anew
            self.spelling.close()
            self._remember(GIVEN_UP, self.album.give_up())
            self._remember(RECORDINGS_GIVEN_UP, self.recordings.give_up())
            self._worker.close()
            self._lock.release()

    def _remember(self, key: str, given_up: int) -> None:
        if given_up:
            with suppress(MemoryBookError):  # without room for it, the page shows what is on it
                self.preferences.put(key, str(given_up)).result()


class Library:
    """Opens books and begins them. Its methods block for about a second: not for the window's thread.

    ``kdf`` is what guessing a new passphrase costs; without one it is measured on this computer.
    """

    def __init__(
        self,
        *,
        decoder: Decoder,
        clock: Clock,
        kdf: KdfCost | None = None,
        keyring: ComputerKeyring | None = None,
        dictionaries: Dictionaries | None = None,
        volumes: Volumes | None = None,
    ) -> None:
        self._decoder = decoder
        self._clock = clock
        self._stretch = stretch_at(kdf) if kdf is not None else stretch_measured(clock.monotonic)
        self._words = RecoveryWords()
        self._keyring = keyring or ComputerKeyring()
        self._dictionaries = dictionaries or Dictionaries()
        self._volumes = volumes or Volumes()
        self.restoring = Restoring(clock, self._volumes)
        self.salvaging = BookSalvage(decoder, clock)

    def look(self, folder: Path, *, without_keys: bool = False) -> None:
        """Return when a book seems to be in ``folder``, before anyone is asked for a passphrase.

        Raises BookMissing, BookEmpty, NotABook, KeyFilesMissing (not for recovery words, which open a book
        ``without_keys``), or what the disk said. Changes nothing, but that a book which was brought back and
        was on its way into this folder is in it then.
        """
        self.restoring.finish(folder)
        book.look(folder, without_keys=without_keys)

    def create(self, folder: Path, passphrase: str) -> Vault:
        """Begin a book in ``folder``, which has to be absent or empty, and open it with the passphrase.

        What is returned was opened by the passphrase alone, as the next time will be. When that or
        anything before it fails, nothing is left behind.
        Raises FolderInUse, BookReadOnly, StorageFull or StorageFailed; ``ValueError`` for no passphrase.
        """
        if not passphrase:
            raise ValueError("the passphrase is empty")
        folder = folder.absolute()
        self.restoring.finish(folder)
        return founding.found(
            folder, passphrase, self._stretch, stamp(self._clock), lambda: self._begun(folder, passphrase)
        )

    def open(self, folder: Path, passphrase: str) -> Vault:
        """Open the book in ``folder``.

        Raises every VaultError but FolderInUse, BookClosed, LastWayIn, and those of words and keyring.
        """
        return self._open(folder, passphrase, "passphrase")

    def open_with_words(self, folder: Path, text: str) -> Vault:
        """Open the book in ``folder`` with what stands on its sheet: the twelve words, or the code.

        No Argon2 is run. Key files that are missing, damaged or another book's are made anew; then the
        book has no passphrase until one is added. Raises RecoveryWordsMistyped or RecoveryWordsOther, each
        with a position where one word read differently would open this book, and as :meth:`open` otherwise.
        """
        folder = folder.absolute()
        try:
            seed = Seed(self._words.read(text))
        except RecoveryWordsMistyped as mistyped:
            if mistyped.position is not None or not self._words.numbers(text):
                raise
            seed = None
        self.restoring.finish(folder)
        book.look(folder, without_keys=True)
        lock = swap.hold(folder)
        try:
            if seed is None:
                raise RecoveryWordsMistyped(misread(folder, self._words, text))
            way = replicas.unlock_with_seed(folder, seed)
            if way is not None:
                return self._unlock(folder, [way], lock, "words")
            salt = salt_without_keys(folder, seed)
            if salt is None:
                raise RecoveryWordsOther(misread(folder, self._words, text))
            return self._unlock_without_keys(folder, seed, salt, lock)
        except BaseException:
            lock.release()
            raise

    def open_with_keyring(self, folder: Path) -> Vault:
        """Open the book in ``folder`` with what this computer remembers.

        Waits up to 20 seconds for the computer's password store, which may ask for a password of its own;
        the book can be opened another way meanwhile. No Argon2 is run. Raises KeyringForgotten when one
        half of the key is gone or the two do not fit, KeyringUnavailable, KeyringLocked or
        KeyringUnprotected, and as :meth:`open` otherwise.
        """
        folder = folder.absolute()
        self.look(folder)
        book_id = replicas.remembered(folder)
        if book_id is None:
            raise KeyringForgotten
        kek = fetched(self._keyring, book_id)
        lock = swap.hold(folder)
        try:
            return self._unlock(folder, replicas.unlock_with_kept(folder, kek), lock, "keyring")
        except BaseException:
            lock.release()
            raise

    def stop_asking(self) -> None:
        """The program ends: who waits for the computer's password store is refused. Blocks for nothing."""
        self._keyring.give_up()

    def remembers(self, folder: Path) -> bool:
        """Whether this computer may know how to open the book in ``folder``. Reads two small files."""
        return replicas.remembered(folder) is not None

    def _begun(self, folder: Path, passphrase: str) -> Vault:
        return self._open(folder, passphrase, "begun")

    def _open(self, folder: Path, passphrase: str, opened_by: OpenedBy) -> Vault:
        folder = folder.absolute()
        self.look(folder)
        lock = swap.hold(folder)
        try:
            return self._unlock(folder, replicas.unlock(folder, passphrase), lock, opened_by)
        except BaseException:
            lock.release()
            raise

    def _unlock(
        self, folder: Path, found: Sequence[Unlocked], lock: BookLock, opened_by: OpenedBy
    ) -> Vault:
        problem: MemoryBookError = BookDamaged()
        for way in found:
            key, salt = way.seed.database_key(), way.key_file.db_salt
            changes = Changes()
            try:
                origin = Origin(way.key_file.book_id, str(way.key_file.body["created"]))
                worker = started(BookFile(folder, key, salt), changes, origin)
            except BookDamaged as damaged:
                problem = damaged
                continue
            replicas.repair(folder, way)
            return self._vault(folder, way, worker, changes, lock, opened_by)
        database = folder / book.DATABASE
        if not any(header.fits(database, way.seed.database_key(), way.key_file.db_salt) for way in found):
            raise KeyFilesMissing  # those that are here are another book's
        raise problem

    def _unlock_without_keys(self, folder: Path, seed: Seed, salt: bytes, lock: BookLock) -> Vault:
        changes = Changes()
        worker = started(BookFile(folder, seed.database_key(), salt), changes)
        try:
            fresh = Origin(os.urandom(SEED_BYTES).hex(), stamp(self._clock))
            known = worker.write(lambda connection: (settled_origin(connection, fresh), None)).result()
        except BaseException:
            worker.close()
            raise
        body = keyfile.begin(
            book_id=bytes.fromhex(known.book_id), db_salt=salt, created=known.created
        )
        way = Unlocked(seed, keyfile.seal(body, seed), generation=1)
        with suppress(MemoryBookError):  # the book is open; there is a next time
            replicas.save(folder, way.key_file, seed)
        return self._vault(folder, way, worker, changes, lock, "words")

    def _vault(
        self,
        folder: Path,
        way: Unlocked,
        worker: VaultWorker,
        changes: Changes,
        lock: BookLock,
        opened_by: OpenedBy,
    ) -> Vault:
        swap.destroy_old(folder, way)
        media = MediaStore(folder / book.MEDIA, way.seed.media_key())
        album = Album(worker, media, self._decoder, self._clock)
        ways_in = WaysIn(
            worker,
            self._clock,
            folder,
            way,
            stretch=self._stretch,
            keyring=self._keyring,
            withdrawing=Withdrawing(worker, media, folder),
        )
        return Vault(
            lock,
            worker,
            changes,
            album,
            self._clock,
            folder,
            media=media,
            recordings=Recordings(worker, media, self._clock),
            archive=Archive(worker, media, self._decoder, self._clock),
            health=Health(
                worker,
                media,
                folder,
                ways_in,
                self._clock,
                redrawing=Redrawing(worker, media, self._decoder, self._clock),
            ),
            ways=ways_in,
            opened_by=opened_by,
            dictionaries=self._dictionaries,
            volumes=self._volumes,
        )
