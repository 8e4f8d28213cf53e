"""Brings many files into the book, one after the other, and gives a plain account at the end.

While one file is written into the book the next ones are read and looked at already. However many there are,
only a few are held in memory at a time.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from memorybook.domain.bringing import BringAccount, BringProgress, Refused
from memorybook.errors import (
    BookClosed,
    MemoryBookError,
    StorageFailed,
    StorageFull,
    TakingInStopped,
    VaultError,
)
from memorybook.services.sources import Found, Listing, Source, list_all

P = TypeVar("P")
Id = TypeVar("Id", bound=int)

Told = Callable[[BringProgress], None]
Stopped = Callable[[], bool]
Prepare = Callable[[Found, Stopped], P | None]

_EVERY_SECONDS = 0.05
_GLANCE_SECONDS = 0.05
_OF_EVERY_FILE = (VaultError, StorageFull, StorageFailed)
"""What concerns the book and not the file: the next one would fare no better."""


@dataclass(frozen=True, slots=True)
class Brought(Generic[Id]):
    """One that is in the book now. ``known``: it was before; ``back``: it had been put away."""

    id: Id
    known: bool = False
    back: bool = False


class Bringing(Generic[Id]):
    """Files on their way into the book. ``done`` resolves with the account, on a thread of the service."""

    def __init__(self) -> None:
        self.done: Future[BringAccount[Id]] = Future()
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Take no more in; what is being looked at or written at this moment is finished. Any thread."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether that was asked for."""
        return self._stop.is_set()


class Bringer(Generic[P, Id]):
    """Brings things of one kind, in the order they were offered, on threads of its own.

    ``prepare`` reads and looks at one file, on ``ahead`` threads at once, and may ask whether it is still
    wanted. It returns ``None`` for a file of a folder that is nothing of the kind, and raises an error of
    :mod:`memorybook.errors` for one it refuses, TakingInStopped for one that was not wanted any more.
    """

    def __init__(self, name: str, prepare: Prepare[P], *, ahead: int = 2) -> None:
        self._prepare = prepare
        self._ahead = ahead
        self._turns = ThreadPoolExecutor(1, thread_name_prefix=f"memorybook-{name}")
        self._looking = ThreadPoolExecutor(ahead, thread_name_prefix=f"memorybook-{name}-looking")
        self._open: set[Bringing[Id]] = set()
        self._giving_up = threading.Event()

    def bring(
        self, sources: Sequence[Source], keep: Callable[[P], Brought[Id]], told: Told
    ) -> Bringing[Id]:
        """Bring files, folders and what was pasted. ``keep`` puts one that was looked at into the book.

        ``told`` is called on a thread of the service: now and then, and when the last one is done.
        ``done`` fails with what ``keep`` or ``told`` raise if it is none of :mod:`memorybook.errors`.
        """
        bringing = Bringing[Id]()
        offered = tuple(sources)
        self._open.add(bringing)
        bringing.done.add_done_callback(lambda _: self._open.discard(bringing))
        try:
            self._turns.submit(self._run, bringing, offered, keep, told)
        except RuntimeError:  # shut down
            bringing.done.set_result(BringAccount(not_taken=len(offered), stopped_by=BookClosed()))
        return bringing

    def close(self) -> None:
        """Finish what was asked for and take nothing more. Blocks."""
        self._turns.shutdown()
        self._looking.shutdown()

    def give_up(self, interrupt: Callable[[], None]) -> int:
        """Take nothing more; how many files were not taken in that nobody had cancelled. Blocks.

        ``interrupt`` ends what ``prepare`` is waiting for; it is called until nothing is left.
        """
        unfinished = [bringing for bringing in tuple(self._open) if not bringing.is_cancelled]
        self._giving_up.set()
        self._turns.shutdown(wait=False)
        while wait([bringing.done for bringing in tuple(self._open)], timeout=_GLANCE_SECONDS).not_done:
            interrupt()
        self.close()
        accounts = [each.done.result() for each in unfinished if each.done.exception() is None]
        return sum(account.not_taken for account in accounts)

    def _run(
        self,
        bringing: Bringing[Id],
        offered: tuple[Source, ...],
        keep: Callable[[P], Brought[Id]],
        told: Told,
    ) -> None:
        def stopped() -> bool:
            return bringing.is_cancelled or self._giving_up.is_set()

        try:
            told(BringProgress(0, 0))
            listing = list_all(offered, stopped)
            told(BringProgress(0, len(listing.found)))
            tally = _Tally[Id](listing, told)
            for found, looked_at in self._looked_at(listing, stopped):
                self._take(found, looked_at, keep, tally)
                if tally.stopped_by is not None:
                    break
            account = tally.account(listing, whole=not stopped())
        except BaseException as error:  # noqa: BLE001 - carried to whoever asked, as executors do
            bringing.done.set_exception(error)
        else:
            bringing.done.set_result(account)

    def _looked_at(
        self, listing: Listing, stopped: Stopped
    ) -> Iterator[tuple[Found, Future[P | None]]]:
        """Each file with what comes of looking at it, in order; a few are looked at ahead of their turn."""
        ahead: deque[tuple[Found, Future[P | None]]] = deque()
        waiting = iter(listing.found)
        try:
            while not stopped():
                while len(ahead) <= self._ahead and (found := next(waiting, None)) is not None:
                    ahead.append((found, self._looking.submit(self._prepare, found, stopped)))
                if not ahead:
                    return
                yield ahead.popleft()
        finally:
            for _, future in ahead:
                future.cancel()

    def _take(
        self,
        found: Found,
        looked_at: Future[P | None],
        keep: Callable[[P], Brought[Id]],
        tally: "_Tally[Id]",
    ) -> None:
        try:
            prepared = looked_at.result()
            tally.note(None if prepared is None else keep(prepared))
        except TakingInStopped:
            return  # it counts as one that is left
        except _OF_EVERY_FILE as error:
            tally.stopped_by = error
        except MemoryBookError as error:
            if self._giving_up.is_set():
                tally.stopped_by = BookClosed()  # the error is our own doing
            else:
                tally.refuse(found.name, error)


