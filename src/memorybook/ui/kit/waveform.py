"""The loudness of a sound as a row of soft bars, which is also the way to any moment of it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.recording_words import clock

_HEIGHT = 40
_BAR, _GAP = 3, 2
_LEAST = 0.08
_STEP_S, _LEAP_S = 5, 15


class Waveform(QSlider):
    """A slider whose value is in seconds, as it is read aloud; the place itself is in milliseconds.

    ``sought`` carries where the person wants to go, in milliseconds. Time runs from left to right in every
    language, as it does on the sheet of a heartbeat.
    """

    sought = Signal(int)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("Where it is"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._loudness = b""
        self._length = self._position = 0
        self._telling = False
        self.valueChanged.connect(self._moved_from_outside)
        theme.current().changed.connect(self.updateGeometry)

    def show_loudness(self, loudness: bytes) -> None:
        """One byte for each stretch of the sound, loudest 255; without any there is a plain line."""
        self._loudness = loudness
        self.update()

    def show_length(self, milliseconds: int) -> None:
        """How long it is; 0 while that is not known."""
        self._length = milliseconds
        seconds = max(1, -(-milliseconds // 1000))
        self._telling = True
        self.setRange(0, seconds)
        self._telling = False
        self.setSingleStep(1 if seconds <= 4 * _STEP_S else _STEP_S)
        self.setPageStep(min(_LEAP_S, seconds))
        self.setEnabled(milliseconds > 0)
        self._say()

    def show_position(self, milliseconds: int) -> None:
        """How far it has come."""
        if milliseconds != self._position:
            self._position = milliseconds
            self._telling = True
            self.setValue(milliseconds // 1000)
            self._telling = False
            self._say()
            self.update()

    def _moved_from_outside(self, seconds: int) -> None:
        if not self._telling:  # a screen reader moves a slider by its value
            self._seek(min(seconds * 1000, self._length))

    def _say(self) -> None:
        text = tr("{now} of {length}").format(now=clock(self._position), length=clock(self._length))
        if self.accessibleDescription() != text:
            self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(320), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(36), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is painted
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        done = self._position / self._length if self._length else 0.0
        played, coming = look.colour("sage"), look.colour("edge")
        painter.setPen(Qt.PenStyle.NoPen)
        for bar, share in self._bars(inner):
            painter.setBrush(played if share < done else coming)
            painter.drawRoundedRect(bar, bar.width() / 2, bar.width() / 2)
        if self._length:
            x = inner.left() + inner.width() * min(done, 1.0)
            painter.setPen(QPen(played, max(look.px(2), 2)))
            painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.bottom()))
        if self.hasFocus():
            painter.setPen(QPen(played, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(5), look.px(5))

    def _bars(self, inner: QRectF) -> list[tuple[QRectF, float]]:
        """Each bar with the share of the sound that is before its middle."""
        look = theme.current()
        wide, step = look.px(_BAR), look.px(_BAR) + look.px(_GAP)
        count = max(1, int((inner.width() + look.px(_GAP)) // step))
        bars: list[tuple[QRectF, float]] = []
        for number in range(count):
            high = max(self._loudest(number, count) * inner.height(), wide)
            x = inner.left() + number * inner.width() / count
            bars.append((QRectF(x, inner.center().y() - high / 2, wide, high), (number + 0.5) / count))
        return bars

    def _loudest(self, number: int, count: int) -> float:
        """How loud the stretch under a bar is at most, from 0 to 1."""
        if not self._loudness:
            return 0.0
        first = number * len(self._loudness) // count
        last = max(first + 1, (number + 1) * len(self._loudness) // count)
        return max(max(self._loudness[first:last]) / 255, _LEAST)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._go(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _go(self, x: float) -> None:
        if self._length:
            inner = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            share = min(max((x - inner.left()) / max(inner.width(), 1.0), 0.0), 1.0)
            self._seek(round(share * self._length))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, leap = self.singleStep() * 1000, self.pageStep() * 1000
        ways = {
            Qt.Key.Key_Left: self._position - step,
            Qt.Key.Key_Right: self._position + step,
            Qt.Key.Key_PageUp: self._position - leap,
            Qt.Key.Key_PageDown: self._position + leap,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._length,
        }
        place = ways.get(Qt.Key(event.key()))
        if place is None or not self._length:
            event.ignore()  # up and down scroll the page
            return
        self._seek(min(max(place, 0), self._length))

    def _seek(self, milliseconds: int) -> None:
        self.show_position(milliseconds)
        self.sought.emit(milliseconds)
