"""What the story shows: all of a list as its pages come into sight, hits as one types, one page to read."""

from concurrent.futures import Future
from typing import TypeVar

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.paging import Cursor, EntryPage
from memorybook.domain.photo import Photo
from memorybook.domain.story import EVERYTHING, Month, StoryFilter
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.story.choosing import Choosing
from memorybook.ui.story.outline import Outline, latest_in
from memorybook.ui.story.pieces import Pieces
from memorybook.ui.story.screen import StoryView

PAGE = 200
T = TypeVar("T")


class StoryPresenter:
    """Drives one :class:`StoryView`. GUI thread. A late answer to an earlier question is dropped."""

    def __init__(
        self,
        view: StoryView,
        *,
        journal: Journal,
        album: Album,
        deliver: Deliver,
        choosing: Choosing | None = None,
    ) -> None:
        self._view = view
        self._journal = journal
        self._album = album
        self._deliver = deliver
        self._choosing = choosing
        self._words = ""
        self._filter = EVERYTHING
        self._question = 0
        self._asked: list[Future[object]] = []
        self._following: Cursor | None = None
        self._loading = False
        self._pieces: Pieces | None = None
        self._outline = Outline(())
        self._chosen: EntryId | None = None
        self._read_at: Cursor | None = None
        self._going_to: Cursor | None = None
        self._jumps = 0
        self._fresh = False
        self._mended = False
        self._choices_are_old = False

    # the list

    def show(self) -> None:
        """The screen is turned to: read the list again if anything has changed since."""
        if not self._fresh:
            self._fresh, self._mended = True, False
            self._choices_are_old = True
            self._ask(stays=True)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, here or elsewhere."""
        touched = changes.entries or changes.photos or changes.people or changes.tags or changes.drawer
        if touched or changes.record:
            self._fresh = False

    def search(self, words: str) -> None:
        """Show the pages that hold these words, or all of them when there are none."""
        if words.strip() != self._words:
            self._words = words.strip()
            self._going_to = None
            self._ask()

    def choose_by(self, wanted: StoryFilter) -> None:
        """Show the pages that are like this."""
        if wanted != self._filter:
            self._filter = wanted
            self._going_to = None
            self._view.show_filter(wanted)
            self._ask()

    def _ask(self, *, stays: bool = False) -> None:
        """Read the list from its beginning. It ``stays`` where it is when only its pages changed."""
        self._question += 1
        question = self._question
        for future in self._asked:  # what has not begun: one types faster than a large book answers
            future.cancel()
        self._asked = []
        self._following, self._pieces = None, None
        self._loading = True

        def found(page: EntryPage) -> None:
            if question == self._question:
                self._loading = False
                self._following = page.following
                self._view.show_query(page.query)
                self._view.show_rows(page.rows, more=page.following is not None)
                if not page.rows:
                    self._view.show_nothing_found()
                    self._choose_none()
                self._read_choices()

        def outlined(months: tuple[Month, ...]) -> None:
            if question == self._question:
                self._loading = False
                self._show_outline(Outline(months), stays=stays)
                if self._choosing is not None:
                    self._choosing.show_months(months)
                self._read_choices()

        if self._words:
            hits = self._journal.search(self._words, filter=self._filter, limit=PAGE)
            self._follow(hits)
            self._deliver(hits, found, self._problem)
        else:
            counted = self._journal.months(self._filter)
            self._follow(counted)
            self._deliver(counted, outlined, self._problem)

    def _read_choices(self) -> None:
        """Behind the pages themselves, which somebody is waiting for."""
        if self._choosing is not None and self._choices_are_old:
            self._choices_are_old = False
            self._choosing.read()

    def _follow(self, future: "Future[T]") -> None:
        self._asked.append(future)  # type: ignore[arg-type]  # it is only cancelled

    def _show_outline(self, outline: Outline, *, stays: bool) -> None:
        self._outline = outline
        question = self._question

        def read(first: int, limit: int, behind: Cursor) -> None:
            def came(page: EntryPage) -> None:
                if question == self._question and self._pieces is not None:
                    self._pieces.came(first, page, expected=limit)

            self._deliver(
                self._journal.page(behind, filter=self._filter, limit=limit), came, self._problem
            )

        self._pieces = Pieces(
            outline, read=read, fill=self._view.fill, drop=self._view.drop, differs=self._mend
        )
        self._view.show_query(None)
        self._view.show_outline(outline, keeps_place=stays)
        if not outline.total:
            if self._filter.is_everything:
                self._view.show_nothing_written()
            else:
                self._view.show_nothing_like_this()
            self._choose_none()
        elif self._going_to is not None:
            self._chosen = None
            self._go_on()
        elif stays and self._chosen is not None:
            self._find_again(self._chosen)
        else:
            self._chosen = None
            self._seek(None)

    def _mend(self) -> None:
        """The book has other pages than were counted: it was changed in between. Count again, once."""
        if not self._mended:
            self._mended = True
            self._ask(stays=True)

    def need(self, first: int, last: int) -> None:
        """These pages are in sight."""
        if self._pieces is not None:
            self._pieces.need(first, last)

    def more(self) -> None:
        """The end of what a search has shown is near."""
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

        hits = self._journal.search(self._words, filter=self._filter, limit=PAGE, after=self._following)
        self._deliver(hits, listed, self._problem)

    # places in the list

    def go_to(self, day: VagueDate) -> None:
        """Begin the list with the newest page of this day, month or year, or with the next older one."""
        self._going_to = latest_in(day)
        self._jumps += 1
        self._go_on()

    def _go_on(self) -> None:
        """Go where somebody wanted to go, once there is a list to go in."""

        def arrived(page: int) -> None:
            self._going_to = None  # not before: the list may be read again on the way
            self._view.choose_page(page, at_top=True)

        if self._pieces is not None and self._outline.total and self._going_to is not None:
            self._pieces.seek(self._going_to, arrived)

    def _seek(self, cursor: Cursor | None) -> None:
        """Choose the page at a place, or the first behind it; without a place the first of all."""
        if self._pieces is not None:
            self._pieces.seek(cursor, lambda page: self._view.choose_page(page, at_top=False))

    def _find_again(self, entry_id: EntryId) -> None:
        """Choose the page that was read before, wherever it is now; else what stands where it stood."""
        question, jumps = self._question, self._jumps

        def read(entry: Entry | None) -> None:
            if question != self._question or jumps != self._jumps:
                return
            before = self._read_at
            cursor = Cursor(entry.draft.day.sort_key, entry.id) if entry is not None else before
            self._chosen = None  # so that it is read again: its words may be others
            self._seek(cursor)

        self._deliver(_or_none(self._journal.entry(entry_id)), read, self._problem)

    # the page that is read

    def choose(self, entry_id: EntryId) -> None:
        """Show one page to read."""
        if entry_id != self._chosen:
            self._chosen = entry_id
            self._deliver(_or_none(self._journal.entry(entry_id)), self._read, self._problem)

    def _choose_none(self) -> None:
        self._chosen = None
        self._view.show_no_entry()

    def _read(self, entry: Entry | None) -> None:
        if entry is None or entry.id != self._chosen:  # deleted this moment: the list is read again
            return
        self._read_at = Cursor(entry.draft.day.sort_key, entry.id)

        def show(photos: tuple[Photo, ...]) -> None:
            if entry.id != self._chosen:
                return
            self._view.show_entry(entry, photos)
            for photo in photos:
                self._load(entry.id, photo.id)

        self._deliver(self._album.photos(entry.draft.photos), show, self._problem)

    def _load(self, entry_id: EntryId, photo: PhotoId) -> None:
        def show(jpeg: bytes) -> None:
            if entry_id == self._chosen:
                self._view.show_picture(photo, jpeg)

        self._deliver(self._album.rendition(photo), show, self._problem)

    def delete(self, entry_id: EntryId) -> None:
        """Put a page away; it waits in the drawer."""
        self._deliver(
            self._journal.delete(entry_id), lambda _: self._view.show_put_away(entry_id), self._problem
        )

    def bring_back(self, entry_id: EntryId) -> None:
        """Put a page that was deleted into the story again, and show it."""

        def back(_: object) -> None:
            self._chosen = entry_id
            self._fresh = False
            self._view.show_brought_back()
            self.show()

        self._deliver(self._journal.bring_back(entry_id), back, self._problem)

    def _problem(self, error: MemoryBookError) -> None:
        self._loading = False
        if self._pieces is not None:
            self._pieces.stopped()
        self._view.show_problem(error)


def _or_none(future: "Future[Entry]") -> "Future[Entry | None]":
    """The answer, or ``None`` for a page that was put away or is gone for ever."""
    answer: Future[Entry | None] = Future()

    def pass_on(done: "Future[Entry]") -> None:
        error = None if done.cancelled() else done.exception()
        if done.cancelled():
            answer.cancel()
        elif isinstance(error, LookupError):
            answer.set_result(None)
        elif error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(done.result())

    future.add_done_callback(pass_on)
    return answer
