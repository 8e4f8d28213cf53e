"""Marks under the words that were searched for, in the list and on the page that is read."""

import unicodedata

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QTextCursor,
    QTextDocument,
    QTextLayout,
    QTextOption,
)

from memorybook.domain.search import Query, spans
from memorybook.ui.core import theme
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.marks import Spans, in_utf16, mark_format

_LAYER = "search"
_MARKS_ON_A_PAGE = 2_000  # a search for one letter on a page of a whole book


def paint_line(
    painter: QPainter, rect: QRect, text: str, *, font: QFont, colour: str, found: Spans = (), mirrored: bool
) -> None:
    """One line of any script at the leading side, shortened to the room there is, what was found marked."""
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    kept = len(shown) if shown == text else len(shown) - 1
    painter.setFont(font)
    painter.setPen(theme.current().colour(colour))
    inside = [(start, min(length, kept - start)) for start, length in found if start < kept]
    if not inside and shown.isascii():
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, flags, shown)
        return
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    right = is_right_to_left(shown)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    formats = []
    for start, length in in_utf16(shown, inside):
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, length, mark_format()
        formats.append(part)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width() * 2)
    layout.endLayout()
    wide = line.naturalTextWidth()
    # The line begins where its own direction begins; it is moved to the side where all lines begin.
    inset = line.naturalTextRect().left()
    left = rect.right() + 1 - wide if mirrored else rect.left()
    top = rect.top() + (rect.height() - line.height()) / 2
    layout.draw(painter, QPointF(left - inset, top))


def is_right_to_left(text: str) -> bool:
    """Whether a text begins in a script that is written from the right."""
    if text.isascii():
        return False
    directions = map(unicodedata.bidirectional, text)
    return next((kind for kind in directions if kind in {"L", "R", "AL"}), "L") != "L"


def places(text: str, query: Query | None) -> Spans:
    """Where in a text the words stand that were searched for."""
    return () if query is None else spans(text, query)


def mark_all(view: PageText, query: Query | None) -> None:
    """Mark every place on a page where the words stand that were searched for."""
    document = view.document()
    marks: list[PageText.ExtraSelection] = []
    block = document.begin()
    while query is not None and block.isValid() and len(marks) < _MARKS_ON_A_PAGE:
        text = block.text()
        for start, length in in_utf16(text, spans(text, query)):
            marks.append(_selection(document, block.position() + start, length))
        block = block.next()
    view.show_marks(_LAYER, marks)


def _selection(document: QTextDocument, start: int, length: int) -> PageText.ExtraSelection:
    made = PageText.ExtraSelection()
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    made.cursor, made.format = cursor, mark_format()
    return made


def first_mark(view: PageText) -> QPoint | None:
    """Where the first mark stands on the page, in its own coordinates."""
    marks = view.extraSelections()
    if not marks:
        return None
    cursor = QTextCursor(marks[0].cursor)
    cursor.setPosition(cursor.selectionStart())
    return view.cursorRect(cursor).topLeft()
