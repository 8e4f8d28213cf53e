"""What the story shows: all of a list as its pages come into sight, hits as one types, one page to read."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TypeVar

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryRow
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.paging import Cursor, EntryPage
from memorybook.domain.story import EVERYTHING, Month, StoryFilter
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.ui.core.delivery import Deliver, or_none
from memorybook.ui.core.showing import Showing
from memorybook.ui.story.choosing import Choosing
from memorybook.ui.story.chosen import ChosenPage
from memorybook.ui.story.heard import Heard
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
        showing: Showing | None = None,
        heard: Heard | None = None,
    ) -> None:
        self._view = view
        self._journal = journal
        self.heard = heard
        self._page = ChosenPage(
            view, journal=journal, album=album, deliver=deliver, showing=showing, heard=heard
        )
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
        if changes.photos:
            self._page.photos_changed(changes.photos)
        if changes.recordings and self.heard is not None:
            self.heard.changed(changes.recordings)

    def search(self, words: str) -> None:
        """Show the pages that hold these words, or all of them when there are none."""
        if words.strip() != self._words:
            self._words = words.strip()
            self._going_to = None
            self._ask(stays=not self._words)  # what was found stays chosen among all the others

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
                    self._page.choose_none()
                self._read_choices()

        def outlined(months: tuple[Month, ...]) -> None:
            if question == self._question:
                self._loading = False
                self._show_outline(Outline(months), stays=stays or bool(begun), begun=begun)
                if self._choosing is not None:
                    self._choosing.show_months(months)
                self._read_choices()

        begun: list[EntryRow] = []

        def headed(page: EntryPage) -> None:
            if question == self._question and self._going_to is None:
                begun.extend(page.rows)
                self._view.show_query(None)
                self._view.show_rows(page.rows, more=page.following is not None)

        if self._words:
            hits = self._journal.search(self._words, filter=self._filter, limit=PAGE)
            self._follow(hits)
            self._deliver(hits, found, self._problem)
        else:
            if self._page.id is None or not stays:  # counting the months of a very large book takes a moment
                head = self._journal.page(filter=self._filter, limit=PAGE)
                self._follow(head)
                self._deliver(head, headed, self._problem)
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

    def _show_outline(self, outline: Outline, *, stays: bool, begun: Sequence[EntryRow]) -> None:
        """All of the list has its place; ``begun`` are its first pages when they are shown already."""
        self._outline = outline
        question = self._question

        def read(first: int, limit: int, behind: Cursor) -> None:
            def came(page: EntryPage) -> None:
                if question == self._question and self._pieces is not None:
                    self._pieces.came(first, page, expected=limit)

            self._deliver(
                self._journal.page(behind, filter=self._filter, limit=limit), came, self._problem
            )

        self._view.show_query(None)
        self._view.show_outline(outline, keeps_place=stays)
        self._pieces = Pieces(
            outline, read=read, fill=self._view.fill, drop=self._view.drop, differs=self._mend
        )
        self._pieces.begin_with(begun)
        chosen = next((number for number, row in enumerate(begun) if row.id == self._page.id), None)
        if not outline.total:
            if self._filter.is_everything:
                self._view.show_nothing_written()
            else:
                self._view.show_nothing_like_this()
            self._page.choose_none()
        elif self._going_to is not None:
            self._page.forget()
            self._go_on()
        elif chosen is not None:
            self._view.choose_page(chosen, at_top=False)
        elif stays and self._page.id is not None:
            self._find_again(self._page.id)
        else:
            self._page.forget()
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

    def read_page(self, day: VagueDate, entry_id: EntryId) -> None:
        """Show one page among all of them, wherever it stands."""
        self._going_to = Cursor(day.sort_key, entry_id)
        self._jumps += 1
        self._go_on()

    def stay(self) -> None:
        """Somebody chose a page in the list: where she wanted to go before is not gone to any more."""
        self._going_to = None
        self._jumps += 1
        if self._pieces is not None:
            self._pieces.seek_no_more()

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
            if question != self._question:
                return
            if jumps != self._jumps:  # somebody went elsewhere, or chose the very same page
                self._page.read_again(entry_id)
                return
            before = self._page.at
            cursor = Cursor(entry.draft.day.sort_key, entry.id) if entry is not None else before
            self._page.forget()  # so that it is read again: its words may be others
            self._seek(cursor)

        self._deliver(or_none(self._journal.entry(entry_id)), read, self._problem)

    # the page that is read

    def choose(self, entry_id: EntryId) -> None:
        """Show one page to read."""
        self._page.choose(entry_id)

    def uncover(self, photo: PhotoId) -> None:
        """Show a covered picture of the page that is read."""
        self._page.uncover(photo)

    def cover_again(self, photo: PhotoId) -> None:
        """Cover a picture that was uncovered."""
        self._page.cover_again(photo)

    def covering_changed(self) -> None:
        """Something was uncovered, or is covered again."""
        self._page.show_pictures()
        if self.heard is not None:
            self.heard.covering_changed()

    def delete(self, entry_id: EntryId) -> None:
        """Put a page away; it waits in the drawer."""
        self._deliver(
            self._journal.delete(entry_id), lambda _: self._view.show_put_away(entry_id), self._problem
        )

    def bring_back(self, entry_id: EntryId) -> None:
        """Put a page that was deleted into the story again, and show it."""

        def back(_: object) -> None:
            self._page.id = entry_id
            self._fresh = False
            self._view.show_brought_back()
            self.show()

        self._deliver(self._journal.bring_back(entry_id), back, self._problem)

    def _problem(self, error: MemoryBookError) -> None:
        self._loading = False
        self._going_to = None
        if self._pieces is not None:
            self._pieces.stopped()
        self._view.show_problem(error)
