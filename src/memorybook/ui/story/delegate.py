"""How a row of the story is painted: the day, the title, a line of its words, who wrote it."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from memorybook.domain.entry import EntryRow
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.marks import Spans
from memorybook.ui.story.marking import paint_line
from memorybook.ui.story.model import HEADING_ROLE, ROW_ROLE

PAGE_HEIGHT = 63
"""Pixels at 100 % of a row with a page."""

HEADING_HEIGHT = 40
"""Pixels at 100 % of a row with a month."""

_MARGIN = 22


def _nothing(text: str) -> Spans:  # noqa: ARG001 - as a search is asked
    return ()


class StoryDelegate(QStyledItemDelegate):
    """Paints headings and pages in the sizes of the theme. No widget per row.

    ``found_in`` says where in a title the words stand that are searched for.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found_in: Callable[[str], Spans] = _nothing

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        px = theme.current().px
        return QSize(px(200), px(HEADING_HEIGHT) if index.data(HEADING_ROLE) else px(PAGE_HEIGHT))

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
            row = index.data(ROW_ROLE)
            if row is not None:
                self._paint_page(painter, rect, row)
            if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
                ring = QRect(rect.topLeft(), QSize(look.px(3), rect.height()))
                if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                    ring.moveRight(rect.right())
                painter.fillRect(ring, look.colour("sage"))
        painter.restore()

    def _paint_page(self, painter: QPainter, rect: QRect, row: EntryRow) -> None:
        look = theme.current()
        px = look.px
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(px(_MARGIN), px(10), -px(_MARGIN), -px(8))
        day_width = px(40)
        day = QRect(inner.topLeft(), QSize(day_width, px(30)))
        text = QRect(inner.left() + day_width, inner.top(), inner.width() - day_width, inner.height())
        if mirrored:
            day.moveRight(inner.right())
            text.moveLeft(inner.left())
        painter.setFont(look.font(20, serif=True))
        painter.setPen(look.colour("ink_soft"))
        painter.drawText(
            day, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, str(row.day.day or "")
        )
        small = look.font(13)
        writer = QFontMetrics(small).elidedText(who(row), Qt.TextElideMode.ElideRight, text.width() // 3)
        writer_width = QFontMetrics(small).horizontalAdvance(writer)
        painter.setFont(small)
        top = QRect(text.topLeft(), QSize(text.width(), px(22)))
        painter.drawText(top, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, writer)
        title_rect = QRect(text.topLeft(), QSize(text.width() - writer_width - px(12), px(22)))
        if mirrored:
            title_rect.moveRight(text.right())
        bold = look.font(15, weight=600)
        if row.title:
            found = self.found_in(row.title)
            paint_line(
                painter, title_rect, row.title, font=bold, colour="ink", found=found, mirrored=mirrored
            )
        else:  # an untitled page has its words in the place of the title
            words = row.excerpt or (tr("A photo") if row.photo_count else "")
            paint_line(
                painter, title_rect, words, font=bold, colour="ink", found=row.hits, mirrored=mirrored
            )
            return
        below = QRect(QPoint(text.left(), text.top() + px(22)), QSize(text.width(), px(20)))
        paint_line(
            painter, below, row.excerpt, font=look.font(13.5), colour="ink_soft", found=row.hits,
            mirrored=mirrored,
        )  # fmt: skip


def who(row: EntryRow) -> str:
    """Who wrote a page, and that it is for nobody else where that was chosen."""
    if row.in_book:
        return row.author_name or tr("me")
    if row.author_name is None:
        return tr("only me")
    return tr("{name}, only me").format(name=row.author_name)
