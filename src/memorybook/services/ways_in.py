"""The ways into an open book: its passphrases, the sheet with the twelve words, and this computer."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from memorybook.domain.changes import ChangeSet
from memorybook.errors import (
    BookClosed,
    LastWayIn,
    MemoryBookError,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
)
from memorybook.services.recovery import RecoverySheet, RecoveryWords
from memorybook.services.remembering import Remembering, in_background
from memorybook.services.times import stamp
from memorybook.services.way_in import KeyringState, SheetState, WayIn, is_passphrase, known, place_of
from memorybook.services.withdrawing import Withdrawing
from memorybook.storage import kdf, keyfile, preferences, replicas, ways
from memorybook.storage.connection import Connection
from memorybook.storage.keyfile import KeyFile, Slot
from memorybook.storage.renewal import NewWay, Progress
from memorybook.storage.replicas import Opens, Unlocked
from memorybook.storage.ways import Note
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.keyring import ComputerKeyring

__all__ = ["KeyringState", "SheetState", "WayIn", "WaysIn"]

T = TypeVar("T")

_SHEET_SHOWN = "sheet.shown"
_SHEET_CONFIRMED = "sheet.confirmed"

_PATIENCE_S = 1.0
"""How long a finished renewal waits for the computer's password store; it can be that it asks the person."""


