"""The copies of an open book: where they are kept, when one is due, and what a person can do with them."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from memorybook.domain.backup import (
    AutomaticCopy,
    BackupPlace,
    Drive,
    Reminder,
    Snapshot,
    Told,
    Verified,
)
from memorybook.domain.ids import PlaceId
from memorybook.errors import (
    BookClosed,
)
from memorybook.services.copy_care import CopyCare
from memorybook.services.copy_lane import CopyLane
from memorybook.services.copy_memory import CopyMemory
from memorybook.services.copy_places import Whereabouts
from memorybook.services.copy_rounds import CopyRounds, LookThrough
from memorybook.services.copy_shelf import CopyShelf
from memorybook.services.copying import Copying
from memorybook.services.times import stamp
from memorybook.storage.backup_format import FILE_ENDING
from memorybook.storage.replicas import Unlocked
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.volumes import Volumes

T = TypeVar("T")

_MOMENT_S = 0.5




def _untold(_: object) -> None:
    """Nobody is told."""


class Backups:
    """Every method returns at once; futures resolve on threads of the copies' own. Any thread may call.

    One copy is made at a time, in the order they were asked for. ``stop`` ends one within 100 ms, but for a
    drive that is being waited for. Futures fail with CopyStopped then, with BookClosed once the book is
    closed, and with the errors named below. ``LookupError`` for the id of a place that is not remembered.
    """

    def __init__(
        self,
        worker: VaultWorker,
        clock: Clock,
        folder: Path,
        way: Callable[[], Unlocked],
        *,
        look_through: LookThrough | None = None,
        volumes: Volumes | None = None,
    ) -> None:
        self._clock = clock
        self._gate = threading.Lock()
        self._stops: set[threading.Event] = set()
        self._closed = False
        self._closing = threading.Event()
        self._where = Whereabouts(volumes or Volumes(), folder)
        self._memory = CopyMemory(worker)
        self._copying = copying = Copying(worker, clock, folder, way)
        self._care = CopyCare(folder, way, copying)
        self._shelf = CopyShelf(folder, self._memory, self._where, self._care)
        self._rounds = CopyRounds(
            worker,
            copying,
            self._memory,
            self._shelf,
            self._where,
            look_through=look_through,
        )
        self._work = CopyLane("memorybook-copies")
        self._looks = CopyLane("memorybook-copies-look")

    # where copies are kept

    @property
    def default_folder(self) -> Path:
        """Where copies are kept when nothing else was chosen. Never within the book's own folder."""
        return self._shelf.default_folder

    def places(self) -> Future[tuple[BackupPlace, ...]]:
        """Where copies of this book are kept: the place it has from the beginning, then the others."""
        return self._look(lambda: tuple(map(self._shelf.shown, self._shelf.remembered())))

    def add_place(self, folder: Path, *, automatic: bool = False) -> Future[BackupPlace]:
        """Keep copies in ``folder`` too, which may be on a drive that is not always there.

        Raises PlaceInBook, CopyPlaceGone or CopyReadOnly. A folder that is remembered already stays.
        """
        return self._look(lambda: self._shelf.add(folder.absolute(), automatic=automatic))

    def forget_place(self, place: PlaceId) -> Future[None]:
        """Keep no more copies there. Those that are there stay; the first place only rests."""
        return self._look(lambda: self._shelf.forget(place))

    def set_automatic(self, place: PlaceId, on: bool) -> Future[None]:
        """Have copies made there without being asked for each, or not."""
        return self._look(lambda: self._shelf.change(place, lambda each: replace(each, automatic=on)))

    def move_default(self, folder: Path) -> Future[BackupPlace]:
        """Have the first place elsewhere from now on. The copies that are where it was stay there."""
        return self._look(lambda: self._shelf.move_first(folder.absolute()))

    def drives(self) -> Future[tuple[Drive, ...]]:
        """Drives that can be taken away and are there now, to offer that a copy is made there."""
        return self._look(lambda: self._shelf.drives(self._copying.state))

    # making copies

    def copy(
        self, place: PlaceId, told: Told, stop: threading.Event, *, without_damaged: bool = False
    ) -> Future[Snapshot]:
        """Make a copy there now. It counts once it was opened again, compared and read back.

        Raises BookNotCopied when something in the book is damaged: with ``may_go_on`` it is asked for again
        ``without_damaged``, and that is remembered. Also CopyNeedsRoom, CopyPlaceGone, CopyPlaceBusy,
        CopyReadOnly, CopyFileTooLarge, CopyNotMade, StorageFull, StorageFailed.
        """
        return self._long(
            lambda: self._rounds.copy(place, told, stop, without_damaged=without_damaged), stop
        )

    def copy_to_file(
        self, file: Path, told: Told, stop: threading.Event, *, without_damaged: bool = False
    ) -> Future[Snapshot]:
        """Make a copy that is one file, to be carried away. Raises as :meth:`copy`, and CopyFileExists."""
        return self._long(
            lambda: self._rounds.copy_to_file(
                file.absolute(), told, stop, without_damaged=without_damaged
            ),
            stop,
        )

    def suggested_name(self) -> str:
        """A name for such a file, with the day and nothing of what is in it."""
        return f"Memory Book {self._clock.now():%Y-%m-%d}{FILE_ENDING}"

    # copies without being asked

    def due(self) -> Future[bool]:
        """Whether the book says anything that a copy in some place that is there does not have yet.

        Only for places in which copies are made by themselves. The book is not read for that: what was
        changed and changed back since counts until the copy is made, and found to be one that is there.
        """
        return self._look(self._rounds.due)

    def automatic(self, stop: threading.Event, told: Told = _untold) -> Future[tuple[AutomaticCopy, ...]]:
        """Make a copy in every such place that is there and behind. What came of it, by place.

        The future fails only when nothing could be copied at all: CopyStopped, BookNotCopied, StorageFull...
        """
        return self._long(lambda: self._rounds.automatic(told, stop), stop)

    def reminder(self) -> Future[Reminder | None]:
        """What to say of there being no checked copy elsewhere for a while; ``None`` for nothing.

        Counted in how often the book was opened and written in, and by the clock only where it goes forwards.
        """

        def work() -> Reminder | None:
            is_time = self._memory.is_long_ago(self._clock.now())
            return Reminder(self._memory.elsewhere().at) if is_time else None

        return self._look(work)

    def dismiss_reminder(self) -> Future[None]:
        """Say nothing of that for a while."""
        return self._look(lambda: self._memory.hush(stamp(self._clock)))

    # copies that are there

    def snapshots(self, place: PlaceId) -> Future[tuple[Snapshot, ...]]:
        """Every copy there that is signed with this book's key, the newest first, without counts."""
        return self._look(lambda: self._care.snapshots(self._shelf.there(place)))

    def verify(self, place: PlaceId, told: Told, stop: threading.Event) -> Future[Verified]:
        """Read all of the newest copy there, and put right from the book what is damaged of its files.

        Raises ``LookupError`` when there is no copy.
        """

        def work() -> Verified:
            remembered = self._shelf.find(place)
            verified, at = self._care.verify(self._shelf.there(place), told, stop), stamp(self._clock)
            if not verified.is_whole:
                return verified
            snapshot = replace(verified.snapshot, checked_at=at)
            if remembered.sequence == snapshot.sequence:
                self._shelf.change(place, lambda each: replace(each, checked_at=at))
                snapshot = replace(snapshot, counts=remembered.last.counts if remembered.last else None)
            if self._where.is_elsewhere(self._shelf.there(place)):
                self._memory.note_elsewhere(at)
            return replace(verified, snapshot=snapshot)

        return self._long(work, stop)

    def keep_only_newest(self, place: PlaceId) -> Future[int]:
        """Take all copies there away but the newest, on request: what was deleted for ever goes with them.

        How many went; none when the newest is not whole.
        """
        return self._long(lambda: self._care.keep_only_newest(self._shelf.there(place), self._closing))

    def older_sheet(self, place: PlaceId) -> Future[int]:
        """How many copies of this book there open with a sheet that was withdrawn since."""
        return self._look(lambda: self._care.older_sheet(self._shelf.there(place)))

    def remove_older_sheet(self, place: PlaceId) -> Future[int]:
        """Take those away, on request. How many went; none while there is no whole copy under this sheet."""
        return self._long(lambda: self._care.remove_older_sheet(self._shelf.there(place), self._closing))

    # the end

    def close(self, *, at_once: bool = False) -> None:
        """Stop what runs and begin nothing more. Blocks until it has ended.

        ``at_once`` waits a moment only: a drive that does not answer holds nothing up, and what is half made
        on it is swept the next time.
        """
        with self._gate:
            self._closed = True
            for stop in self._stops:
                stop.set()
        self._closing.set()
        for lane in (self._work, self._looks):
            lane.close(_MOMENT_S if at_once else None)

    # how it is done

    def _long(self, work: Callable[[], T], stop: threading.Event | None = None) -> Future[T]:
        def watched() -> T:
            event = stop or threading.Event()
            with self._gate:
                self._stops.add(event)
                if self._closed:
                    raise BookClosed
            try:
                return work()
            finally:
                with self._gate:
                    self._stops.discard(event)

        return self._work.submit(watched)

    def _look(self, work: Callable[[], T]) -> Future[T]:
        return self._looks.submit(work)
