"""One photo after the other, large: what is shown of it, and what may not be shown before it is asked for."""

import datetime
from collections.abc import Callable, Sequence
from typing import Protocol

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import Showing, may_show, photo_key

ORIGIN = "photo"


class LargeScreen(Protocol):
    """What the presenter tells the screen."""

    def show_shown(self, photo: Photo, place: int, among: int) -> None:
        """Another photo is turned to: the one at ``place`` (from 0) ``among`` so many."""

    def show_pixels(self, photo: PhotoId, jpeg: bytes) -> None:
        """The photo on the screen."""

    def show_covered(self, photo: Photo) -> None:
        """The plain surface instead of the photo, until it is asked for."""

    def show_damaged(self, photo: Photo, error: MemoryBookError) -> None:
        """The photo cannot be read as it was kept."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or kept."""


class LargePresenter:
    """Drives one :class:`LargeScreen`. GUI thread.

    No pixels of a covered photo are asked for before ``showing`` says that they may be shown.
    """

    def __init__(
        self,
        view: LargeScreen,
        *,
        album: Album,
        record: Record,
        preferences: Preferences,
        showing: Showing,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._view = view
        self._album = album
        self._record = record
        self._preferences = preferences
        self._showing = showing
        self._deliver = deliver
        self._now = now
        self._ids: tuple[PhotoId, ...] = ()
        self._photo: Photo | None = None
        self._wanted: PhotoId | None = None

    @property
    def photo_id(self) -> PhotoId | None:
        """The photo that is turned to, if there is one."""
        return self._wanted

    def show(self, photo: PhotoId, ids: Sequence[PhotoId]) -> None:
        """Turn to a photo; ``ids`` are those that can be turned to from it, in their order."""
        self._ids = tuple(ids)
        self._wanted = photo
        self._read()

    def step(self, by: int) -> None:
        """Turn to the next photo, or with -1 to the one before. Nothing happens at the ends."""
        if self._wanted in self._ids and 0 <= (at := self._ids.index(self._wanted) + by) < len(self._ids):
            self._wanted = self._ids[at]
            self._read()

    def uncover(self) -> None:
        """The person chose to look at the photo that is turned to."""
        if self._photo is not None:
            self._showing.uncover(photo_key(self._photo.id))

    def uncovered_changed(self) -> None:
        """Some photos were uncovered, or covered again."""
        self._show_pixels()

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, here or in another place."""
        if self._wanted in changes.photos:
            self._read()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what was typed and call ``then``: with ``True`` when all of it is kept."""
        then(True)  # noqa: FBT003 - as every such callback is told

    def _read(self) -> None:
        wanted = self._wanted

        def found(photos: tuple[Photo, ...]) -> None:
            if photos and photos[0].id == self._wanted:
                self._photo = photos[0]
                self._view.show_shown(self._photo, self._ids.index(self._photo.id), len(self._ids))
                self._show_pixels()

        if wanted is not None:
            self._deliver(self._album.photos([wanted]), found, self._view.show_problem)

    def _show_pixels(self) -> None:
        photo = self._photo
        if photo is None:
            return
        if not may_show(self._showing, photo_key(photo.id), covered=photo.covered):
            self._view.show_covered(photo)
            return

        def come(jpeg: bytes) -> None:
            if photo is self._photo and self._may_show(photo):
                self._view.show_pixels(photo.id, jpeg)

        def failed(error: MemoryBookError) -> None:
            if photo is self._photo:
                self._view.show_damaged(photo, error)

        self._deliver(self._album.rendition(photo.id), come, failed)

    def _may_show(self, photo: Photo) -> bool:
        return may_show(self._showing, photo_key(photo.id), covered=photo.covered)
