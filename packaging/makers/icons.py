"""The program's icon in every form that a system asks for, made of the app's own drawing and colours."""

import io
import re
import struct
from functools import cache
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import places
from memorybook.ui.core.theme import LIGHT

SIZES = (16, 22, 24, 32, 48, 64, 72, 96, 128, 192, 256, 512)
"""In pixels: the sizes that the hicolor theme knows and menus, docks and software centres ask for."""

_DRAWING = places.ROOT / "resources" / "icons" / "memory-book.svg"
_SMALL = 32
"""Up to this many pixels the tile fills its square."""

_ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
_ICNS_KINDS = {
    "ic11": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512, "ic09": 512, "ic10": 1024,
}  # fmt: skip


def svg(size: int = 0) -> str:
    """The drawn book, in paper colour on a sage tile. For few pixels, ``size`` of them, drawn upon these."""
    inner = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", _DRAWING.read_text(encoding="utf-8").strip())
    if 0 < size <= _SMALL:
        side, margin, corner, scale, left, top, stroke = size, 0.0, 3 * size / 16, *_on_the_pixels(size)
    else:
        side, margin, corner, scale, stroke = 128, 4.0, 27.0, 3.7, 1.6
        left = top = side / 2 - 12 * scale
    tile = side - 2 * margin
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
        f'<rect x="{margin:g}" y="{margin:g}" width="{tile:g}" height="{tile:g}" rx="{corner:g}" '
        f'fill="{LIGHT.sage}"/><g transform="translate({left:g} {top:g}) scale({scale:g})" fill="none" '
        f'stroke="{LIGHT.paper}" stroke-width="{stroke:g}" stroke-linecap="round" stroke-linejoin="round">'
        f"{inner}</g></svg>\n"
    )


def _on_the_pixels(size: int) -> tuple[float, float, float, float]:
    """Scale, left, top and stroke with which the edges of the book, 16 units apart, lie upon whole pixels."""
    line = size // 16
    width = round(size * 0.64)
    scale = width / 16
    into = 0.5 if line % 2 else 0.0  # the middle of a line of one pixel lies within it
    left = (size - width) // 2 + into - 4 * scale
    top = int((size - 18 * scale) // 2) + into - 3 * scale
    return scale, left, top, line / scale


@cache
def png(size: int) -> bytes:
    """The icon with sides of ``size`` pixels, the same bytes at every call."""
    drawing = QSvgRenderer(QByteArray(svg(size).encode()))
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    file = io.BytesIO()
    data = bytes(image.constBits())
    pixels = Image.frombytes("RGBA", (size, size), data, "raw", "RGBA", image.bytesPerLine())
    pixels.save(file, "PNG", optimize=True)
    return file.getvalue()


def write_hicolor(share: Path) -> None:
    """All sizes, and the drawing itself, below ``share/icons/hicolor``."""
    theme = share / "icons" / "hicolor"
    for size in SIZES:
        _write(theme / f"{size}x{size}" / "apps" / f"{places.APP_ID}.png", png(size))
    _write(theme / "scalable" / "apps" / f"{places.APP_ID}.svg", svg().encode())


def write_ico(file: Path) -> None:
    """For Windows: one file with the sizes that it shows."""
    entries, images, start = [], [], 6 + 16 * len(_ICO_SIZES)
    for size in _ICO_SIZES:
        data = png(size)
        side = size % 256  # 0 stands for 256
        entries.append(struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), start))
        images.append(data)
        start += len(data)
    _write(file, struct.pack("<HHH", 0, 1, len(_ICO_SIZES)) + b"".join(entries) + b"".join(images))


def write_icns(file: Path) -> None:
    """For macOS: one file with the sizes that it shows, the doubled ones for fine screens among them."""
    images = [(kind.encode(), png(size)) for kind, size in _ICNS_KINDS.items()]
    body = b"".join(kind + struct.pack(">I", 8 + len(data)) + data for kind, data in images)
    _write(file, b"icns" + struct.pack(">I", 8 + len(body)) + body)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
