"""Keeping what is written: when, and what is said about it."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.domain.people import Baby, Person
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording
from memorybook.domain.wording import DEFAULT, WORD
from memorybook.errors import MemoryBookError
from memorybook.services import words_elsewhere
from memorybook.services.preferences import ME
from memorybook.services.prompts import Prompts
from memorybook.services.vault import Vault
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import Showing
from memorybook.ui.write.page import Page
from memorybook.ui.write.pictures import PagePictures, PicturesView
from memorybook.ui.write.putting_away import PuttingAway, PuttingAwayView
from memorybook.ui.write.recordings import PageRecordings, RecordingsOnPageView
from memorybook.ui.write.wishes import Wishes, WishesView

ORIGIN = "write"


class WriteView(PuttingAwayView, WishesView, Protocol):
    """What the presenter tells the page."""

    @property
    def pictures(self) -> PicturesView:
        """What is told about its pictures."""

    @property
    def recordings(self) -> RecordingsOnPageView:
        """What is told about its recordings."""

    def show_draft(self, draft: EntryDraft) -> None:
        """Show a page, in place of the one before."""

    def draft(self) -> EntryDraft:
        """The page as it stands, without its pictures."""

    def finish_composing(self) -> None:
        """What an input method still holds becomes part of the page."""

    def show_people(self, people: Sequence[Person], me: str) -> None:
        """Offer these names as writers. ``me`` is that of the person who keeps the book, mostly empty."""

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """Offer these as who a page is about. ``word`` is the book's, for those without a name."""

    def show_known_tags(self, tags: Sequence[str]) -> None:
        """Offer the tags that other pages have."""

    def show_writing(self) -> None:
        """There is something that is not kept yet."""

    def show_kept(self, at: datetime.datetime) -> None:
        """All of it is kept."""

    def show_nothing_to_keep(self) -> None:
        """The page is as it was opened, or empty and never kept."""

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The page could not be kept; the words stay where they are, and another try follows."""

    def show_saved_elsewhere(self, name: str) -> None:
        """The words are in a plain file of this name as well."""


class WritePresenter:
    """Drives one :class:`WriteView`. GUI thread; nothing here waits.

    One keep is under way at a time: a new page has no id until the first has returned.
    """

    def __init__(
        self,
        view: WriteView,
        *,
        vault: Vault,
        prompts: Prompts,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        showing: Showing | None = None,
    ) -> None:
        self._view = view
        self._vault = vault
        self._journal = vault.journal
        self._deliver = deliver
        self._now = now
        self._page = Page()
        self.turns = 0
        """How often another page was asked for: what comes for an earlier wish comes too late."""
        self._then: list[Callable[[bool], None]] = []
        self.pictures = PagePictures(
            view.pictures,
            journal=vault.journal,
            album=vault.album,
            deliver=deliver,
            now=now,
            page=lambda: self._page,
            keep=self.keep,
            origin=ORIGIN,
            showing=showing,
        )
        self.recordings = PageRecordings(
            view.recordings,
            journal=vault.journal,
            recordings=vault.recordings,
            deliver=deliver,
            now=now,
            page=lambda: self._page,
            keep=self.keep,
            origin=ORIGIN,
            showing=showing,
        )
        self.putting_away = PuttingAway(view, self, journal=vault.journal, deliver=deliver, origin=ORIGIN)
        self.wishes = Wishes(
            view, prompts=prompts, preferences=vault.preferences, deliver=deliver, origin=ORIGIN
        )
        self.wishes.read()

    @property
    def entry_id(self) -> EntryId | None:
        """The page that is open, once it has been kept."""
        return self._page.id

    # which page is open

    def begin(self) -> None:
        """A blank page dated today."""
        self.turns += 1
        self._turn_to(Page(), EntryDraft(day=VagueDate.of(self._now().date())))
        self._refresh()

    def begin_after_keeping(self) -> None:
        """A blank page, once the one that is open is kept."""
        self.flush(lambda kept: self.begin() if kept else None)

    def open(self, entry_id: EntryId) -> None:
        """Turn to a page that is kept already, once the one that is open is kept."""
        if entry_id != self._page.id:
            self.read_again(entry_id)

    def read_again(self, entry_id: EntryId, then: Callable[[], object] = lambda: None) -> None:
        """Turn to a page as it is in the book, also when it is the one that is open."""
        self.turns += 1
        wish = self.turns
        self._refresh()

        def read(entry: Entry) -> None:
            if wish == self.turns:
                self._read(entry, wish, then)

        self._deliver(self._journal.entry(entry_id), read, self._view.show_problem)

    def _read(self, entry: Entry, wish: int, then: Callable[[], object]) -> None:
        recordings: list[Recording] = []

        def turn(photos: tuple[Photo, ...]) -> None:
            if wish != self.turns:
                return
            page = Page(id=entry.id, photos=list(photos), recordings=recordings)
            same = entry.id == self._page.id
            if same and self._draft() == self._page.kept:
                turned(page)
            else:  # only now, so that what was typed meanwhile is kept where it was typed
                self.flush(lambda kept: turned(page) if kept and not same else None)

        def turned(page: Page) -> None:
            if wish != self.turns:
                return
            self._turn_to(page, entry.draft)
            then()

        # The vault answers in the order in which it is asked.
        heard = self._vault.recordings.get(entry.draft.recordings)
        self._deliver(heard, recordings.extend, self._view.show_problem)
        self._deliver(self._vault.album.photos(entry.draft.photos), turn, self._view.show_problem)

    def _turn_to(self, page: Page, draft: EntryDraft) -> None:
        self._page = page
        self._view.show_draft(draft)
        page.kept = self._draft()
        self.pictures.show()
        self.recordings.show()
        self.wishes.turned(new=page.id is None)
        self._view.show_nothing_to_keep()

    # what can be chosen for a page

    def _refresh(self) -> None:
        vault, problem = self._vault, self._view.show_problem

        def people_known(people: tuple[Person, ...]) -> None:
            def own_known(me: str | None) -> None:
                self._view.show_people(people, me or "")

            self._deliver(vault.preferences.get(ME), own_known, problem)

        self._deliver(vault.people.all(), people_known, problem)
        self._deliver(vault.journal.tags(), self._view.show_known_tags, problem)

        def babies_known(babies: tuple[Baby, ...]) -> None:
            def word_known(word: str | None) -> None:
                self._view.show_babies(babies, word or "")
                self.pictures.babies = (babies, word or DEFAULT)

            self._deliver(vault.preferences.get(WORD), word_known, problem)

        self._deliver(vault.record.babies(), babies_known, problem)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed: follow what concerns this page."""
        if changes.people or changes.record or changes.tags or changes.preferences:
            self._refresh()
        if changes.preferences and changes.origin != ORIGIN:
            self.wishes.read()
        if changes.photos and changes.origin != ORIGIN:
            self.pictures.changed(changes.photos)
        if changes.recordings:
            self.recordings.changed(changes)
        page = self._page
        of_itself = changes.drawer and not (changes.photos or changes.recordings)
        if of_itself and changes.origin != ORIGIN and page.id in changes.entries:
            # It was put away elsewhere. What was not kept yet is a page of its own then.
            if self._draft() == page.kept:
                self.begin()
            else:
                page.id = None
                self.keep()

    def add_person(self, name: str, chosen: Callable[[Person], None]) -> None:
        """Remember one more name to write under, and hand it back while the page is open that it is for."""
        page = self._page

        def added(person: Person) -> None:
            self._refresh()
            if page is self._page:
                chosen(person)

        self._deliver(self._vault.people.add(name), added, self._view.show_problem)

    # keeping

    def _draft(self) -> EntryDraft:
        page = self._page
        photos = tuple(photo.id for photo in page.photos)
        return replace(self._view.draft(), photos=photos, recordings=tuple(it.id for it in page.recordings))

    def save_elsewhere(self, target: Path) -> None:
        """Write the words into a plain file as well, since they cannot be kept now."""
        self._view.finish_composing()

        def saved(_: None) -> None:
            self._view.show_saved_elsewhere(target.name)

        self._deliver(words_elsewhere.save(target, self._draft()), saved, self._view.show_problem)

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
        nothing_on_it = page.id is None and draft.is_empty and not page.is_awaited
        if nothing_on_it or (draft == page.kept and not page.is_awaited):
            self._show_state()
            self._settled(kept=True)
        else:
            self._send(page, draft)

    def _send(self, page: Page, draft: EntryDraft) -> None:
        page.keeping = True

        def done(entry: Entry | None) -> None:
            page.keeping = False
            page.kept, page.kept_at = draft, self._now()
            if entry is not None:
                page.id = entry.id
            self.pictures.take_in(page)
            self.recordings.take_in(page)
            if page is self._page:
                self._go_on(page)

        def failed(error: MemoryBookError) -> None:
            page.keeping = page.again = False
            self._view.show_not_kept(error)
            self._settled(kept=False)

        # A page that pictures wait for is made even while it is empty.
        future = self._journal.keep(page.id, draft, hold_place=page.is_awaited, origin=ORIGIN)
        self._deliver(future, done, failed)

    def _go_on(self, page: Page) -> None:
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
        self._view.finish_composing()
        self._then.append(then)
        self.keep()

    def _settled(self, *, kept: bool) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)
