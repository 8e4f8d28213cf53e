"""The places of one open book: each page with its presenter, and what they hand to one another."""

import random
from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.restoring import Restored
from memorybook.services.prompts import Prompts
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Vault
from memorybook.ui.book.one_page import OnePage
from memorybook.ui.book.presenter import BookPresenter
from memorybook.ui.book.view import BookPage
from memorybook.ui.core.i18n import day_text
from memorybook.ui.core.tasks import delivery_to
from memorybook.ui.core.uncovered import Uncovered
from memorybook.ui.drawer.presenter import DrawerPresenter
from memorybook.ui.drawer.view import DrawerPage
from memorybook.ui.family.presenter import FamilyPresenter
from memorybook.ui.family.view import FamilyPage
from memorybook.ui.help.view import HelpPage
from memorybook.ui.recovery.new_passphrase import NewPassphrasePage
from memorybook.ui.recovery.presenter import NewPassphrasePresenter, SheetPresenter
from memorybook.ui.recovery.sheet import SheetPage
from memorybook.ui.settings.of_this_book import BookCards
from memorybook.ui.settings.presenter import SettingsPresenter
from memorybook.ui.settings.view import SettingsPage
from memorybook.ui.shell.copies import Copies
from memorybook.ui.shell.days import Days
from memorybook.ui.shell.gathered import Gathered, flush_all
from memorybook.ui.shell.surroundings import Surroundings
from memorybook.ui.shell.wholeness import Wholeness
from memorybook.ui.story.choosing import Choosing
from memorybook.ui.story.heard import Heard
from memorybook.ui.story.presenter import StoryPresenter
from memorybook.ui.story.view import StoryPage
from memorybook.ui.support.view import SupportPage
from memorybook.ui.write.presenter import WritePresenter
from memorybook.ui.write.spelling import PageSpelling
from memorybook.ui.write.view import WritePage


