"""A layout that puts widgets in lines and wraps them, as words do."""

from collections.abc import Iterator

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget

_ENDLESS = 1 << 20


def lie_or_stand(layout: QBoxLayout, *, narrow: bool) -> None:
    """Put the parts of a row below one another where the room for them is narrow."""
    direction = QBoxLayout.Direction
    layout.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


class FlowLayout(QLayout):
    """Left to right (or right to left) in lines, as many as the width asks for.

    ``gap`` is in pixels; ``trailing`` puts what does not fill a line at its far end, ``centred`` in its
    middle. With ``one_line`` it asks for the width of all of them side by side, and wraps with less.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 8,
        trailing: bool = False,
        centred: bool = False,
        one_line: bool = False,
    ) -> None:
        super().__init__(parent)
        self._trailing = trailing
        self._centred = centred
        self._one_line = one_line
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(QMargins())

    def put(self, *, trailing: bool) -> None:
        """Put what does not fill a line at its far end, or at its beginning."""
        self._trailing = trailing
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insertWidget(self, index: int, widget: QWidget) -> None:
        """Put a widget before the one at ``index``."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        least = self.minimumSize()
        if not self._one_line:
            return least
        hints = [hint for line in self._lines(_ENDLESS) for _, hint in line]
        across = sum(hint.width() for hint in hints) + self.spacing() * max(len(hints) - 1, 0)
        return least.expandedTo(QSize(across, 0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            widget = item.widget()
            if widget is None or not widget.isHidden():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        parent = self.parentWidget()
        from_right = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        y = rect.y()
        for line in self._lines(rect.width()):
            width = sum(hint.width() for _, hint in line) + self.spacing() * (len(line) - 1)
            left = rect.width() - width
            x = rect.x() + (left // 2 if self._centred else left if self._trailing != from_right else 0)
            height = max(hint.height() for _, hint in line)
            for item, hint in reversed(line) if from_right else line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - hint.height()) // 2), hint))
                x += hint.width() + self.spacing()
            y += height + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _lines(self, width: int) -> Iterator[list[tuple[QLayoutItem, QSize]]]:
        line: list[tuple[QLayoutItem, QSize]] = []
        used = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint().expandedTo(item.minimumSize())
            if hint.width() > width and item.hasHeightForWidth():
                hint = QSize(width, item.heightForWidth(width))
            if line and used + hint.width() > width:
                yield line
                line, used = [], 0
            line.append((item, hint))
            used += hint.width() + self.spacing()
        if line:
            yield line
