"""The pages of the window that show no open book: lock, cover, support, help, and bringing a book back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from memorybook.services.recovery import RecoveryWords
from memorybook.ui.core import closing, cover
from memorybook.ui.core.tasks import delivery_to
from memorybook.ui.lock.view import LockScreen

if TYPE_CHECKING:  # made once they are asked for: a closed book has to be there in a moment
    from memorybook.services.vault import Library
    from memorybook.ui.backup.closing_page import ClosingPage
    from memorybook.ui.core.course import Course
    from memorybook.ui.help.view import HelpPage
    from memorybook.ui.restore.presenter import Reason
    from memorybook.ui.restore.view import RestorePage
    from memorybook.ui.shell.held import HeldPage
    from memorybook.ui.shell.surroundings import Surroundings
    from memorybook.ui.support.view import SupportPage


class ClosedPages:
    """They stand in ``stack``. ``admit`` gets the passphrase that was typed where words are held back.

    ``library`` and ``home``, the folder in which books are begun, are for those that are brought back.
    """

    def __init__(
        self,
        stack: QStackedWidget,
        around: "Surroundings",
        words: RecoveryWords,
        *,
        library: "Library",
        home: Path,
        admit: Callable[[str], object],
        uncover: Callable[[], object],
        close_book: Callable[[], object],
    ) -> None:
        self._stack = stack
        self._around = around
        self._words, self._library, self._home = words, library, home
        self._admit = admit
        self._restore: RestorePage | None = None
        self._support: SupportPage | None = None
        self._help: HelpPage | None = None
        self.held: HeldPage | None = None
        self._copying: ClosingPage | None = None
        self.lock = LockScreen(words)
        self.lock.supportWanted.connect(self._show_support)
        self.lock.helpWanted.connect(self._show_help)
        self.lock.copyWanted.connect(self._show_restore)
        stack.addWidget(self.lock)
        self._cover = cover.CoverPage(closing.CLOSE_KEY)
        self._cover.uncoverWanted.connect(uncover)
        self._cover.closeWanted.connect(close_book)
        stack.addWidget(self._cover)

    def show_lock(self) -> None:
        """The closed book."""
        self._stack.setCurrentWidget(self.lock)

    def show_cover(self) -> None:
        """The cover over an open book."""
        self._stack.setCurrentWidget(self._cover)
        self._cover.setFocus()

    def _show_support(self) -> None:
        if self._support is None:
            from memorybook.ui.support.view import SupportPage

            self._support = SupportPage(
                self._around.support, self._around.device, run=self._around.background.run, closed=True
            )
            self._support.backWanted.connect(self.show_lock)
            self._stack.addWidget(self._support)
        self._stack.setCurrentWidget(self._support)

    def _show_help(self) -> None:
        if self._help is None:
            from memorybook.ui.help.view import HelpPage

            self._help = HelpPage()
            self._help.backWanted.connect(self.show_lock)
            self._stack.addWidget(self._help)
        self._stack.setCurrentWidget(self._help)

    def _show_restore(self, book: Path | None, reason: "Reason") -> None:
        if self._restore is None:
            self._restore = self._make_restore()
        self._stack.setCurrentWidget(self._restore)
        self._restore.presenter.begin(book, reason)

    def bring_back_from(self, source: Path) -> None:
        """Bring a book back from what was chosen outside: a copy, a place of copies, or an archive."""
        self.lock.presenter.typing()  # the keyring would open a book in the middle of it
        self._show_restore(None, "wanted")
        if self._restore is not None:
            self._restore.presenter.look_at(source)

    def _make_restore(self) -> "RestorePage":
        from memorybook.ui.restore.presenter import RestorePresenter
        from memorybook.ui.restore.view import RestorePage

        page = RestorePage(self._words, now=self._around.now)
        page.presenter = RestorePresenter(
            page,
            library=self._library,
            run=self._around.background.run,
            deliver=delivery_to(page),
            home=self._home,
        )
        page.backWanted.connect(self._back_to_lock)
        page.openWanted.connect(self._open_restored)
        self._stack.addWidget(page)
        return page

    def _back_to_lock(self) -> None:
        self.show_lock()
        self.lock.take_focus()

    def _open_restored(self, folder: Path, by_words: bool) -> None:
        """Ask for what opens the book that is back."""
        self.show_lock()
        self.lock.presenter.choose_book(folder)
        if by_words:
            self.lock.presenter.use_words()

    def stop(self) -> None:
        """The window closes: what runs for a book that is brought back ends soon."""
        if self._restore is not None:
            self._restore.presenter.stop()

    def show_held(self) -> "HeldPage":
        """The page that stands before words which are not kept yet."""
        if self.held is None:
            from memorybook.ui.shell.held import HeldPage

            self.held = HeldPage()
            self.held.opened.connect(self._admit)
            self._stack.addWidget(self.held)
        self._stack.setCurrentWidget(self.held)
        return self.held

    def show_copying(self, course: "Course", close_now: Callable[[], object]) -> None:
        """A last copy of the book that is being closed is made; ``close_now`` does not wait for it."""
        if self._copying is not None:
            self._stack.removeWidget(self._copying)
            self._copying.deleteLater()
        from memorybook.ui.backup.closing_page import ClosingPage

        self._copying = ClosingPage()
        self._copying.closeNowWanted.connect(close_now)
        self._stack.addWidget(self._copying)
        self._stack.setCurrentWidget(self._copying)
        self._copying.show_course(course)
        self._copying.setFocus()

    def _all(self) -> list[QWidget]:
        pages = (
            self.lock,
            self._cover,
            self._support,
            self._help,
            self._restore,
            self.held,
            self._copying,
        )
        return [page for page in pages if page is not None]

    @property
    def is_shown(self) -> bool:
        """Whether one of them is in front."""
        return self._stack.currentWidget() in self._all()

    def let_go(self) -> None:
        """Take all of them out of the window; others have taken their place."""
        for page in self._all():
            self._stack.removeWidget(page)
            page.deleteLater()
