"""How a row of the drawer is painted: what the page is called, how it begins, since when it waits."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from memorybook.ui.core import theme
from memorybook.ui.drawer.model import ROW_ROLE, about, heading

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
        row = index.data(ROW_ROLE)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("sage_wash"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("linen"))
        inner = rect.adjusted(px(_MARGIN), px(12), -px(_MARGIN), -px(10))
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
            if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                ring.moveRight(rect.right())
            painter.fillRect(ring, look.colour("sage"))
        painter.restore()
