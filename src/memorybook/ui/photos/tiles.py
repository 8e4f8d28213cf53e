"""A list view whose rows stand as tiles side by side: where they are, how they scroll and are painted."""

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from memorybook.ui.core import theme
from memorybook.ui.photos import cells
from memorybook.ui.photos.cells import Cells
from memorybook.ui.photos.delegate import TileDelegate
from memorybook.ui.photos.model import PhotosModel

_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
Index = QModelIndex | QPersistentModelIndex


class TileView(QListView):
    """Qt's own icon mode asks every row for its size again and again; here places are worked out.

    ``seen`` tells that other tiles are in sight, or the same at another size. A widget can stand below the
    last row (:meth:`set_foot`) and scrolls with the tiles.
    """

    seen = Signal()

    def __init__(self, photos: PhotosModel, delegate: TileDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos, self._tiles = photos, delegate
        self._size = cells.USUAL
        self._foot: QWidget | None = None
        self.setModel(photos)
        self.setItemDelegate(delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        theme.current().changed.connect(self._dress)

    def set_foot(self, foot: QWidget) -> None:
        """What stands below the last row."""
        self._foot = foot
        foot.setParent(self.viewport())
        foot.installEventFilter(self)
        self.doItemsLayout()

    @property
    def size_of_tiles(self) -> int:
        """One of the sizes of :mod:`~memorybook.ui.photos.cells`."""
        return self._size

    def show_size(self, size: int) -> None:
        """Other tiles; what stood first in sight stays there."""
        size = max(cells.SMALLEST, min(size, cells.LARGEST))
        if size != self._size:
            at_top = self.in_sight()
            self._size = size
            self.doItemsLayout()
            if at_top:
                self.verticalScrollBar().setValue(self.cells().place(at_top[0])[1] - self.cells().top)

    def cells(self) -> Cells:
        """Where the tiles stand now."""
        # Not the viewport's: a bar that comes with one more row would make fewer columns, and more rows.
        room = self.width()
        foot = self._foot_high(room)
        return cells.fit(
            self._photos.rowCount(),
            room,
            size=self._size,
            scale=theme.current().scale,
            foot=foot + theme.current().px(12) if foot else 0,
            mirrored=self.isRightToLeft(),
        )

    def in_sight(self) -> range:
        """The tiles that can be seen, wholly or in part."""
        top = self.verticalOffset()
        return self.cells().between(top, top + self.viewport().height() - 1)

    def _foot_high(self, room: int) -> int:
        """How tall the widget below the last row is; 0 when there is none to be seen."""
        if self._foot is None or self._foot.isHidden():
            return 0
        side = theme.current().px(40)
        width = max(room - 2 * side, 1)
        return self._foot.heightForWidth(width) if self._foot.hasHeightForWidth() else self._foot.height()

    def _place_foot(self, grid: Cells) -> None:
        if self._foot is not None and not self._foot.isHidden():
            width = max(grid.room - 2 * grid.side, 1)
            top = grid.grid_end + theme.current().px(12) - self.verticalOffset()
            self._foot.setGeometry(self._shift() + grid.side, top, width, self._foot_high(grid.room))

    def _shift(self) -> int:
        """In a mirrored window the scroll bar stands at the left of the viewport."""
        return -self.viewport().x()

    def _dress(self) -> None:
        at_top = self.in_sight()
        self.doItemsLayout()
        if at_top:
            self.verticalScrollBar().setValue(self.cells().place(at_top[0])[1] - self.cells().top)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._foot and event.type() in {
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
            QEvent.Type.LayoutRequest,
        }:
            self.doItemsLayout()
        return False

    # where tiles stand

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        left, top, width, height = self.cells().place(index.row())
        return QRect(left + self._shift(), top - self.verticalOffset(), width, height)

    def indexAt(self, p: QPoint) -> QModelIndex:
        place = self.cells().at(p.x() - self._shift(), p.y() + self.verticalOffset())
        return QModelIndex() if place is None else self._photos.index(place)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible) -> None:
        if not index.isValid():
            return
        grid = self.cells()
        _, top, _, height = grid.place(index.row())
        room, now = self.viewport().height(), self.verticalOffset()
        bar = self.verticalScrollBar()
        if hint is _Hint.PositionAtCenter:
            bar.setValue(top + height // 2 - room // 2)
        elif hint is _Hint.PositionAtTop or (hint is _Hint.EnsureVisible and top - grid.below < now):
            bar.setValue(top - grid.below)
        elif hint is _Hint.PositionAtBottom or top + height + grid.below > now + room:
            bar.setValue(top + height + grid.below - room)

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        grid, bar = self.cells(), self.verticalScrollBar()
        room = self.viewport().height()
        bar.setSingleStep(max(grid.pitch // 3, 1))
        bar.setPageStep(room)
        bar.setRange(0, max(0, grid.total - room))
        QAbstractItemView.updateGeometries(self)
        self._place_foot(grid)
        self.seen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002 - Qt's signature
        # Moved along, what was painted stays in sight after a leap of more than what is shown.
        self.viewport().update()
        self._place_foot(self.cells())
        self.seen.emit()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: object) -> QModelIndex:  # noqa: ARG002 - Qt's signature
        grid = self.cells()
        if not grid.count:
            return QModelIndex()
        if not self.currentIndex().isValid():
            return self._photos.index(self.in_sight().start)
        current = self.currentIndex().row()
        leap = max(1, self.viewport().height() // grid.pitch) * grid.columns
        forward = -1 if grid.mirrored else 1
        step = {
            _Move.MoveLeft: -forward,
            _Move.MoveRight: forward,
            _Move.MovePrevious: -1,
            _Move.MoveNext: 1,
            _Move.MoveUp: -grid.columns,
            _Move.MoveDown: grid.columns,
            _Move.MovePageUp: -leap,
            _Move.MovePageDown: leap,
            _Move.MoveHome: -current,
            _Move.MoveEnd: grid.count - 1 - current,
        }.get(action, 0)
        to = current + step
        if action is _Move.MoveUp and to < 0:
            to = current
        elif action is _Move.MoveDown and to >= grid.count:  # down into a last row that is not full
            below = current // grid.columns + 1 < grid.rows
            to = grid.count - 1 if below else current
        return self._photos.index(max(0, min(to, grid.count - 1)))

    # what is chosen is decided by whoever takes the keys and the mouse

    def selectionCommand(
        self, index: Index, event: QEvent | None = None  # noqa: ARG002 - Qt's signature
    ) -> QItemSelectionModel.SelectionFlag:
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        chosen = QItemSelection()
        if index.isValid():
            chosen.select(index, index)
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: ARG002 - Qt's signature
        return QRegion(self.viewport().rect())

    def currentChanged(self, current: Index, previous: Index) -> None:
        # QListView tells screen readers the place a row has in its own layout, which stays empty here.
        QAbstractItemView.currentChanged(self, current, previous)
        self.viewport().update()
        if current.isValid() and QAccessible.isActive():
            told = QAccessibleEvent(self, QAccessible.Event.Focus)
            told.setChild(current.row())
            QAccessible.updateAccessibility(told)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        grid, top = self.cells(), self.verticalOffset()
        self._tiles.words_high = grid.words
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        usual = QStyle.StateFlag(option.state)
        usual &= ~(QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        focused, current = self.hasFocus(), self.currentIndex().row()
        for place in grid.between(top + event.rect().top(), top + event.rect().bottom()):
            index = self._photos.index(place)
            option.rect = self.visualRect(index)
            option.state = usual
            if self.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if focused and place == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            self._tiles.paint(painter, option, index)
        self.paint_over(painter)
        painter.end()

    def paint_over(self, painter: QPainter) -> None:
        """What stands above the tiles."""
