"""A few lines of plain words under their label, as tall as what stands in them."""

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from memorybook.ui.core import clipboard, theme
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.labels import label

_LINES = 2
_BORDERS = 6  # pixels: the line around it, twice as wide with the keyboard in it, and what is rounded


class TextBox(QPlainTextEdit):
    """Grows with its words, so that the page scrolls and not the box. Tab goes on to the next field."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held_on_selection = False
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(OWN_WORDS)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        # The document of a plain text edit counts lines, not pixels.
        lines = max(_LINES, round(self.document().size().height()))
        frame = theme.current().px(8) * 2 + round(self.document().documentMargin()) * 2 + _BORDERS
        return QSize(theme.current().px(200), lines * self.fontMetrics().lineSpacing() + frame)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(80), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

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
        return clipboard.private_text(self.textCursor().selection().toPlainText())


class LabelledText(QWidget):
    """A box under its label; the label is its accessible name."""

    def __init__(self, text: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        caption = label(text, "field")
        self.box = TextBox(name=name)
        self.box.setAccessibleName(text)
        caption.setBuddy(self.box)
        column.addWidget(caption)
        column.addWidget(self.box)
        self.setFocusProxy(self.box)

    def text(self) -> str:
        """What was typed."""
        return self.box.toPlainText()
