"""Cards of different heights in columns of one width, each below the shortest column so far."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_MOST = 4


class ColumnsLayout(QLayout):
    """As many columns as have room at ``narrowest`` pixels each. Tops go down in the order of the cards."""

    def __init__(self, parent: QWidget | None = None, *, narrowest: int, gap: int) -> None:
        super().__init__(parent)
        self._narrowest = narrowest
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def put_in_order(self, widgets: list[QWidget]) -> None:
        """Lay these out in this order; each is in the layout already."""
        place = {id(widget): number for number, widget in enumerate(widgets)}
        self._items.sort(key=lambda item: place.get(id(item.widget()), len(place)))
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        # the height is told by the width alone
        return QSize(max((item.minimumSize().width() for item in self._items), default=0), 0)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        gap = self.spacing()
        number = max(1, min(_MOST, (rect.width() + gap) // (self._narrowest + gap)))
        wide = (rect.width() - gap * (number - 1)) // number
        parent = self.parentWidget()
        from_right = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        ends = [0] * number
        for item in self._items:
            column = ends.index(min(ends))
            high = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            if move:
                place = number - 1 - column if from_right else column
                item.setGeometry(
                    QRect(rect.left() + place * (wide + gap), rect.top() + ends[column], wide, high)
                )
            ends[column] += high + gap
        return max(max(ends) - gap, 0)
