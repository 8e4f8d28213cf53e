"""Keeping what is written: when, what is said about it, and what happens to pictures that arrive."""

import datetime
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
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
        """The page is as it was opened, or empty and never kept."""

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The page could not be kept; the words stay where they are, and another try follows."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something else could not be read or done; what is on the page is not in question."""

    def show_taken_off(self, photo: PhotoId) -> None:
        """A picture is no longer on the page; offer to put it back."""

    def show_picture_problem(self, error: MemoryBookError, name: str) -> None:
        """One picture could not be added. ``name`` is its file's, or empty."""


@dataclass(eq=False, slots=True)
class _Page:
    """One page while it is open: what came back for it must not land on the page that is open next.

    ``waiting`` are pictures that cannot be taken in before the page has an id.
    """

    id: EntryId | None = None
    photos: list[Photo] = field(default_factory=list)
    kept: EntryDraft | None = None
    kept_at: datetime.datetime | None = None
    waiting: deque[Path | bytes] = field(default_factory=deque)
    adding: int = 0
    keeping: bool = False
    again: bool = False


class WritePresenter:
    """Drives one :class:`WriteView`. GUI thread; nothing here waits.

    One keep is under way at a time: a new page has no id until the first has returned.
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
        self._page = _Page()
        self._then: list[Callable[[bool], None]] = []

    @property
    def entry_id(self) -> EntryId | None:
        """The page that is open, once it has been kept."""
        return self._page.id

    # which page is open

    def begin(self) -> None:
        """A blank page dated today."""
        self._turn_to(_Page(), EntryDraft(day=VagueDate.of(self._now().date())))
        self._refresh_people()

    def begin_after_keeping(self) -> None:
        """A blank page, once the one that is open is kept."""
        self.flush(lambda kept: self.begin() if kept else None)

    def open(self, entry_id: EntryId) -> None:
        """Turn to a page that is kept already, once the one that is open is kept."""
        if entry_id == self._page.id:
            return
        self._refresh_people()
        self._deliver(self._journal.entry(entry_id), self._read, self._view.show_problem)

    def _read(self, entry: Entry) -> None:
        def turn(photos: tuple[Photo, ...]) -> None:
            # Only now, so that what was typed while the page was fetched is kept where it was typed.
            page = _Page(id=entry.id, photos=list(photos))
            self.flush(lambda kept: self._turn_to(page, entry.draft) if kept else None)

        self._deliver(self._album.photos(entry.draft.photos), turn, self._view.show_problem)

    def _turn_to(self, page: _Page, draft: EntryDraft) -> None:
        self._page = page
        self._view.show_draft(draft)
        page.kept = self._draft()
        self._view.show_photos(page.photos)
        self._load_thumbnails(page.photos)
        self._view.show_adding(0)
        self._view.show_nothing_to_keep()

    # who writes

    def _refresh_people(self) -> None:
        self._deliver(self._people.all(), self._view.show_people, self._view.show_problem)

    def add_person(self, name: str, chosen: Callable[[Person], None]) -> None:
        """Remember one more name to write under, and hand it back."""

        def added(person: Person) -> None:
            self._refresh_people()
            chosen(person)

        self._deliver(self._people.add(name), added, self._view.show_problem)

    # keeping

    def _draft(self) -> EntryDraft:
        return replace(self._view.draft(), photos=tuple(photo.id for photo in self._page.photos))

    def edited(self) -> None:
        """Something on the page changed; :meth:`keep` follows after a short pause.

        Called for every key: the page is not read here, a long one would make typing slow.
        """
        self._view.show_writing()

    def keep(self) -> None:
        """Keep the page now, if it has changed."""
        page = self._page
        if page.keeping:
            page.again = True
            return
        draft = self._draft()
        nothing_on_it = page.id is None and draft.is_empty and not page.waiting
        if nothing_on_it or (draft == page.kept and not page.waiting):
            self._show_state()
            self._settled(kept=True)
        else:
            self._send(page, draft)

    def _send(self, page: _Page, draft: EntryDraft) -> None:
        page.keeping = True

        def done(entry: Entry | None) -> None:
            page.keeping = False
            page.kept, page.kept_at = draft, self._now()
            if entry is not None:
                page.id = entry.id
            self._take_in(page)
            if page is self._page:
                self._go_on(page)

        def failed(error: MemoryBookError) -> None:
            page.keeping = page.again = False
            self._view.show_not_kept(error)
            self._settled(kept=False)

        # A page that pictures wait for is made even while it is empty.
        future = self._journal.keep(page.id, draft, hold_place=bool(page.waiting), origin=ORIGIN)
        self._deliver(future, done, failed)

    def _go_on(self, page: _Page) -> None:
        again, page.again = page.again, False
        if again or self._draft() != page.kept:
            self.keep()
        else:
            self._show_state()
            self._settled(kept=True)

    def _show_state(self) -> None:
        """All of the page is kept: say since when, or nothing for one that was not changed here."""
        page = self._page
        if page.kept_at is None or (page.kept is not None and page.kept.is_empty):
            self._view.show_nothing_to_keep()
        else:
            self._view.show_kept(page.kept_at)

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep the page and call ``then``: with ``True`` when all of it is kept.

        Pictures of the page are in the album's hands by then, which finishes them before the book closes.
        """
        self._then.append(then)
        self.keep()

    def _settled(self, *, kept: bool) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)

    # pictures

    def add_pictures(self, sources: Sequence[Path | bytes]) -> None:
        """Take pictures in at the end of the page, in this order."""
        page = self._page
        page.waiting.extend(sources)
        self._show_adding(page)
        if page.id is None:
            self.keep()
        else:
            self._take_in(page)

    def _take_in(self, page: _Page) -> None:
        while page.id is not None and page.waiting:
            source = page.waiting.popleft()
            page.adding += 1
            self._add(page, page.id, source)
        self._show_adding(page)

    def _add(self, page: _Page, entry_id: EntryId, source: Path | bytes) -> None:
        def done(photo: Photo) -> None:
            page.adding -= 1
            if all(photo.id != other.id for other in page.photos):
                page.photos.append(photo)
            self._pictures_changed(page)
            if page is self._page:
                self._load(photo.id)

        def failed(error: MemoryBookError) -> None:
            page.adding -= 1
            self._view.show_picture_problem(error, source.name if isinstance(source, Path) else "")
            self._show_adding(page)

        self._deliver(self._album.add(entry_id, source, origin=ORIGIN), done, failed)

    def _show_adding(self, page: _Page) -> None:
        if page is self._page:
            self._view.show_adding(page.adding + len(page.waiting))

    def _pictures_changed(self, page: _Page) -> None:
        """The pictures of the page are kept as they are now; words may still wait."""
        if page.kept is not None:
            page.kept = replace(page.kept, photos=tuple(photo.id for photo in page.photos))
        page.kept_at = self._now()
        if page is self._page:
            self._show_adding(page)
            self._view.show_photos(page.photos)
            self.keep()

    def _load_thumbnails(self, photos: Sequence[Photo]) -> None:
        for photo in photos:
            self._load(photo.id)

    def _load(self, photo: PhotoId) -> None:
        def come(jpeg: bytes) -> None:
            self._view.show_thumbnail(photo, jpeg)

        self._deliver(self._album.thumbnail(photo), come, self._view.show_problem)

    def look_at(self, photo: PhotoId, show: Callable[[Photo, bytes], object]) -> None:
        """Fetch one picture at screen size."""
        known = next((p for p in self._page.photos if p.id == photo), None)
        if known is None:
            return

        def come(jpeg: bytes) -> None:
            show(known, jpeg)

        self._deliver(self._album.rendition(photo), come, self._view.show_problem)

    def take_off(self, photo: PhotoId) -> None:
        """Take a picture off the page. It stays in the book and can be put back."""
        page = self._page
        if page.id is None:
            return

        def done(entry: Entry) -> None:
            page.photos = [p for p in page.photos if p.id in entry.draft.photos]
            self._pictures_changed(page)
            if page is self._page:
                self._view.show_taken_off(photo)

        self._deliver(self._journal.take_off(page.id, photo, origin=ORIGIN), done, self._view.show_problem)

    def put_back(self, photo: PhotoId) -> None:
        """Put a picture back on the page, behind the others."""
        page = self._page

        def done(photos: tuple[Photo, ...]) -> None:
            if page is self._page:
                page.photos.extend(photos)
                self._view.show_photos(page.photos)
                self._load_thumbnails(photos)
                self._view.show_writing()
                self.keep()

        self._deliver(self._album.photos([photo]), done, self._view.show_problem)

    def describe(self, photo: PhotoId, caption: str, description: str) -> None:
        """Keep the words under a picture, and those for people who cannot see it."""
        page = self._page

        def done(changed: Photo) -> None:
            page.photos = [changed if p.id == changed.id else p for p in page.photos]
            self._pictures_changed(page)

        self._deliver(
            self._album.describe(photo, caption=caption, description=description),
            done,
            self._view.show_problem,
        )
