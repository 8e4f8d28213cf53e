"""One open book: its places, their presenters, and what passes between them."""

import datetime
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import EntryId
from memorybook.rendering.pdf import Typesetter
from memorybook.services.preferences import GIVEN_UP
from memorybook.services.recovery import RecoveryWords
from memorybook.services.support import Support
from memorybook.services.vault import Vault
from memorybook.ui.book.presenter import BookPresenter
from memorybook.ui.book.view import BookPage
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.i18n import day_text
from memorybook.ui.core.tasks import Background, delivery_to
from memorybook.ui.dates.presenter import DatesPresenter
from memorybook.ui.dates.view import DatesPage
from memorybook.ui.family.presenter import FamilyPresenter
from memorybook.ui.family.view import FamilyPage
from memorybook.ui.help.view import HelpPage
from memorybook.ui.recovery.new_passphrase import NewPassphrasePage
from memorybook.ui.recovery.presenter import NewPassphrasePresenter, SheetPresenter
from memorybook.ui.recovery.sheet import SheetPage
from memorybook.ui.settings.presenter import SettingsPresenter
from memorybook.ui.settings.view import SettingsPage
from memorybook.ui.shell.sidebar import Sidebar
from memorybook.ui.story.presenter import StoryPresenter
from memorybook.ui.story.view import StoryPage
from memorybook.ui.support.view import SupportPage
from memorybook.ui.write.presenter import WritePresenter
from memorybook.ui.write.view import WritePage


class Surroundings(Protocol):
    """What an open book needs from the application around it."""

    device: DeviceSettings
    background: Background
    support: Support

    @property
    def typesetter(self) -> Typesetter:
        """What makes pages of a book."""

    def now(self) -> datetime.datetime:
        """The present moment, local."""

    def elapsed(self) -> float:
        """Seconds on a clock that goes on while the computer sleeps."""

    def restyle(self) -> None:
        """Dress the application as the device settings say."""


class _Relay(QObject):
    """Carries changes from the vault's thread to the GUI thread."""

    changed = Signal(object)


