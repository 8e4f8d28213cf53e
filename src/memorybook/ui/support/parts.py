"""Small parts of the support pane: words that were found in, rows that wrap, a source that unfolds."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QLayout, QSizePolicy, QWidget

from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import LineLabel
from memorybook.ui.kit.marks import Spans, in_utf16, mark_format

_LINE = 320  # pixels at 100 %: what words ask for before they get what there is


def tall_as_needed(widget: QWidget) -> None:
    """Let the width decide on the height."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, and end it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
            inner.deleteLater()


class MarkedLabel(LineLabel):
    """Plain words in several lines; ``marks`` are the parts of them that were looked for."""

    def __init__(self, text: str, role: str = "", marks: Spans = ()) -> None:
        super().__init__(text, role)
        tall_as_needed(self)
        self._marks = tuple(in_utf16(text, marks))

    def sizeHint(self) -> QSize:
        """Of its words in lines of a readable length."""
        width = min(super().sizeHint().width(), theme.current().px(_LINE))
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """In pixels, of the letters that are drawn: those of the style come with the polish."""
        self.ensurePolished()
        return super().heightForWidth(width)

    @property
    def marks(self) -> Spans:
        """Where the marks are, (start, length) as Qt counts characters."""
        return self._marks

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._marks:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # as the words are written
        layout.setTextOption(option)
        layout.setFormats([self._format(start, length) for start, length in self._marks])
        layout.beginLayout()
        below = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room.width())
            line.setPosition(QPointF(0, below))
            below += line.height()
        layout.endLayout()
        # Labels centre their words in the height they have.
        layout.draw(painter, QPointF(room.left(), room.top() + max(0.0, (room.height() - below) / 2)))
        painter.end()

    @staticmethod
    def _format(start: int, length: int) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = start, length, mark_format()
        return made


def wrapped(text: str = "", role: str = "") -> QLabel:
    """A label of several lines that takes no more height than they need at its width."""
    return MarkedLabel(text, role)


class FlowRow(QWidget):
    """Words and buttons beside one another, in lines, all of one height."""

    def __init__(self, gap: int = 12) -> None:
        super().__init__()
        tall_as_needed(self)
        self._flow = FlowLayout(self, gap=theme.current().px(gap))

    def add(self, widget: QWidget) -> None:
        """One more at the end."""
        widget.setMinimumHeight(max(theme.current().px(32), 32))
        self._flow.addWidget(widget)
        widget.show()  # now, and not a moment after the window has been shown

    def clear(self) -> None:
        """Take everything out again."""
        empty(self._flow)


class Unfolding(Button):
    """A small button that shows and hides words which belong to it, such as where something is from."""

    def __init__(self, text: str, shows: QLabel, *, name: str, says: str, variant: str = "aside") -> None:
        super().__init__(text, name=name, variant=variant, says=says)
        self.setCheckable(True)
        self._shows = shows
        shows.hide()
        self.toggled.connect(shows.setVisible)
