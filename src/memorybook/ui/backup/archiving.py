"""Taking everything out: where it goes, and what came of it."""

from pathlib import Path
from typing import Protocol

from memorybook.domain.archive import ArchiveForm, ArchiveReport
from memorybook.errors import MemoryBookError
from memorybook.services.archiving.archive import Archive
from memorybook.ui.backup.work import Shown, Work
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver


class ArchiveView(Protocol):
    """What the card shows."""

    def show_course(self, course: Course) -> Shown:
        """It is being written; what is returned shows how far."""

    def show_saved(self, to: Path, form: ArchiveForm, report: ArchiveReport) -> None:
        """All of it is there, but for what could not be read."""

    def show_stopped(self) -> None:
        """The person stopped it."""

    def show_problem(self, error: MemoryBookError) -> None:
        """It could not be written."""


class ArchivePresenter:
    """Drives one :class:`ArchiveView`. GUI thread."""

    def __init__(self, view: ArchiveView, *, archive: Archive, deliver: Deliver) -> None:
        self._view, self._archive = view, archive
        self._work = Work(deliver)

    @property
    def is_running(self) -> bool:
        """Whether something is being written."""
        return self._work.is_running

    def save(self, to: Path, form: ArchiveForm, password: str = "") -> None:
        """Write everything to a new folder, or to a file, which is replaced if it is there."""
        self._work.begin(
            lambda course: self._archive.save(
                to, form, password=password, told=course.told, stop=course.stop
            ),
            self._view.show_course,
            done=lambda report: self._view.show_saved(to, form, report),
            stopped=self._view.show_stopped,
            failed=self._view.show_problem,
        )

    def save_in(self, folder: Path, name: str) -> None:
        """Write a new folder of this name, or with a number behind it, into one that is there."""
        to, number = folder / name, 2
        while to.exists():
            to, number = folder / f"{name} {number}", number + 1
        self.save(to, ArchiveForm.FOLDER)

    def leave(self) -> None:
        """The book is being closed."""
        self._work.leave()
