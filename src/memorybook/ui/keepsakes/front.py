"""The picture at the top of a card: its pixels, or the plain surface of a covered one."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from memorybook.domain.photo import Photo
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.covered import covered_photo, paint_covered
from memorybook.ui.kit.pictures import pixmap_from_jpeg

_TALLEST = 1.25  # a narrow picture is cut to this many times its width


class Front(QWidget):
    """As wide as the card. Covered, it is a control of its own: pressing it asks for the picture.

    It keeps no more pixels than it shows.
    """

    uncoverWanted = Signal()

    def __init__(self, photo: Photo, *, covered: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = photo
        self.setObjectName(f"keepsake-front-{photo.id}")
        width, height = photo.shown_size
        self._ratio = min(height / max(width, 1), _TALLEST)
        self._pixmap = QPixmap()
        self._covered = covered
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._dress()

    @property
    def is_covered(self) -> bool:
        """Whether the plain surface stands in the place of the picture."""
        return self._covered

    @property
    def wants_pixels(self) -> bool:
        """Whether it is waiting for its picture."""
        return not self._covered and self._pixmap.isNull()

    def show_jpeg(self, jpeg: bytes) -> None:
        """Show the small picture."""
        pixmap = pixmap_from_jpeg(jpeg)
        ratio = self.devicePixelRatio()
        wide = max(round(self.width() * ratio), 1)
        if pixmap.width() > wide:
            pixmap = pixmap.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        self._pixmap = pixmap
        self._covered = False
        self._dress()

    def show_covered(self) -> None:
        """Let go of the pixels."""
        self._pixmap = QPixmap()
        self._covered = True
        self._dress()

    def _dress(self) -> None:
        photo = self.photo
        said = photo.description or photo.caption or tr("Photo")
        self.setAccessibleName(covered_photo(photo.caption) if self._covered else said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._covered else Qt.FocusPolicy.NoFocus)
        # What is not covered belongs to the card, which is pressed through it.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self._covered)
        self.update()

    def sizeHint(self) -> QSize:
        width = max(self.width(), 120)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 40)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(round(width * self._ratio), 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = QRectF(self.rect())
        if self._covered:
            paint_covered(painter, frame, focused=self.hasFocus())
            return
        look = theme.current()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(frame, look.px(7), look.px(7))
        if self._pixmap.isNull():
            painter.fillPath(path, look.colour("linen"))
            return
        painter.setClipPath(path)
        scaled = self._pixmap.size().toSizeF()
        scaled.scale(frame.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        target = QRectF(frame.topLeft(), scaled)
        target.moveCenter(frame.center())
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("sage"), 3))
            painter.drawPath(path)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._covered and inside and event.button() is Qt.MouseButton.LeftButton:
            self.uncoverWanted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._covered)  # or the card takes it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._covered and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.uncoverWanted.emit()
        else:
            super().keyPressEvent(event)
