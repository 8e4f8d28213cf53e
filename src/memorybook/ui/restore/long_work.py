"""Something long that is done off the window's thread: one at a time, shown while it runs, and stoppable."""

from collections.abc import Callable
from typing import Literal, Protocol, TypeVar

from memorybook.errors import MemoryBookError
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver, Run

T = TypeVar("T")
Kind = Literal["copy", "gather", "archive"]
"""What runs: a copy is brought back, a damaged book gathered from, an archive read in."""


class CourseView(Protocol):
    """What shows how far it is."""

    def show_course(self, course: Course, kind: Kind) -> None:
        """Something long has begun."""

    def hide_course(self) -> None:
        """It has ended."""


class LongWork:
    """GUI thread. What was stopped and came to its end all the same is handed to ``too_late``."""

    def __init__(self, view: CourseView, run: Run, deliver: Deliver) -> None:
        self._view, self._run, self._deliver = view, run, deliver
        self._course: Course | None = None

    def go(
        self,
        kind: Kind,
        work: Callable[[Course], T],
        done: Callable[[T], object],
        failed: Callable[[MemoryBookError], object],
        too_late: Callable[[T], object],
    ) -> None:
        """Begin it, unless something runs already."""
        if self._course is not None:
            return
        course = self._course = Course()
        self._view.show_course(course, kind)

        def ended() -> None:
            self._course = None
            self._view.hide_course()

        def came(answer: T) -> None:
            ended()
            if course.is_stopping:
                too_late(answer)
            else:
                done(answer)

        def came_to_nothing(error: MemoryBookError) -> None:
            ended()
            failed(error)

        self._deliver(self._run(lambda: work(course)), came, came_to_nothing)

    def stop(self) -> None:
        """What runs ends soon."""
        if self._course is not None:
            self._course.stop.set()

    @property
    def is_busy(self) -> bool:
        """Whether something runs."""
        return self._course is not None
