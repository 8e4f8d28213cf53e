"""What stands on a page of the preview where a covered photo is: drawn for paper, whatever look is on."""

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr

_EDGE = 480
"""Pixels of the longer side: as sharp as the small pictures beside it."""

_QUALITY = 90


def covered_surface(width: int, height: int) -> bytes:
    """A JPEG in the shape of a picture (upright pixels) that shows the plain surface. GUI thread."""
    scale = _EDGE / max(width, height, 1)
    return _drawn(max(round(width * scale), 1), max(round(height * scale), 1), tr("Covered"))


@lru_cache(maxsize=16)
def _drawn(width: int, height: int, word: str) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    paper = theme.LIGHT
    image.fill(QColor(paper.linen))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(paper.edge), 2))
    painter.drawRect(QRectF(1, 1, width - 2, height - 2))
    font = QFont(theme.SERIF)
    font.setPixelSize(max(min(width, height) // 9, 1))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(paper.ink))
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, word)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # the stubs want bytes for the format
    return bytes(held.data())
