"""List and page of the story: beside one another, or one at a time where there is no room for both."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.story.model import StoryModel
from memorybook.ui.story.panel import Panel
from memorybook.ui.story.reading import ReadingPane

_NARROW = 640
_UNLIMITED = 16_777_215


class TwoSides(QWidget):
    """The panel with the list, and the pane with the page that is read."""

    def __init__(self, story: StoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = story
        self._model.setParent(self)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._panel = Panel(story)
        across.addWidget(self._panel)
        self._pane = ReadingPane()
        self._pane.backWanted.connect(lambda: self._open_pane(on=False))
        across.addWidget(self._pane, 1)
        self._alone = False
        self._pane_is_open = False
        theme.current().changed.connect(self._fit)

    def _fit(self) -> None:
        px = theme.current().px
        self._alone = self.width() < px(_NARROW)
        wide = min(px(376), self.width() * 40 // 100)
        self._panel.setMinimumWidth(0 if self._alone else wide)
        self._panel.setMaximumWidth(_UNLIMITED if self._alone else wide)
        self._panel.setVisible(not (self._alone and self._pane_is_open))
        self._pane.setVisible(not self._alone or self._pane_is_open)
        self._pane.stand_alone(alone=self._alone)

    def _open_pane(self, *, on: bool) -> None:
        self._pane_is_open = on
        self._fit()
        if not on:
            self._panel.list.setFocus()
        elif self._alone:
            self._pane.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
