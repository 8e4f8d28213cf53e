"""How a row of the drawer is painted: what it is called, what it is, and a small picture if it has one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from memorybook.ui.core import theme
from memorybook.ui.drawer.model import ROW_ROLE, DrawerModel, picture_size
from memorybook.ui.drawer.naming import about, heading
from memorybook.ui.drawer.waiting import Waiting
from memorybook.ui.kit.covered import paint_covered

ROW_HEIGHT = 68
"""Pixels at 100 % of one row."""

_MARGIN = 16
_ISOLATE, _END = "\u2068", "\u2069"


class DrawerDelegate(QStyledItemDelegate):
    """Paints in the sizes of the theme. No widget per row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return QSize(theme.current().px(200), theme.current().px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        look = theme.current()
        px = look.px
        row: Waiting = index.data(ROW_ROLE)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("sage_wash"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("linen"))
        from_right = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(px(_MARGIN), px(12), -px(_MARGIN), -px(10))
        model = index.model()
        if row.picture is not None and isinstance(model, DrawerModel):
            frame = QRect(QPoint(0, 0), picture_size())
            frame.moveCenter(rect.center())
            if from_right:
                frame.moveLeft(inner.left())
                inner.setLeft(frame.right() + px(12))
            else:
                frame.moveRight(inner.right())
                inner.setRight(frame.left() - px(12))
            _paint_picture(painter, frame, row, model)
        lines = ((heading(row), look.font(15, weight=600), "ink"), (about(row), look.font(13), "ink_soft"))
        for number, (words, font, colour) in enumerate(lines):
            # A title is read in the direction of its own script, whichever way the window goes.
            line = QRect(inner.left(), inner.top() + number * px(23), inner.width(), px(22))
            painter.setFont(font)
            painter.setPen(look.colour(colour))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            where = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, where, f"{_ISOLATE}{shown}{_END}")
        if state & QStyle.StateFlag.State_HasFocus:
            ring = QRect(rect.topLeft(), QSize(px(3), rect.height()))
            if from_right:
                ring.moveRight(rect.right())
            painter.fillRect(ring, look.colour("sage"))
        painter.restore()


def _paint_picture(painter: QPainter, frame: QRect, row: Waiting, model: DrawerModel) -> None:
    pixmap = model.pixmap(row)
    if pixmap is None or pixmap.isNull():
        if row.covered:
            paint_covered(painter, frame, focused=False, small=True)
        return
    radius = theme.current().px(5)
    path = QPainterPath()
    path.addRoundedRect(frame, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    target = QRect(QPoint(0, 0), pixmap.size())
    target.moveCenter(frame.center())
    painter.drawPixmap(target, pixmap)
    painter.restore()
