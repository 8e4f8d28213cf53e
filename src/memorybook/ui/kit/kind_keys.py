"""Return and Backspace where a heading, a quotation or a list ends."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from memorybook.domain.markup import BlockKind, Span
from memorybook.ui.kit import rich_text


def read_key(cursor: QTextCursor, event: QKeyEvent) -> bool:
    """Whether the key has changed what the paragraph at the caret is, and has no other effect."""
    kind = rich_text.kind_of(cursor.block())
    if kind is BlockKind.PARAGRAPH or cursor.hasSelection():
        return False
    if event.key() == Qt.Key.Key_Backspace:
        return cursor.atBlockStart() and _becomes_plain(cursor)
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return False
    if not cursor.block().text():
        return _becomes_plain(cursor)
    if kind is BlockKind.HEADING and cursor.atBlockEnd():  # after a heading plain text goes on
        cursor.insertBlock(
            rich_text.block_format(BlockKind.PARAGRAPH), rich_text.char_format(Span(""), BlockKind.PARAGRAPH)
        )
        return True
    return False


def _becomes_plain(cursor: QTextCursor) -> bool:
    rich_text.set_kind(cursor, BlockKind.PARAGRAPH)
    return True
