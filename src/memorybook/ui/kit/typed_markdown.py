"""Markdown as somebody types it: "# ", "> ", "- ", "1. ", "**bold**" and "*italic*" become what they mean.

Each change is a step of its own in the undo history: undoing it gives back the characters as typed.
"""

import re

from PySide6.QtGui import QTextCursor

from memorybook.domain.markup import BlockKind
from memorybook.ui.kit import rich_text

_PREFIX = re.compile(r"(?:(#{1,3})|(>)|([-*+])|(1[.)])) ")
# A star after a letter is a star: "5*3*2", "M*A*S*H".
_BOLD = re.compile(r"(?<![\w*\\])\*\*(?=[^\s*])([^*\n]*[^\s*])\*\*")
_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]*[^\s*])\*")
_KINDS = (BlockKind.HEADING, BlockKind.QUOTE, BlockKind.BULLET, BlockKind.NUMBER)
_FARTHEST = 1_000  # characters back to where a style may begin


def read_typed(cursor: QTextCursor, typed: str) -> bool:
    """Whether what has been typed up to ``cursor`` was Markdown and has become what it means.

    ``typed`` is what came last: a key's text, or what an input method committed.
    """
    if cursor.hasSelection():
        return False
    if typed.endswith(" "):
        return _take_prefix(cursor)
    if typed.endswith("*"):
        return _take_style(cursor)
    return False


def _take_prefix(cursor: QTextCursor) -> bool:
    block = cursor.block()
    if cursor.positionInBlock() > 4 or rich_text.kind_of(block) is not BlockKind.PARAGRAPH:
        return False
    found = _PREFIX.fullmatch(block.text()[: cursor.positionInBlock()])  # four characters are four units
    if found is None:
        return False
    kind = next(kind for kind, part in zip(_KINDS, found.groups(), strict=True) if part)
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    rich_text.set_kind(cursor, kind, level=len(found[1] or ""))
    cursor.endEditBlock()
    return True


def _take_style(cursor: QTextCursor) -> bool:
    before = rich_text.text_before(cursor)[-_FARTHEST:]
    for pattern, stars in ((_BOLD, 2), (_ITALIC, 1)):
        found = None
        for found in pattern.finditer(before):  # noqa: B007 - the last one is wanted
            pass
        if found is not None and found.end() == len(before):
            _dress(cursor, rich_text.units(found[1]), stars)
            return True
    return False


def _dress(cursor: QTextCursor, length: int, stars: int) -> None:
    end = cursor.position()
    start = end - length - 2 * stars
    cursor.beginEditBlock()
    for place in (end - stars, start):
        cursor.setPosition(place)
        cursor.setPosition(place + stars, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    if stars == 2:
        rich_text.set_bold(cursor, on=True)
    else:
        rich_text.set_italic(cursor, on=True)
    cursor.setPosition(start + length)
    cursor.endEditBlock()
