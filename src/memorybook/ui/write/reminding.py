"""Which reminder stands above the page: read when the book is opened, and shown nowhere else."""

import datetime
from collections.abc import Callable
from typing import Protocol

from memorybook.domain.changes import ChangeSet
from memorybook.domain.reminders import DueReminder
from memorybook.errors import MemoryBookError
from memorybook.services.occasions import Occasions
from memorybook.ui.core.delivery import Deliver


class RemindingView(Protocol):
    """Where a reminder is seen."""

    def show_reminder(self, reminder: DueReminder | None) -> None:
        """Show this one, or none."""


class Reminding:
    """Drives one :class:`RemindingView`. GUI thread.

    What becomes due while the book is open waits until it is opened again: nothing comes up by itself.
    """

    def __init__(
        self,
        view: RemindingView,
        *,
        occasions: Occasions,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        failed: Callable[[MemoryBookError], object],
    ) -> None:
        self._view = view
        self._occasions = occasions
        self._deliver = deliver
        self._now = now
        self._failed = failed
        self._waiting: tuple[DueReminder, ...] = ()

    def begin(self) -> None:
        """The book was opened: show the soonest of those that are due."""
        self._read(self._take)

    def _take(self, due: tuple[DueReminder, ...]) -> None:
        self._waiting = due
        self._view.show_reminder(due[0] if due else None)

    def _read(self, take: Callable[[tuple[DueReminder, ...]], None]) -> None:
        future = self._occasions.due_reminders(self._now().date())
        self._deliver(future, take, lambda error: self._problem(error))

    def _problem(self, error: MemoryBookError) -> None:
        self._failed(error)

    def changed(self, changes: ChangeSet) -> None:
        """A day or a choice changed: what is not due any more goes, and no other comes."""
        if self._waiting and (changes.occasions or changes.preferences):
            known = {each.occasion.id for each in self._waiting}
            self._read(lambda due: self._take(tuple(each for each in due if each.occasion.id in known)))

    def dismiss(self, reminder: DueReminder) -> None:
        """Put one aside until its day comes round again; the next that was due takes its place."""
        self._deliver(self._occasions.dismiss(reminder), lambda _: None, self._problem)
