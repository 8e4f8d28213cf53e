"""The rows of the drawer, and the small pictures of those in sight."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPixmap

from memorybook.ui.core import theme
from memorybook.ui.drawer.naming import about, heading, more
from memorybook.ui.drawer.waiting import Ref, Waiting
from memorybook.ui.kit.pictures import pixmap_from_jpeg

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_HELD = 200
"""Small pictures that are kept, a few kilobytes each."""


class DrawerModel(QAbstractListModel):
    """All that waits, the last one first. ``need`` is asked for the picture of a row that is painted."""

    def __init__(self, need: Callable[[Ref], object]) -> None:
        super().__init__()
        self._need = need
        self._rows: tuple[Waiting, ...] = ()
        self._pixmaps: OrderedDict[Ref, QPixmap] = OrderedDict()
        self._asked: set[Ref] = set()

    def replace(self, rows: Sequence[Waiting]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._pixmaps.clear()
        self._asked.clear()
        self.endResetModel()

    def row(self, index: Index) -> Waiting:
        """What stands in a row."""
        return self._rows[index.row()]

    # pictures

    def pixmap(self, row: Waiting) -> QPixmap | None:
        """The small picture of a row, if it is here; else it is asked for once."""
        found = self._pixmaps.get(row.ref)
        if found is not None:
            self._pixmaps.move_to_end(row.ref)
        elif row.ref not in self._asked:
            self._asked.add(row.ref)
            self._need(row.ref)
        return found

    def show_small(self, ref: Ref, jpeg: bytes, size: QSize) -> None:
        """A small picture has come; it is kept as large as it is painted."""
        whole = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        smooth = Qt.TransformationMode.SmoothTransformation
        self._pixmaps[ref] = pixmap_from_jpeg(jpeg).scaled(size, whole, smooth)
        while len(self._pixmaps) > _HELD:
            self._asked.discard(self._pixmaps.popitem(last=False)[0])
        self._repaint()

    def cover(self) -> None:
        """Let go of the small pictures of covered ones; those that may be seen are asked for again."""
        for row in self._rows:
            if row.covered:
                self._pixmaps.pop(row.ref, None)
                self._asked.discard(row.ref)
        self._repaint()

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    # for the list

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (heading(row), more(row), about(row)) if part)
        return None


def picture_size() -> QSize:
    """How large the picture of a row is painted, in pixels."""
    return QSize(theme.current().px(64), theme.current().px(46))
