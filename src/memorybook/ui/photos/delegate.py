"""How a tile of the grid is painted: the photo or its plain cover, a line of words, the mark of a choice."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoRow
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.covered import paint_covered
from memorybook.ui.photos.model import ROW_ROLE, PhotosModel
from memorybook.ui.photos.naming import under

_ISOLATE, _END = "\u2068", "\u2069"
_MARK = 22


class TileDelegate(QStyledItemDelegate):
    """Paints in the sizes of the theme; no widget for a tile. ``tile_of`` gives the pixels that have come.

    ``choosing`` is whether tiles are being chosen: then those that are not have an empty mark.
    """

    def __init__(
        self, photos: PhotosModel, tile_of: Callable[[PhotoId], QPixmap | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._photos, self._tile_of = photos, tile_of
        self.choosing = False
        self.words_high = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        rect: QRect = option.rect
        return rect.size()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: PhotoRow = index.data(ROW_ROLE)
        look = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        picture = rect.adjusted(0, 0, 0, -self.words_high)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_picture(painter, picture, row)
        self._paint_words(painter, rect, picture, row)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(QPen(look.colour("sage"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = QRectF(picture).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(inner, look.px(7), look.px(7))
        if chosen or self.choosing:
            _paint_mark(painter, picture, on=chosen)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("sage"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(picture).adjusted(-3, -3, 3, 3), look.px(9), look.px(9))
        painter.restore()

    def _paint_picture(self, painter: QPainter, picture: QRect, row: PhotoRow) -> None:
        look = theme.current()
        if not self._photos.shows(row):
            paint_covered(painter, picture, focused=False)
            return
        pixmap = self._tile_of(row.id)
        if pixmap is not None:
            painter.drawPixmap(picture, pixmap)
            return
        path = QPainterPath()
        path.addRoundedRect(QRectF(picture), look.px(7), look.px(7))
        painter.fillPath(path, look.colour("linen"))
        if self._photos.problem(row.id):
            painter.setPen(look.colour("ink"))
            painter.setFont(look.font(14))
            inner = picture.adjusted(look.px(10), look.px(8), -look.px(10), -look.px(8))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, int(flags), tr("This photo is damaged and cannot be shown"))

    def _paint_words(self, painter: QPainter, rect: QRect, picture: QRect, row: PhotoRow) -> None:
        look = theme.current()
        font = look.font(13)
        top = picture.bottom() + look.px(5)
        line = QRect(QPoint(rect.left(), top), QSize(rect.width(), self.words_high - look.px(7)))
        words = QFontMetrics(font).elidedText(
            under(row).replace("\n", " "), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.setFont(font)
        painter.setPen(look.colour("ink_soft"))
        where = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, where, f"{_ISOLATE}{words}{_END}")


def _paint_mark(painter: QPainter, picture: QRect, *, on: bool) -> None:
    """A round mark in the upper corner; with a tick in it where the photo is chosen."""
    look = theme.current()
    edge, margin = look.px(_MARK), look.px(8)
    disc = QRect(picture.right() - margin - edge, picture.top() + margin, edge, edge)
    if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        disc.moveLeft(picture.left() + margin)
    painter.setPen(QPen(look.colour("card"), 2))
    fill = look.colour("sage" if on else "ink_soft")
    fill.setAlphaF(1.0 if on else 0.35)
    painter.setBrush(fill)
    painter.drawEllipse(disc)
    if on:
        tick = look.pixmap("check", "on_sage", 16)
        inside = QRect(QPoint(), QSize(look.px(16), look.px(16)))
        inside.moveCenter(disc.center())
        painter.drawPixmap(inside, tick)
