"""Keeping what is written: when, what is said about it, and what happens to pictures that arrive."""

import datetime
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryDraft
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.people import Person
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.services.people import People
from memorybook.ui.core.delivery import Deliver

ORIGIN = "write"


class WriteView(Protocol):
    """What the presenter tells the page."""

    def show_draft(self, draft: EntryDraft) -> None:
        """Show a page, in place of the one before."""

    def draft(self) -> EntryDraft:
        """The page as it stands, without its pictures."""

    def show_people(self, people: Sequence[Person]) -> None:
        """Offer these names as writers."""

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show the pictures of the page, in order."""

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of one photo has come."""

    def show_adding(self, waiting: int) -> None:
        """So many pictures are still being taken in; 0 when all are."""

    def show_writing(self) -> None:
        """There are words that are not kept yet."""

    def show_kept(self, at: datetime.datetime) -> None:
        """All of it is kept."""

    def show_nothing_to_keep(self) -> None:
        """The page is empty and has never been kept."""

    def show_problem(self, error: MemoryBookError) -> None:
        """The page could not be kept; the words stay where they are."""

    def show_taken_off(self, photo: PhotoId) -> None:
        """A picture is no longer on the page; offer to put it back."""

    def show_picture_problem(self, error: MemoryBookError, name: str) -> None:
        """One picture could not be added. ``name`` is its file's, or empty."""


