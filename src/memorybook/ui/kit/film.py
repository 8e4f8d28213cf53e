"""The picture of a video: its still while it rests, and what it shows while it plays."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.images import image_from
from memorybook.ui.kit.covered import covered_recording, paint_covered

_MARK = 52


class Film(QWidget):
    """A tile (``edge`` given, in pixels at 100 %) or as wide as there is room and up to ``tallest``.

    ``pressed`` by mouse, Enter or Space; ``uncoverWanted`` instead of it while it is covered, when it holds
    no pixels at all. ``resized`` tells in how many pixels of the screen its pictures are needed.
    """

    pressed = Signal()
    uncoverWanted = Signal()
    resized = Signal(int, int)

    def __init__(
        self, *, name: str, title: str, edge: tuple[int, int] | None = None, tallest: int = 520,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(name)
        self._title, self._edge, self._tallest = title, edge, tallest
        self._still = self._moving = QImage()
        self._covered = self._goes_on = self._shrinks = False
        self._ratio = 9 / 16
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if edge:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        else:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        theme.current().changed.connect(self.updateGeometry)
        self._say()

    def let_shrink(self, *, shrinks: bool) -> None:
        """Whether a tile may be narrower where there is no room for it."""
        if self._edge and shrinks != self._shrinks:
            self._shrinks = shrinks
            across = QSizePolicy.Policy.Maximum if shrinks else QSizePolicy.Policy.Fixed
            self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def call(self, title: str) -> None:
        """It has another title."""
        self._title = title
        self._say()

    def keep_room(self, width: int, height: int) -> None:
        """The shape of the video, so that nothing jumps when its picture comes."""
        if width and height:
            self._ratio = height / width
            self.updateGeometry()

    def show_still(self, jpeg: bytes) -> None:
        """Show the small picture that is kept of it. It is covered no more."""
        self._covered = False
        self._still = image_from(jpeg, "jpeg") if jpeg else QImage()
        if not self._still.isNull():
            self.keep_room(self._still.width(), self._still.height())
        self._say()
        self.update()

    def show_picture(self, image: QImage) -> None:
        """Show what plays now."""
        if not self._covered:
            self._moving = image
            self.update()

    def show_going_on(self, *, goes_on: bool) -> None:
        """Whether it plays: then nothing stands on the picture."""
        if goes_on != self._goes_on:
            self._goes_on = goes_on
            self._say()
            self.update()

    def show_stopped(self) -> None:
        """It is not open any more: the still is shown again."""
        self._moving = QImage()
        self.show_going_on(goes_on=False)
        self.update()

    def show_covered(self) -> None:
        """Let go of every pixel and show the plain surface."""
        self._covered = True
        self._still = self._moving = QImage()
        self._say()
        self.update()

    @property
    def is_covered(self) -> bool:
        """Whether the plain surface is shown."""
        return self._covered

    @property
    def is_shown(self) -> bool:
        """Whether pixels have arrived."""
        return not (self._still.isNull() and self._moving.isNull())

    def _say(self) -> None:
        if self._covered:
            self.setAccessibleName(covered_recording(self._title))
        elif self._goes_on:
            self.setAccessibleName(tr("Let it rest: {title}").format(title=self._title))
        else:
            self.setAccessibleName(tr("Play: {title}").format(title=self._title))

    def sizeHint(self) -> QSize:
        if self._edge:
            px = theme.current().px
            return QSize(px(self._edge[0]), px(self._edge[1]))
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        if self._edge:
            hint = self.sizeHint()
            return QSize(min(120, hint.width()), hint.height()) if self._shrinks else hint
        return QSize(120, 80)

    def hasHeightForWidth(self) -> bool:
        return self._edge is None

    def heightForWidth(self, width: int) -> int:
        return min(round(width * self._ratio), self._tallest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        self.resized.emit(round(self.width() * ratio), round(self.height() * ratio))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is painted
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        look = theme.current()
        frame, radius = QRectF(self.rect()), look.px(7)
        if self._covered:
            paint_covered(painter, frame, focused=self.hasFocus())
            return
        path = QPainterPath()
        path.addRoundedRect(frame, radius, radius)
        painter.setClipPath(path)
        painter.fillRect(frame, look.colour("linen"))
        shown = self._still if self._moving.isNull() else self._moving
        if not shown.isNull():
            modes = Qt.AspectRatioMode
            mode = modes.KeepAspectRatioByExpanding if self._edge else modes.KeepAspectRatio
            target = QRectF(frame.topLeft(), shown.size().toSizeF().scaled(frame.size(), mode))
            target.moveCenter(frame.center())
            painter.drawImage(target, shown)
        if not self._goes_on:
            self._paint_mark(painter, frame)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("sage"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)

    def _paint_mark(self, painter: QPainter, frame: QRectF) -> None:
        """A round mark in the middle that says it can be played."""
        look = theme.current()
        wide = min(look.px(_MARK), frame.height() * 0.6)
        mark = QRectF(0, 0, wide, wide)
        mark.moveCenter(frame.center())
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("card"))
        painter.drawEllipse(mark)
        pixmap = look.pixmap("play", "sage", 24)
        edge = wide * 0.5
        place = QRectF(0, 0, edge, edge)
        place.moveCenter(mark.center())
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._act()
        else:
            super().keyPressEvent(event)

    def _act(self) -> None:
        (self.uncoverWanted if self._covered else self.pressed).emit()
