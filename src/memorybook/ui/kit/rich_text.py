"""Blocks of text in and out of a QTextDocument, styled by the theme."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
)

from memorybook.domain.markup import Block, BlockKind, Span
from memorybook.ui.core import theme

_BOLD = QTextFormat.Property.UserProperty.value + 1
_LINE_SEPARATOR = "\u2028"
_OBJECT = "\ufffc"
_HEADING_SIZES = {1: 26, 2: 22, 3: 19}
_LIST_STYLES = {
    BlockKind.BULLET: QTextListFormat.Style.ListDisc,
    BlockKind.NUMBER: QTextListFormat.Style.ListDecimal,
}


class SealedDocument(QTextDocument):
    """A document that loads nothing: no picture, no style sheet, from no file and no network."""

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002, ARG002 - Qt's names
        return None


def block_format(kind: BlockKind, level: int = 0, *, first: bool = False) -> QTextBlockFormat:
    """Spacing and indents of one kind of block, at the text size that is on; ``first`` of the page."""
    px = theme.current().px
    made = QTextBlockFormat()
    made.setLineHeight(px(30), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    made.setBottomMargin(px(4) if kind in _LIST_STYLES else px(16))
    if kind not in _LIST_STYLES and not first:
        made.setTopMargin(px(16))  # the larger of two margins holds: this one below a list
    if kind is BlockKind.HEADING:
        made.setHeadingLevel(level or 2)
        made.setTopMargin(0 if first else px(26))
        made.setBottomMargin(px(8))
    if kind is BlockKind.QUOTE:
        made.setProperty(QTextFormat.Property.BlockQuoteLevel, 1)
        made.setLeftMargin(px(28))
        made.setRightMargin(px(28))
    return made


def char_format(span: Span, kind: BlockKind, level: int = 0) -> QTextCharFormat:
    """Face of one run of text inside a kind of block."""
    look = theme.current()
    made = QTextCharFormat()
    made.setProperty(_BOLD, span.bold)
    heading = kind is BlockKind.HEADING
    made.setFont(
        look.font(
            _HEADING_SIZES.get(level or 2, 22) if heading else 18,
            serif=True,
            weight=QFont.Weight.Bold.value if span.bold else QFont.Weight.DemiBold.value if heading else 400,
            italic=span.italic,
        )
    )
    made.setForeground(look.colour("ink_soft" if kind is BlockKind.QUOTE else "ink"))
    return made


def load(document: QTextDocument, blocks: Iterable[Block]) -> None:
    """Fill a document; its undo history begins here."""
    document.setUndoRedoEnabled(False)
    document.clear()
    document.setDocumentMargin(0)
    document.setDefaultFont(theme.current().font(18, serif=True))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    paragraph, face = cache(block_format), cache(char_format)  # a long page has thousands of the same
    previous: BlockKind | None = None
    for number, block in enumerate(list(blocks) or [Block(BlockKind.PARAGRAPH, ())]):
        kind, level = block.kind, block.level
        plain = face(Span(""), kind, level)
        if number:
            cursor.insertBlock(paragraph(kind, level), plain)
        else:
            cursor.setBlockFormat(block_format(kind, level, first=True))
            cursor.setBlockCharFormat(plain)
        if kind in _LIST_STYLES or previous in _LIST_STYLES:
            _join_list(cursor, kind, previous)
        for span in block.spans:
            style = face(Span("", span.bold, span.italic), kind, level)
            cursor.insertText(span.text.replace("\n", _LINE_SEPARATOR), style)
        previous = kind
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def _join_list(cursor: QTextCursor, kind: BlockKind, previous: BlockKind | None) -> None:
    current = _list_of(cursor.block())
    if kind not in _LIST_STYLES:
        if current is not None:
            current.remove(cursor.block())
            cursor.setBlockFormat(block_format(kind))
        return
    if current is not None and kind is previous:
        return
    made = QTextListFormat()
    made.setStyle(_LIST_STYLES[kind])
    cursor.createList(made)


def read(document: QTextDocument) -> list[Block]:
    """The document as blocks, exactly as it stands."""
    blocks = []
    block = document.begin()
    while block.isValid():
        blocks.append(Block(kind_of(block), tuple(_spans(block)), block.blockFormat().headingLevel()))
        block = block.next()
    return blocks


def kind_of(block: QTextBlock) -> BlockKind:
    """What a paragraph of a document is."""
    text_list = _list_of(block)
    if text_list is not None:
        numbered = text_list.format().style() is QTextListFormat.Style.ListDecimal
        return BlockKind.NUMBER if numbered else BlockKind.BULLET
    if block.blockFormat().headingLevel():
        return BlockKind.HEADING
    if block.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel.value):
        return BlockKind.QUOTE
    return BlockKind.PARAGRAPH


def _spans(block: QTextBlock) -> Iterable[Span]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        style = fragment.charFormat()
        text = fragment.text().replace(_LINE_SEPARATOR, "\n").replace(_OBJECT, "")
        yield Span(text, is_bold(style), style.fontItalic())
        iterator += 1


def is_bold(style: QTextCharFormat) -> bool:
    """Whether a run was made bold by the person (a heading's own weight does not count)."""
    return style.boolProperty(_BOLD)


def set_kind(cursor: QTextCursor, kind: BlockKind, *, level: int = 0) -> None:
    """Make every paragraph of the selection a ``kind``, keeping its bold and italic runs."""
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd()).blockNumber()
    cursor.beginEditBlock()
    block = first
    previous: BlockKind | None = None
    while block.isValid() and block.blockNumber() <= last:
        inner = QTextCursor(block)
        text_list = _list_of(block)
        if text_list is not None:
            text_list.remove(block)
        inner.setBlockFormat(block_format(kind, level, first=block == document.begin()))
        _join_list(inner, kind, previous)
        if previous is None and kind in _LIST_STYLES:
            _join_neighbour(block, kind)
        previous = kind
        inner.setBlockCharFormat(char_format(Span(""), kind, level))
        start = block.position()
        offset = 0
        for span in list(_spans(block)):
            run = QTextCursor(document)
            run.setPosition(start + offset)
            offset += units(span.text)
            run.setPosition(start + offset, QTextCursor.MoveMode.KeepAnchor)
            run.setCharFormat(char_format(span, kind, level))
        block = block.next()
    cursor.endEditBlock()


