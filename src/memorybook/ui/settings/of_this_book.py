"""The cards of what is chosen for one book and kept inside it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from memorybook.domain.wording import DEFAULT, WORD
from memorybook.errors import MemoryBookError
from memorybook.services.preferences import (
    COVER_NEW,
    DATES,
    ME,
    NUMBER_OF_WORDS,
    OFF,
    ON,
    PROMPTS,
    REMINDERS,
    Preferences,
)
from memorybook.services.spelling import Spelling
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.settings.covering import CoveringCard
from memorybook.ui.settings.dates import DatesCard
from memorybook.ui.settings.put_away import PutAwayCard
from memorybook.ui.settings.spelling import SpellingCard
from memorybook.ui.settings.spelling_presenter import SpellingPresenter
from memorybook.ui.settings.words import WordsCard
from memorybook.ui.settings.writing import WritingCard

_KEYS: Final = (WORD, ME, PROMPTS, NUMBER_OF_WORDS, COVER_NEW, DATES, REMINDERS)

_COVERS: Final = "1"


class BookCards:
    """Reads the choices of the book into their cards, and stores what is chosen. GUI thread."""

    def __init__(
        self,
        preferences: Preferences,
        *,
        spelling: Spelling,
        deliver: Deliver,
        failed: Callable[[MemoryBookError], object],
    ) -> None:
        self._preferences = preferences
        self._deliver = deliver
        self._failed = failed
        self._found: dict[str, str] = {}
        self._words = WordsCard(
            word_kept=lambda word: self._put(WORD, word), name_kept=lambda name: self._put(ME, name)
        )
        self._writing = WritingCard(
            prompts_kept=lambda on: self._put(PROMPTS, ON if on else OFF),
            number_kept=lambda on: self._put(NUMBER_OF_WORDS, ON if on else OFF),
        )
        self._covering = CoveringCard(kept=lambda on: self._put(COVER_NEW, _COVERS if on else ""))
        self._dates = DatesCard(
            page_kept=lambda on: self._put(DATES, ON if on else OFF),
            reminders_kept=lambda on: self._put(REMINDERS, ON if on else OFF),
        )
        self._spelling = SpellingCard()
        self._spelling.presenter = SpellingPresenter(
            self._spelling, spelling=spelling, deliver=deliver, locale=QLocale().name()
        )
        self.put_away = PutAwayCard()
        self.cards: tuple[QWidget, ...] = (
            self._words,
            self._writing,
            self._covering,
            self._dates,
            self._spelling,
            self.put_away,
        )

    def keep_now(self) -> None:
        """Store what was typed, without waiting for the pause."""
        self._words.keep_now()

    def show(self) -> None:
        """Read the choices anew; what is chosen before the answers come is newer than they are."""
        self._spelling.presenter.show()
        found: dict[str, str] = {}
        self._found = found

        def take(key: str, value: str | None) -> None:
            found.setdefault(key, value or "")
            if found is self._found and len(found) == len(_KEYS):
                self._words.show_words(found[WORD] or DEFAULT, found[ME])
                self._writing.show_choices(prompts=found[PROMPTS] != OFF, number=found[NUMBER_OF_WORDS] == ON)
                self._covering.show_choice(new=found[COVER_NEW] == _COVERS)
                self._dates.show_choices(page=found[DATES] != OFF, reminders=found[REMINDERS] != OFF)

        def taker(key: str) -> Callable[[str | None], None]:
            return lambda value: take(key, value)

        for key in _KEYS:
            self._deliver(self._preferences.get(key), taker(key), self._say)

    def _put(self, key: str, value: str) -> None:
        self._found[key] = value
        self._deliver(self._preferences.put(key, value), lambda _: None, self._say)

    def _say(self, error: MemoryBookError) -> None:
        self._failed(error)