class Places:
    """Made once for each open book; ``owner`` is what answers are delivered to as long as it lives.

    The pages belong to whoever puts them into a window. ``withdrawn`` is called once the vault can only
    be closed: another book is in its folder. ``brought`` takes over an earlier state of the book.
    """

    def __init__(
        self,
        vault: Vault,
        around: Surroundings,
        words: RecoveryWords,
        *,
        owner: QObject,
        title_kept: Callable[[str], object],
        withdrawn: Callable[[], object],
        brought: Callable[[Restored], object],
    ) -> None:
        self._vault, self._around = vault, around
        self._deliver = delivery_to(owner)
        self._language = QLocale().name().partition("_")[0]
        vault.journal.speak(self._language)
        self.uncovered = Uncovered(owner)
        self.uncovered.changed.connect(self._covering_changed)
        self.write, self.story, self.drawer = WritePage(), StoryPage(), DrawerPage()
        self.gathered = Gathered(vault, around, self.uncovered, self._deliver)
        self.family = FamilyPage()
        self.days = Days(
            vault, around, self.uncovered, self._deliver, write=self.write, language=self._language
        )
        self.book = BookPage()
        self.support = SupportPage(around.support, around.device, run=around.background.run)
        self.of_this_book = BookCards(
            vault.preferences,
            spelling=vault.spelling,
            deliver=self._deliver,
            failed=self.write.show_problem,
        )
        self.spelling = PageSpelling(self.write.words, spelling=vault.spelling, deliver=self._deliver)
        self.wholeness = Wholeness(vault, around, words, self._deliver, brought=brought)
        self.copies = Copies(vault, around, self._deliver, write=self.write, owner=owner)
        self.settings = SettingsPage(
            around.device,
            restyle=around.restyle,
            title_kept=title_kept,
            of_this_book=self.of_this_book,
            more_cards=(*self.copies.cards, self.wholeness.card),
        )
        self.help = HelpPage()
        self.sheet, self.new_passphrase = SheetPage(words), NewPassphrasePage()
        self.pages: dict[str, QWidget] = {
            "write": self.write,
            "story": self.story,
            "drawer": self.drawer,
            "family": self.family,
            **self.gathered.pages,
            "dates": self.days.page,
            "support": self.support,
            "book": self.book,
            "settings": self.settings,
            "help": self.help,
            "sheet": self.sheet,
            "new-passphrase": self.new_passphrase,
            "earlier": self.wholeness.page,
        }
        self._give_ways_in()  # before they are put away, which takes the words off the page
        self._give_story()
        self._give_family()
        self._give_book(withdrawn)

    def _give_ways_in(self) -> None:
        ways = self._vault.ways
        self.showing = SheetPresenter(
            self.sheet,
            ways=ways,
            run=self._around.background.run,
            deliver=self._deliver,
            today=lambda: day_text(VagueDate.of(self._around.now().date())),
            language=self._language,
        )
        self.sheet.presenter = self.showing
        self.choosing = NewPassphrasePresenter(self.new_passphrase, ways=ways, deliver=self._deliver)
        self.new_passphrase.presenter = self.choosing

    def _give_story(self) -> None:
        vault = self._vault
        self.writing = WritePresenter(
            self.write,
            vault=vault,
            prompts=Prompts(self._language, chance=random.Random()),  # noqa: S311 - nothing to guess in it
            deliver=self._deliver,
            now=self._around.now,
            showing=self.uncovered,
        )
        self.write.presenter = self.writing
        self.reading = StoryPresenter(
            self.story,
            journal=vault.journal,
            album=vault.album,
            deliver=self._deliver,
            choosing=Choosing(
                self.story,
                journal=vault.journal,
                record=vault.record,
                preferences=vault.preferences,
                deliver=self._deliver,
            ),
            showing=self.uncovered,
            heard=Heard(
                self.story.recordings,
                recordings=vault.recordings,
                deliver=self._deliver,
                showing=self.uncovered,
            ),
        )
        self.story.presenter = self.reading
        self.waiting = DrawerPresenter(
            self.drawer,
            journal=vault.journal,
            album=vault.album,
            recordings=vault.recordings,
            keepsakes=vault.keepsakes,
            occasions=vault.occasions,
            deliver=self._deliver,
            showing=self.uncovered,
        )
        self.drawer.presenter = self.waiting

    def _give_family(self) -> None:
        vault = self._vault
        self.relating = FamilyPresenter(
            self.family,
            record=vault.record,
            people=vault.people,
            preferences=vault.preferences,
            deliver=self._deliver,
            now=self._around.now,
        )
        self.family.presenter = self.relating

    def _give_book(self, withdrawn: Callable[[], object]) -> None:
        self.making = BookPresenter(
            self.book,
            vault=self._vault,
            typesetter=self._around.typesetter,
            run=self._around.background.run,
            deliver=self._deliver,
            now=self._around.now,
            language=self._language,
            showing=self.uncovered,
        )
        self.book.presenter = self.making
        self.one_page = OnePage(
            self._vault,
            self._around.background.run,
            self._deliver,
            now=self._around.now,
            language=self._language,
        )
        self.setting = SettingsPresenter(
            self.settings, ways=self._vault.ways, deliver=self._deliver, withdrawn=lambda _: withdrawn()
        )
        self.settings.presenter = self.setting

    @property
    def arrivals(self) -> dict[str, Callable[[], None]]:
        """What a place does when it is turned to."""
        return {
            "story": self.reading.show,
            "drawer": self.waiting.show,
            "family": self.relating.show,
            **self.gathered.arrivals,
            "dates": self.days.page.arrive,
            "book": self.making.show,
            "settings": self._show_settings,
            "sheet": self.showing.show,
            "new-passphrase": self.choosing.show,
            "earlier": self.wholeness.show_page,
        }

    def _covering_changed(self) -> None:
        self.writing.pictures.show_pictures()
        self.writing.recordings.covering_changed()
        self.reading.covering_changed()
        self.waiting.covering_changed()
        self.making.covering_changed()

    def _show_settings(self) -> None:
        self.setting.show()
        self.of_this_book.show()
        self.copies.show()
        self.wholeness.show()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep all that was typed in any place and call ``then``: with ``True`` when all of it is kept."""
        self.settings.keep_now()
        days = self.days.presenter.flush
        forms = (*self.gathered.flushes, self.relating.flush, self.making.flush, self.writing.flush)
        flush_all((*forms, days), then)
