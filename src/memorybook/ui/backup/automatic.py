"""Copies that are made by themselves: while nobody touches anything, and a last one as the book is closed."""

import threading
from collections.abc import Callable
from typing import Protocol

from memorybook.domain.backup import AutomaticCopy
from memorybook.domain.changes import ChangeSet
from memorybook.errors import CopyPlaceGone, CopyStopped, MemoryBookError
from memorybook.services.backups import Backups
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver

REST_SECONDS = 60.0
"""How long nobody has to touch anything before a copy is begun."""


class Outcome(Protocol):
    """Who is told what came of it."""

    def copied(self) -> None:
        """A copy was made."""

    def not_copied(self, error: MemoryBookError, *, last: bool) -> None:
        """One was to be made and was not; ``last`` when nobody is there any more to be told."""


class Automatic:
    """GUI thread. ``elapsed`` is a clock in seconds that goes on while the computer sleeps.

    ``busy`` tells whether something else is being done with copies. A touch stops a copy at once; it is made
    another time. So does :meth:`give_up`, which waits for nothing.
    """

    def __init__(
        self,
        backups: Backups,
        *,
        elapsed: Callable[[], float],
        busy: Callable[[], bool],
        deliver: Deliver,
        outcome: Outcome,
    ) -> None:
        self._backups, self._elapsed, self._busy = backups, elapsed, busy
        self._deliver, self._outcome = deliver, outcome
        self._touched_at = elapsed()
        self._changed = True  # a book that was closed in a hurry has no copy of what came last
        self._asking = False
        self._course: Course | None = None
        self._ended = False
        self._then: Callable[[], object] | None = None
        self._after: Callable[[], object] | None = None

    @property
    def is_running(self) -> bool:
        """Whether a copy is being made."""
        return self._course is not None

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed."""
        del changes
        self._changed = True

    def touched(self) -> None:
        """Somebody types or points: what they do is not to wait for a copy."""
        self._touched_at = self._elapsed()
        if not self._ended:
            self._stop()

    def look(self) -> None:
        """Make a copy if nobody is doing anything, and there is something new; every few seconds."""
        rested = self._elapsed() - self._touched_at
        if self._ended or not self._changed or self.is_running or self._asking or self._busy():
            return
        if rested >= REST_SECONDS:
            self._when_due(self._make, lambda: None)

    def _when_due(self, act: Callable[[], None], otherwise: Callable[[], None]) -> None:
        self._asking, self._changed = True, False

        def known(due: bool) -> None:
            self._asking = False
            if due:
                act()
            else:
                otherwise()

        def unknown(_: MemoryBookError) -> None:
            self._asking = False
            otherwise()

        self._deliver(self._backups.due(), known, unknown)

    def _make(self) -> None:
        if self._ended or self._elapsed() - self._touched_at < REST_SECONDS:
            self._changed = True
            return
        self._run(self._rested)

    def _run(self, then: Callable[[], object]) -> Course:
        course = self._course = Course()

        def done(copies: tuple[AutomaticCopy, ...]) -> None:
            self._course = None
            self._tell(copies, course.stop)
            then()

        def failed(error: MemoryBookError) -> None:
            self._course = None
            self._changed = True
            if not course.is_stopping:
                self._outcome.not_copied(error, last=self._ended)
            then()

        self._deliver(self._backups.automatic(course.stop, course.told), done, failed)
        return course

    def _tell(self, copies: tuple[AutomaticCopy, ...], stop: threading.Event) -> None:
        if stop.is_set():
            self._changed = True
        # A drive that is not there is no news: it is offered when it is.
        problems = [
            each.problem
            for each in copies
            if each.problem is not None and not isinstance(each.problem, CopyStopped | CopyPlaceGone)
        ]
        if problems:
            self._outcome.not_copied(problems[0], last=self._ended)
        elif any(each.snapshot is not None for each in copies):
            self._outcome.copied()

    def _stop(self) -> None:
        if self._course is not None:
            self._course.stop.set()

    # as the book is closed

    def last(self, begun: Callable[[Course], object], then: Callable[[], object]) -> None:
        """Make a last copy if there is something new, then call ``then``, whatever comes of it.

        ``begun`` is told when one is being made.
        """
        self._ended, self._then = True, then

        def make() -> None:
            if self._then is not None:
                begun(self._run(self._go_on))

        def ask() -> None:
            self._when_due(make, self._go_on)

        if self._course is None:
            ask()
        else:  # the one that is being made does not have the last words
            self._stop()
            self._after = ask

    def give_up(self) -> None:
        """Nobody waits any longer: ``then`` is not called any more, and what is being made is left."""
        self._ended, self._then = True, None
        self._stop()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _rested(self) -> None:
        after, self._after = self._after, None
        if after is not None:
            after()
