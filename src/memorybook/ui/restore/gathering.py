"""Gathering what can still be read of a damaged book, or of a damaged copy, into a new one."""

from pathlib import Path
from typing import Protocol

from memorybook.domain.restoring import Copy
from memorybook.domain.salvage import SalvageMarks, SalvageReport
from memorybook.errors import MemoryBookError
from memorybook.services import copy_rest
from memorybook.services.vault import Library
from memorybook.ui.core.course import Course
from memorybook.ui.restore.long_work import LongWork


class GatherView(Protocol):
    """What the screen is told of it."""

    def show_gather_key(self, target: Path) -> None:
        """Ask for the passphrase or the words of the damaged book."""

    def show_place(self, target: Path) -> None:
        """The new book goes there."""

    def marks(self) -> SalvageMarks:
        """The words that mark what is not whole."""

    def show_gathered(self, book: Path, report: SalvageReport) -> None:
        """What is in the new book, and what is not; the damaged one stays where it is."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened."""


class Gathering:
    """Reads one damaged book or copy. GUI thread; every method returns at once."""

    def __init__(self, view: GatherView, *, library: Library, work: LongWork) -> None:
        self._view, self._library, self._work = view, library, work
        self._source: Path | Copy = Path()
        self._target = Path()

    def begin(self, source: Path | Copy, target: Path) -> None:
        """Ask for the key of the damaged book in a folder, or of a copy that is damaged."""
        self._source, self._target = source, target
        self._view.show_gather_key(target)

    def put_into(self, target: Path) -> None:
        """Another place for the new book."""
        self._target = target
        self._view.show_place(target)

    def go(self, *, passphrase: str | None = None, words: str | None = None) -> None:
        """Gather it, with one of the two."""
        source, target, marks = self._source, self._target, self._view.marks()

        def work(course: Course) -> SalvageReport:
            salvaging = self._library.salvaging
            if isinstance(source, Copy):
                return copy_rest.gather(
                    salvaging,
                    source,
                    target,
                    course.told,
                    course.stop,
                    passphrase=passphrase,
                    words=words,
                    marks=marks,
                )
            return salvaging.salvage(
                source,
                target,
                passphrase=passphrase,
                words=words,
                told=course.told,
                stop=course.stop,
                marks=marks,
            )

        def done(report: SalvageReport) -> None:
            self._view.show_gathered(source.path if isinstance(source, Copy) else source, report)

        # Stopped too late, a whole book is there all the same: nothing that holds content goes by itself.
        self._work.go("gather", work, done, self._view.show_problem, done)
