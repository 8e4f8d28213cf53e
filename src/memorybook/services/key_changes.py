"""The key file of an open book, held in memory, and the one thread that changes it and its replicas."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from memorybook.domain.changes import ChangeSet
from memorybook.errors import BookClosed, MemoryBookError
from memorybook.storage import kdf, keyfile, replicas, ways
from memorybook.storage.connection import Connection
from memorybook.storage.keyfile import KeyFile, Slot
from memorybook.storage.replicas import Opens, Unlocked
from memorybook.storage.ways import Note
from memorybook.storage.worker import VaultWorker

T = TypeVar("T")


class KeyChanges:
    """Changes of the key file run one after another, on a thread of their own. Any thread may call.

    Raises BookClosed, also through futures, for what was not begun to be written before it was closed.
    """

    def __init__(self, worker: VaultWorker, folder: Path, way: Unlocked, stretch: kdf.Stretch) -> None:
        self._worker = worker
        self._folder = folder
        self._way = way
        self._stretch = stretch
        self._threads = ThreadPoolExecutor(1, "memorybook-ways-in")
        self._gate = threading.Lock()
        self._closed = False
        self._unhurried = False

    @property
    def way(self) -> Unlocked:
        """The seed and the key file as both replicas hold it."""
        return self._way

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run ``work`` after what was asked for before. Returns at once."""

        def unless_closed() -> T:
            self.check_open()
            return work()

        with self._gate:
            if not self._closed:
                return self._threads.submit(unless_closed)
        refused: Future[T] = Future()
        refused.set_exception(BookClosed())
        return refused

    def look_over(self) -> Future[tuple[bool, bool]]:
        """Compare both replicas with the key file in memory, and put a damaged one right.

        Whether one was not as it has to be, and whether one still is not.
        """
        return self.submit(lambda: replicas.look_over(self._folder, self._way))

    def check_open(self) -> None:
        """Raise BookClosed once nothing is changed any more."""
        with self._gate:
            if self._closed:
                raise BookClosed

    def change(
        self,
        change: Callable[[Sequence[Slot]], Sequence[Slot]],
        *,
        opens: Opens = lambda _: True,
        notes: Mapping[str, Note] | None = None,
    ) -> None:
        """Replace the slots of the key file: the one path for all of it, within :meth:`submit`.

        ``change`` gets the slots as they are and returns them as they shall be; the same again writes
        nothing. ``notes`` for new slots are in the book before the slots are in the key file, and those of
        slots that are gone leave it afterwards. Raises StorageFull, BookReadOnly, StorageFailed or BookMoved.
        """
        before = self._way.key_file
        slots = list(change(before.slots))
        if slots == list(before.slots):
            return
        generation = self._way.generation + 1
        seed = self._way.seed
        key_file = keyfile.seal({**before.body, "slots": slots, "generation": generation}, seed)
        self._worker.write(lambda connection: _put_notes(connection, notes or {})).result()
        replicas.save(self._folder, key_file, seed, opens=opens)
        self._way = Unlocked(seed, key_file, generation)
        # The change is made: notes that are left over go with the next one.
        self._worker.write(self._tidy).exception()

    def wrapped(self, passphrase: str) -> tuple[dict[str, Any], Opens]:
        """A slot for the passphrase, and how a key file that was read back is tried with it.

        It is tried with the key, so that a change waits for the disk alone once it is begun. Takes as long
        as :meth:`stretched`.
        """
        salt, cost, key = self.stretched(passphrase)
        seed = self._way.seed

        def opens(written: KeyFile) -> bool:
            found = written.unwrap(lambda *asked: key if asked == (salt, cost) else bytes(kdf.KEY_BYTES))
            return found == seed

        book_id = bytes.fromhex(self._way.key_file.book_id)
        return keyfile.stretched_slot(seed, book_id, salt, cost, key), opens

    def stretched(self, passphrase: str) -> tuple[bytes, kdf.KdfCost, bytes]:
        """A salt, a cost, and the passphrase's key with them. Blocks for two Argon2 runs or more.

        The key is derived twice, apart from one another: a quarter of a gigabyte is more than faulty memory
        lets pass, and a slot that was made with a wrong key would open to nobody.
        """
        salt = os.urandom(kdf.SALT_BYTES)
        with self._preparing():
            try:
                key, cost = self._stretch(passphrase, salt)
                if kdf.derive(passphrase, salt, cost) != key:
                    raise MemoryBookError
            except MemoryError:
                raise MemoryBookError from None
        return salt, cost, key

    def admits(self, passphrase: str) -> bool:
        """Whether a passphrase of this book is this one. Blocks for an Argon2 run for each that is tried."""
        way = self._way
        try:
            seed = way.key_file.unwrap(lambda salt, cost: kdf.derive(passphrase, salt, cost))
        except MemoryError:
            raise MemoryBookError from None
        return seed == way.seed

    def end_with(self, way: Unlocked) -> None:
        """Begin nothing any more: the book was written anew, and this is its way in."""
        with self._gate:
            self._closed = True
            self._way = way

    def refuse(self) -> None:
        """Begin nothing any more. Returns at once."""
        with self._gate:
            self._closed = True

    def close(self) -> None:
        """Finish what is being written; what is still being prepared is not made any more.

        Blocks for the disk at most. May be called again.
        """
        with self._gate:
            self._closed = True
            unhurried = self._unhurried
        self._threads.shutdown(wait=not unhurried)

    @contextmanager
    def _preparing(self) -> Iterator[None]:
        """Around what takes long and changes nothing yet: closing does not wait for it, and ends it there."""
        with self._gate:
            if self._closed:
                raise BookClosed
            self._unhurried = True
        try:
            yield
        finally:
            with self._gate:
                self._unhurried = False
        self.check_open()

    def _tidy(self, connection: Connection) -> tuple[None, ChangeSet]:
        ways.keep_only(connection, [keyfile.slot_id(slot) for slot in self._way.key_file.slots])
        return None, ChangeSet(preferences=True)


def _put_notes(connection: Connection, notes: Mapping[str, Note]) -> tuple[None, None]:
    for slot_id, note in notes.items():
        ways.put(connection, slot_id, note)
    return None, None