class OpenBook(QWidget):
    """The sidebar and the places of one vault. It is destroyed when the book is closed.

    ``writtenAnew`` tells that the vault can only be closed: another book is in its folder.
    """

    closeWanted = Signal()
    coverWanted = Signal()
    writtenAnew = Signal()

    def __init__(
        self, vault: Vault, around: Surroundings, words: RecoveryWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.vault = vault
        self._around = around
        self._deliver = delivery_to(self)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._sidebar = Sidebar()
        self._sidebar.chosen.connect(self.turn_to)
        self._sidebar.closeWanted.connect(self.closeWanted)
        self._sidebar.coverWanted.connect(self.coverWanted)
        self._places = QStackedWidget()
        across.addWidget(self._sidebar)
        across.addWidget(self._places, 1)
        self._write, self._story, self._dates = WritePage(), StoryPage(), DatesPage()
        self._family = FamilyPage()
        self.book_page, self._support = BookPage(), SupportPage(around.support, around.device)
        self._settings = SettingsPage(around.device, restyle=around.restyle, title_kept=self._keep_title)
        self._help = HelpPage()
        self._settings.helpWanted.connect(lambda: self.turn_to("help"))
        self._help.backWanted.connect(lambda: self.turn_to("settings"))
        self._sheet, self._new_passphrase = SheetPage(words), NewPassphrasePage()
        self._pages: dict[str, QWidget] = {
            "write": self._write,
            "story": self._story,
            "family": self._family,
            "dates": self._dates,
            "support": self._support,
            "book": self.book_page,
            "settings": self._settings,
            "help": self._help,
            "sheet": self._sheet,
            "new-passphrase": self._new_passphrase,
        }
        self._give_ways_in()  # before they are put away, which takes the words off the page
        for page in self._pages.values():
            # So that Tab goes on from the page and not from the sidebar.
            page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._places.addWidget(page)
        self._give_presenters()
        self._story.editWanted.connect(self._edit)
        search = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        search.activated.connect(self._find)
        relay = _Relay(self)
        relay.changed.connect(self._changed, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = vault.changes.subscribe(relay.changed.emit)
        self._read_title()
        self.writing.begin()
        self._tell_what_was_given_up()

    def _give_presenters(self) -> None:
        vault, now = self.vault, self._around.now
        self.writing = WritePresenter(
            self._write,
            journal=vault.journal,
            album=vault.album,
            people=vault.people,
            deliver=self._deliver,
            now=now,
        )
        self._write.presenter = self.writing
        self._reading = StoryPresenter(
            self._story, journal=vault.journal, album=vault.album, deliver=self._deliver
        )
        self._story.presenter = self._reading
        self._days = DatesPresenter(self._dates, occasions=vault.occasions, deliver=self._deliver, now=now)
        self._dates.presenter = self._days
        self._relating = FamilyPresenter(
            self._family,
            record=vault.record,
            people=vault.people,
            preferences=vault.preferences,
            deliver=self._deliver,
            now=now,
        )
        self._family.presenter = self._relating
        self._making = BookPresenter(
            self.book_page,
            vault=vault,
            typesetter=self._around.typesetter,
            run=self._around.background.run,
            deliver=self._deliver,
            now=now,
            language=QLocale().name().partition("_")[0],
        )
        self.book_page.presenter = self._making
        self._setting = SettingsPresenter(
            self._settings,
            ways=vault.ways,
            deliver=self._deliver,
            withdrawn=lambda _: self.writtenAnew.emit(),
        )
        self._settings.presenter = self._setting

    def _give_ways_in(self) -> None:
        ways, now = self.vault.ways, self._around.now
        self._showing = SheetPresenter(
            self._sheet,
            ways=ways,
            run=self._around.background.run,
            deliver=self._deliver,
            today=lambda: day_text(VagueDate.of(now().date())),
            language=QLocale().name().partition("_")[0],
        )
        self._sheet.presenter = self._showing
        self._settings.sheetWanted.connect(lambda: self.turn_to("sheet"))
        self._sheet.finished.connect(lambda: self.turn_to("write" if self._sheet.in_setup else "settings"))
        self._choosing = NewPassphrasePresenter(self._new_passphrase, ways=ways, deliver=self._deliver)
        self._new_passphrase.presenter = self._choosing
        self._new_passphrase.finished.connect(lambda: self.turn_to("write"))

    @property
    def settings(self) -> SettingsPage:
        """The page of the settings."""
        return self._settings

    @property
    def place(self) -> str:
        """Where the person is."""
        return next(key for key, page in self._pages.items() if page is self._places.currentWidget())

    @property
    def is_written_anew(self) -> bool:
        """Whether the book is being written anew at this moment."""
        return self._setting.is_withdrawing

    def turn_to(self, key: str) -> None:
        """Go to a place; what was being written is kept on the way."""
        self._go(lambda: self._arrive(key))

    def begin(self) -> None:
        """Go where somebody goes who has this moment opened the book: mostly to a blank page."""
        first = {"begun": "sheet", "words": "new-passphrase"}
        self._sheet.set_up(first=True)
        self.turn_to(first.get(self.vault.opened_by, "write"))

    def _go(self, arrive: Callable[[], None]) -> None:
        self._settings.keep_now()
        self.flush(lambda _: arrive())

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep all that was typed in any place and call ``then``: with ``True`` when all of it is kept."""

        def family_kept(family: bool, /) -> None:
            self.writing.flush(lambda page: then(family and page))

        self._relating.flush(family_kept)

    def _arrive(self, key: str) -> None:
        if key == "settings":
            self._sheet.set_up(first=False)
        self._sidebar.mark(key)
        self._places.setCurrentWidget(self._pages[key])
        self.take_focus()
        arrivals: dict[str, Callable[[], None]] = {
            "story": self._reading.show,
            "family": self._relating.show,
            "dates": self._days.show,
            "book": self._making.show,
            "settings": self._setting.show,
            "sheet": self._showing.show,
            "new-passphrase": self._choosing.show,
        }
        if key in arrivals:
            arrivals[key]()

    def take_focus(self) -> None:
        """Put the keyboard into the place that is shown."""
        current = self._places.currentWidget()
        if current is self._write:
            self._write.take_focus()
        elif current is self._family:
            self._family.take_focus()
        elif current is not None:
            current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, entry_id: int) -> None:
        self.writing.open(EntryId(entry_id))
        self._arrive("write")

    def _find(self) -> None:
        def arrive() -> None:
            self._arrive("story")
            self._story.focus_search()  # after the place has taken the keyboard

        self._go(arrive)

    def _changed(self, changes: ChangeSet) -> None:
        self._reading.changed(changes)
        self._making.changed(changes)
        self._relating.changed(changes)
        if changes.preferences:
            self._read_title()
        current = self._places.currentWidget()
        if current is self._story:
            self._reading.show()

    def _read_title(self) -> None:
        def show(title: str | None) -> None:
            self._sidebar.show_title(title or "")
            self._settings.show_title(title or "")

        self._deliver(self.vault.preferences.get("title"), show, self._write.show_problem)

    def _tell_what_was_given_up(self) -> None:
        """Say once how many pictures were not taken in when the book was closed the last time."""

        def known(number: str | None) -> None:
            if number and number.isdecimal():
                self._write.show_given_up(int(number))
                self._deliver(
                    self.vault.preferences.put(GIVEN_UP, ""), lambda _: None, self._write.show_problem
                )

        self._deliver(self.vault.preferences.get(GIVEN_UP), known, self._write.show_problem)

    def _keep_title(self, title: str) -> None:
        self._deliver(self.vault.preferences.put("title", title), lambda _: None, self._write.show_problem)

    def take_over(self, other: "OpenBook") -> None:
        """Go on with what was being made in another window onto the same book."""
        self.book_page.take_over(other.book_page)
        self._settings.take_over(other.settings)

    def when_idle(self, act: Callable[[], object]) -> None:
        """Do something once no PDF is being made, which is now unless one is."""
        self._making.when_idle(act)

    def leave(self) -> None:
        """Stop what runs for this book; called once, as it is being closed."""
        self._making.stop()
        self._setting.leave()
        self._unsubscribe()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sidebar.fit_to(self.width())
