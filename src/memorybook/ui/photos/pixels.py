"""The pixels of the photo that is looked at: which are asked for, and which must not be."""

from concurrent.futures import Future
from typing import Protocol

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import Showing, may_show, photo_key

Size = tuple[int, int]

_LONGEST = 65_500
"""No JPEG has a longer side, in pixels."""


class PixelScreen(Protocol):
    """What is told about pixels."""

    def show_pixels(self, photo: PhotoId, jpeg: bytes, size: Size) -> None:
        """The photo, which measures ``size`` in pixels of the original, however many have come."""

    def show_covered(self, photo: Photo) -> None:
        """The plain surface instead of the photo, until it is asked for."""

    def show_damaged(self, photo: Photo, error: MemoryBookError) -> None:
        """The photo cannot be read as it was kept; what comes now is the small picture of it."""


class Pixels:
    """Asks for the pixels of one photo at a time. GUI thread.

    Nothing of a covered photo is asked for before ``showing`` says that it may be shown, and what was asked
    for before it was covered again is dropped when it comes.
    """

    def __init__(self, view: PixelScreen, *, album: Album, deliver: Deliver, showing: Showing) -> None:
        self._view = view
        self._album = album
        self._deliver = deliver
        self._showing = showing
        self._photo: Photo | None = None
        self._asked = 0
        self._original = False
        self._close = False
        self._damaged = False

    def turn_to(self, photo: Photo | None) -> None:
        """Another photo, or the same one changed."""
        self._photo = photo
        self._original = self._damaged = False
        self.show()

    def note(self, photo: Photo) -> None:
        """The words of the photo are others, and whether it is covered."""
        before, self._photo = self._photo, photo
        if before is None or before.covered != photo.covered:
            self.show()

    def compare(self, *, on: bool) -> None:
        """Show it as it came, or as it is shown."""
        if on != self._original:
            self._original = on
            self.show()

    @property
    def may_be_seen(self) -> bool:
        """Whether there is a photo, and it is not covered at this moment."""
        photo = self._photo
        return photo is not None and may_show(self._showing, photo_key(photo.id), covered=photo.covered)

    @property
    def _size(self) -> Size:
        photo = self._photo
        if photo is None:
            return (1, 1)
        return (photo.width, photo.height) if self._original else photo.shown_size

    def show(self) -> None:
        """Ask for what may be shown."""
        photo = self._photo
        self._asked += 1
        self._close = False
        if photo is None:
            return
        if not self.may_be_seen:
            self._view.show_covered(photo)
            return
        asked = self._asked

        def failed(error: MemoryBookError) -> None:
            if asked == self._asked:
                self._make_anew(photo, error)

        future = self._album.original_rendition if self._original else self._album.rendition
        self._deliver(future(photo.id), lambda jpeg: self._come(asked, photo, jpeg), failed)

    def _come(self, asked: int, photo: Photo, jpeg: bytes) -> None:
        if asked == self._asked and self.may_be_seen:
            self._view.show_pixels(photo.id, jpeg, self._size)

    def come_closer(self) -> None:
        """Ask for every pixel of the original, once."""
        photo = self._photo
        if photo is None or self._close or self._damaged or not self.may_be_seen:
            return
        self._close = True
        asked = self._asked
        self._deliver(
            self._sharp(photo),
            lambda jpeg: self._come(asked, photo, jpeg),
            lambda _: None,  # what is there already is seen, as large as it is
        )

    def _sharp(self, photo: Photo) -> Future[bytes]:
        longest = min(max(photo.width, photo.height), _LONGEST)
        return self._album.sharp(photo.id, longest=longest, with_edit=not self._original)

    def _make_anew(self, photo: Photo, error: MemoryBookError) -> None:
        """The picture made for the screen is damaged: the original may be whole."""
        asked, self._close = self._asked, True

        def failed(_: MemoryBookError) -> None:
            if asked == self._asked:
                self._show_small(photo, error)

        self._deliver(
            self._sharp(photo),
            lambda jpeg: self._come(asked, photo, jpeg),
            failed,
        )

    def _show_small(self, photo: Photo, error: MemoryBookError) -> None:
        """The original is damaged too: it is named, and the small picture of the list may still be whole."""
        asked, self._damaged = self._asked, True
        self._view.show_damaged(photo, error)
        self._deliver(
            self._album.thumbnail(photo.id),
            lambda jpeg: self._come(asked, photo, jpeg),
            lambda _: None,  # it has been named
        )
