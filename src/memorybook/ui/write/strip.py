"""The pictures of a page in a row that wraps, and the place where the next one is dropped."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.pasted import pictures_in
from memorybook.ui.kit.pictures import Picture

_TILE = (196, 132)
_ADD = (132, 132)


class _AddButton(Button):
    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(_ADD[0]), px(_ADD[1]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class PictureStrip(QWidget):
    """Tiles and the dashed button. ``addWanted`` asks for a file choice, ``offered`` carries a drop."""

    addWanted = Signal()
    offered = Signal(list)
    opened = Signal(int)
    uncoverWanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._tiles: dict[PhotoId, Picture] = {}
        self._flow = FlowLayout(self, gap=theme.current().px(12))
        self._add = _AddButton(
            tr("Add a photo\nor drop it here"),
            self.addWanted.emit,
            name="add-photo",
            variant="add-picture",
            says=tr("Add a photo"),
        )
        self._flow.addWidget(self._add)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """One tile for each photo, in order; tiles that are there already keep their pixels."""
        for gone in self._tiles.keys() - {photo.id for photo in photos}:
            tile = self._tiles.pop(gone)
            self._flow.removeWidget(tile)
            tile.deleteLater()
        for place, photo in enumerate(photos):
            says = photo.description or photo.caption or tr("Photo")
            if photo.id in self._tiles:
                self._tiles[photo.id].call(says)
                continue
            tile = Picture(name=f"photo-{photo.id}", says=says, edge=_TILE)
            tile.pressed.connect(lambda chosen=photo.id: self.opened.emit(chosen))
            tile.uncoverWanted.connect(lambda chosen=photo.id: self.uncoverWanted.emit(chosen))
            self._tiles[photo.id] = tile
            self._flow.insertWidget(place, tile)
            tile.show()
        self.updateGeometry()

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """Fill a tile, if it is still there."""
        if photo in self._tiles:
            self._tiles[photo].show_jpeg(jpeg)

    def show_covered(self, photo: Photo) -> None:
        """Let a tile show the plain surface."""
        if photo.id in self._tiles:
            self._tiles[photo.id].show_covered(photo.caption)

    def show_adding(self, waiting: int) -> None:
        """Say on the button that pictures are being taken in."""
        self._add.setText(tr("Adding…") if waiting else tr("Add a photo\nor drop it here"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if pictures_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.offered.emit(pictures_in(event.mimeData()))
