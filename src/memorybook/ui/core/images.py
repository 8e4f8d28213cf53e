"""Our own small pictures as pixels."""

from typing import Literal

from PySide6.QtGui import QImage


def image_from(data: bytes, form: Literal["jpeg", "png"]) -> QImage:
    """The pixels, on any thread; a null image when they cannot be read.

    Always with the format, and not by a QImageReader: see ``tests/architecture`` on what stops the window.
    """
    return QImage.fromData(data, form)  # type: ignore[arg-type]  # as it is, not as its stubs say
