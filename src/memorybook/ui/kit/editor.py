"""The page that is written on: a rich text field that grows with its words and takes in pictures."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from memorybook.domain.markup import Block, BlockKind, Span
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit import kind_keys, rich_text, typed_markdown
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.pasted import pictures_in, words_in

Mark = QTextEdit.ExtraSelection
"""A place in a text and how it looks there. It is seen and never kept."""


class PageText(QTextEdit):
    """Rich text without a scroll bar of its own. Everything pasted is plain text; nothing is loaded.

    ``picturesOffered`` carries what was dropped or pasted; ``cursorMoved`` where the caret is now;
    ``menuOpening`` a context menu before it is shown, with the position in the document it is for.
    """

    picturesOffered = Signal(list)
    cursorMoved = Signal(QRect)
    menuOpening = Signal(QMenu, int)

    def __init__(
        self, *, name: str, says: str, read_only: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = rich_text.SealedDocument(self)
        self.setDocument(self._document)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setProperty("role", "page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptRichText(False)
        self.setReadOnly(read_only)
        self.setTabChangesFocus(True)
        if not read_only:
            self.setInputMethodHints(OWN_WORDS | Qt.InputMethodHint.ImhMultiLine)
        self._copying = False
        self._held_on_selection = False
        self._hint = ""
        self._marks: dict[str, list[Mark]] = {}
        self._least = 0 if read_only else 160
        self._document.documentLayout().documentSizeChanged.connect(self._fit)
        self.cursorPositionChanged.connect(lambda: self.cursorMoved.emit(self.cursorRect()))
        theme.current().changed.connect(self._dress)
        self.show_blocks([])

    def show_blocks(self, blocks: list[Block]) -> None:
        """Show a text from its beginning; what could be undone before is forgotten."""
        rich_text.load(self._document, blocks)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._fit()

    def blocks(self) -> list[Block]:
        """The text as it stands."""
        return rich_text.read(self._document)

    def kind(self) -> BlockKind:
        """What the paragraph at the caret is."""
        return rich_text.kind_of(self.textCursor().block())

    def toggle_bold(self) -> None:
        """Bold on or off for the selection, or for what comes next."""
        cursor = self.textCursor()
        on = not rich_text.is_bold(cursor.charFormat())
        rich_text.set_bold(cursor, on=on)
        self.setTextCursor(cursor)
        self._announce()

    def toggle_italic(self) -> None:
        """Italic on or off for the selection, or for what comes next."""
        cursor = self.textCursor()
        rich_text.set_italic(cursor, on=not cursor.charFormat().fontItalic())
        self.setTextCursor(cursor)
        self._announce()

    def toggle_kind(self, kind: BlockKind) -> None:
        """Make the paragraph at the caret (or those selected) a ``kind``, or plain when it is one."""
        cursor = self.textCursor()
        rich_text.set_kind(cursor, BlockKind.PARAGRAPH if self.kind() is kind else kind)
        self._type_plainly()
        self._announce()

    def _type_plainly(self) -> None:
        """What is typed next is neither bold nor italic."""
        level = self.textCursor().blockFormat().headingLevel()
        self.setCurrentCharFormat(rich_text.char_format(Span(""), self.kind(), level))

    def span(self, start: int, end: int) -> QTextCursor:
        """A cursor over what is between two positions; positions behind the end are the end."""
        last = self._document.characterCount() - 1
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def mark(self, start: int, end: int, style: QTextCharFormat) -> Mark:
        """A mark between two positions, for :meth:`show_marks`."""
        made = QTextEdit.ExtraSelection()
        made.cursor, made.format = self.span(start, end), style  # type: ignore[attr-defined, unused-ignore]
        return made

    def show_marks(self, layer: str, marks: Sequence[Mark]) -> None:
        """Mark places in the text (hits, words that are not known), in place of those of ``layer`` before.

        Marks are seen, never kept. Layers that are shown first lie below the others.
        """
        self._marks[layer] = list(marks)
        self.setExtraSelections([mark for each in self._marks.values() for mark in each])

    def show_hint(self, text: str) -> None:
        """Words that stand on the page while there are none, on the line where the first will be."""
        self._hint = text
        self.setAccessibleDescription(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        first = self._document.begin().layout()
        if self._hint and self._document.isEmpty() and not first.preeditAreaText() and first.lineCount():
            painter = QPainter(self.viewport())
            painter.setFont(self._document.defaultFont())
            painter.setPen(self.palette().placeholderText().color())
            room = self.viewport().rect()
            line = first.lineAt(0)
            room.setTop(round(line.y() + line.ascent() - painter.fontMetrics().ascent()))
            painter.drawText(room, Qt.TextFlag.TextWordWrap, self._hint)
            painter.end()

    def _announce(self) -> None:
        self.cursorPositionChanged.emit()

    def _dress(self) -> None:
        modified = self._document.isModified()
        position = self.textCursor().position()
        held = QSignalBlocker(self)
        rich_text.load(self._document, self.blocks())
        cursor = self.textCursor()
        cursor.setPosition(min(position, self._document.characterCount() - 1))
        self.setTextCursor(cursor)
        self._document.setModified(modified)
        held.unblock()
        self._fit()

    def _fit(self) -> None:
        height = round(self._document.documentLayout().documentSize().height()) + 8
        height = max(height, theme.current().px(self._least))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            if self.hasFocus():  # the caret may be far below once a long text has been pasted
                QTimer.singleShot(0, self, lambda: self.cursorMoved.emit(self.cursorRect()))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Bold) and not self.isReadOnly():
            self.toggle_bold()
        elif event.matches(QKeySequence.StandardKey.Italic) and not self.isReadOnly():
            self.toggle_italic()
        elif event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            self._copying = True  # a mouse selection alone must not be published to other programs
            super().keyPressEvent(event)
            self._copying = False
        elif not self._changes_kind(event):
            super().keyPressEvent(event)
            self._read_typed(event.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._read_typed(event.commitString())

    def _read_typed(self, text: str) -> None:
        cursor = self.textCursor()
        if not self.isReadOnly() and typed_markdown.read_typed(cursor, text):
            self._taken(cursor)

    def _changes_kind(self, event: QKeyEvent) -> bool:
        cursor = self.textCursor()
        if self.isReadOnly() or not kind_keys.read_key(cursor, event):
            return False
        self._taken(cursor)
        return True

    def _taken(self, cursor: QTextCursor) -> None:
        """What a paragraph is, or the style of what was typed, has changed at the caret."""
        self.setTextCursor(cursor)
        self._type_plainly()
        self._announce()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected = self.textCursor().hasSelection()
        if not self.isReadOnly():
            menu.addAction(tr("Undo"), self.undo).setEnabled(self.document().isUndoAvailable())
            menu.addAction(tr("Redo"), self.redo).setEnabled(self.document().isRedoAvailable())
            menu.addSeparator()
            menu.addAction(tr("Cut"), lambda: self._copy(cut=True)).setEnabled(selected)
        menu.addAction(tr("Copy"), lambda: self._copy(cut=False)).setEnabled(selected)
        if not self.isReadOnly():
            menu.addAction(tr("Paste as plain text"), self.paste).setEnabled(self.canPaste())
        menu.addSeparator()
        menu.addAction(tr("Select everything"), self.selectAll)
        self.menuOpening.emit(menu, self.cursorForPosition(event.pos()).position())
        menu.popup(event.globalPos())

    def _copy(self, *, cut: bool) -> None:
        self._copying = True
        self.cut() if cut else self.copy()
        self._copying = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cursor = self.textCursor()
        position = self.cursorForPosition(event.position().toPoint()).position()
        on_it = cursor.hasSelection() and cursor.selectionStart() <= position <= cursor.selectionEnd()
        self._held_on_selection = on_it and event.button() is Qt.MouseButton.LeftButton
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # Words cannot be dragged out: what takes them may write them down, and a careless pull moves them.
        if not self._held_on_selection:
            super().mouseMoveEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        if self._copying:
            data.setText(self.textCursor().selection().toPlainText())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        pictures = pictures_in(source)
        if pictures:
            self.picturesOffered.emit(pictures)
        else:
            self.insertPlainText(words_in(source))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if pictures_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.cursorMoved.emit(self.cursorRect())
