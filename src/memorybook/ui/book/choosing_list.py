"""The list in which things are chosen one by one: boxes to tick, small pictures, an order to drag."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.material import Item, Key, Part
from memorybook.ui.book.wording import line_of, said_of
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.covered import paint_covered
from memorybook.ui.kit.labels import tool_tip
from memorybook.ui.kit.pictures import pixmap_from_jpeg

TILE = (48, 36)
"""Width and height of a small picture, in pixels at 100 %."""

_HELD = 400

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class ChoosingModel(QAbstractListModel):
    """The things that are listed, and which of them are in. It asks with ``need`` for a picture it shows.

    Of a covered photo nothing is asked for.
    """

    def __init__(self, word: str, need: Callable[[PhotoId], object]) -> None:
        super().__init__()
        self._word, self._need = word, need
        self._items: tuple[Item, ...] = ()
        self._going: frozenset[Key] = frozenset()
        self._covered: frozenset[PhotoId] = frozenset()
        self._pixmaps: OrderedDict[PhotoId, QPixmap] = OrderedDict()
        self._coming: set[PhotoId] = set()
        self._movable = False

    def show_items(
        self, items: Sequence[Item], going: frozenset[Key], covered: frozenset[PhotoId], *, movable: bool
    ) -> None:
        """List these anew. ``covered`` are all photos that are covered."""
        self.beginResetModel()
        self._items, self._going, self._covered = tuple(items), going, covered
        self._movable = movable
        self.endResetModel()

    def show_going(self, going: frozenset[Key]) -> None:
        """Other things are in."""
        self._going = going
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def item(self, row: int) -> Item:
        """What stands in a row."""
        return self._items[row]

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """A small picture has come."""
        self._coming.discard(photo)
        wide, high = (theme.current().px(each) for each in TILE)
        whole = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self._pixmaps[photo] = pixmap_from_jpeg(jpeg).scaled(wide, high, whole, smooth)
        while len(self._pixmaps) > _HELD:
            self._pixmaps.popitem(last=False)
        for row, item in enumerate(self._items):
            if self._photo_of(item) == photo:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._movable and self._items[index.row()].key in self._going:
            can |= Qt.ItemFlag.ItemIsDragEnabled
        return can

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line_of(item, self._word)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(line_of(item, self._word))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said_of(item, self._word)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if item.key in self._going else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and item.part in (Part.PHOTOS, Part.KEEPSAKES):
            return self._picture(item)
        return None

    def _photo_of(self, item: Item) -> PhotoId | None:
        if item.part is Part.PHOTOS:
            return PhotoId(item.id)
        return item.photos[0] if item.photos else None

    def _picture(self, item: Item) -> QPixmap:
        wide, high = (theme.current().px(each) for each in TILE)
        photo = self._photo_of(item)
        if photo is None or photo in self._covered:
            empty = QPixmap(wide, high)
            empty.fill(Qt.GlobalColor.transparent)
            if photo is not None:
                painter = QPainter(empty)
                paint_covered(painter, empty.rect(), focused=False, small=True)
                painter.end()
            return empty
        found = self._pixmaps.get(photo)
        if found is not None:
            return found
        if photo not in self._coming:
            self._coming.add(photo)
            self._need(photo)
        waiting = QPixmap(wide, high)
        waiting.fill(theme.current().colour("linen"))
        return waiting


class ChoosingList(QListView):
    """``toggled`` carries the row that was pressed, ``moved`` a row and the one it goes in front of.

    The space bar changes a row; Alt with an arrow moves it, ``stepped`` carries whether up (-1) or down.
    """

    toggled = Signal(int)
    moved = Signal(int, int)
    stepped = Signal(int)

    def __init__(self, model: ChoosingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choosing-list")
        self.setAccessibleName(tr("What goes in"))
        self.setProperty("surface", "card")
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setIconSize(QSize(*(theme.current().px(each) for each in TILE)))
        self.clicked.connect(lambda index: self.toggled.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if row >= 0 and event.key() == Qt.Key.Key_Space:
            self.toggled.emit(row)
        elif row >= 0 and alt and event.key() == Qt.Key.Key_Up:
            self.stepped.emit(-1)
        elif row >= 0 and alt and event.key() == Qt.Key.Key_Down:
            self.stepped.emit(1)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The order is the model's to change: Qt would take the row out and put a copy in."""
        if event.source() is not self:
            event.ignore()
            return
        position = event.position().toPoint()
        index = self.indexAt(position)
        model = self.model()
        target = model.rowCount()
        if index.isValid():
            below = position.y() > self.visualRect(index).center().y()
            target = index.row() + int(below)
        rows = [each.row() for each in self.selectedIndexes()]
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if rows:
            self.moved.emit(rows[0], target)
