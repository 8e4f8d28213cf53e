"""Making copies of an open book: the one copy of its database, and every place it is carried to."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from memorybook.domain.backup import AutomaticCopy, Snapshot, Told
from memorybook.domain.health import HealthReport
from memorybook.domain.ids import MediaId, PlaceId
from memorybook.errors import (
    BookClosed,
    BookDamaged,
    BookNotCopied,
    CopyPlaceGone,
    CopyStopped,
    MemoryBookError,
)
from memorybook.services.copy_memory import CopyMemory
from memorybook.services.copy_places import Remembered, Whereabouts
from memorybook.services.copy_shelf import CopyShelf
from memorybook.services.copying import Copying, OvertakenError, Ready
from memorybook.storage.worker import VaultWorker

T = TypeVar("T")

_TRIES = 3


class LookThrough(Protocol):
    """Has a whole book looked through, to name what is damaged in it; ``deep`` opens every original."""

    def __call__(self, told: Told, stop: threading.Event, /, *, deep: bool) -> Future[HealthReport]:
        """What is damaged, and what still reads."""


class CopyRounds:
    """Blocks. Copies are made on one thread; :meth:`due` may be asked on another."""

    def __init__(
        self,
        worker: VaultWorker,
        copying: Copying,
        memory: CopyMemory,
        shelf: CopyShelf,
        where: Whereabouts,
        *,
        look_through: LookThrough | None,
    ) -> None:
        self._worker = worker
        self._copying = copying
        self._memory = memory
        self._shelf = shelf
        self._where = where
        self._look_through = look_through
        self._session_counted = False

    def copy(self, place: PlaceId, told: Told, stop: threading.Event, *, without_damaged: bool) -> Snapshot:
        """Make a copy in a place, whether it is behind or not."""
        is_first = False
        with self._again_once_whole(1), self._refusing(told, stop):
            is_first = not self._shelf.find(place).sequence

        def once(ready: Ready) -> Snapshot:
            return self._put(ready, self._shelf.find(place), told, stop, without_damaged=without_damaged)

        return self._with_copy(once, told, stop, anew=is_first)

    def copy_to_file(
        self, file: Path, told: Told, stop: threading.Event, *, without_damaged: bool
    ) -> Snapshot:
        """Make a copy that is one file."""

        def once(ready: Ready) -> Snapshot:
            snapshot, lacking = self._copying.put_into_file(
                ready,
                file,
                allowed=self._allowed(ready, without_damaged=without_damaged),
                longest=self._where.longest(file),
                told=told,
                stop=stop,
            )
            with suppress(MemoryBookError):  # as below: the file is there, and whole
                self._made(ready, lacking, file)
            return snapshot

        return self._with_copy(once, told, stop, anew=True)

    def automatic(self, told: Told, stop: threading.Event) -> tuple[AutomaticCopy, ...]:
        """Make a copy in every place for automatic ones that is there and behind."""

        def once(ready: Ready) -> tuple[AutomaticCopy, ...]:
            done = []
            for remembered in self._shelf.behind(ready.state):
                if self._shelf.has(remembered, ready.mark):  # it was changed, and changed back
                    self._shelf.change(remembered.id, lambda each: replace(each, state=ready.state))
                    continue
                try:
                    snapshot = self._put(ready, remembered, told, stop, without_damaged=False)
                except (CopyStopped, BookNotCopied, BookClosed):
                    raise
                except MemoryBookError as problem:
                    done.append(AutomaticCopy(self._shelf.shown(remembered), None, problem))
                else:
                    place = self._shelf.shown(self._shelf.find(remembered.id))
                    done.append(AutomaticCopy(place, snapshot, None))
            return tuple(done)

        is_due = anew = True  # when what it is known by was damaged, and is whole now
        with self._again_once_whole(1), self._refusing(told, stop):
            is_due, anew = self.due(), self._begins_a_place()
        return self._with_copy(once, told, stop, anew=anew) if is_due else ()

    def _begins_a_place(self) -> bool:
        """Whether one of the places that are behind has no copy yet."""
        return any(not each.sequence for each in self._shelf.behind(self._copying.state()))

    def due(self) -> bool:
        """Whether a place for automatic copies that is there is behind, as far as that is known unread."""
        is_due = bool(self._shelf.behind(self._copying.state()))
        if is_due and not self._session_counted and self._worker.changed:
            self._session_counted = True
            self._memory.one_session_more()
        return is_due

    def _with_copy(
        self, use: Callable[[Ready], T], told: Told, stop: threading.Event, *, anew: bool
    ) -> T:
        """Have the database copied and checked, and ``use`` it."""
        for left in reversed(range(_TRIES)):
            with (
                suppress(OvertakenError),
                self._again_once_whole(left),
                self._refusing(told, stop),
                self._copying.ready(told, stop, self._memory.contents(), anew=anew) as ready,
            ):
                return use(ready)
        raise CopyStopped

    @contextmanager
    def _again_once_whole(self, left: int) -> Iterator[None]:
        """Forgive a refusal when what was damaged has been put right since, and there are tries ``left``."""
        try:
            yield
        except BookNotCopied as refused:
            whole = isinstance(refused.report, HealthReport) and refused.report.is_whole
            if not (left and whole):
                raise

    @contextmanager
    def _refusing(self, told: Told, stop: threading.Event) -> Iterator[None]:
        """Turn damage of the book into a refusal that names what is damaged."""
        try:
            yield
        except BookDamaged:
            raise BookNotCopied(self._report(told, stop, deep=False)) from None
        except BookNotCopied as refused:
            report = self._report(told, stop, deep=True)
            raise BookNotCopied(report, may_go_on=refused.may_go_on) from None

    def _report(self, told: Told, stop: threading.Event, *, deep: bool) -> HealthReport | None:
        if self._look_through is not None:
            with suppress(MemoryBookError):
                return self._look_through(told, stop, deep=deep).result()
        if stop.is_set():
            raise CopyStopped
        return None

    def _put(
        self,
        ready: Ready,
        remembered: Remembered,
        told: Told,
        stop: threading.Event,
        *,
        without_damaged: bool,
    ) -> Snapshot:
        folder = self._where.find(remembered)
        if folder is None:
            raise CopyPlaceGone
        snapshot, lacking = self._copying.put(
            ready,
            folder,
            after=remembered.sequence,
            allowed=self._allowed(ready, without_damaged=without_damaged),
            longest=self._where.longest(folder),
            told=told,
            stop=stop,
        )
        found = self._where.remember(remembered.id, folder, automatic=remembered.automatic)
        with suppress(MemoryBookError):  # the copy is made, whether that can be noted in the book or not
            self._shelf.change(
                remembered.id,
                lambda each: replace(found, automatic=each.automatic, chosen=each.chosen).after(
                    snapshot, ready.mark, ready.state
                ),
            )
            self._made(ready, lacking, folder)
        return snapshot

    def _made(self, ready: Ready, lacking: Sequence[MediaId], where: Path) -> None:
        if self._memory.lacking() != frozenset(lacking):
            self._memory.accept_lacking(lacking)
        self._memory.keep_contents(ready.staged.contents)
        if self._where.is_elsewhere(where):
            self._memory.note_elsewhere(ready.checked_at)

    def _allowed(self, ready: Ready, *, without_damaged: bool) -> frozenset[MediaId]:
        if without_damaged:
            return frozenset(each.media for each in ready.files)
        return self._memory.lacking()
