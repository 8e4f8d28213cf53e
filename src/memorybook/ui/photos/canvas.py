"""The surface on which one photo is seen at any size, by mouse, touch and keys."""

from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from memorybook.ui.core import theme
from memorybook.ui.kit.covered import covered_photo, paint_covered
from memorybook.ui.photos.handles import TARGET
from memorybook.ui.photos.viewport import STEP, Viewport

_NOTCH = 120.0
_PAN = 60
_SETTLED_MS = 90
_COVERED = (440, 330)


class PhotoCanvas(QWidget):
    """Empty until :meth:`show_image`. Everything in it is in pixels of the photo as it is shown.

    ``zoomed`` when another size is seen, ``coarse`` once what is seen is larger than the pixels there are,
    ``uncoverWanted`` when a covered photo is pressed, ``moved`` whenever the photo lies elsewhere,
    ``stepWanted`` with 1 or -1 for the key that turns to the next photo or the one before.
    """

    zoomed = Signal()
    coarse = Signal()
    moved = Signal()
    uncoverWanted = Signal()
    stepWanted = Signal(int)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 140)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.port = Viewport()
        self.wheel_scrolls = False  # the page it is on, while the whole photo is seen
        self._image = QImage()
        self._close = QImage()  # every pixel of it, once it is looked at closely
        self._shrunk = QPixmap()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED_MS)
        self._settle.timeout.connect(self._shrink)
        self._held: QPointF | None = None
        self._covered = False
        self._still = False
        theme.current().changed.connect(self.update)

    # what is shown

    def turn_to(self, width: int, height: int, says: str) -> None:
        """Make room for another photo of this size; its pixels come later."""
        self._drop()
        self.setAccessibleName(says)
        self.port.show(width, height)
        self._after_move()

    def show_image(self, image: QImage, width: int, height: int) -> None:
        """Show the photo, or finer pixels of it; it measures ``width`` by ``height`` in any case."""
        same = self.port.picture == (width, height)
        if same and self.is_shown and image.width() > self._image.width():
            self._close = image
        else:
            if not same:
                self.port.show(width, height)
            self._image, self._close = image, QImage()
            self._shrunk = QPixmap()
        self._covered = False
        self._after_move()

    def show_covered(self, caption: str = "") -> None:
        """Let go of every pixel and show the plain surface."""
        self._drop()
        self._covered = True
        self.setAccessibleName(covered_photo(caption))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._after_move()

    def show_nothing(self) -> None:
        """Let go of every pixel."""
        self._drop()
        self._after_move()

    def _drop(self) -> None:
        self._covered = False
        self._image, self._close, self._shrunk = QImage(), QImage(), QPixmap()
        self._settle.stop()

    @property
    def is_shown(self) -> bool:
        """Whether there are pixels."""
        return not self._image.isNull()

    @property
    def is_covered(self) -> bool:
        """Whether the plain surface stands in the place of the photo."""
        return self._covered

    @property
    def needs_finer(self) -> bool:
        """Whether the screen has more pixels for the photo than there are here."""
        return self.is_shown and self._close.isNull() and self._is_coarse

    @property
    def _is_coarse(self) -> bool:
        """Whether the picture for the screen has too few pixels for what is seen, and the photo has more."""
        shown = self.port.picture[0] * self.port.scale * self.port.ratio
        return self._image.width() < self.port.picture[0] and shown > self._image.width() * 1.1

    def keep_still(self, *, still: bool) -> None:
        """Show the whole of it and nothing else, while something is measured or cut."""
        self._still = still
        self.port.border = TARGET / 2 if still else 0.0  # a handle on its edge is seen whole
        if still:
            self.port.fit()
        self._after_move()

    def picture_rect(self) -> QRectF:
        """Where the photo lies, also what is out of sight of it."""
        left, top = self.port.origin
        width, height = self.port.picture
        return QRectF(left, top, width * self.port.scale, height * self.port.scale)

    # looking closer

    def fit(self) -> None:
        """See the whole of it."""
        self.port.fit()
        self._after_move()

    def zoom_to(self, percent: float, at: QPointF | None = None) -> None:
        """See it at a size; 100 is a pixel of the photo for a pixel of the screen."""
        if self._can_zoom:
            self.port.zoom_to(percent, None if at is None else (at.x(), at.y()))
            self._after_move()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """See it so many times as large."""
        if self._can_zoom:
            self.port.zoom_by(factor, None if at is None else (at.x(), at.y()))
            self._after_move()

    @property
    def _can_zoom(self) -> bool:
        return self.is_shown and not self._still

    def pan(self, across: float, down: float) -> None:
        """Move it by so many pixels."""
        self.port.pan(across, down)
        self._after_move()

    def _after_move(self) -> None:
        if not self._covered:
            movable = self.port.can_pan and self.is_shown
            shape = Qt.CursorShape.ClosedHandCursor if self._held else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape if movable else Qt.CursorShape.ArrowCursor)
        if not self._shrunk.isNull() and self._shrunk.size() != self._on_screen():
            self._shrunk = QPixmap()
        self._settle.start()
        self.update()
        self.zoomed.emit()
        self.moved.emit()
        if self.needs_finer:
            self.coarse.emit()

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        if self._covered:
            paint_covered(painter, self._covered_rect(), focused=self.hasFocus())
            return
        target = self.picture_rect()
        seen = target.intersected(QRectF(self.rect()))
        radius = look.px(7)
        path = QPainterPath()
        path.addRoundedRect(seen, radius, radius)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self.is_shown:
            painter.setClipPath(path)
            if self._shrunk.isNull():
                image = self._close if self._is_coarse and not self._close.isNull() else self._image
                painter.drawImage(target, image, QRectF(image.rect()))
            else:
                painter.drawPixmap(target.topLeft(), self._shrunk)
            painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("sage"), 3))
            painter.drawRoundedRect(seen.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)

    def _covered_rect(self) -> QRectF:
        """The same for every photo: its shape would tell something of it."""
        px = theme.current().px
        frame = QRectF(0, 0, px(_COVERED[0]), px(_COVERED[1]))
        if frame.width() > self.width() or frame.height() > self.height():
            frame.setSize(
                frame.size().scaled(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
            )
        frame.moveCenter(QRectF(self.rect()).center())
        return frame

    def _on_screen(self) -> QSize:
        """How large the whole photo is at this moment, in pixels of the screen."""
        return (self.picture_rect().size() * self.port.ratio).toSize()

    def _shrink(self) -> None:
        """Shrunk well, once it stands still: the painter's own way leaves out every second line."""
        size = self._on_screen()
        needed = self.is_shown and not self.port.can_pan and size.width() <= self._image.width() * 0.8
        if not needed or not self._shrunk.isNull():
            return
        small = self._image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        small.setDevicePixelRatio(self.port.ratio)
        self._shrunk = QPixmap.fromImage(small)
        self.update()

    # mouse, touch, keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.port.resize(self.width(), self.height(), self.devicePixelRatioF())
        self._after_move()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if pinch is not None:
                pinched = cast("QPinchGesture", pinch)
                self.zoom_by(pinched.scaleFactor(), self.mapFromGlobal(pinched.centerPoint()))
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel looks closer; two fingers on a pad move the photo, and with Ctrl they look closer too."""
        fingers = event.pixelDelta()
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.wheel_scrolls and not held and not self.port.can_pan:
            event.ignore()
            return
        if not fingers.isNull() and not held:
            self.pan(fingers.x(), fingers.y())
        else:
            self.zoom_by(STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.port.can_pan and not self._covered:
            self._held = event.position()
            self._after_move()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            by = event.position() - self._held
            self._held = event.position()
            self.pan(by.x(), by.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._covered and self._covered_rect().contains(event.position()):
            self.uncoverWanted.emit()
        self._held = None
        self._after_move()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._covered and event.button() is Qt.MouseButton.LeftButton:
            if self.port.is_fitted:
                self.zoom_to(100, event.position())
            else:
                self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        uncover = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        pan = {
            Qt.Key.Key_Left: (_PAN, 0),
            Qt.Key.Key_Right: (-_PAN, 0),
            Qt.Key.Key_Up: (0, _PAN),
            Qt.Key.Key_Down: (0, -_PAN),
        }
        ahead, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            ahead, back = back, ahead
        if self._covered and key in uncover:
            self.uncoverWanted.emit()
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.zoom_to(100)
        elif key in pan and self.is_shown and self.port.can_pan:
            self.pan(*pan[Qt.Key(key)])
        elif key in {ahead, Qt.Key.Key_PageDown}:
            self.stepWanted.emit(1)
        elif key in {back, Qt.Key.Key_PageUp}:
            self.stepWanted.emit(-1)
        else:
            super().keyPressEvent(event)