def _list_of(block: QTextBlock) -> QTextList | None:
    """The list a paragraph belongs to (the stub hides that there may be none)."""
    return block.textList()


def _join_neighbour(block: QTextBlock, kind: BlockKind) -> None:
    above = block.previous()
    text_list = _list_of(above)
    if text_list is not None and kind_of(above) is kind:
        text_list.add(block)


def set_bold(cursor: QTextCursor, *, on: bool) -> None:
    """Make the selection, or what is typed next, bold or not."""
    style = QTextCharFormat()
    style.setProperty(_BOLD, on)
    heading = kind_of(cursor.block()) is BlockKind.HEADING
    normal = QFont.Weight.DemiBold.value if heading else QFont.Weight.Normal.value
    style.setFontWeight(QFont.Weight.Bold.value if on else normal)
    cursor.mergeCharFormat(style)


def set_italic(cursor: QTextCursor, *, on: bool) -> None:
    """Make the selection, or what is typed next, italic or not."""
    style = QTextCharFormat()
    style.setFontItalic(on)
    cursor.mergeCharFormat(style)


def units(text: str) -> int:
    """How many positions of a document ``text`` takes: Qt counts halves of surrogate pairs."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_before(cursor: QTextCursor) -> str:
    """The text between the beginning of the paragraph and the caret."""
    text, place = cursor.block().text(), cursor.positionInBlock()
    if units(text) == len(text):
        return text[:place]
    return text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "surrogatepass")
