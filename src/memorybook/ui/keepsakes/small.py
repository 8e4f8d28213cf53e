"""The small pictures of keepsakes, for cards and forms: fetched where they may be seen."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from memorybook.domain.bringing import Refused
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo, PhotoRow
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import Showing, may_show, photo_key


class PicturesView(Protocol):
    """What is told about pictures."""

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of a photo has come, for wherever it is shown."""

    def show_covered(self, photo: Photo) -> None:
        """A photo is covered, or covered again."""

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show the pictures of the form, in order."""

    def show_adding(self, *, on: bool) -> None:
        """Pictures are being taken in."""

    def show_refused(self, refused: Sequence[Refused]) -> None:
        """Some pictures could not be taken in."""

    def show_taken_off(self, put_back: Callable[[], None]) -> None:
        """A picture is no longer with the keepsake; offer to put it back."""

    def offer_photos(self, rows: Sequence[PhotoRow]) -> None:
        """Let the person choose among the photos of the book."""

    def show_offered(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of a photo that is offered has come."""

    def show_large(self, photo: Photo, jpeg: bytes) -> None:
        """Show one picture large."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""


class SmallPictures:
    """Fetches the small pictures that may be seen; of covered ones not even the pixels are asked for."""

    def __init__(self, view: PicturesView, *, album: Album, deliver: Deliver, showing: Showing) -> None:
        self._view = view
        self._album = album
        self._deliver = deliver
        self._showing = showing
        self._known: dict[PhotoId, Photo] = {}
        self._coming: set[PhotoId] = set()

    def know(self, photos: Iterable[Photo]) -> None:
        """These photos may be asked for, as they are now."""
        self._known.update((photo.id, photo) for photo in photos)

    def may_show(self, photo: Photo) -> bool:
        """Whether its pixels may be fetched."""
        return may_show(self._showing, photo_key(photo.id), covered=photo.covered)

    def uncover(self, photo: PhotoId) -> None:
        """The person chose to look at this picture."""
        self._showing.uncover(photo_key(photo))

    def need(self, ids: Iterable[PhotoId]) -> None:
        """These are in sight and have no pixels yet."""
        for photo_id in ids:
            photo = self._known.get(photo_id)
            if photo is None:
                continue
            if not self.may_show(photo):
                self._view.show_covered(photo)
            elif photo_id not in self._coming:
                self._coming.add(photo_id)
                self._fetch(photo_id)

    def covering_changed(self) -> None:
        """Something was uncovered, or is covered again."""
        self.need([photo.id for photo in self._known.values() if photo.covered])

    def _fetch(self, photo_id: PhotoId) -> None:
        def come(jpeg: bytes) -> None:
            self._coming.discard(photo_id)
            if self.may_show(self._known[photo_id]):  # it may have been covered meanwhile
                self._view.show_thumbnail(photo_id, jpeg)

        def failed(error: MemoryBookError) -> None:
            self._coming.discard(photo_id)
            self._view.show_problem(error)

        self._deliver(self._album.thumbnail(photo_id), come, failed)
