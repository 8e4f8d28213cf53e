"""What is pasted or dropped, as this program takes it: pictures as they are, words as plain text."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter, QTextDocumentFragment

from memorybook.domain.markup import cleaned

_PICTURE_FORMATS = (
    "image/jpeg",
    "image/heic",
    "image/heif",
    "image/webp",
    "image/tiff",
    "image/png",
    "image/gif",
)


def pictures_in(data: QMimeData) -> list[Path | bytes]:
    """What a drop or a paste brings as pictures: files by path, clipboard pictures as they were put there."""
    files: list[Path | bytes] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files
    for name in _PICTURE_FORMATS:
        if data.hasFormat(name):
            return [bytes(data.data(name).data())]
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            store = QByteArray()
            buffer = QBuffer(store)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QImageWriter(buffer, QByteArray(b"png")).write(image)
            return [bytes(store.data())]
    return []


def words_in(data: QMimeData) -> str:
    """The words of a drop or a paste without their styles; nothing that HTML names is loaded.

    Characters that no page can show are left out here, so that what is seen is what will be kept.
    """
    if data.hasText():
        words = data.text()
    elif data.hasHtml():
        words = QTextDocumentFragment.fromHtml(data.html()).toPlainText()
    else:
        words = ""
    return cleaned(words)
