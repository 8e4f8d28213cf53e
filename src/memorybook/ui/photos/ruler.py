"""A line between two marks on a photo, laid over something whose length is known."""

import math

from PySide6.QtCore import QLineF, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.photos.canvas import PhotoCanvas
from memorybook.ui.photos.handles import Handle

_BEGIN = (QPointF(0.3, 0.5), QPointF(0.7, 0.5))
_STEP = 1 / 400
_SERIF = 8  # the short lines at the ends of a ruler


class RulerLine(QWidget):
    """Lies over the canvas while a photo is measured. ``changed`` whenever a mark is elsewhere."""

    changed = Signal()

    def __init__(self, canvas: PhotoCanvas) -> None:
        super().__init__(canvas)
        self.setObjectName("ruler")
        self._canvas = canvas
        self._ends = list(_BEGIN)  # in parts of the photo as it is shown
        cross = Qt.CursorShape.CrossCursor
        self._marks = [
            Handle(self, name="ruler-first", says=tr("First mark"), shape=cross, hollow=True),
            Handle(self, name="ruler-second", says=tr("Second mark"), shape=cross, hollow=True),
        ]
        for number, mark in enumerate(self._marks):
            mark.pulled.connect(lambda place, number=number: self._pull(number, place))
            mark.pushed.connect(lambda across, down, number=number: self._push(number, across, down))
        canvas.moved.connect(self._lie)
        self.hide()

    def begin(self) -> None:
        """Show the line in the middle of the photo."""
        self._ends = list(_BEGIN)
        self.show()
        self.raise_()
        self._lie()
        self.changed.emit()

    def pixels(self) -> float:
        """From mark to mark, in pixels of the photo."""
        width, height = self._canvas.port.picture
        by = self._ends[1] - self._ends[0]
        return math.hypot(by.x() * width, by.y() * height)

    def _place(self, number: int) -> QPointF:
        whole, end = self._canvas.picture_rect(), self._ends[number]
        return QPointF(whole.left() + end.x() * whole.width(), whole.top() + end.y() * whole.height())

    def _lie(self) -> None:
        if self.isHidden():
            return
        self.setGeometry(self._canvas.rect())
        for number, mark in enumerate(self._marks):
            mark.stand_at(self._place(number))
            end = self._ends[number]
            mark.setAccessibleDescription(
                tr("{across} % across, {down} % down").format(
                    across=round(end.x() * 100), down=round(end.y() * 100)
                )
            )
        self.update()

    def _pull(self, number: int, place: QPointF) -> None:
        whole = self._canvas.picture_rect()
        self._put(
            number,
            QPointF(
                (place.x() - whole.left()) / max(whole.width(), 1),
                (place.y() - whole.top()) / max(whole.height(), 1),
            ),
        )

    def _push(self, number: int, across: int, down: int) -> None:
        """A step goes as far to the side as it goes down, whatever the shape of the photo."""
        width, height = self._canvas.port.picture
        longer = max(width, height)
        by = QPointF(across * _STEP * longer / width, down * _STEP * longer / height)
        self._put(number, self._ends[number] + by)

    def _put(self, number: int, end: QPointF) -> None:
        self._ends[number] = QPointF(min(max(end.x(), 0.0), 1.0), min(max(end.y(), 0.0), 1.0))
        self._lie()
        self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QLineF(self._place(0), self._place(1))
        across = line.normalVector()
        across.setLength(_SERIF)
        by = across.p2() - across.p1()
        for token, width in (("card", 5), ("sage", 2)):  # to be seen on a light photo and on a dark one
            painter.setPen(QPen(look.colour(token), width))
            painter.drawLine(line)
            for end in (line.p1(), line.p2()):
                painter.drawLine(QLineF(end - by, end + by))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The nearer mark comes to where the photo is pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            place = event.position()
            nearer = min((0, 1), key=lambda number: QLineF(self._place(number), place).length())
            self._pull(nearer, place)
            self._marks[nearer].setFocus(Qt.FocusReason.MouseFocusReason)
