"""What is said above the grid, one below the other; in a low window it scrolls and leaves room for it."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from memorybook.ui.core import theme
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.photos.cells import side_of

_LEAST = 76


class Messages(ScrollColumn):
    """Takes the widgets; each is hidden as long as it has nothing to say."""

    def __init__(self, *widgets: QWidget, parent: QWidget | None = None) -> None:
        self._parts: tuple[QWidget, ...] = ()
        super().__init__(parent=parent)
        self._parts = widgets
        for widget in widgets:
            self.column.addWidget(widget)
            widget.installEventFilter(self)
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._high(), theme.current().px(_LEAST)))

    def _high(self) -> int:
        if all(widget.isHidden() for widget in self._parts):
            return 0
        return self.height_for(self.width())

    def _measure(self) -> None:
        px = theme.current().px
        side = side_of(self.width(), theme.current().scale)
        said = any(not widget.isHidden() for widget in self._parts)
        self.set_margins(side, 0, side, px(12) if said else 0)
        self.setMaximumHeight(self._high())
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handled = super().eventFilter(watched, event)
        if event.type() in {
            QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest,
        }:  # fmt: skip
            self._measure()
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()
