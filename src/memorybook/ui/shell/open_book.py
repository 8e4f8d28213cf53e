"""One open book: the sidebar, the place the person is in, and what every change is told to."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from memorybook.domain.changes import ChangeSet
from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.services.preferences import GIVEN_UP, TITLE
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Vault
from memorybook.ui.book.view import BookPage
from memorybook.ui.core.tasks import delivery_to
from memorybook.ui.settings.view import SettingsPage
from memorybook.ui.shell.copies import Copies
from memorybook.ui.shell.places import Places
from memorybook.ui.shell.sidebar import Sidebar, page_names
from memorybook.ui.shell.surroundings import Surroundings
from memorybook.ui.write.presenter import WritePresenter


class _Relay(QObject):
    """Carries changes from the vault's thread to the GUI thread."""

    changed = Signal(object)


class OpenBook(QWidget):
    """The sidebar and the places of one vault. It is destroyed when the book is closed.

    ``writtenAnew`` tells that the vault can only be closed: another book is in its folder.
    ``earlierAgreed`` carries the earlier state that is to take the place of the book.
    """

    closeWanted = Signal()
    coverWanted = Signal()
    writtenAnew = Signal()
    earlierAgreed = Signal(object)

    def __init__(
        self, vault: Vault, around: Surroundings, words: RecoveryWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.vault = vault
        self._deliver = delivery_to(self)
        self._drawer_of = "story"  # the drawer is a part of the place one came from
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._sidebar = Sidebar()
        self._sidebar.chosen.connect(self.turn_to)
        self._sidebar.closeWanted.connect(self.closeWanted)
        self._sidebar.coverWanted.connect(self.coverWanted)
        self._stack = QStackedWidget()
        across.addWidget(self._sidebar)
        self._places = places = Places(
            vault,
            around,
            words,
            owner=self,
            title_kept=self._keep_title,
            withdrawn=self.writtenAnew.emit,
            brought=self.earlierAgreed.emit,
        )
        down = QVBoxLayout()
        down.setSpacing(0)
        down.addWidget(places.wholeness.line)
        down.addWidget(self._stack, 1)
        across.addLayout(down, 1)
        names = page_names()
        for key, page in places.pages.items():
            page.setAccessibleName(names[key])
            # So that Tab goes on from the page and not from the sidebar.
            page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._stack.addWidget(page)
        self._join()
        relay = _Relay(self)
        relay.changed.connect(self._changed, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = vault.changes.subscribe(relay.changed.emit)
        self._read_title()
        self._places.days.read_wish(self._show_dates)
        self.writing.begin()
        self._places.days.reminding.begin()
        self._places.copies.begin()
        self._places.wholeness.look()  # something may have been read before this listened
        self._tell_what_was_given_up()

    def _join(self) -> None:
        """What leads from one place to another."""
        places = self._places
        places.settings.helpWanted.connect(lambda: self.turn_to("help"))
        places.help.backWanted.connect(lambda: self.turn_to("settings"))
        places.settings.sheetWanted.connect(lambda: self.turn_to("sheet"))
        places.sheet.finished.connect(
            lambda: self.turn_to("write" if places.sheet.in_setup else "settings")
        )
        whole = places.wholeness
        whole.card.earlierWanted.connect(lambda: self.turn_to("earlier"))
        whole.page.backWanted.connect(lambda: self._turn_to_card(whole.card))
        whole.line.wanted.connect(lambda: self._turn_to_card(whole.card))
        whole.busy = lambda: places.copies.is_copying
        places.copies.watching.touched.connect(whole.resting.touched)
        places.copies.watching.glance.connect(whole.resting.look)
        places.new_passphrase.finished.connect(lambda: self.turn_to("write"))
        places.story.editWanted.connect(self._edit)
        places.story.saveWanted.connect(lambda entry: places.one_page.ask(places.story, EntryId(entry)))
        places.write.savePageWanted.connect(self._save_page)
        places.story.drawerWanted.connect(lambda: self.turn_to("drawer"))
        places.of_this_book.put_away.wanted.connect(lambda: self.turn_to("drawer"))
        places.gathered.photos.drawerWanted.connect(lambda: self.turn_to("drawer"))
        places.gathered.recordings.drawerWanted.connect(lambda: self.turn_to("drawer"))
        places.gathered.keepsakes.drawerWanted.connect(lambda: self.turn_to("drawer"))
        places.copies.led = self._turn_to_card
        days = places.days
        days.led = self.turn_to
        days.page.drawerWanted.connect(lambda: self.turn_to("drawer"))
        days.page.day.pageWanted.connect(self._read)
        days.page.day.photoWanted.connect(self._look_at)
        days.page.day.placeWanted.connect(self.turn_to)
        places.drawer.backWanted.connect(lambda: self.turn_to(self._drawer_of))
        here = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        here.activated.connect(self._find_here)
        search = QShortcut(QKeySequence("Ctrl+Shift+F"), self)
        search.activated.connect(self._find)

    @property
    def writing(self) -> WritePresenter:
        """What keeps the page that is being written."""
        return self._places.writing

    @property
    def book_page(self) -> BookPage:
        """The page on which a book is made."""
        return self._places.book

    @property
    def settings(self) -> SettingsPage:
        """The page of the settings."""
        return self._places.settings

    @property
    def place(self) -> str:
        """Where the person is."""
        current = self._stack.currentWidget()
        return next(key for key, page in self._places.pages.items() if page is current)

    @property
    def is_at_work(self) -> bool:
        """Whether a person waits for something long: the book written anew, a copy, everything taken out."""
        places = self._places
        return places.setting.is_withdrawing or places.copies.is_at_work or places.wholeness.is_at_work

    @property
    def copies(self) -> Copies:
        """The copies of this book."""
        return self._places.copies

    def _turn_to_card(self, card: QWidget) -> None:
        """Go to the settings, and there to one card."""

        def arrive() -> None:
            self._arrive("settings")
            self.settings.show_card(card)

        self._go(arrive)

    def turn_to(self, key: str) -> None:
        """Go to a place; what was being written is kept on the way."""
        self._go(lambda: self._arrive(key))

    def begin(self) -> None:
        """Go where somebody goes who has this moment opened the book: mostly to a blank page."""
        first = {"begun": "sheet", "words": "new-passphrase"}
        self._places.sheet.set_up(first=True)
        self.turn_to(first.get(self.vault.opened_by, "write"))

    def _go(self, arrive: Callable[[], None]) -> None:
        self.flush(lambda _: arrive())

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep all that was typed in any place and call ``then``: with ``True`` when all of it is kept."""
        self._places.flush(then)

    def _arrive(self, key: str) -> None:
        if key == "settings":
            self._places.sheet.set_up(first=False)
        dropped = self._places.new_passphrase.is_unfinished and key != "new-passphrase"
        if self._stack.currentWidget() is not self._places.pages[key]:
            self._places.uncovered.cover_again()
        if key == "drawer" and self.place in {"story", "photos", "recordings", "keepsakes", "dates"}:
            self._drawer_of = self.place
        self._sidebar.mark(self._drawer_of if key == "drawer" else key)
        self._places.drawer.name_back(page_names()[self._drawer_of])
        self._stack.setCurrentWidget(self._places.pages[key])
        self._places.wholeness.line.step_aside(aside=key in {"settings", "earlier"})
        self.take_focus()
        if dropped:
            self._places.new_passphrase.tell_dropped(lambda: self.turn_to("new-passphrase"))
        arrive = self._places.arrivals.get(key)
        if arrive is not None:
            arrive()

    def take_focus(self) -> None:
        """Put the keyboard into the place that is shown."""
        places, current = self._places, self._stack.currentWidget()
        gathered = places.gathered
        for page in (places.write, places.family, gathered.photos, gathered.recordings, gathered.keepsakes):
            if current is page:
                page.take_focus()
                return
        if current is not None:
            current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, entry_id: int) -> None:
        self.writing.open(EntryId(entry_id))
        self._arrive("write")

    def _read(self, row: EntryRow) -> None:
        """Turn to one page of the story."""

        def arrive() -> None:
            self._arrive("story")
            self._places.story.read_page(row.day, row.id)

        self._go(arrive)

    def _look_at(self, photo: int) -> None:
        """Turn to one photo, large."""

        def arrive() -> None:
            self._arrive("photos")
            self._places.gathered.photos.look_at(PhotoId(photo))

        self._go(arrive)

    def _show_dates(self, on: bool) -> None:
        """Whether there is a place for dates."""
        self._sidebar.show_place("dates", shown=on)

    def _save_page(self) -> None:
        """The page that is written, once its words are kept."""

        def kept(all_of_it: bool, /) -> None:
            entry = self.writing.entry_id
            if all_of_it:
                self._places.one_page.ask(self._places.write, entry)

        self.flush(kept)

    def _find_here(self) -> None:
        """On the page that is written, look through its words; elsewhere through the story."""
        if self._stack.currentWidget() is self._places.write:
            self._places.write.find_words()
        else:
            self._find()

    def _find(self) -> None:
        def arrive() -> None:
            self._arrive("story")
            self._places.story.focus_search()  # after the place has taken the keyboard

        self._go(arrive)

    def _changed(self, changes: ChangeSet) -> None:
        places = self._places
        places.writing.changed(changes)
        places.reading.changed(changes)
        places.making.changed(changes)
        places.relating.changed(changes)
        places.gathered.changed(changes)
        places.days.changed(changes)
        places.spelling.changed(changes)
        places.copies.changed(changes)
        places.wholeness.changed(changes)
        if changes.preferences:
            self._read_title()
            places.days.read_wish(self._show_dates)
        if self._stack.currentWidget() is places.story:
            places.reading.show()

    def _read_title(self) -> None:
        def show(title: str | None) -> None:
            self._sidebar.show_title(title or "")
            self._places.settings.show_title(title or "")

        self._deliver(self.vault.preferences.get(TITLE), show, self._places.write.show_problem)

    def _tell_what_was_given_up(self) -> None:
        """Say once how many pictures were not taken in when the book was closed the last time."""
        write, preferences = self._places.write, self.vault.preferences

        def known(number: str | None) -> None:
            if number and number.isdecimal():
                write.show_given_up(int(number))
                self._deliver(preferences.put(GIVEN_UP, ""), lambda _: None, write.show_problem)

        self._deliver(preferences.get(GIVEN_UP), known, write.show_problem)

    def _keep_title(self, title: str) -> None:
        future = self.vault.preferences.put(TITLE, title)
        self._deliver(future, lambda _: None, self._places.write.show_problem)

    def take_over(self, other: "OpenBook") -> None:
        """Go on with what was being made in another window onto the same book."""
        self.book_page.take_over(other.book_page)
        self.settings.take_over(other.settings)

    def when_idle(self, act: Callable[[], object]) -> None:
        """Do something once no PDF is being made, which is now unless one is."""
        self._places.making.when_idle(act)

    def leave(self) -> None:
        """Stop what runs for this book; called once, as it is being closed."""
        self._places.making.stop()
        self._places.one_page.stop()
        self._places.setting.leave()
        self._places.copies.leave()
        self._places.wholeness.leave()
        self._unsubscribe()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sidebar.fit_to(self.width())