@dataclass
class _Tally(Generic[Id]):
    """The account while it is being made."""

    listing: Listing
    told: Told
    added: list[Id] = field(default_factory=list)
    known: list[Id] = field(default_factory=list)
    back: list[Id] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    others: int = 0
    done: int = 0
    stopped_by: MemoryBookError | None = None
    told_at: float = 0.0

    def note(self, brought: Brought[Id] | None) -> None:
        """One was taken in, or is nothing of the kind."""
        if brought is None:
            self.others += 1
        elif not brought.known:
            self.added.append(brought.id)
        elif brought.id not in self.known:
            self.known.append(brought.id)
            if brought.back:
                self.back.append(brought.id)
        self._step()

    def refuse(self, name: str, error: MemoryBookError) -> None:
        """One was not taken in, for a reason of its own."""
        self.refused.append(Refused(name, error))
        self._step()

    def account(self, listing: Listing, *, whole: bool) -> BringAccount[Id]:
        """How it stands. A folder that was not looked through to its end counts as one file at least."""
        left = len(listing.found) - self.done
        return BringAccount(
            added=tuple(self.added),
            known=tuple(self.known),
            refused=tuple(self.refused),
            others=self.others + listing.hidden,
            not_taken=left if whole else max(left, int(not listing.found)),
            back=tuple(self.back),
            closed_folders=listing.closed,
            stopped_by=self.stopped_by,
        )

    def _step(self) -> None:
        self.done += 1
        now = time.monotonic()
        if self.done == len(self.listing.found) or now - self.told_at >= _EVERY_SECONDS:
            self.told_at = now
            self.told(BringProgress(self.done, len(self.listing.found)))
