"""Opening a book and beginning one; and an open book, with everything a person can do in it."""

import threading
from pathlib import Path

from memorybook.errors import BookDamaged, MemoryBookError
from memorybook.services.album import Album
from memorybook.services.books import Books
from memorybook.services.changes import Changes
from memorybook.services.journal import Journal
from memorybook.services.occasions import Occasions
from memorybook.services.people import People
from memorybook.services.preferences import Preferences
from memorybook.services.times import stamp
from memorybook.storage import book, founding, replicas
from memorybook.storage.book import BookFile
from memorybook.storage.kdf import KdfCost
from memorybook.storage.lock import BookLock
from memorybook.storage.media import MediaStore
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder


class Vault:
    """An open book. Close it; the thread and the lock it holds end with it."""

    def __init__(
        self, lock: BookLock, worker: VaultWorker, changes: Changes, album: Album, clock: Clock, folder: Path
    ) -> None:
        self.folder = folder
        self.changes = changes
        self.album = album
        self.journal = Journal(worker, clock)
        self.occasions = Occasions(worker, clock)
        self.people = People(worker, clock)
        self.preferences = Preferences(worker)
        self.books = Books(worker)
        self._lock = lock
        self._worker = worker
        self._closing = threading.Lock()

    def close(self) -> None:
        """Finish what was asked for, fold the log into the book and close it.

        Blocks; any thread but the vault's own; may be called again. Futures asked for afterwards raise
        BookClosed.
        """
        with self._closing:
            self.album.close()
            self._worker.close()
            self._lock.release()


class Library:
    """Opens books and begins them. Its methods block for about a second: not for the window's thread."""

    def __init__(self, *, decoder: Decoder, clock: Clock, kdf: KdfCost | None = None) -> None:
        self._decoder = decoder
        self._clock = clock
        self._cost = kdf if kdf is not None else KdfCost.standard()

    def look(self, folder: Path) -> None:
        """Return when a book seems to be in ``folder``, before anyone is asked for a passphrase.

        Raises BookMissing, BookEmpty, NotABook, KeyFilesMissing, or what the disk said. Changes nothing.
        """
        book.look(folder)

    def create(self, folder: Path, passphrase: str) -> Vault:
        """Begin a book in ``folder``, which has to be absent or empty, and open it with the passphrase.

        What is returned was opened by the passphrase alone, as the next time will be. When that or
        anything before it fails, nothing is left behind.
        Raises FolderInUse, BookReadOnly, StorageFull or StorageFailed; ``ValueError`` for no passphrase.
        """
        if not passphrase:
            raise ValueError("the passphrase is empty")
        folder = folder.absolute()
        return founding.found(
            folder, passphrase, self._cost, stamp(self._clock), lambda: self.open(folder, passphrase)
        )

    def open(self, folder: Path, passphrase: str) -> Vault:
        """Open the book in ``folder``. Raises every VaultError but FolderInUse and BookClosed."""
        folder = folder.absolute()
        book.look(folder)
        lock = BookLock(folder)
        try:
            return self._unlock(folder, passphrase, lock)
        except BaseException:
            lock.release()
            raise

    def _unlock(self, folder: Path, passphrase: str, lock: BookLock) -> Vault:
        problem: MemoryBookError = BookDamaged()
        for way in replicas.unlock(folder, passphrase):
            seed = way.seed
            file = BookFile(folder, seed.database_key(), way.key_file.db_salt)
            changes = Changes()
            worker = VaultWorker(file, changes.publish)
            try:
                worker.read(lambda _: None).result()
            except BookDamaged as damaged:
                worker.close()
                problem = damaged
                continue
            except BaseException:
                worker.close()
                raise
            replicas.repair(folder, way)
            media = MediaStore(folder / book.MEDIA, seed.media_key())
            album = Album(worker, media, self._decoder, self._clock)
            return Vault(lock, worker, changes, album, self._clock, folder)
        raise problem
