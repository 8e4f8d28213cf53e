"""The side with the list: search, chips, what happened, and the pages by month."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.story.filters import FilterBar
from memorybook.ui.story.listing import StoryList
from memorybook.ui.story.model import StoryModel

_MARGIN = 22


class Panel(QFrame):
    """``search``, ``filters``, ``notice`` and ``list`` below one another."""

    def __init__(self, story: StoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(24), 0, 0)
        column.setSpacing(px(8))
        self.search = QLineEdit()
        self.search.setObjectName("story-search")
        self.search.setPlaceholderText(tr("Search your story"))
        self.search.setAccessibleName(tr("Search your story"))
        self.search.setInputMethodHints(OWN_WORDS)
        self._clear = self.search.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText(tr("Clear the search"))
        self._clear.setToolTip(tr("Clear the search"))
        self._clear.triggered.connect(self.search.clear)
        self.search.textChanged.connect(lambda words: self._clear.setVisible(bool(words)))
        theme.current().changed.connect(self._dress)
        self._dress()
        self._clear.setVisible(False)
        self.search.installEventFilter(self)
        self.filters = FilterBar()
        self.notice = Notice(name="story-notice", stands=True)
        self._words = label("", "soft")
        self._words.setObjectName("story-words")
        self._words.hide()
        self._action = Button("", name="story-words-action", variant="link")
        self._action.clicked.connect(self._act)
        self._acts: Callable[[], object] | None = None
        self._action.hide()
        held = QVBoxLayout()
        held.setContentsMargins(px(_MARGIN), 0, px(_MARGIN), 0)
        held.setSpacing(px(11))
        for widget in (self.search, self.filters, self.notice, self._words):
            held.addWidget(widget)
        below = QHBoxLayout()
        below.addWidget(self._action)
        below.addStretch(1)
        held.addLayout(below)
        column.addLayout(held)
        self.list = StoryList(story)
        column.addWidget(self.list, 1)

    def _dress(self) -> None:
        self._clear.setIcon(theme.current().icon("remove", "ink_soft"))

    def say(self, words: str, *, action: str = "", acts: Callable[[], object] | None = None) -> None:
        """Say why the list is empty, with a way on if there is one."""
        self._words.setText(words)
        self._words.show()
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._acts = acts

    def say_nothing(self) -> None:
        """The list speaks for itself."""
        self._words.hide()
        self._action.hide()

    def _act(self) -> None:
        if self._acts is not None:
            self._acts()

    def search_for(self, letters: str) -> None:
        """Letters typed in the list go to the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + letters)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the search field goes to the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            if event.type() == QEvent.Type.KeyPress:
                self.list.setFocus()
            return True
        return super().eventFilter(watched, event)
