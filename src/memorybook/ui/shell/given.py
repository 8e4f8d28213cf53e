"""What the program was started with, the first time or once more: a book, a copy of one, or neither."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import shiboken6

from memorybook.errors import BookMissing, MemoryBookError, NotABook
from memorybook.ui.core import dialogs
from memorybook.ui.core.delivery import Run
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.tasks import delivery_to

if TYPE_CHECKING:
    from memorybook.services.vault import Library
    from memorybook.ui.shell.main_window import MainWindow

_COPIES = {".mbbackup", ".zip"}

Turn = Literal["book", "copy", ""]


def looks_like_copy(path: Path) -> bool:
    """Whether its name alone says that it is a copy of a book. Asks no drive."""
    return path.suffix.lower() in _COPIES


class Given:
    """Leads the window to it. GUI thread; drives are asked on another.

    ``go_on`` closes the open book and has the program begin again with what is given to it.
    """

    def __init__(
        self, window: "MainWindow", library: "Library", run: Run, go_on: Callable[[Path], object]
    ) -> None:
        self._window, self._library, self._run, self._go_on = window, library, run, go_on
        self._question: dialogs.Sheet | None = None
        self._path = Path()
        self._turn = 0  # which was given last: a slow drive may answer late

    def begin(self, path: Path) -> None:
        """Show what the program was begun with, in a window that shows the closed book."""
        if looks_like_copy(path):
            self._window.pages.bring_back_from(path)
        else:
            self._look(path)

    def open(self, path: Path) -> None:
        """Turn to what a second start was given, as far as that goes with what is in the window already."""
        window = self._window
        if window.folder is not None:
            self._beside_open(path, window.folder)
        elif not window.locking.is_busy:
            if not looks_like_copy(path):
                window.pages.show_lock()
                window.locking.choose_book(path)
            self.begin(path)

    def _look(self, path: Path) -> None:
        """The closed book says what is wrong with a book's folder; of any other it is looked what it is."""

        def found(turn: Turn) -> None:
            if self._window.folder is not None or self._window.locking.folder != path:
                return  # something else was chosen meanwhile
            if turn == "copy":
                self._window.pages.bring_back_from(path)
            elif turn == "book":
                self._window.locking.choose_book(path.parent)

        delivery_to(self._window)(self._run(lambda: _turn_for(path, self._library)), found, lambda _: None)

    def _beside_open(self, path: Path, open_folder: Path) -> None:
        self._turn += 1
        turn = self._turn

        def looked(*, is_same: bool) -> None:
            if not is_same and turn == self._turn and self._window.folder == open_folder:
                self._ask(path)

        work = self._run(lambda: _is_in(path, open_folder))
        delivery_to(self._window)(work, lambda same: looked(is_same=same), lambda _: None)

    def _ask(self, path: Path) -> None:
        self._path = path
        if self._question is not None and shiboken6.isValid(self._question):
            return  # it stands there already, and is about the one that was chosen last
        self._question = dialogs.ask(
            self._window,
            tr("Close this book?"),
            tr(
                "Something else was chosen while this book is open: another book, or a copy of one. "
                "This book is closed first. All that is in it is kept."
            ),
            yes=tr("Close this book"),
            no=tr("Stay here"),
            name="given",
            agreed=lambda: self._go_on(self._path),
        )


def _turn_for(path: Path, library: "Library") -> Turn:
    """Where somebody who gives this is to be led; nowhere when the closed book knows best. Blocks."""
    if path.is_file():
        return "book" if _is_book(path.parent, library) else "copy"
    try:
        library.look(path)
    except (BookMissing, NotABook):
        try:
            found = library.restoring.find(path)
        except MemoryBookError:
            return ""
        from memorybook.domain.restoring import CopyKind  # not wanted where a book is there

        return "copy" if any(copy.kind is not CopyKind.FOLDER for copy in found) else ""
    except MemoryBookError:
        return ""
    return ""


def _is_book(folder: Path, library: "Library") -> bool:
    try:
        library.look(folder)
    except MemoryBookError:
        return False
    return True


def _is_in(path: Path, folder: Path) -> bool:
    """Whether it is this folder, by whatever name, or something in it. Blocks."""
    try:
        return any(each.samefile(folder) for each in (path, *path.parents) if each.exists())
    except OSError:
        return False