class WaysIn:
    """Every method returns at once. Any thread may call; futures resolve on a thread of the book's own.

    Changes run one after another. One is acknowledged when both key files hold it; one that does not work
    leaves every way in as it was. Futures may fail with StorageFull, BookReadOnly, StorageFailed, BookMoved
    or BookClosed. ``LookupError`` for the id of a way in that is not there.
    """

    def __init__(
        self,
        worker: VaultWorker,
        clock: Clock,
        folder: Path,
        way: Unlocked,
        *,
        stretch: kdf.Stretch,
        keyring: ComputerKeyring,
        withdrawing: Withdrawing,
    ) -> None:
        self._worker = worker
        self._clock = clock
        self._folder = folder
        self._seed = way.seed
        self._key_file = way.key_file
        self._generation = way.generation
        self._stretch = stretch
        self._withdrawing = withdrawing
        self._words = RecoveryWords()
        self._remembering = Remembering(keyring, way.key_file.book_id, way.seed, self._put_keyring_slot)
        self._threads = ThreadPoolExecutor(1, "memorybook-ways-in")
        self._gate = threading.Lock()
        self._closed = False
        self._unhurried = False

    def all(self) -> Future[tuple[WayIn, ...]]:
        """Every passphrase in the order they came, and this computer, where it remembers the book."""
        return self._worker.read(lambda connection: known(self._key_file.slots, ways.notes(connection)))

    def add_passphrase(self, label: str, passphrase: str) -> Future[WayIn]:
        """One more passphrase opens the book. ``label`` says whose it is, and may be empty.

        Takes two Argon2 runs and more while the cost for this computer is found. ``ValueError`` without a
        passphrase.
        """
        return self._passphrase(passphrase, label.strip(), None)

    def change_passphrase(self, way_id: str, passphrase: str) -> Future[WayIn]:
        """Another passphrase takes the place of this one and keeps its label; the way in gets a new id.

        The seed is wrapped anew; nothing else is written. Takes as long as :meth:`add_passphrase`.
        """
        return self._passphrase(passphrase, None, way_id)

    def rename(self, way_id: str, label: str) -> Future[None]:
        """Call it something else. The key files are not touched."""

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            place_of(self._key_file.slots, way_id)
            created = ways.notes(connection).get(way_id, Note()).created
            written = ways.put(connection, way_id, Note(label.strip(), created))
            return None, ChangeSet(preferences=True) if written else None

        return self._submit(lambda: self._worker.write(work).result())

    def remove(self, way_id: str) -> Future[None]:
        """Have this passphrase open the book no more. Fails with LastWayIn for the only one."""

        def without(slots: Sequence[Slot]) -> Sequence[Slot]:
            place = place_of(slots, way_id)
            if sum(is_passphrase(slot) for slot in slots) == 1:
                raise LastWayIn
            return [*slots[:place], *slots[place + 1 :]]

        return self._submit(lambda: self._change(without))

    def sheet(self) -> Future[RecoverySheet]:
        """What is printed on the sheet for the memory box: the seed itself, as words and as a code."""
        return self._submit(lambda: self._words.sheet(self._seed.value))

    def sheet_state(self) -> Future[SheetState]:
        """Whether the sheet was shown, and typed back."""
        return self._worker.read(
            lambda connection: SheetState(
                preferences.get(connection, _SHEET_SHOWN), preferences.get(connection, _SHEET_CONFIRMED)
            )
        )

    def mark_sheet_shown(self) -> Future[None]:
        """The sheet was shown or saved today."""
        return self._note_day(_SHEET_SHOWN)

    def confirm_sheet(self, text: str) -> Future[None]:
        """The sheet was typed back today, as words or as the code.

        Fails with RecoveryWordsMistyped or RecoveryWordsOther, with the position of the word where exactly
        one is not as it stands on the sheet.
        """

        def work() -> None:
            try:
                given = self._words.read(text)
            except RecoveryWordsMistyped as mistyped:
                if mistyped.position is not None:
                    raise
                raise RecoveryWordsMistyped(self._odd_one(text)) from None
            if given != self._seed.value:
                raise RecoveryWordsOther(self._odd_one(text))
            self._note_day(_SHEET_CONFIRMED).result()

        return self._submit(work)

    def keyring_state(self) -> Future[KeyringState]:
        """Whether this computer remembers the book, or could. Asks the person nothing, and writes nothing."""

        def work() -> KeyringState:
            problem = self._remembering.problem()
            on = any(keyfile.slot_id(slot) == keyfile.KEYRING for slot in self._key_file.slots)
            return KeyringState(offered=problem is None, on=on, problem=problem)

        return in_background(work)

    def remember_here(self) -> Future[None]:
        """Have this computer open the book without a passphrase.

        The desktop may ask for a password of its own meanwhile. Fails with a KeyringError, and then no half
        of the key is left behind, in the computer's password store or in the key files.
        """

        def work() -> None:
            self._check_open()
            self._remembering.begin()

        return in_background(work)

    def forget_here(self) -> Future[None]:
        """Have this computer open the book no more, nor an old copy of it.

        The key files come first: once they are written the book asks for a passphrase, also when this fails
        with a KeyringError, because the password store could not be asked to delete its half. An old copy of
        the key files would still open with that one. Asked again, it deletes what is left.
        """

        def work() -> None:
            self._check_open()
            self._remembering.end()

        return in_background(work)

    def withdraw_sheet(
        self, passphrase: str, label: str, *, progress: Progress, stop: threading.Event
    ) -> Future[int]:
        """Have this passphrase be the only way in: the book is written anew, since the sheet is its seed.

        The result is the number of photos that could not be read before, and cannot be read now. What was
        asked for meanwhile is in the new book, and the book is closed: close the vault, and open it again.
        ``progress`` is told the bytes that are written and those there are, on the vault's thread. Setting
        ``stop``, or closing the vault, gives it up.
        Fails with RenewalStopped, RenewalNeedsRoom, BookDamaged, BookReadOnly or StorageFailed; then nothing
        has changed. ``ValueError`` without a passphrase.
        """
        if not passphrase:
            raise ValueError("the passphrase is empty")
        note = Note(label.strip(), stamp(self._clock))

        def tidied(connection: Connection, slot_id: str) -> None:
            ways.keep_only(connection, ())
            ways.put(connection, slot_id, note)
            preferences.remove(connection, _SHEET_SHOWN)
            preferences.remove(connection, _SHEET_CONFIRMED)

        def work() -> int:
            salt, cost, key = self._stretched(passphrase)
            way = Unlocked(self._seed, self._key_file, self._generation)
            renewed = self._withdrawing.run(way, NewWay(key, salt, cost, tidied), progress, stop)
            was_remembered = any(keyfile.slot_id(slot) == keyfile.KEYRING for slot in way.key_file.slots)
            with self._gate:
                self._closed = True
                self._seed, self._key_file = renewed.way.seed, renewed.way.key_file
            if was_remembered:
                wait([in_background(self._remembering.drop)], timeout=_PATIENCE_S)
            return renewed.unreadable

        return self._submit(work)

    def admits(self, passphrase: str) -> bool:
        """Whether a passphrase of this book is this one, by the key file held in memory.

        Blocks for an Argon2 run for each passphrase that is tried. Any thread; also after closing.
        """
        try:
            seed = self._key_file.unwrap(lambda salt, cost: kdf.derive(passphrase, salt, cost))
        except MemoryError:
            raise MemoryBookError from None
        return seed == self._seed

    def close(self) -> None:
        """Finish a change that is being written; one that is still being prepared is not made any more.

        A book that is being written anew is given up.

        Blocks for the disk at most. May be called again.
        """
        with self._gate:
            self._closed = True
            unhurried = self._unhurried
        self._withdrawing.give_up()
        self._threads.shutdown(wait=not unhurried)

    def _passphrase(self, passphrase: str, label: str | None, instead_of: str | None) -> Future[WayIn]:
        if not passphrase:
            raise ValueError("the passphrase is empty")

        def work() -> WayIn:
            if instead_of is not None:
                place_of(self._key_file.slots, instead_of)
            known = self._worker.read(ways.notes).result()
            slot, opens = self._wrapped(passphrase)
            called = known.get(instead_of or "", Note()).label if label is None else label
            note = Note(called, stamp(self._clock))
            way_id = keyfile.slot_id(slot)

            def with_it(slots: Sequence[Slot]) -> Sequence[Slot]:
                if instead_of is None:
                    return [*slots, slot]
                place = place_of(slots, instead_of)
                return [*slots[:place], slot, *slots[place + 1 :]]

            self._change(with_it, opens=opens, notes={way_id: note})
            return WayIn(way_id, "passphrase", note.label, note.created)

        return self._submit(work)

    def _wrapped(self, passphrase: str) -> tuple[dict[str, Any], Opens]:
        """A slot for the passphrase, and how a key file that was read back is tried with it.

        It is tried with the key, so that a change waits for the disk alone once it is begun.
        """
        salt, cost, key = self._stretched(passphrase)
        book_id = bytes.fromhex(self._key_file.book_id)

        def opens(written: KeyFile) -> bool:
            found = written.unwrap(lambda *asked: key if asked == (salt, cost) else bytes(kdf.KEY_BYTES))
            return found == self._seed

        return keyfile.stretched_slot(self._seed, book_id, salt, cost, key), opens

    def _stretched(self, passphrase: str) -> tuple[bytes, kdf.KdfCost, bytes]:
        """A salt, a cost, and the passphrase's key with them.

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
        self._check_open()

    def _change(
        self,
        change: Callable[[Sequence[Slot]], Sequence[Slot]],
        *,
        opens: Opens = lambda _: True,
        notes: Mapping[str, Note] | None = None,
    ) -> None:
        """Replace the slots of the key file: the one path for all of it, on the thread of the ways in.

        ``change`` gets the slots as they are and returns them as they shall be; the same again writes
        nothing. ``notes`` for new slots are in the book before the slots are in the key file, and those of
        slots that are gone leave it afterwards.
        """
        slots = list(change(self._key_file.slots))
        if slots == list(self._key_file.slots):
            return
        body = {**self._key_file.body, "slots": slots, "generation": self._generation + 1}
        key_file = keyfile.seal(body, self._seed)
        self._worker.write(lambda connection: _put_notes(connection, notes or {})).result()
        replicas.save(self._folder, key_file, self._seed, opens=opens)
        self._key_file, self._generation = key_file, key_file.generation
        # The change is made: notes that are left over go with the next one.
        self._worker.write(self._tidy).exception()

    def _put_keyring_slot(self, slot: Slot | None, opens: Opens) -> None:
        def change(slots: Sequence[Slot]) -> Sequence[Slot]:
            others = [each for each in slots if keyfile.slot_id(each) != keyfile.KEYRING]
            return others if slot is None else [*others, slot]

        notes = {keyfile.KEYRING: Note(created=stamp(self._clock))} if slot is not None else {}
        self._submit(lambda: self._change(change, opens=opens, notes=notes)).result()

    def _tidy(self, connection: Connection) -> tuple[None, ChangeSet]:
        ways.keep_only(connection, [keyfile.slot_id(slot) for slot in self._key_file.slots])
        return None, ChangeSet(preferences=True)

    def _note_day(self, key: str) -> Future[None]:
        day = self._clock.now().date().isoformat()

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            return None, ChangeSet(preferences=True) if preferences.put(connection, key, day) else None

        return self._worker.write(work)

    def _odd_one(self, text: str) -> int | None:
        """The position of the one word that is not the sheet's, ``None`` when there are more of them."""
        given = self._words.numbers(text)
        right = self._words.numbers(" ".join(self._words.sheet(self._seed.value).words))
        odd = [place for place, pair in enumerate(zip(given, right, strict=False)) if pair[0] != pair[1]]
        return odd[0] if len(odd) == 1 else None

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        """Run ``work`` on the thread of the ways in, after what was asked for before."""

        def unless_closed() -> T:
            self._check_open()
            return work()

        with self._gate:
            if not self._closed:
                return self._threads.submit(unless_closed)
        refused: Future[T] = Future()
        refused.set_exception(BookClosed())
        return refused

    def _check_open(self) -> None:
        with self._gate:
            if self._closed:
                raise BookClosed


def _put_notes(connection: Connection, notes: Mapping[str, Note]) -> tuple[None, None]:
    for slot_id, note in notes.items():
        ways.put(connection, slot_id, note)
    return None, None
