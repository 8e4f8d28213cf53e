"""What looking through a whole book does: how far it is, what was found, and where a good copy is."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from memorybook.domain.health import HealthReport, PutRight
from memorybook.domain.mending import Mended, Offer
from memorybook.errors import MemoryBookError
from memorybook.services.health import Health
from memorybook.services.mending import Mending
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver

T = TypeVar("T")

Kind = Literal["check", "search", "mend"]
"""What runs: the book is looked through, good copies are looked for, things are brought back."""


class Shown(Protocol):
    """What shows how far something long is."""

    def finish(self) -> None:
        """Go away."""


class HealthView(Protocol):
    """What the presenter tells the card."""

    def show_last(self, stamp: str) -> None:
        """When the book was looked through last, ISO 8601 in UTC; empty for never."""

    def show_course(self, course: Course, kind: Kind) -> Shown:
        """Something long has begun."""

    def show_whole(self, report: HealthReport, mended: Collection[PutRight]) -> None:
        """Everything is as it was kept, some of it since it was put right on the way."""

    def show_damaged(self, report: HealthReport, offers: Sequence[Offer]) -> None:
        """What could not be read, and of which of it there is a good copy."""

    def show_mended(self, mended: Sequence[Mended]) -> None:
        """What became of the things that were to be brought back."""

    def show_stopped(self, kind: Kind) -> None:
        """It was stopped, and nothing came of it."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened."""


class HealthPresenter:
    """Drives one :class:`HealthView`. All methods run on the GUI thread and return at once."""

    def __init__(
        self, view: HealthView, *, health: Health, mending: Mending, deliver: Deliver
    ) -> None:
        self._view = view
        self._health = health
        self._mending = mending
        self._deliver = deliver
        self._course: Course | None = None
        self._report: HealthReport | None = None
        self._offers: tuple[Offer, ...] = ()

    def show(self) -> None:
        """Read when it was done last."""

        def known(stamp: str | None) -> None:
            self._view.show_last(stamp or "")

        self._deliver(self._health.last(), known, self._view.show_problem)

    def check(self, *, deep: bool) -> None:
        """Look through the whole book; ``deep`` reads every photo and recording to its end."""

        before = self._health.put_right()

        def checked(report: HealthReport) -> None:
            self._report, self._offers = report, ()
            self._view.show_last(report.checked_at)
            if report.is_whole:
                self._view.show_whole(report, self._health.put_right() - before)
            else:
                self._tell_damage(report)

        self._go("check", lambda course: self._health.check(course.told, course.stop, deep=deep), checked)

    def take_up(self, report: HealthReport) -> None:
        """The book was looked through by itself: look for good copies of what is damaged."""
        if self._course is None:
            self._report, self._offers = report, ()
            self._view.show_last(report.checked_at)
            self._tell_damage(report)

    def _tell_damage(self, report: HealthReport) -> None:
        if report.damaged:
            self._search(lambda course: self._mending.search(report, course.told, course.stop))
        else:
            self._view.show_damaged(report, ())

    def search_in(self, path: Path) -> None:
        """Look for good copies in a folder or file that was chosen."""
        report = self._report
        if report is not None:
            self._search(
                lambda course: self._mending.search_in(path, report, course.told, course.stop)
            )

    def _search(self, start: Callable[[Course], Future[tuple[Offer, ...]]]) -> None:
        report = self._report

        def found(offers: tuple[Offer, ...]) -> None:
            known = {(offer.thing.thing, offer.thing.id): offer for offer in self._offers}
            known.update({(offer.thing.thing, offer.thing.id): offer for offer in offers})
            self._offers = tuple(known.values())
            tell()

        def tell() -> None:
            if report is not None:
                self._view.show_damaged(report, self._offers)

        def failed(error: MemoryBookError) -> None:
            tell()  # what is damaged stays so, whether a copy was found or not
            self._view.show_problem(error)

        self._go("search", start, found, failed=failed, stopped=tell)

    def bring_back(self) -> None:
        """Bring back everything of which there is a good copy."""
        offers = self._offers
        if not offers:
            return

        def mended(all_of_them: tuple[Mended, ...]) -> None:
            self._offers, self._report = (), None
            self._view.show_mended(all_of_them)

        self._go("mend", lambda course: self._mending.bring_back(offers, course.told, course.stop), mended)

    def _go(
        self,
        kind: Kind,
        start: Callable[[Course], Future[T]],
        done: Callable[[T], object],
        *,
        failed: Callable[[MemoryBookError], object] | None = None,
        stopped: Callable[[], object] | None = None,
    ) -> None:
        if self._course is not None:
            return
        course = self._course = Course()
        shown = self._view.show_course(course, kind)

        def came(answer: T) -> None:
            self._course = None
            shown.finish()
            done(answer)

        def came_to_nothing(error: MemoryBookError) -> None:
            self._course = None
            shown.finish()
            if course.is_stopping:
                (stopped or (lambda: self._view.show_stopped(kind)))()
            else:
                (failed or self._view.show_problem)(error)

        self._deliver(start(course), came, came_to_nothing)

    @property
    def is_running(self) -> bool:
        """Whether something long runs that must not end because nobody touches anything."""
        return self._course is not None

    def leave(self) -> None:
        """The book is being closed: what runs is given up."""
        if self._course is not None:
            self._course.stop.set()
