"""The pictures of the page as they are shown, chosen, dropped, looked at and taken off."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.ui.core import dialogs
from memorybook.ui.core.called import names
from memorybook.ui.kit.picture_sheet import PhotoSheet
from memorybook.ui.write import pictures as presenting
from memorybook.ui.write.saying import Saying
from memorybook.ui.write.strip import PictureStrip


class PictureArea(QWidget):
    """``acts`` is what does as the person asks, once it is there. ``taken`` follows pictures that came."""

    taken = Signal()

    def __init__(
        self,
        acts: Callable[[], presenting.PagePictures],
        says: Callable[[], Saying],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._acts = acts
        self._says = says
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._strip = PictureStrip()
        self._strip.addWanted.connect(self._choose)
        self._strip.offered.connect(self.take)
        self._strip.opened.connect(self._look_at)
        self._strip.uncoverWanted.connect(lambda photo: self._acts().uncover(PhotoId(photo)))
        column.addWidget(self._strip)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show the pictures of the page, in order."""
        self._strip.show_photos(photos)

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of one photo has come."""
        self._strip.show_thumbnail(photo, jpeg)

    def show_covered(self, photo: Photo) -> None:
        """One photo is covered."""
        self._strip.show_covered(photo)

    def show_adding(self, waiting: int) -> None:
        """So many pictures are still being taken in."""
        self._strip.show_adding(waiting)
        if not waiting:
            self._says().all_added()

    def show_taken_off(self, photo: PhotoId) -> None:
        """A picture is no longer on the page; it can be put back."""
        self._says().taken_off(lambda: self._acts().put_back(photo))

    def show_picture_problem(self, error: MemoryBookError, name: str) -> None:
        """One picture could not be added."""
        self._says().refused(error, name)

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""
        self._says().problem(error)

    def take(self, sources: Sequence[Path | bytes]) -> None:
        """Put these on the page."""
        if sources:
            self._acts().add(sources)
            self.taken.emit()

    def _choose(self) -> None:
        dialogs.choose_pictures(self, Path.home(), self.take)

    def _look_at(self, photo: int) -> None:
        chosen, acts = PhotoId(photo), self._acts()
        acts.look_at(
            chosen,
            lambda known, jpeg: PhotoSheet(
                self,
                known,
                jpeg,
                names(*acts.babies),
                said=lambda draft: acts.say(chosen, draft),
                taken_off=lambda: acts.take_off(chosen),
            ),
        )


if TYPE_CHECKING:
    _: type[presenting.PicturesView] = PictureArea
