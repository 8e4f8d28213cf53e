"""The plain surface that stands where a covered picture is: it is painted without knowing the picture."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr

_WORD_ONLY = 140
"""A surface that is narrower, in pixels at 100 %, has room for one word."""

_SMALLEST = 9
"""Pixels of a letter below which a word is left out rather than made smaller."""


def covered_photo(caption: str = "") -> str:
    """What a covered photo is called by a screen reader: its caption is not covered, its description is."""
    return tr("Covered photo: {words}").format(words=caption) if caption else tr("Covered photo")


def covered_recording(title: str = "") -> str:
    """What a recording with a covered picture is called by a screen reader."""
    return tr("Covered video: {words}").format(words=title) if title else tr("Covered video")


def paint_covered(painter: QPainter, rect: QRect | QRectF, *, focused: bool, small: bool = False) -> None:
    """Paint the surface; ``small`` leaves out its second line, as does a ``rect`` without room for it.

    It is the same for every picture, and the same with the mouse above it.
    """
    look = theme.current()
    frame = QRectF(rect)
    radius = look.px(7)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.fillPath(path, look.colour("linen"))
    painter.setPen(QPen(look.colour("line"), 1))
    painter.drawPath(path)
    _write(painter, frame, small=small or frame.width() < look.px(_WORD_ONLY))
    if focused:
        painter.setPen(QPen(look.colour("sage"), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)
    painter.restore()


def _write(painter: QPainter, frame: QRectF, *, small: bool) -> None:
    look = theme.current()
    inner = frame.adjusted(look.px(8), look.px(6), -look.px(8), -look.px(6))
    word, line = tr("Covered"), tr("Look when you are ready")
    title = _fitting(look.font(17, serif=True, weight=600), word, inner.width())
    if title is None:
        return
    soft = look.font(13)
    centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    high = QFontMetrics(title).height()
    if high > inner.height():
        return
    below = QFontMetrics(soft).boundingRect(inner.toRect(), int(centred), line)
    gap = look.px(2)
    both = not small and below.width() <= inner.width() and high + gap + below.height() <= inner.height()
    top = inner.center().y() - (high + gap + below.height() if both else high) / 2
    painter.setFont(title)
    painter.setPen(look.colour("ink"))
    painter.drawText(QRectF(inner.left(), top, inner.width(), high), int(centred), word)
    if both:
        painter.setFont(soft)
        painter.setPen(look.colour("ink_soft"))
        second = QRectF(inner.left(), top + high + gap, inner.width(), below.height() + 1)
        painter.drawText(second, int(centred), line)


def _fitting(font: QFont, word: str, width: float) -> QFont | None:
    """The font, smaller where the word would not fit; ``None`` if it could not be read then."""
    wide = QFontMetrics(font).horizontalAdvance(word)
    if wide <= width:
        return font
    size = int(font.pixelSize() * width / wide)
    if size < _SMALLEST:
        return None
    smaller = QFont(font)
    smaller.setPixelSize(size)
    return smaller
