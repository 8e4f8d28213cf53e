"""Words on a surface: labels that show plain text only, in the roles of the style sheet."""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def label(text: str = "", role: str = "", *, wraps: bool = True, parent: QWidget | None = None) -> QLabel:
    """A label of plain text: nothing a person typed is ever read as HTML."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    if wraps:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


class LineLabel(QLabel):
    """One line of plain text where there is room for it, and as many as it needs where there is not."""

    def __init__(self, text: str = "", role: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Its words in one line, and the height for that."""
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, self.heightForWidth(width))


def surface(kind: str, parent: QWidget | None = None) -> QFrame:
    """A frame with one of the surfaces of the style sheet: card, quiet, panel, footer, rule."""
    frame = QFrame(parent)
    frame.setProperty("surface", kind)
    return frame


def tool_tip(text: str) -> str:
    """A person's words for a tool tip, which would read as HTML what looks like it and load what it names."""
    return f"<qt>{html.escape(text)}</qt>" if "<" in text else text


class ElidedLabel(QLabel):
    """One line that is shortened with an ellipsis when there is no room; the whole is its tool tip."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Set the whole text."""
        self._whole = text
        self.setAccessibleName(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._elide, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip(tool_tip(self._whole) if shown != self._whole else "")