class WritePresenter:
    """Drives one :class:`WriteView`. GUI thread; nothing here waits.

    One keep is under way at a time: the page of a new entry has no id until the first has returned.
    """

    def __init__(
        self,
        view: WriteView,
        *,
        journal: Journal,
        album: Album,
        people: People,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._view = view
        self._journal = journal
        self._album = album
        self._people = people
        self._deliver = deliver
        self._now = now
        self._id: EntryId | None = None
        self._photos: list[Photo] = []
        self._kept: EntryDraft | None = None
        self._kept_at: datetime.datetime | None = None
        self._keeping = False
        self._again = False
        self._waiting: deque[Path | bytes] = deque()
        self._adding = False
        self._then: list[Callable[[bool], None]] = []
        self._page = 0

    def begin(self) -> None:
        """A blank page dated today."""
        self._turn_to(None, EntryDraft(day=VagueDate.of(self._now().date())), [])
        self._refresh_people()

    def open(self, entry_id: EntryId) -> None:
        """Turn to a page that is kept already, after keeping the one that is open."""
        self.flush(lambda kept: self._fetch(entry_id) if kept else None)

    def begin_after_keeping(self) -> None:
        """A blank page, once the one that is open is kept."""
        self.flush(lambda kept: self.begin() if kept else None)

    @property
    def entry_id(self) -> EntryId | None:
        """The page that is open, once it has been kept."""
        return self._id

    def _fetch(self, entry_id: EntryId) -> None:
        self._refresh_people()
        self._deliver(self._journal.entry(entry_id), self._show_entry, self._view.show_problem)

    def _show_entry(self, entry: Entry) -> None:
        def show(photos: tuple[Photo, ...]) -> None:
            self._turn_to(entry.id, entry.draft, list(photos))

        self._deliver(self._album.photos(entry.draft.photos), show, self._view.show_problem)

    def _turn_to(self, entry_id: EntryId | None, draft: EntryDraft, photos: list[Photo]) -> None:
        self._page += 1
        self._id = entry_id
        self._photos = photos
        self._waiting.clear()
        self._view.show_draft(draft)
        self._kept = self._draft()
        self._kept_at = None
        self._view.show_photos(photos)
        self._load_thumbnails(photos)
        self._view.show_nothing_to_keep()

    def _refresh_people(self) -> None:
        self._deliver(self._people.all(), self._view.show_people, self._view.show_problem)

    def add_person(self, name: str, chosen: Callable[[Person], None]) -> None:
        """Remember one more name to write under, and hand it back."""

        def added(person: Person) -> None:
            self._refresh_people()
            chosen(person)

        self._deliver(self._people.add(name), added, self._view.show_problem)

    def _draft(self) -> EntryDraft:
        return replace(self._view.draft(), photos=tuple(photo.id for photo in self._photos))

    def edited(self) -> None:
        """Something on the page changed; :meth:`keep` follows after a short pause.

        Called for every key: the page is not read here, a long one would make typing slow.
        """
        self._view.show_writing()

    def keep(self) -> None:
        """Keep the page now, if it has changed."""
        if self._keeping:
            self._again = True
            return
        draft = self._draft()
        if draft == self._kept or (self._id is None and draft.is_empty):
            self._show_state()
            self._settled(kept=True)
            return
        self._send(draft, hold_place=False)

    def _send(self, draft: EntryDraft, *, hold_place: bool) -> None:
        self._keeping = True
        page = self._page

        def done(entry: Entry | None) -> None:
            self._keeping = False
            if page != self._page:
                return
            if entry is not None:
                self._id = entry.id
            self._kept = draft
            self._kept_at = self._now()
            self._go_on()

        def failed(error: MemoryBookError) -> None:
            self._keeping = False
            self._again = False
            self._view.show_problem(error)
            self._settled(kept=False)

        future = self._journal.keep(self._id, draft, hold_place=hold_place, origin=ORIGIN)
        self._deliver(future, done, failed)

    def _go_on(self) -> None:
        again, self._again = self._again, False
        if again or self._draft() != self._kept:
            self.keep()
        else:
            self._show_state()
            self._settled(kept=True)
        self._add_next()

    def _show_state(self) -> None:
        """All of the page is kept: say since when, or nothing for a page that was never kept."""
        if self._kept_at is None or (self._kept is not None and self._kept.is_empty):
            self._view.show_nothing_to_keep()
        else:
            self._view.show_kept(self._kept_at)

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep the page and call ``then``: with ``True`` when all of it is kept."""
        self._then.append(then)
        self.keep()

    def _settled(self, *, kept: bool) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)

    def add_pictures(self, sources: Sequence[Path | bytes]) -> None:
        """Take pictures in, one after the other, at the end of the page."""
        self._waiting.extend(sources)
        self._add_next()

    def _add_next(self) -> None:
        if self._adding or not self._waiting:
            return
        if self._id is None:
            if not self._keeping:
                self._send(self._draft(), hold_place=True)
            return
        source = self._waiting.popleft()
        self._adding = True
        self._view.show_adding(len(self._waiting) + 1)
        page = self._page

        def done(photo: Photo) -> None:
            self._adding = False
            if page != self._page:
                return
            if all(photo.id != other.id for other in self._photos):
                self._photos.append(photo)
            self._rest_on_photos()
            self._load_thumbnails([photo])
            self._view.show_adding(len(self._waiting))
            self._add_next()

        def failed(error: MemoryBookError) -> None:
            self._adding = False
            self._view.show_picture_problem(error, source.name if isinstance(source, Path) else "")
            self._view.show_adding(len(self._waiting))
            self._add_next()

        self._deliver(self._album.add(self._id, source, origin=ORIGIN), done, failed)

    def _load_thumbnails(self, photos: Sequence[Photo]) -> None:
        for photo in photos:
            self._load(photo.id)

    def _load(self, photo: PhotoId) -> None:
        self._deliver(
            self._album.thumbnail(photo),
            lambda jpeg: self._view.show_thumbnail(photo, jpeg),
            self._view.show_problem,
        )

    def look_at(self, photo: PhotoId, show: Callable[[Photo, bytes], object]) -> None:
        """Fetch one picture at screen size."""
        known = next(p for p in self._photos if p.id == photo)

        def come(jpeg: bytes) -> None:
            show(known, jpeg)

        self._deliver(self._album.rendition(photo), come, self._view.show_problem)

    def take_off(self, photo: PhotoId) -> None:
        """Take a picture off the page. It stays in the book and can be put back."""
        if self._id is None:
            return

        def done(entry: Entry) -> None:
            self._photos = [p for p in self._photos if p.id in entry.draft.photos]
            self._rest_on_photos()
            self._view.show_taken_off(photo)

        self._deliver(self._journal.take_off(self._id, photo, origin=ORIGIN), done, self._view.show_problem)

    def put_back(self, photo: PhotoId) -> None:
        """Put a picture back on the page, behind the others."""

        def done(photos: tuple[Photo, ...]) -> None:
            self._photos.extend(photos)
            self._view.show_photos(self._photos)
            self._load_thumbnails(photos)
            self._view.show_writing()
            self.keep()

        self._deliver(self._album.photos([photo]), done, self._view.show_problem)

    def _rest_on_photos(self) -> None:
        """The pictures on the page are what is kept already: show them, and keep words that wait."""
        if self._kept is not None:
            self._kept = replace(self._kept, photos=tuple(p.id for p in self._photos))
        self._kept_at = self._now()
        self._view.show_photos(self._photos)
        self.keep()

    def describe(self, photo: PhotoId, caption: str, description: str) -> None:
        """Keep the words under a picture, and those for people who cannot see it."""

        def done(changed: Photo) -> None:
            self._photos = [changed if p.id == changed.id else p for p in self._photos]
            self._view.show_photos(self._photos)
            self._load_thumbnails(self._photos)
            self._view.show_kept(self._now())

        self._deliver(
            self._album.describe(photo, caption=caption, description=description),
            done,
            self._view.show_problem,
        )
