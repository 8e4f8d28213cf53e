"""What the book has of one day of the year: looked up when somebody asks, and never by itself."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from memorybook.domain.ids import BabyId, PhotoId
from memorybook.domain.of_this_day import OfThisDay
from memorybook.domain.photo import Photo
from memorybook.domain.wording import WORD
from memorybook.errors import BookDamaged, MemoryBookError
from memorybook.services.album import Album
from memorybook.services.on_this_day import OnThisDay
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.ui.core.called import names
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import Showing, may_show, photo_key

AT_ONCE = 48
"""So many photos, and so many pages, are shown before somebody asks for more."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that there is of a day; ``called`` says who the babies are."""

    month: int
    day: int
    of_day: OfThisDay
    called: Mapping[BabyId, str]


class DayView(Protocol):
    """What the presenter tells the screen."""

    def show_looking(self, month: int, day: int) -> None:
        """A day is being looked up."""

    def show_found(self, found: Found) -> None:
        """What there is of the day; may be nothing."""

    def show_photos(self, photos: Sequence[Photo], *, more: bool) -> None:
        """Photos of the day, whose pixels come one by one; whether there are more of them."""

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None:
        """The pixels of one have come."""

    def show_covered(self, photo: Photo) -> None:
        """One is covered, or covered again."""

    def show_nothing(self) -> None:
        """Let go of all that was found."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read."""


class DayPresenter:
    """Drives one :class:`DayView`. GUI thread. A late answer to an earlier question is dropped."""

    def __init__(
        self,
        view: DayView,
        *,
        on_this_day: OnThisDay,
        album: Album,
        record: Record,
        preferences: Preferences,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        showing: Showing,
    ) -> None:
        self._view = view
        self._on_this_day = on_this_day
        self._album = album
        self._record = record
        self._preferences = preferences
        self._deliver = deliver
        self._now = now
        self._showing = showing
        self._question = 0
        self._found: Found | None = None
        self._photos: dict[PhotoId, Photo] = {}
        self._shown = 0

    def look(self, month: int, day: int) -> None:
        """Look a day up. Raises ValueError for one that no year has."""
        self._question += 1
        question = self._question
        self._photos, self._shown, self._found = {}, 0, None
        self._view.show_looking(month, day)
        called: dict[BabyId, str] = {}
        word = ""

        def word_known(value: str | None) -> None:
            nonlocal word
            word = value or ""

        def come(of_day: OfThisDay) -> None:
            if question == self._question:
                self._found = Found(month, day, of_day, called)
                self._view.show_found(self._found)
                if of_day.damaged:
                    self._view.show_problem(BookDamaged())
                self.more_photos()

        problem = self._view.show_problem
        self._deliver(self._preferences.get(WORD), word_known, problem)
        self._deliver(self._record.babies(), lambda babies: called.update(names(babies, word)), problem)
        self._deliver(self._on_this_day.look(month, day, self._now().date()), come, problem)

    def leave(self) -> None:
        """The page is left: nothing of what was found stays."""
        self._question += 1
        self._photos, self._shown, self._found = {}, 0, None
        self._view.show_nothing()

    # photos

    def more_photos(self) -> None:
        """Show the next of them."""
        if self._found is None:
            return
        question = self._question
        ids = [photo.id for photo in self._found.of_day.photos]
        wanted = ids[self._shown : self._shown + AT_ONCE]
        self._shown += len(wanted)
        more = self._shown < len(ids)

        def known(photos: tuple[Photo, ...]) -> None:
            if question == self._question:
                self._photos.update((photo.id, photo) for photo in photos)
                self._view.show_photos(photos, more=more)
                self._fetch(photos)

        if wanted:
            self._deliver(self._album.photos(wanted), known, self._view.show_problem)

    def _fetch(self, photos: Sequence[Photo]) -> None:
        for photo in photos:
            if self._may_show(photo):
                self._fetch_one(photo)
            else:
                self._view.show_covered(photo)

    def _fetch_one(self, photo: Photo) -> None:
        def come(jpeg: bytes) -> None:
            if photo.id in self._photos and self._may_show(photo):  # it may be covered again meanwhile
                self._view.show_picture(photo.id, jpeg)

        self._deliver(self._album.thumbnail(photo.id), come, self._view.show_problem)

    def _may_show(self, photo: Photo) -> bool:
        return may_show(self._showing, photo_key(photo.id), covered=photo.covered)

    def uncover(self, photo: PhotoId) -> None:
        """The person chose to look at a covered one."""
        self._showing.uncover(photo_key(photo))

    def covering_changed(self) -> None:
        """Some are uncovered, or covered again."""
        self._fetch([photo for photo in self._photos.values() if photo.covered])
