"""The pictures of the page that is open: taking them in, off, and saying what they are."""

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.people import Baby
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.domain.wording import DEFAULT
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.ui.core.delivery import Deliver, or_none
from memorybook.ui.core.showing import AllCovered, Showing, may_show, photo_key
from memorybook.ui.write.page import Page


class PicturesView(Protocol):
    """What is told about pictures."""

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show the pictures of the page, in order."""

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of one photo has come."""

    def show_covered(self, photo: Photo) -> None:
        """One photo is covered: nothing of it is on the screen."""

    def show_adding(self, waiting: int) -> None:
        """So many pictures are still being taken in; 0 when all are."""

    def show_taken_off(self, photo: PhotoId) -> None:
        """A picture is no longer on the page; offer to put it back."""

    def show_picture_problem(self, error: MemoryBookError, name: str) -> None:
        """One picture could not be added. ``name`` is its file's, or empty."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done; what is on the page is not in question."""


class PagePictures:
    """Drives the pictures of whatever page is open. GUI thread.

    ``page`` is the page that is open, ``keep`` keeps it, ``origin`` is the name changes are made under.
    """

    def __init__(
        self,
        view: PicturesView,
        *,
        journal: Journal,
        album: Album,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        page: Callable[[], Page],
        keep: Callable[[], None],
        origin: str,
        showing: Showing | None = None,
    ) -> None:
        self._view = view
        self._showing = showing or AllCovered()
        self._asked: set[PhotoId] = set()
        # Those a picture can be said to be of, and the word for one without a name.
        self.babies: tuple[tuple[Baby, ...], str] = ((), DEFAULT)
        self._journal = journal
        self._album = album
        self._deliver = deliver
        self._now = now
        self._page = page
        self._keep = keep
        self._origin = origin

    def show(self) -> None:
        """Show the pictures of the page that has been turned to."""
        self._asked = set()
        self._view.show_photos(self._page().shown)
        self.show_pictures()
        self._show_adding(self._page())

    def show_pictures(self) -> None:
        """Fetch the pictures that may be seen, and cover those that may not, or no longer."""
        for photo in self._page().shown:
            if not self._may_show(photo):
                self._asked.discard(photo.id)
                self._view.show_covered(photo)
            elif photo.id not in self._asked:
                self._asked.add(photo.id)
                self._load(photo)

    def uncover(self, photo: PhotoId) -> None:
        """The person chose to look at this picture."""
        self._showing.uncover(photo_key(photo))

    def changed(self, photos: Collection[PhotoId]) -> None:
        """Something is known of these photos that was not, or they look different: follow it on the page."""
        page = self._page()
        for photo in [photo.id for photo in page.photos if photo.id in photos]:
            self._read_again(page, photo)

    def _read_again(self, page: Page, photo: PhotoId) -> None:
        def known(found: tuple[Photo, ...] | None) -> None:
            if found:
                page.photos = [found[0] if known.id == photo else known for known in page.photos]
            else:  # gone for ever
                page.photos = [known for known in page.photos if known.id != photo]
                if page.kept is not None:
                    left = tuple(each for each in page.kept.photos if each != photo)
                    page.kept = replace(page.kept, photos=left)
            if page is self._page():
                self._asked.discard(photo)
                self._view.show_photos(page.shown)
                self.show_pictures()

        self._deliver(or_none(self._album.photos([photo])), known, self._view.show_problem)

    def add(self, sources: Sequence[Path | bytes]) -> None:
        """Take pictures in at the end of the page, in this order."""
        page = self._page()
        page.waiting.extend(sources)
        self._show_adding(page)
        if page.id is None:
            self._keep()
        else:
            self.take_in(page)

    def take_in(self, page: Page) -> None:
        """Take in what waits for ``page``, as soon as it has an id."""
        while page.id is not None and page.waiting:
            source = page.waiting.popleft()
            page.adding += 1
            self._add(page, page.id, source)
        self._show_adding(page)

    def _add(self, page: Page, entry_id: EntryId, source: Path | bytes) -> None:
        def done(photo: Photo) -> None:
            page.adding -= 1
            if all(photo.id != other.id for other in page.photos):
                page.photos.append(photo)
            self._changed(page)
            if page is self._page():
                self.show_pictures()

        def failed(error: MemoryBookError) -> None:
            page.adding -= 1
            self._view.show_picture_problem(error, source.name if isinstance(source, Path) else "")
            self._show_adding(page)

        self._deliver(self._album.add(entry_id, source, origin=self._origin), done, failed)

    def _show_adding(self, page: Page) -> None:
        if page is self._page():
            self._view.show_adding(page.adding + len(page.waiting))

    def _changed(self, page: Page) -> None:
        """The pictures of the page are kept as they are now; words may still wait."""
        if page.kept is not None:
            page.kept = replace(page.kept, photos=tuple(photo.id for photo in page.photos))
        page.kept_at = self._now()
        if page is self._page():
            self._show_adding(page)
            self._view.show_photos(page.shown)
            self._keep()

    def _here(self, photo: PhotoId) -> Photo | None:
        return next((each for each in self._page().photos if each.id == photo), None)

    def _may_show(self, photo: Photo) -> bool:
        return may_show(self._showing, photo_key(photo.id), covered=photo.covered)

    def _load(self, photo: Photo) -> None:
        def come(jpeg: bytes) -> None:
            now = self._here(photo.id)
            if now is not None and self._may_show(now):  # it may have been covered meanwhile
                self._view.show_thumbnail(photo.id, jpeg)

        self._deliver(self._album.thumbnail(photo.id), come, self._view.show_problem)

    def look_at(self, photo: PhotoId, show: Callable[[Photo, bytes], object]) -> None:
        """Fetch one picture at screen size."""
        known = self._here(photo)
        if known is None or not self._may_show(known):
            return

        def come(jpeg: bytes) -> None:
            now = self._here(photo)  # what was said of it last may have been kept meanwhile
            if now is not None and self._may_show(now):
                show(now, jpeg)

        self._deliver(self._album.rendition(photo), come, self._view.show_problem)

    def take_off(self, photo: PhotoId) -> None:
        """Take a picture off the page. It stays in the book and can be put back."""
        page = self._page()
        if page.id is None:
            return

        def done(entry: Entry) -> None:
            page.photos = [p for p in page.photos if p.id in entry.draft.photos]
            self._changed(page)
            if page is self._page():
                self._view.show_taken_off(photo)

        future = self._journal.take_off(page.id, photo, origin=self._origin)
        self._deliver(future, done, self._view.show_problem)

    def put_back(self, photo: PhotoId) -> None:
        """Put a picture back on the page, behind the others."""
        page = self._page()

        def done(photos: tuple[Photo, ...]) -> None:
            if page is self._page():
                page.photos.extend(photos)
                self._view.show_photos(page.shown)
                self._asked.difference_update(back.id for back in photos)
                self.show_pictures()
                self._keep()

        self._deliver(self._album.photos([photo]), done, self._view.show_problem)

    def say(self, photo: PhotoId, draft: PhotoDraft) -> None:
        """Keep what is said of a picture: its words, when it was, and whether it is covered."""
        page = self._page()

        def done(changed: Photo) -> None:
            page.photos = [changed if p.id == changed.id else p for p in page.photos]
            self._changed(page)

        self._deliver(self._album.keep(photo, draft), done, self._view.show_problem)
