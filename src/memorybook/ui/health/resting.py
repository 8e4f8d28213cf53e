"""The book looked through by itself, now and then, while nobody touches anything."""

from collections.abc import Callable

from memorybook.domain.health import HealthReport
from memorybook.errors import MemoryBookError
from memorybook.services.health import Health
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver

REST_SECONDS = 120.0
"""How long nobody has to touch anything before a look is begun: a copy comes first."""

AGAIN_SECONDS = 3600.0
"""How soon it is asked once more whether a look is due, after one ended or was not due."""


class Resting:
    """GUI thread. ``elapsed`` is a clock in seconds that goes on while the computer sleeps.

    ``busy`` tells whether something else is done. A touch stops a look at once; it is made another time.
    ``found`` hears what was found when not everything is whole; of a whole book nothing is said.
    """

    def __init__(
        self,
        health: Health,
        *,
        elapsed: Callable[[], float],
        busy: Callable[[], bool],
        deliver: Deliver,
        found: Callable[[HealthReport], object],
    ) -> None:
        self._health, self._elapsed, self._busy = health, elapsed, busy
        self._deliver, self._found = deliver, found
        self._touched_at = elapsed()
        self._ask_at = elapsed()
        self._asking = False
        self._ended = False
        self._course: Course | None = None

    @property
    def is_running(self) -> bool:
        """Whether the book is being looked through."""
        return self._course is not None

    def touched(self) -> None:
        """Somebody types or points: what they do is not to wait for this."""
        self._touched_at = self._elapsed()
        self._stop()

    def look(self) -> None:
        """Look through the book if nobody is doing anything, and it is due; every few seconds."""
        if self._asking or self.is_running or not self._is_quiet() or self._elapsed() < self._ask_at:
            return
        self._asking = True

        def known(due: bool) -> None:
            self._asking = False
            if not due:
                self._ask_at = self._elapsed() + AGAIN_SECONDS
            elif self._is_quiet():
                self._check()

        def unknown(_: MemoryBookError) -> None:
            self._asking = False
            self._ask_at = self._elapsed() + AGAIN_SECONDS

        self._deliver(self._health.is_due(), known, unknown)

    def leave(self) -> None:
        """The book is being closed: what runs is given up."""
        self._ended = True
        self._stop()

    def _is_quiet(self) -> bool:
        return not (self._ended or self._busy()) and self._elapsed() - self._touched_at >= REST_SECONDS

    def _check(self) -> None:
        course = self._course = Course()

        def done(report: HealthReport) -> None:
            self._course = None
            self._ask_at = self._elapsed() + AGAIN_SECONDS
            if not report.is_whole and not self._ended:
                self._found(report)

        def failed(_: MemoryBookError) -> None:
            self._course = None
            if not course.is_stopping:  # the disk, most likely: whoever works with the book is told of that
                self._ask_at = self._elapsed() + AGAIN_SECONDS

        self._deliver(self._health.check(course.told, course.stop), done, failed)

    def _stop(self) -> None:
        if self._course is not None:
            self._course.stop.set()
