"""What the story shows: pages of rows as one scrolls, hits as one types, one entry to read."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from memorybook.domain.changes import ChangeSet
from memorybook.domain.entry import Entry, EntryRow
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.paging import Cursor, EntryPage
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.ui.core.delivery import Deliver

PAGE = 200


class StoryView(Protocol):
    """What the presenter tells the screen."""

    def show_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """A list from its beginning; ``more`` when it goes on."""

    def add_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """The list goes on."""

    def show_nothing_written(self) -> None:
        """The book has no page yet."""

    def show_nothing_found(self) -> None:
        """The search found no page."""

    def show_entry(self, entry: Entry, photos: Sequence[Photo]) -> None:
        """Show one page to read."""

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None:
        """A picture of the page that is read has come."""

    def show_no_entry(self) -> None:
        """Nothing is chosen."""

    def show_problem(self, error: MemoryBookError) -> None:
        """A list or a page could not be read."""


class StoryPresenter:
    """Drives one :class:`StoryView`. GUI thread. A late answer to an earlier question is dropped."""

    def __init__(self, view: StoryView, *, journal: Journal, album: Album, deliver: Deliver) -> None:
        self._view = view
        self._journal = journal
        self._album = album
        self._deliver = deliver
        self._words = ""
        self._question = 0
        self._searching: Future[EntryPage] | None = None
        self._following: Cursor | None = None
        self._loading = False
        self._chosen: EntryId | None = None
        self._fresh = False

    def show(self) -> None:
        """The screen is turned to: read the list again if anything has changed since."""
        if not self._fresh:
            self._fresh = True
            self._ask()

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, here or elsewhere."""
        if changes.entries or changes.photos or changes.people:
            self._fresh = False
            self._chosen = None

    def search(self, words: str) -> None:
        """Show the pages that hold these words, or all of them when there are none."""
        if words.strip() != self._words:
            self._words = words.strip()
            self._ask()

    def _ask(self) -> None:
        self._question += 1
        question = self._question
        self._following = None
        self._loading = True

        def found(page: EntryPage) -> None:
            if question == self._question:
                self._loading = False
                self._view.show_rows(page.rows, more=False)
                if not page.rows:
                    self._view.show_nothing_found()

        def listed(page: EntryPage) -> None:
            if question == self._question:
                self._loading = False
                self._following = page.following
                self._view.show_rows(page.rows, more=page.following is not None)
                if not page.rows:
                    self._view.show_nothing_written()

        if self._searching is not None:
            self._searching.cancel()  # if it has not begun: one types faster than a large book answers
        if self._words:
            self._searching = self._journal.search(self._words, limit=PAGE)
            self._deliver(self._searching, found, self._view.show_problem)
        else:
            self._deliver(self._journal.page(limit=PAGE), listed, self._view.show_problem)

    def more(self) -> None:
        """The end of what is shown is near."""
        if self._loading or self._following is None:
            return
        question = self._question
        self._loading = True

        def listed(page: EntryPage) -> None:
            if question != self._question:
                return
            self._following = page.following
            self._view.add_rows(page.rows, more=page.following is not None)
            self._loading = False  # after the rows are in, else the same page is asked for twice

        self._deliver(self._journal.page(self._following, limit=PAGE), listed, self._view.show_problem)

    def choose(self, entry_id: EntryId | None) -> None:
        """Show one page to read."""
        if entry_id is None:
            self._chosen = None
            self._view.show_no_entry()
        elif entry_id != self._chosen:
            self._chosen = entry_id
            self._deliver(self._journal.entry(entry_id), self._read, self._view.show_problem)

    def _read(self, entry: Entry) -> None:
        if entry.id != self._chosen:
            return

        def show(photos: tuple[Photo, ...]) -> None:
            if entry.id != self._chosen:
                return
            self._view.show_entry(entry, photos)
            for photo in photos:
                self._load(entry.id, photo.id)

        self._deliver(self._album.photos(entry.draft.photos), show, self._view.show_problem)

    def _load(self, entry_id: EntryId, photo: PhotoId) -> None:
        def show(jpeg: bytes) -> None:
            if entry_id == self._chosen:
                self._view.show_picture(photo, jpeg)

        self._deliver(self._album.rendition(photo), show, self._view.show_problem)
