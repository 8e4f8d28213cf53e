"""The pages of the window that show nothing of a book: lock, cover, support, help, and what is held back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from memorybook.services.recovery import RecoveryWords
from memorybook.ui.core import closing, cover
from memorybook.ui.lock.view import LockScreen

if TYPE_CHECKING:  # made once they are asked for: a closed book has to be there in a moment
    from memorybook.ui.help.view import HelpPage
    from memorybook.ui.shell.held import HeldPage
    from memorybook.ui.shell.surroundings import Surroundings
    from memorybook.ui.support.view import SupportPage


class ClosedPages:
    """They stand in ``stack``. ``admit`` gets the passphrase that was typed where words are held back."""

    def __init__(
        self,
        stack: QStackedWidget,
        around: "Surroundings",
        words: RecoveryWords,
        *,
        admit: Callable[[str], object],
        uncover: Callable[[], object],
        close_book: Callable[[], object],
    ) -> None:
        self._stack = stack
        self._around = around
        self._admit = admit
        self._support: SupportPage | None = None
        self._help: HelpPage | None = None
        self.held: HeldPage | None = None
        self.lock = LockScreen(words)
        self.lock.supportWanted.connect(self._show_support)
        self.lock.helpWanted.connect(self._show_help)
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

    def show_held(self) -> "HeldPage":
        """The page that stands before words which are not kept yet."""
        if self.held is None:
            from memorybook.ui.shell.held import HeldPage

            self.held = HeldPage()
            self.held.opened.connect(self._admit)
            self._stack.addWidget(self.held)
        self._stack.setCurrentWidget(self.held)
        return self.held

    def _all(self) -> list[QWidget]:
        pages = (self.lock, self._cover, self._support, self._help, self.held)
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
