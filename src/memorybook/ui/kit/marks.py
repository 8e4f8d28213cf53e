"""What words that were searched for look like where they are found."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QTextCharFormat

from memorybook.ui.core import theme

Spans = Sequence[tuple[int, int]]
"""Where something is in a text: (start, length), in characters."""


def in_utf16(text: str, found: Spans) -> Iterable[tuple[int, int]]:
    """Spans as Qt counts them, which takes a character outside of the first plane for two."""
    if text.isascii() or max(text, default="") <= "\uffff":
        yield from found
        return
    for start, length in found:
        yield _units(text[:start]), _units(text[start : start + length])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def mark_format() -> QTextCharFormat:
    """A wash behind the words and a line under them: colour alone says nothing to some people."""
    made = QTextCharFormat()
    look = theme.current()
    made.setForeground(look.colour("ink"))
    made.setBackground(look.colour("sage_wash"))
    made.setUnderlineColor(look.colour("sage"))
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return made
