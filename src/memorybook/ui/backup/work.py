"""One long piece of work at a time: begun, shown while it lasts, stopped when that is asked for."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from memorybook.errors import MemoryBookError
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver

T = TypeVar("T")


class Shown(Protocol):
    """What shows how far the work is."""

    def finish(self) -> None:
        """The work has ended."""


class Work:
    """Nothing else is begun meanwhile. GUI thread."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._course: Course | None = None

    @property
    def is_running(self) -> bool:
        """Whether something is being done."""
        return self._course is not None

    def begin(
        self,
        start: Callable[[Course], Future[T]],
        show: Callable[[Course], Shown],
        *,
        done: Callable[[T], object],
        stopped: Callable[[], object],
        failed: Callable[[MemoryBookError], object],
    ) -> None:
        """Have ``start`` begin it. What ends it after it was asked to stop counts as stopped."""
        if self._course is not None:
            return
        course = self._course = Course()
        shown = show(course)

        def ended() -> None:
            self._course = None
            shown.finish()

        def succeeded(result: T) -> None:
            ended()
            done(result)

        def not_done(error: MemoryBookError) -> None:
            ended()
            if course.is_stopping:
                stopped()
            else:
                failed(error)

        self._deliver(start(course), succeeded, not_done)

    def leave(self) -> None:
        """The book is being closed: what is not done yet is given up, and nothing of it is left."""
        if self._course is not None:
            self._course.stop.set()
