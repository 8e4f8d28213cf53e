"""Photos on their way into the book: how far it is, stopping it, and the plain account at the end."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import PhotoId
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.bringing import Bringing
from memorybook.ui.core.delivery import Deliver

ORIGIN = "photos"

_READ_EVERY_SECONDS = 1.0


class TakingInView(Protocol):
    """What is told about photos that come in."""

    def tell_progress(self, progress: BringProgress) -> None:
        """Have :meth:`TakingIn.progressed` called with this on the GUI thread. Called on any thread."""

    def show_progress(self, progress: BringProgress) -> None:
        """So many of so many files have been looked at."""

    def show_stopping(self) -> None:
        """It was cancelled; what was begun is finished."""

    def show_account(self, account: BringAccount[PhotoId]) -> None:
        """What came of it; nothing is being taken in any more."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""


class TakingIn:
    """One lot after the other, told as one. GUI thread. ``read`` has the grid read again."""

    def __init__(
        self,
        view: TakingInView,
        *,
        album: Album,
        deliver: Deliver,
        elapsed: Callable[[], float],
        read: Callable[[], None],
    ) -> None:
        self._view = view
        self._album = album
        self._deliver = deliver
        self._elapsed = elapsed
        self._read = read
        self._running: Bringing[PhotoId] | None = None
        self._waiting: list[Path | bytes] = []
        self._so_far: BringAccount[PhotoId] = BringAccount()
        self._read_at = 0.0

    @property
    def is_running(self) -> bool:
        """Whether photos are coming in."""
        return self._running is not None

    def tells(self, changes: ChangeSet) -> bool:
        """Whether a change is one of many that are coming in, which are read now and then instead."""
        return self.is_running and changes.origin == ORIGIN

    def bring(self, sources: Sequence[Path | bytes]) -> None:
        """Take in files, folders and pasted pictures; behind those that are coming in, if any are."""
        if not sources:
            return
        if self._running is not None:
            self._waiting.extend(sources)
            return
        self._read_at = self._elapsed()
        self._view.show_progress(BringProgress(0, 0))
        self._running = self._album.bring(tuple(sources), told=self._view.tell_progress, origin=ORIGIN)
        self._deliver(self._running.done, self._came, self._failed)

    def progressed(self, progress: BringProgress) -> None:
        """So far it is; called on the GUI thread."""
        if self._running is None or self._running.is_cancelled:
            return
        self._view.show_progress(progress)
        if progress.done and self._elapsed() - self._read_at >= _READ_EVERY_SECONDS:
            self._read_at = self._elapsed()
            self._read()

    def cancel(self) -> None:
        """Take no more in. What is in the book already stays there."""
        if self._running is not None:
            self._so_far = _with(self._so_far, BringAccount(not_taken=len(self._waiting)))
            self._waiting = []
            self._running.cancel()
            self._view.show_stopping()

    def _came(self, account: BringAccount[PhotoId]) -> None:
        self._running = None
        self._so_far = _with(self._so_far, account)
        waiting, self._waiting = self._waiting, []
        if waiting and account.stopped_by is None:
            self.bring(waiting)
            return
        whole = _with(self._so_far, BringAccount(not_taken=len(waiting)))
        self._so_far = BringAccount()
        self._view.show_account(whole)
        self._read()

    def _failed(self, error: MemoryBookError) -> None:
        left = len(self._waiting)
        self._running, self._waiting = None, []
        account = _with(self._so_far, BringAccount(not_taken=left, stopped_by=error))
        self._so_far = BringAccount()
        self._view.show_account(account)
        self._read()


def _with(first: BringAccount[PhotoId], then: BringAccount[PhotoId]) -> BringAccount[PhotoId]:
    """Two accounts as one: what the second found in the book because of the first was added once."""
    before = {*first.added, *first.known}
    known = tuple(photo for photo in then.known if photo not in before)
    return BringAccount(
        added=first.added + then.added,
        known=first.known + known,
        refused=first.refused + then.refused,
        others=first.others + then.others,
        not_taken=first.not_taken + then.not_taken,
        back=first.back + then.back,
        closed_folders=first.closed_folders + then.closed_folders,
        stopped_by=then.stopped_by or first.stopped_by,
    )
