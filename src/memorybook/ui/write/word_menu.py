"""The part of a menu that is about one marked word: other words, and that this one is right."""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from memorybook.ui.core.i18n import tr


class WordMenu:
    """Stands at the top of a menu. The words come while it is open already; GUI thread."""

    def __init__(
        self, menu: QMenu, *, replace: Callable[[str], object], keep: Callable[[], object]
    ) -> None:
        self._menu = menu
        self._replace = replace
        self._reached = False
        before = menu.actions()[0] if menu.actions() else None
        self._waiting = self._add(tr("Looking for other words…"), before)
        self._waiting.setEnabled(False)
        self._keep = self._add(tr("Keep this word"), before)
        self._keep.triggered.connect(lambda: keep())
        if before is not None:
            menu.insertSeparator(before)

    def reach(self) -> None:
        """Have the keyboard at the first other word, as soon as there is one."""
        self._reached = True
        self._menu.setActiveAction(self._keep)

    def show_words(self, words: Sequence[str]) -> None:
        """What may have been meant, the likeliest first. A menu that is closed by now is left alone."""
        if not shiboken6.isValid(self._menu):
            return
        if not words:
            self._waiting.setText(tr("No similar word is known"))
            return
        added = []
        for word in words:
            action = self._add(word.replace("&", "&&"), self._waiting)
            action.triggered.connect(lambda _=False, taken=word: self._replace(taken))
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            added.append(action)
        self._menu.removeAction(self._waiting)
        if self._reached and self._menu.activeAction() in {None, self._keep}:
            self._menu.setActiveAction(added[0])
        self._stay_on_screen()

    def _stay_on_screen(self) -> None:
        """The menu has grown: it goes up by what would be below the screen."""
        below = self._menu.geometry().bottom() - self._menu.screen().availableGeometry().bottom()
        if self._menu.isVisible() and below > 0:
            self._menu.move(self._menu.x(), self._menu.y() - below)

    def _add(self, text: str, before: QAction | None) -> QAction:
        action = QAction(text, self._menu)
        if before is None:
            self._menu.addAction(action)
        else:
            self._menu.insertAction(before, action)
        return action
