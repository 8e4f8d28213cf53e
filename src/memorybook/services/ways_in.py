"""The ways into an open book: its passphrases, the sheet with the twelve words, and this computer."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, wait
from pathlib import Path

from memorybook.domain.changes import ChangeSet
from memorybook.errors import (
    EnoughWaysIn,
    LastWayIn,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
)
from memorybook.services.key_changes import KeyChanges
from memorybook.services.pools import in_background
from memorybook.services.recovery import RecoverySheet, RecoveryWords
from memorybook.services.remembering import Remembering
from memorybook.services.times import stamp
from memorybook.services.way_in import KeyringState, SheetState, WayIn, is_passphrase, known, place_of
from memorybook.services.withdrawing import Withdrawing
from memorybook.storage import kdf, keyfile, preferences, ways
from memorybook.storage.connection import Connection
from memorybook.storage.keyfile import Slot
from memorybook.storage.renewal import NewWay, Progress
from memorybook.storage.replicas import Opens, Unlocked
from memorybook.storage.ways import Note
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.keyring import ComputerKeyring

__all__ = ["KeyringState", "SheetState", "WayIn", "WaysIn"]

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
        self._keys = KeyChanges(worker, folder, way, stretch)
        self._withdrawing = withdrawing
        self._written_anew: int | None = None
        self._words = RecoveryWords()
        self._remembering = Remembering(keyring, way.key_file.book_id, way.seed, self._put_keyring_slot)

    @property
    def way(self) -> Unlocked:
        """The seed and the key file, as both replicas hold it now. For other services alone."""
        return self._keys.way

    def all(self) -> Future[tuple[WayIn, ...]]:
        """Every passphrase in the order they came, and this computer, where it remembers the book."""
        return self._worker.read(lambda connection: known(self._slots, ways.notes(connection)))

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
            place_of(self._slots, way_id)
            created = ways.notes(connection).get(way_id, Note()).created
            written = ways.put(connection, way_id, Note(label.strip(), created))
            return None, ChangeSet(preferences=True) if written else None

        return self._keys.submit(lambda: self._worker.write(work).result())

    def remove(self, way_id: str) -> Future[None]:
        """Have this passphrase open the book no more. Fails with LastWayIn for the only one."""

        def without(slots: Sequence[Slot]) -> Sequence[Slot]:
            place = place_of(slots, way_id)
            if sum(is_passphrase(slot) for slot in slots) == 1:
                raise LastWayIn
            return [*slots[:place], *slots[place + 1 :]]

        return self._keys.submit(lambda: self._keys.change(without))

    def look_over(self) -> Future[tuple[bool, bool]]:
        """Put a damaged key file right: whether one was, and whether one still is."""
        return self._keys.look_over()

    def sheet(self) -> Future[RecoverySheet]:
        """What is printed on the sheet for the memory box: the seed itself, as words and as a code."""
        return self._keys.submit(lambda: self._words.sheet(self._keys.way.seed.value))

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
            if given != self._keys.way.seed.value:
                raise RecoveryWordsOther(self._odd_one(text))
            self._note_day(_SHEET_CONFIRMED).result()

        return self._keys.submit(work)

    def keyring_state(self) -> Future[KeyringState]:
        """Whether this computer remembers the book, or could. Asks the person nothing, and writes nothing."""

        def work() -> KeyringState:
            problem = self._remembering.problem()
            on = any(keyfile.slot_id(slot) == keyfile.KEYRING for slot in self._slots)
            return KeyringState(offered=problem is None, on=on, problem=problem)

        return in_background(work, name="remembering")

    def remember_here(self) -> Future[None]:
        """Have this computer open the book without a passphrase.

        The desktop may ask for a password of its own meanwhile. Fails with a KeyringError, and then no half
        of the key is left behind, in the computer's password store or in the key files.
        """

        def work() -> None:
            self._keys.check_open()
            self._remembering.begin()

        return in_background(work, name="remembering")

    def forget_here(self) -> Future[None]:
        """Have this computer open the book no more, nor an old copy of it.

        The key files come first: once they are written the book asks for a passphrase, also when this fails
        with a KeyringError, because the password store could not be asked to delete its half. An old copy of
        the key files would still open with that one. Asked again, it deletes what is left.
        """

        def work() -> None:
            self._keys.check_open()
            self._remembering.end()

        return in_background(work, name="remembering")

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
            salt, cost, key = self._keys.stretched(passphrase)
            way = self._keys.way
            renewed = self._withdrawing.run(way, NewWay(key, salt, cost, tidied), progress, stop)
            was_remembered = any(keyfile.slot_id(slot) == keyfile.KEYRING for slot in way.key_file.slots)
            self._keys.end_with(renewed.way)
            self._written_anew = renewed.unreadable
            if was_remembered:
                wait([in_background(self._remembering.drop, name="remembering")], timeout=_PATIENCE_S)
            return renewed.unreadable

        return self._keys.submit(work)

    @property
    def written_anew(self) -> int | None:
        """How many photos could not be read when the book was written anew, ``None`` while it was not.

        Certain once the ways in are closed: closing can come too late to give it up.
        """
        return self._written_anew

    def admits(self, passphrase: str) -> bool:
        """Whether a passphrase of this book is this one, by the key file held in memory.

        Blocks for an Argon2 run for each passphrase that is tried. Any thread; also after closing.
        """
        return self._keys.admits(passphrase)

    def close(self) -> None:
        """Finish a change that is being written; one that is still being prepared is not made any more.

        A book that is being written anew is given up.

        Blocks for the disk at most. May be called again.
        """
        self._keys.refuse()
        self._withdrawing.give_up()
        self._keys.close()

    def _passphrase(self, passphrase: str, label: str | None, instead_of: str | None) -> Future[WayIn]:
        if not passphrase:
            raise ValueError("the passphrase is empty")

        def work() -> WayIn:
            if instead_of is not None:
                place_of(self._slots, instead_of)
            elif sum(is_passphrase(slot) for slot in self._slots) >= keyfile.MOST_PASSPHRASES:
                raise EnoughWaysIn
            known = self._worker.read(ways.notes).result()
            slot, opens = self._keys.wrapped(passphrase)
            called = known.get(instead_of or "", Note()).label if label is None else label
            note = Note(called, stamp(self._clock))
            way_id = keyfile.slot_id(slot)

            def with_it(slots: Sequence[Slot]) -> Sequence[Slot]:
                if instead_of is None:
                    return [*slots, slot]
                place = place_of(slots, instead_of)
                return [*slots[:place], slot, *slots[place + 1 :]]

            self._keys.change(with_it, opens=opens, notes={way_id: note})
            return WayIn(way_id, "passphrase", note.label, note.created)

        return self._keys.submit(work)

    def _put_keyring_slot(self, slot: Slot | None, opens: Opens) -> None:
        def change(slots: Sequence[Slot]) -> Sequence[Slot]:
            others = [each for each in slots if keyfile.slot_id(each) != keyfile.KEYRING]
            return others if slot is None else [*others, slot]

        notes = {keyfile.KEYRING: Note(created=stamp(self._clock))} if slot is not None else {}
        self._keys.submit(lambda: self._keys.change(change, opens=opens, notes=notes)).result()

    @property
    def _slots(self) -> Sequence[Slot]:
        return self._keys.way.key_file.slots

    def _note_day(self, key: str) -> Future[None]:
        day = self._clock.now().date().isoformat()

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            return None, ChangeSet(preferences=True) if preferences.put(connection, key, day) else None

        return self._worker.write(work)

    def _odd_one(self, text: str) -> int | None:
        """The position of the one word that is not the sheet's, ``None`` when there are more of them."""
        given = self._words.numbers(text)
        right = self._words.numbers(" ".join(self._words.sheet(self._keys.way.seed.value).words))
        odd = [place for place, pair in enumerate(zip(given, right, strict=False)) if pair[0] != pair[1]]
        return odd[0] if len(odd) == 1 else None
