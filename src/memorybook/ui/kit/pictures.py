"""Pictures on a page: tiles with round corners, and a picture at the full width of a column."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.images import image_from
from memorybook.ui.kit.covered import covered_photo, paint_covered


def pixmap_from_jpeg(data: bytes) -> QPixmap:
    """Our own small JPEG as pixels. GUI thread."""
    return QPixmap.fromImage(image_from(data, "jpeg"))


class Picture(QWidget):
    """One picture with round corners. Empty until :meth:`show_jpeg`; never a grey "missing" mark.

    A tile (``edge`` given, width and height in pixels at 100 %) fills its frame; without it the picture
    takes the width there is and its own height, up to ``tallest``. It can be pressed by mouse or key.
    A covered one holds no pixels, is asked for by ``uncoverWanted`` and only then filled.
    """

    pressed = Signal()
    uncoverWanted = Signal()

    def __init__(
        self, *, name: str, says: str, edge: tuple[int, int] | None = None, tallest: int = 620,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self._pixmap = QPixmap()
        self._edge = edge
        self._tallest = tallest
        self._ratio = 3 / 4
        self._says = says
        self._covered = False
        if edge:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        else:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        theme.current().changed.connect(self.updateGeometry)

    def show_jpeg(self, data: bytes) -> None:
        """Show our own rendition of a picture. It is covered no more."""
        self._pixmap = pixmap_from_jpeg(data)
        if self._covered:
            self._set_covered(covered=False)
            self.setAccessibleName(self._says)
        if not self._pixmap.isNull():
            self._ratio = self._pixmap.height() / self._pixmap.width()
        self.updateGeometry()
        self.update()

    def show_covered(self, caption: str = "") -> None:
        """Let go of the pixels and show the plain surface; what the picture shows is not read out either."""
        if not self._covered:
            self._set_covered(covered=True)
        self._pixmap = QPixmap()
        self.setAccessibleName(covered_photo(caption))
        self.updateGeometry()
        self.update()

    def call(self, says: str) -> None:
        """What it shows is said in other words; of a covered one, once it is uncovered."""
        self._says = says
        if not self._covered:
            self.setAccessibleName(says)

    def _set_covered(self, *, covered: bool) -> None:
        self._covered = covered
        if not self._edge:
            # A tile can be pressed anyway; a picture in a column only while there is something to uncover.
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if covered else Qt.FocusPolicy.NoFocus)
            if covered:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self.unsetCursor()

    @property
    def is_covered(self) -> bool:
        """Whether the plain surface stands in the place of the picture."""
        return self._covered

    def keep_room(self, width: int, height: int) -> None:
        """The shape the picture will have (upright pixels), so that the page does not jump when it comes."""
        self._ratio = height / max(width, 1)
        self.updateGeometry()

    @property
    def is_shown(self) -> bool:
        """Whether pixels have arrived."""
        return not self._pixmap.isNull()

    def sizeHint(self) -> QSize:
        if self._edge:
            px = theme.current().px
            return QSize(px(self._edge[0]), px(self._edge[1]))
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._edge else QSize(80, 60)

    def heightForWidth(self, width: int) -> int:
        return min(round(width * self._ratio), self._tallest)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is painted
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        look = theme.current()
        frame = QRectF(self.rect())
        radius = look.px(7)
        if self._covered:
            paint_covered(painter, frame, focused=self.hasFocus())
            return
        if not self._pixmap.isNull():
            size = self._pixmap.size().toSizeF()
            scaled = size.scaled(
                frame.size(),
                Qt.AspectRatioMode.KeepAspectRatioByExpanding
                if self._edge
                else Qt.AspectRatioMode.KeepAspectRatio,
            )
            target = QRectF(frame.topLeft(), scaled)
            if self._edge:
                target.moveCenter(frame.center())
            elif self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                target.moveRight(frame.right())
            path = QPainterPath()
            path.addRoundedRect(target.intersected(frame), radius, radius)
            painter.setClipPath(path)
            painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
            painter.setClipping(False)
        elif self._edge:
            path = QPainterPath()
            path.addRoundedRect(frame, radius, radius)
            painter.fillPath(path, look.colour("linen"))
        if self.hasFocus():
            painter.setPen(QPen(look.colour("sage"), 3))
            painter.drawRoundedRect(frame.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._press()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if (self._covered or self._edge) and event.key() in keys:
            self._press()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        if self._covered:
            self.uncoverWanted.emit()
        elif self._edge:
            self.pressed.emit()
