"""How a row of the story is painted: the day, the title, a line of its words, who wrote it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from memorybook.domain.entry import EntryRow
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.story.model import HEADING_ROLE, ROW_ROLE

_MARGIN = 22


class StoryDelegate(QStyledItemDelegate):
    """Paints headings and entries in the sizes of the theme. No widget per row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        px = theme.current().px
        return QSize(px(200), px(40) if index.data(HEADING_ROLE) else px(63))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        look = theme.current()
        painter.save()
        heading = index.data(HEADING_ROLE)
        if heading:
            painter.setFont(look.font(14, weight=600))
            painter.setPen(look.colour("ink_soft"))
            inner = rect.adjusted(look.px(_MARGIN), 0, -look.px(_MARGIN), -look.px(6))
            painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, heading)
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, look.colour("sage_wash"))
            elif state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(rect, look.colour("linen"))
            self._paint_entry(painter, rect, index.data(ROW_ROLE))
            if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
                painter.fillRect(QRect(rect.topLeft(), QSize(look.px(3), rect.height())), look.colour("sage"))
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRect, row: EntryRow) -> None:
        look = theme.current()
        px = look.px
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(px(_MARGIN), px(10), -px(_MARGIN), -px(8))
        day_width = px(40)
        painter.setFont(look.font(20, serif=True))
        painter.setPen(look.colour("ink_soft"))
        day = QRect(inner.topLeft(), QSize(day_width, px(30)))
        text = QRect(inner.left() + day_width, inner.top(), inner.width() - day_width, inner.height())
        if mirrored:
            day.moveRight(inner.right())
            text.moveLeft(inner.left())
        painter.drawText(
            day, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, str(row.day.day or "")
        )
        small = look.font(13)
        writer = QFontMetrics(small).elidedText(
            row.author_name or tr("me"), Qt.TextElideMode.ElideRight, text.width() // 3
        )
        writer_width = QFontMetrics(small).horizontalAdvance(writer)
        painter.setFont(small)
        top = QRect(text.topLeft(), QSize(text.width(), px(22)))
        painter.drawText(top, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, writer)
        title_font = look.font(15, weight=600)
        room = text.width() - writer_width - px(12)
        title_rect = QRect(text.topLeft(), QSize(room, px(22)))
        if mirrored:
            title_rect.moveRight(text.right())
        painter.setFont(title_font)
        painter.setPen(look.colour("ink"))
        title = row.title or (tr("A photo") if row.photo_count and not row.excerpt else row.excerpt)
        painter.drawText(
            title_rect,
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter,
            QFontMetrics(title_font).elidedText(title, Qt.TextElideMode.ElideRight, room),
        )
        below = QRect(QPoint(text.left(), text.top() + px(22)), QSize(text.width(), px(20)))
        if row.title or row.hits:  # an untitled page has its words in the place of the title
            self._paint_excerpt(painter, below, row)

    def _paint_excerpt(self, painter: QPainter, rect: QRect, row: EntryRow) -> None:
        """The line under the title. In a search result the words that were found are marked."""
        look = theme.current()
        font = look.font(13.5)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        shown = metrics.elidedText(row.excerpt, Qt.TextElideMode.ElideRight, rect.width())
        if (
            not metrics.boundingRect(shown).isEmpty()
            and painter.layoutDirection() is Qt.LayoutDirection.LeftToRight
        ):
            for start, length in row.hits:
                if start + length < len(shown):
                    x = rect.left() + metrics.horizontalAdvance(shown[:start])
                    width = metrics.horizontalAdvance(shown[start : start + length])
                    line = QRect(x, rect.bottom() - look.px(3), width, look.px(2))
                    painter.fillRect(line, look.colour("sage"))
        painter.setPen(look.colour("ink_soft"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)
