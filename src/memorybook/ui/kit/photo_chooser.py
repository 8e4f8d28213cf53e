"""Choosing among the photos of the book: a small window with tiles, of which several can be marked."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoRow
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import count_text, day_text, tr
from memorybook.ui.kit.covered import covered_photo, paint_covered
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.pictures import pixmap_from_jpeg

_TILE = (150, 112)
_GAP = 6
_HELD = 120
"""Small pictures that are kept: each is as large as its tile, a few dozen kilobytes."""

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class PhotoChooser(Sheet):
    """``need`` is called for each photo that comes into sight, :meth:`show_thumbnail` is the answer.

    Of a covered photo nothing is asked for, and none can be uncovered here. ``chosen`` gets those that were
    marked, in the order of the book; with ``one`` it is one.
    """

    def __init__(
        self,
        parent: QWidget,
        rows: Sequence[PhotoRow],
        *,
        title: str,
        need: Callable[[PhotoId], object],
        chosen: Callable[[tuple[PhotoId, ...]], object],
        one: bool = False,
    ) -> None:
        super().__init__(parent, title, name="photo-chooser", width=760)
        px = theme.current().px
        self._chosen = chosen
        self._model = _Photos(rows, need)
        self._model.setParent(self)
        if not rows:
            self.column.addWidget(label(tr("There is no other photo in the book."), "soft"))
            self.add_button(tr("Done"), self.reject, name="photo-chooser-no", primary=True)
            return
        self.column.addWidget(label(tr("Mark one.") if one else tr("Mark one or several."), "soft"))
        self._list = QListView()
        self._list.setObjectName("photo-chooser-list")
        self._list.setAccessibleName(title)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Tiles(self._list))
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setMovement(QListView.Movement.Static)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setUniformItemSizes(True)
        self._list.setLayoutMode(QListView.LayoutMode.Batched)
        many, single = QListView.SelectionMode.MultiSelection, QListView.SelectionMode.SingleSelection
        self._list.setSelectionMode(single if one else many)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setDragEnabled(False)
        cell = [px(side + 2 * _GAP) for side in _TILE]
        across = max(1, (self.width() - px(56) - 16) // cell[0])
        room = max(parent.window().height() - px(260), cell[1] + px(8))
        self._list.setFixedHeight(min(px(430), room, -(-len(rows) // across) * cell[1] + px(8)))
        self._list.selectionModel().selectionChanged.connect(self._marked)
        self.column.addWidget(self._list)
        self.add_button(tr("Not now"), self.reject, name="photo-chooser-no")
        self._done = self.add_button(tr("Choose"), self._take, name="photo-chooser-yes", primary=True)
        self._done.setEnabled(False)
        self._list.setFocus()

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of a photo has come."""
        self._model.show_thumbnail(photo, jpeg)

    def _marked(self, _on: QItemSelection, _off: QItemSelection) -> None:
        number = len(self._list.selectionModel().selectedIndexes())
        self._done.setEnabled(number > 0)
        text = count_text("Choose {n} photo", "Choose {n} photos", number) if number else tr("Choose")
        self._done.setText(text)
        self._done.setAccessibleName(text)

    def _take(self) -> None:
        marked = sorted(index.row() for index in self._list.selectionModel().selectedIndexes())
        ids = tuple(self._model.row(number).id for number in marked)
        self.accept()
        if ids:
            self._chosen(ids)


class _Photos(QAbstractListModel):
    """The rows, and the small pictures of those seen last."""

    def __init__(self, rows: Sequence[PhotoRow], need: Callable[[PhotoId], object]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._places = {row.id: place for place, row in enumerate(self._rows)}
        self._need = need
        self._pixmaps: OrderedDict[PhotoId, QPixmap] = OrderedDict()
        self._coming: set[PhotoId] = set()

    def row(self, place: int) -> PhotoRow:
        """What stands at a place."""
        return self._rows[place]

    def pixmap(self, row: PhotoRow) -> QPixmap | None:
        """The small picture, if it is here; else it is asked for."""
        pixmap = self._pixmaps.get(row.id)
        if pixmap is not None:
            self._pixmaps.move_to_end(row.id)
        elif row.id not in self._coming and not row.covered:
            self._coming.add(row.id)
            self._need(row.id)
        return pixmap

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """A small picture has come."""
        self._coming.discard(photo)
        place = self._places.get(photo)
        if place is None:
            return
        px = theme.current().px
        whole = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        smooth = Qt.TransformationMode.SmoothTransformation
        self._pixmaps[photo] = pixmap_from_jpeg(jpeg).scaled(px(_TILE[0]), px(_TILE[1]), whole, smooth)
        while len(self._pixmaps) > _HELD:
            self._pixmaps.popitem(last=False)
        index = self.index(place)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.caption
        if role == Qt.ItemDataRole.AccessibleTextRole:
            seen = row.description or row.caption or tr("Photo")
            said = covered_photo(row.caption) if row.covered else seen
            day = day_text(row.taken)
            return f"{said}, {day}" if day else said
        return None


class _Tiles(QStyledItemDelegate):
    """Paints the tiles; a mark in the corner says which are chosen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        px = theme.current().px
        return QSize(px(_TILE[0] + 2 * _GAP), px(_TILE[1] + 2 * _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _Photos):
            return
        look = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        frame = rect.adjusted(look.px(_GAP), look.px(_GAP), -look.px(_GAP), -look.px(_GAP))
        row = model.row(index.row())
        chosen, focused = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if row.covered:
            paint_covered(painter, frame, focused=False, small=True)
        else:
            self._paint_picture(painter, frame, model.pixmap(row))
        if state & (chosen | focused):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("sage" if state & chosen else "ink_soft"), 3))
            painter.drawRoundedRect(frame, look.px(7), look.px(7))
        if state & chosen:
            self._paint_mark(painter, frame)
        painter.restore()

    def _paint_picture(self, painter: QPainter, frame: QRect, pixmap: QPixmap | None) -> None:
        look = theme.current()
        path = QPainterPath()
        path.addRoundedRect(frame, look.px(7), look.px(7))
        if pixmap is None or pixmap.isNull():
            painter.fillPath(path, look.colour("linen"))
            return
        painter.setClipPath(path)
        target = QRect(frame.topLeft(), pixmap.size())
        target.moveCenter(frame.center())
        painter.drawPixmap(target, pixmap)
        painter.setClipping(False)

    def _paint_mark(self, painter: QPainter, frame: QRect) -> None:
        look = theme.current()
        edge = look.px(26)
        mark = QRect(frame.right() - edge - look.px(6), frame.top() + look.px(6), edge, edge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sage"))
        painter.drawEllipse(mark)
        tick = look.pixmap("check", "on_sage", 18)
        inner = QRect(0, 0, look.px(18), look.px(18))
        inner.moveCenter(mark.center())
        painter.drawPixmap(inner, tick)
