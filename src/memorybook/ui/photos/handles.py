"""What is taken hold of on a photo: a point that the mouse pulls and the arrow keys push."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from memorybook.ui.core import theme

TARGET = 32
"""How wide and tall one is, in pixels; its middle is the point."""
_DOT = 14

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
FINE, COARSE = 1, 10
"""How many steps an arrow key goes, alone and with Shift."""


def steps(event: QKeyEvent) -> tuple[int, int] | None:
    """How far an arrow key goes, in steps; ``None`` for any other key."""
    arrow = ARROWS.get(Qt.Key(event.key()))
    if arrow is None:
        return None
    each = COARSE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else FINE
    return (arrow[0] * each, arrow[1] * each)


class Handle(QWidget):
    """``pulled`` carries where the mouse wants it (in the parent), ``pushed`` steps to the right and down.

    A ``hollow`` one leaves in sight what is under it.
    """

    pulled = Signal(QPointF)
    pushed = Signal(int, int)

    def __init__(
        self, parent: QWidget, *, name: str, says: str, shape: Qt.CursorShape, hollow: bool = False
    ) -> None:
        super().__init__(parent)
        self._hollow = hollow
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setToolTip(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(shape)
        self.resize(TARGET, TARGET)
        self._held: QPointF | None = None

    def stand_at(self, place: QPointF) -> None:
        """Lie with its middle at a place of the parent."""
        self.move(round(place.x() - self.width() / 2), round(place.y() - self.height() / 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = QRectF(0, 0, _DOT, _DOT)
        dot.moveCenter(QRectF(self.rect()).center())
        if not self._hollow:
            painter.setPen(QPen(look.colour("card"), 2))
            painter.setBrush(look.colour("sage"))
            painter.drawEllipse(dot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = dot.adjusted(-5, -5, 5, 5)
        if self.hasFocus():
            self._draw_ring(painter, ring, 3)
        elif self._hollow:
            self._draw_ring(painter, ring, 1.5)

    def _draw_ring(self, painter: QPainter, ring: QRectF, width: float) -> None:
        """In two colours, to be seen on a light photo and on a dark one."""
        for token, wide in (("card", width + 2), ("sage", width)):
            painter.setPen(QPen(theme.current().colour(token), wide))
            painter.drawEllipse(ring)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position() - QRectF(self.rect()).center()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self.pulled.emit(self.mapToParent(event.position() - self._held))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = steps(event)
        if by is None:
            super().keyPressEvent(event)
        else:
            self.pushed.emit(*by)
