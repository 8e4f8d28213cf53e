"""A new book out of an archive: what is asked for it, and what came of it."""

from pathlib import Path
from typing import Protocol

from memorybook.domain.archive import ArchiveReport
from memorybook.errors import MemoryBookError
from memorybook.services.archiving import reading
from memorybook.services.vault import Library
from memorybook.ui.core.passphrases import PassphraseCheck, Remark
from memorybook.ui.restore.long_work import LongWork


class ArchiveView(Protocol):
    """What the screen is told of an archive."""

    def show_new_book(self, target: Path, *, locked: bool) -> None:
        """Ask for the passphrase of the new book, and for the password of an archive that is locked."""

    def show_place(self, target: Path) -> None:
        """The book goes there; what is asked for can be given again."""

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet, or is worth a second thought."""

    def show_read_in(self, target: Path, report: ArchiveReport) -> None:
        """The new book is there."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened."""


class ReadingIn:
    """Takes one archive into a new book. GUI thread; every method returns at once."""

    def __init__(self, view: ArchiveView, *, library: Library, work: LongWork) -> None:
        self._view, self._library, self._work = view, library, work
        self._check = PassphraseCheck()
        self._source = self._target = Path()

    def begin(self, source: Path, target: Path, *, locked: bool) -> None:
        """Ask what is needed for the archive at ``source``."""
        self._check.forget()
        self._source, self._target = source, target
        self._view.show_new_book(target, locked=locked)

    def put_into(self, target: Path) -> None:
        """Another place for the new book."""
        self._target = target
        self._view.show_place(target)

    def make(self, password: str, passphrase: str, again: str) -> None:
        """Make the book, once the two passphrases hold."""
        remark = self._check.remark(passphrase, again)
        if remark is not None:
            self._view.show_remark(remark)
            return
        source, target = self._source, self._target

        def done(report: ArchiveReport) -> None:
            self._view.show_read_in(target, report)

        self._work.go(
            "archive",
            lambda course: reading.into_new_book(
                self._library,
                source,
                target,
                passphrase,
                password=password,
                told=course.told,
                stop=course.stop,
            ),
            done,
            self._view.show_problem,
            done,  # a whole book is there, and nothing that holds content goes by itself
        )
