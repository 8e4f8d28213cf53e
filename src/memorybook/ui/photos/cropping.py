"""The frame that says what stays of a photo, pulled by mouse or pushed by keys."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from memorybook.domain.edit import SCALE, WHOLE, Crop
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.photos.canvas import PhotoCanvas
from memorybook.ui.photos.handles import Handle, steps

_STEP = SCALE // 200  # half a per cent
_LEAST = SCALE // 50

Side = tuple[int, int]
_SIDES: tuple[Side, ...] = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))


def moved(crop: Crop, side: Side, across: int, down: int) -> Crop:
    """``crop`` with a side (-1 left or top, 1 right or bottom) moved; ``(0, 0)`` moves the whole of it."""
    left, top, right, bottom = crop.left, crop.top, crop.right, crop.bottom
    if side == (0, 0):
        across = min(max(across, -left), SCALE - right)
        down = min(max(down, -top), SCALE - bottom)
        return Crop(left + across, top + down, right + across, bottom + down)
    if side[0] < 0:
        left = min(max(left + across, 0), right - _LEAST)
    elif side[0] > 0:
        right = max(min(right + across, SCALE), left + _LEAST)
    if side[1] < 0:
        top = min(max(top + down, 0), bottom - _LEAST)
    elif side[1] > 0:
        bottom = max(min(bottom + down, SCALE), top + _LEAST)
    return Crop(max(left, 0), max(top, 0), min(right, SCALE), min(bottom, SCALE))


class CropFrame(QWidget):
    """Lies over the canvas while a photo is cut. ``changed`` whenever the frame is another one."""

    changed = Signal()

    def __init__(self, canvas: PhotoCanvas) -> None:
        super().__init__(canvas)
        self.setObjectName("crop-frame")
        self.setAccessibleName(tr("What stays of the photo. The arrow keys move it."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._canvas = canvas
        self._crop = WHOLE
        self._held: QPointF | None = None
        self._handles: dict[Side, Handle] = {}
        for side in _SIDES:
            handle = Handle(self, name=_name(side), says=_says(side), shape=_shape(side))
            handle.pulled.connect(lambda place, side=side: self._pull(side, place))
            handle.pushed.connect(
                lambda across, down, side=side: self._move(side, across * _STEP, down * _STEP)
            )
            self._handles[side] = handle
        canvas.moved.connect(self._lie)
        self.hide()

    def begin(self, crop: Crop) -> None:
        """Show the frame as it is now."""
        self._crop = crop
        self.show()
        self.raise_()
        self._lie()
        self._handles[(-1, -1)].setFocus(Qt.FocusReason.TabFocusReason)

    def crop(self) -> Crop:
        """What stays, as it is seen."""
        return self._crop

    def set_crop(self, crop: Crop) -> None:
        """Another frame."""
        self._crop = crop
        self._lie()
        self.changed.emit()

    def _lie(self) -> None:
        if self.isHidden():
            return
        self.setGeometry(self._canvas.rect())
        frame = self._frame()
        for (across, down), handle in self._handles.items():
            x = (frame.left(), frame.center().x(), frame.right())[across + 1]
            y = (frame.top(), frame.center().y(), frame.bottom())[down + 1]
            handle.stand_at(QPointF(x, y))
        crop = self._crop
        self.setAccessibleDescription(
            tr("From {left} % to {right} % across, from {top} % to {bottom} % down").format(
                left=round(crop.left * 100 / SCALE),
                right=round(crop.right * 100 / SCALE),
                top=round(crop.top * 100 / SCALE),
                bottom=round(crop.bottom * 100 / SCALE),
            )
        )
        self.update()

    def _frame(self) -> QRectF:
        whole, crop = self._canvas.picture_rect(), self._crop
        across, down = whole.width() / SCALE, whole.height() / SCALE
        return QRectF(
            QPointF(whole.left() + crop.left * across, whole.top() + crop.top * down),
            QSizeF((crop.right - crop.left) * across, (crop.bottom - crop.top) * down),
        )

    def _pull(self, side: Side, place: QPointF) -> None:
        frame = self._frame()
        x = frame.left() if side[0] < 0 else frame.right()
        y = frame.top() if side[1] < 0 else frame.bottom()
        self._by_pixels(side, place - QPointF(x, y))

    def _by_pixels(self, side: Side, by: QPointF) -> None:
        whole = self._canvas.picture_rect()
        self._move(side, round(by.x() * SCALE / whole.width()), round(by.y() * SCALE / whole.height()))

    def _move(self, side: Side, across: int, down: int) -> None:
        crop = moved(self._crop, side, across, down)
        if crop != self._crop:
            self.set_crop(crop)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, frame = self._canvas.picture_rect(), self._frame()
        outside = QPainterPath()
        outside.addRect(whole)
        inside = QPainterPath()
        inside.addRect(frame)
        shade = look.colour("paper")
        shade.setAlphaF(0.72)
        painter.fillPath(outside.subtracted(inside), shade)
        for token, width in (("card", 4), ("sage", 2)):
            painter.setPen(QPen(look.colour(token), width))
            painter.drawRect(frame)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("sage"), 4))
            painter.drawRect(frame.adjusted(4, 4, -4, -4))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._frame().contains(event.position()):
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            before = self._crop
            self._by_pixels((0, 0), event.position() - self._held)
            if self._crop != before:
                self._held = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self.unsetCursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = steps(event)
        if by is None:
            super().keyPressEvent(event)
        else:
            self._move((0, 0), by[0] * _STEP, by[1] * _STEP)


def _name(side: Side) -> str:
    across = ("left", "", "right")[side[0] + 1]
    down = ("top", "", "bottom")[side[1] + 1]
    return "-".join(part for part in ("crop", down, across) if part)


def _says(side: Side) -> str:
    return {
        (-1, -1): tr("Top left corner"),
        (0, -1): tr("Top edge"),
        (1, -1): tr("Top right corner"),
        (1, 0): tr("Right edge"),
        (1, 1): tr("Bottom right corner"),
        (0, 1): tr("Bottom edge"),
        (-1, 1): tr("Bottom left corner"),
        (-1, 0): tr("Left edge"),
    }[side]


def _shape(side: Side) -> Qt.CursorShape:
    if 0 in side:
        return Qt.CursorShape.SizeHorCursor if side[0] else Qt.CursorShape.SizeVerCursor
    return Qt.CursorShape.SizeFDiagCursor if side[0] == side[1] else Qt.CursorShape.SizeBDiagCursor
