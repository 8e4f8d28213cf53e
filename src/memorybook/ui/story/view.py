"""The story screen: search, chips and list on one side, the page that is read on the other."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryRow
from memorybook.domain.ids import EntryId, PhotoId, RecordingId
from memorybook.domain.photo import Photo
from memorybook.domain.search import Query
from memorybook.domain.story import EVERYTHING, StoryFilter
from memorybook.errors import MemoryBookError
from memorybook.ui.core import messages
from memorybook.ui.core.called import names
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.recording_cards import RecordingCards
from memorybook.ui.story import choosing, marking
from memorybook.ui.story import presenter as presenting
from memorybook.ui.story.filters import JUMP_KEY
from memorybook.ui.story.heard import Heard
from memorybook.ui.story.jump import ask_date
from memorybook.ui.story.model import StoryModel
from memorybook.ui.story.outline import Outline
from memorybook.ui.story.reading import NEXT_KEY, PREVIOUS_KEY
from memorybook.ui.story.sides import TwoSides

if TYPE_CHECKING:
    from memorybook.ui.story.screen import StoryView

_ROWS_AHEAD = 60
_LIST_KEYS = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_End}


class StoryPage(TwoSides):
    """Shows what :class:`StoryPresenter` says. ``editWanted`` carries the id of the page to change.

    ``drawerWanted`` asks for the place where deleted pages wait.
    """

    editWanted = Signal(int)
    drawerWanted = Signal()
    saveWanted = Signal(int)
    presenter: presenting.StoryPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(StoryModel(), parent)
        self._reading: EntryId | None = None
        self._put_away: EntryId | None = None
        self._query: Query | None = None
        self._choices = choosing.Choices()
        self._pane.editWanted.connect(self._want_edit)
        self._pane.deleteWanted.connect(self._delete)
        self._pane.saveWanted.connect(self._save_page)
        self._pane.previousWanted.connect(lambda: self._step(-1))
        self._pane.nextWanted.connect(lambda: self._step(1))
        self._pane.uncoverWanted.connect(lambda photo: self.presenter.uncover(PhotoId(photo)))
        self._pane.coverWanted.connect(lambda photo: self.presenter.cover_again(PhotoId(photo)))
        self._connect_heard()
        self._connect_panel()
        self._add_keys()

    def _connect_heard(self) -> None:
        self._pane.play = lambda recording: self._heard.open(recording)
        cards = self._pane.recordings
        cards.uncoverWanted.connect(lambda recording: self._heard.uncover(RecordingId(recording)))
        cards.failed.connect(self.show_problem)

    @property
    def recordings(self) -> RecordingCards:
        """The recordings of the page that is read."""
        return self._pane.recordings

    @property
    def _heard(self) -> Heard:
        if self.presenter.heard is None:
            raise LookupError("nobody was told of recordings")
        return self.presenter.heard

    def _connect_panel(self) -> None:
        panel = self._panel
        panel.search.textChanged.connect(lambda words: self.presenter.search(words))
        panel.search.returnPressed.connect(self._to_list)
        panel.filters.wanted.connect(lambda wanted: self.presenter.choose_by(wanted))
        panel.filters.monthWanted.connect(self._go_to)
        panel.filters.dateWanted.connect(self._ask_date)
        panel.filters.drawerWanted.connect(self.drawerWanted)
        panel.list.selectionModel().currentChanged.connect(self._chosen)
        panel.list.selectionModel().selectionChanged.connect(lambda *_: self.presenter.stay())
        panel.list.clicked.connect(self._clicked)
        panel.list.activated.connect(self._read_on)
        panel.list.seen.connect(self._look)
        panel.list.typed.connect(panel.search_for)
        panel.list.deleteWanted.connect(self._delete_marked)
        panel.list.delegate.found_in = lambda text: marking.places(text, self._query)

    def _add_keys(self) -> None:
        """Keys that hold anywhere on this place."""
        keys: tuple[tuple[QKeySequence | QKeySequence.StandardKey, Callable[[], object]], ...] = (
            (PREVIOUS_KEY, lambda: self._step(-1)),
            (NEXT_KEY, lambda: self._step(1)),
            (JUMP_KEY, self._ask_date),
            (QKeySequence("Ctrl+E"), self._want_edit),
            (QKeySequence.StandardKey.Undo, self._undo),
            (QKeySequence("Escape"), self._leave),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Who has turned to this place goes on in the list with the keys of a list."""
        if event.key() in _LIST_KEYS and self._panel.isVisible():
            self._panel.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was put away may be gone for ever when somebody comes back from another place."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._put_away = None
            self._panel.notice.hide()

    # what a person does

    def _to_list(self) -> None:
        """From the search field to what was found."""
        self._panel.list.setFocus()

    def _read_on(self) -> None:
        """Return in the list: the keyboard goes to the page, by which long ones are scrolled."""
        self._open_pane(on=True)
        self._pane.take_focus()

    def _leave(self) -> None:
        """Escape: from the page to the list; from a search to all pages."""
        if self._pane.has_focus or (self._alone and self._pane_is_open):
            self._open_pane(on=False)
        elif self._panel.search.text():
            self._panel.search.clear()

    def _chosen(self, current: QModelIndex, previous: QModelIndex) -> None:  # noqa: ARG002 - a signal's two
        row = self._model.entry_at(current)
        if row is not None:
            self.presenter.choose(row.id)
        else:  # it is chosen once it is read
            self._look()

    def _clicked(self, _: QModelIndex) -> None:
        self.presenter.stay()
        self._open_pane(on=True)

    def _look(self) -> None:
        """Other rows are in sight: those that are not read are asked for."""
        sight = self._panel.list.pages_in_sight()
        if sight is None:
            return
        if self._model.is_growing:
            if self._model.has_more and self._model.page_count - sight[1] < _ROWS_AHEAD:
                self.presenter.more()
            return
        shown = sight[1] - sight[0]
        self.presenter.need(max(0, sight[0] - shown // 2), sight[1] + shown // 2)

    def _want_edit(self) -> None:
        if self._reading is not None:
            self.editWanted.emit(self._reading)

    def _save_page(self) -> None:
        if self._reading is not None:
            self.saveWanted.emit(self._reading)

    def _delete(self) -> None:
        if self._reading is not None:
            self.presenter.delete(self._reading)

    def _delete_marked(self) -> None:
        """The key in the list means the row that is marked: until that one is read, it does nothing."""
        row = self._model.entry_at(self._panel.list.currentIndex())
        if row is not None and row.id == self._reading:
            self._delete()

    def _undo(self) -> None:
        """Bring back what was put away, as long as the notice offers it."""
        if self._put_away is not None and self._panel.notice.text():
            self.presenter.bring_back(self._put_away)

    def _step(self, step: int) -> None:
        place = self._model.page_number(self._panel.list.currentIndex())
        if self._reading is not None and place is not None:
            index = self._model.index_of_page(place + step)
            if index.isValid():
                self._panel.list.setCurrentIndex(index)

    def _ask_date(self) -> None:
        if self._model.page_count or self._panel.search.text():
            ask_date(self, self._go_to)

    def _go_to(self, day: VagueDate) -> None:
        if self._panel.search.text():  # a date is a place among all pages
            self._panel.search.clear()
        self._open_pane(on=False)
        self.presenter.go_to(day)

    def read_page(self, day: VagueDate, entry_id: EntryId) -> None:
        """Show one page to read, among all of them."""
        if self._panel.search.text():
            self._panel.search.clear()
        self.presenter.choose_by(EVERYTHING)
        self._open_pane(on=True)
        self.presenter.read_page(day, entry_id)

    def focus_search(self) -> None:
        """Put the caret into the search field."""
        if self._alone:
            self._open_pane(on=False)
        self._panel.search.setFocus()
        self._panel.search.selectAll()

    # what the presenter says

    def show_outline(self, outline: Outline, *, keeps_place: bool) -> None:
        """Another list, none of whose pages is read."""
        bar = self._panel.list.verticalScrollBar()
        place = bar.value() if keeps_place else 0
        self._panel.say_nothing()
        self._model.show_outline(outline)
        self._panel.list.doItemsLayout()
        bar.setValue(place)

    def fill(self, first: int, rows: Sequence[EntryRow]) -> None:
        """These pages were read; the one that is chosen may be among them."""
        self._model.fill(first, rows)
        current = self._panel.list.currentIndex()
        row = self._model.entry_at(current)
        if row is not None and row.id != self._reading:
            self.presenter.choose(row.id)

    def drop(self, first: int, count: int) -> None:
        """These pages are no longer held."""
        self._model.drop(first, count)

    def show_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """What a search found, with its first page to read, or the one that was read before."""
        self._panel.say_nothing()
        kept = self._reading
        self._model.replace(rows, more=more)
        self._panel.list.doItemsLayout()
        self._panel.list.scrollToTop()
        place = self._model.place_of(kept) if kept is not None else None
        if rows:
            self.choose_page(place or 0, at_top=False)

    def add_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """The search goes on."""
        self._model.extend(rows, more=more)
        self._show_arrows()

    def choose_page(self, page: int, *, at_top: bool) -> None:
        """Choose a page of the list; ``at_top`` when the list is to begin with it."""
        index = self._model.index_of_page(page)
        if at_top:
            self._panel.list.bring_to_top(index)
        self._panel.list.setCurrentIndex(index)
        self._panel.list.scrollTo(index)
        self._chosen(index, index)
        self._look()

    def show_query(self, query: Query | None) -> None:
        """What was looked for is marked in the list and on the page."""
        if query != self._query:
            self._query = query
            self._pane.mark(query)

    def show_filter(self, wanted: StoryFilter) -> None:
        """What the pages are chosen by."""
        self._panel.filters.show_filter(wanted)

    def show_choices(self, choices: choosing.Choices) -> None:
        """What there is to choose from."""
        self._choices = choices
        self._panel.filters.show_choices(choices)

    def show_nothing_written(self) -> None:
        """The book has no page yet."""
        self._panel.say(tr("What you write will be listed here, by month."))

    def show_nothing_found(self) -> None:
        """The search found no page."""
        self._panel.say(tr("No page has these words. A part of a word is enough."))

    def show_nothing_like_this(self) -> None:
        """No page is as it was chosen."""
        self._panel.say(
            tr("No page is like this."),
            action=tr("Show all pages"),
            acts=lambda: self.presenter.choose_by(EVERYTHING),
        )

    def show_entry(self, entry: Entry, photos: Sequence[Photo]) -> None:
        """Show one page to read."""
        self._reading = entry.id
        known = names(self._choices.babies, self._choices.word)
        about = [known[baby] for baby in entry.draft.babies if baby in known]
        self._pane.show_entry(entry, photos, about)
        self._pane.mark(self._query)
        self._show_arrows()

    def _show_arrows(self) -> None:
        place = self._model.page_number(self._panel.list.currentIndex())
        if place is not None:
            following = place + 1 < self._model.page_count
            self._pane.allow(previous=place > 0, following=following)

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None:
        """A picture of the page that is read has come."""
        self._pane.show_picture(photo, jpeg)

    def show_covered(self, photo: Photo) -> None:
        """A picture of the page that is read is covered."""
        self._pane.show_covered(photo)

    def show_no_entry(self) -> None:
        """Nothing is chosen."""
        self._reading = None
        self._pane.clear()

    def show_put_away(self, entry_id: EntryId) -> None:
        """A page was deleted and can be brought back."""
        self._put_away = entry_id
        self._panel.notice.say(
            tr("The page is put away. It waits in the drawer, where it can be brought back."),
            action=tr("Bring it back"),
            acts=lambda: self.presenter.bring_back(entry_id),
        )

    def show_brought_back(self) -> None:
        """The page is in the story again."""
        self._put_away = None
        self._panel.notice.hide()

    def show_problem(self, error: MemoryBookError) -> None:
        """A list or a page could not be read."""
        self._panel.notice.say(messages.sentence(error))


if TYPE_CHECKING:
    _: type[StoryView] = StoryPage
    _choosing: type[choosing.ChoosingView] = StoryPage
