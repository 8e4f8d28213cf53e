"""What the card of the copies decides: which places there are, what is done in each, what came of it."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from memorybook.domain.backup import BackupPlace, Drive, Snapshot, Verified
from memorybook.domain.ids import PlaceId
from memorybook.errors import BookNotCopied, MemoryBookError
from memorybook.services.backups import Backups
from memorybook.ui.backup.work import Shown, Work
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver, or_none

T = TypeVar("T")

Doing = Literal["copy", "file", "verify"]
"""What takes a while: a copy in a place, a copy as one file, a look at a copy that is there."""

Done = Literal["added", "moved", "forgotten"]


class CopiesView(Protocol):
    """What the card shows."""

    def show_places(self, places: Sequence[BackupPlace], drives: Sequence[Drive]) -> None:
        """Where copies are kept, and drives that are connected and hold none."""

    def show_older(self, place: PlaceId, number: int) -> None:
        """So many copies there open with a sheet that was withdrawn."""

    def show_course(self, course: Course, doing: Doing) -> Shown:
        """Something long has begun; what is returned shows how far it is."""

    def show_copied(self, snapshot: Snapshot, file: Path | None) -> None:
        """The copy is made, opened again and counted; in a file of its own if there is one."""

    def show_verified(self, verified: Verified) -> None:
        """The newest copy of a place was read from beginning to end."""

    def show_done(self, done: Done) -> None:
        """Something about a place was changed."""

    def show_removed(self, number: int) -> None:
        """So many copies are gone for ever."""

    def show_stopped(self, doing: Doing) -> None:
        """The person stopped it."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something did not work."""

    def ask_without_damaged(self, problem: BookNotCopied, go_on: Callable[[], object]) -> None:
        """Some originals cannot be read: ``go_on`` when the rest is to be copied all the same."""


class CopiesPresenter:
    """Drives one :class:`CopiesView`. GUI thread.

    ``copied`` is called when copies or places changed: what was said of them may not hold any more.
    """

    def __init__(
        self, view: CopiesView, *, backups: Backups, deliver: Deliver, copied: Callable[[], object]
    ) -> None:
        self._view, self._backups, self._deliver, self._copied = view, backups, deliver, copied
        self._work = Work(deliver)

    @property
    def is_running(self) -> bool:
        """Whether something is being done that must not end because nobody touches anything."""
        return self._work.is_running

    @property
    def default_folder(self) -> Path:
        """Where copies are kept when nothing else was chosen."""
        return self._backups.default_folder

    def suggested_name(self) -> str:
        """What a copy in one file is called, unless another name is chosen."""
        return self._backups.suggested_name()

    def show(self) -> None:
        """Read everything anew."""

        def known(places: tuple[BackupPlace, ...]) -> None:
            self._deliver(
                self._backups.drives(), lambda drives: self._show(places, drives), self._view.show_problem
            )

        self._deliver(self._backups.places(), known, self._view.show_problem)

    def _show(self, places: Sequence[BackupPlace], drives: Sequence[Drive]) -> None:
        self._view.show_places(places, [drive for drive in drives if drive.place is None])
        for place in places:
            if place.is_there and place.copies:
                self._read_older(place.id)

    def _read_older(self, place: PlaceId) -> None:
        def known(number: int | None) -> None:
            if number:
                self._view.show_older(place, number)

        # Why it cannot be known is said where something is done there.
        self._deliver(or_none(self._backups.older_sheet(place)), known, lambda _: None)

    # copies

    def copy(self, place: PlaceId, *, without_damaged: bool = False) -> None:
        """Make a copy in a place now."""
        self._long(
            "copy",
            lambda course: self._backups.copy(
                place, course.told, course.stop, without_damaged=without_damaged
            ),
            lambda snapshot: self._view.show_copied(snapshot, None),
            lambda: self.copy(place, without_damaged=True),
        )

    def copy_to_file(self, file: Path, *, without_damaged: bool = False) -> None:
        """Make a copy that is one file, to be carried away."""
        self._long(
            "file",
            lambda course: self._backups.copy_to_file(
                file, course.told, course.stop, without_damaged=without_damaged
            ),
            lambda snapshot: self._view.show_copied(snapshot, file),
            lambda: self.copy_to_file(file, without_damaged=True),
        )

    def verify(self, place: PlaceId) -> None:
        """Read the newest copy of a place from beginning to end."""
        self._long(
            "verify",
            lambda course: self._backups.verify(place, course.told, course.stop),
            self._view.show_verified,
            lambda: None,
        )

    def _long(
        self,
        doing: Doing,
        start: Callable[[Course], Future[T]],
        done: Callable[[T], object],
        all_the_same: Callable[[], object],
    ) -> None:
        def succeeded(result: T | None) -> None:
            self._changed()
            if result is not None:  # the place has not been taken off the list meanwhile
                done(result)

        def failed(error: MemoryBookError) -> None:
            self._changed()
            if isinstance(error, BookNotCopied) and error.may_go_on:
                self._view.ask_without_damaged(error, all_the_same)
            else:
                self._view.show_problem(error)

        self._work.begin(
            lambda course: or_none(start(course)),
            lambda course: self._view.show_course(course, doing),
            done=succeeded,
            stopped=lambda: self._view.show_stopped(doing),
            failed=failed,
        )

    def _changed(self) -> None:
        self.show()
        self._copied()

    # places

    def add(self, folder: Path) -> None:
        """Keep copies in this folder too."""
        self._do(self._backups.add_place(folder), lambda _: self._view.show_done("added"))

    def move_default(self, folder: Path) -> None:
        """Keep the copies that are made by themselves in another folder from now on."""
        self._do(self._backups.move_default(folder), lambda _: self._view.show_done("moved"))

    def forget(self, place: PlaceId) -> None:
        """Make no more copies there. Those that are there stay."""
        self._do(self._backups.forget_place(place), lambda _: self._view.show_done("forgotten"))

    def set_automatic(self, place: PlaceId, *, on: bool) -> None:
        """Whether copies are made there by themselves."""
        self._do(self._backups.set_automatic(place, on), lambda _: None)

    def keep_only_newest(self, place: PlaceId) -> None:
        """Delete every copy there but the newest, for ever."""
        self._do(self._backups.keep_only_newest(place), lambda number: self._view.show_removed(number or 0))

    def remove_older_sheet(self, place: PlaceId) -> None:
        """Delete the copies there that open with a withdrawn sheet, for ever."""
        self._do(self._backups.remove_older_sheet(place), lambda number: self._view.show_removed(number or 0))

    def _do(self, future: Future[T], done: Callable[[T | None], object]) -> None:
        def succeeded(result: T | None) -> None:
            self._changed()
            done(result)

        def failed(error: MemoryBookError) -> None:
            self._changed()
            self._view.show_problem(error)

        self._deliver(or_none(future), succeeded, failed)

    def leave(self) -> None:
        """The book is being closed: what is not done yet is given up."""
        self._work.leave()
