"""Choosing the dictionary of a book, bringing another one, and the words that were kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from memorybook.domain.spelling import Dictionary
from memorybook.errors import MemoryBookError
from memorybook.services.spelling import Spelling, SpellingState
from memorybook.ui.core.delivery import Deliver


class SpellingView(Protocol):
    """What the presenter tells the card."""

    def show_state(self, state: SpellingState) -> None:
        """What can be chosen, and what holds."""

    def show_words(self, words: Sequence[str]) -> None:
        """The words that the family spells its own way."""

    def show_brought(self, dictionaries: Sequence[Dictionary]) -> None:
        """These dictionaries can be chosen from now on."""

    def show_forgotten(self, word: str) -> None:
        """A word is compared with the dictionary again; offer to keep it after all."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something did not work."""


class SpellingPresenter:
    """Drives one :class:`SpellingView`. GUI thread; nothing here waits."""

    def __init__(self, view: SpellingView, *, spelling: Spelling, deliver: Deliver, locale: str) -> None:
        """``locale`` is the language of the computer, as in "de_AT"."""
        self._view = view
        self._spelling = spelling
        self._deliver = deliver
        self._locale = locale

    def show(self) -> None:
        """Read everything anew."""
        self._deliver(self._spelling.state(self._locale), self._view.show_state, self._view.show_problem)
        self._list()

    def _list(self) -> None:
        self._deliver(self._spelling.kept(), self._view.show_words, self._view.show_problem)

    def choose(self, choice: str) -> None:
        """Take another dictionary, none, or the one of the computer's language."""
        self._deliver(self._spelling.choose(choice), lambda _: self.show(), self._failed)

    def bring(self, file: Path) -> None:
        """Take in a dictionary. One alone is chosen at once: it was brought to be used."""

        def brought(found: Sequence[Dictionary]) -> None:
            self._view.show_brought(found)
            if len(found) == 1:
                self.choose(found[0].name)
            else:
                self.show()

        self._deliver(self._spelling.bring(file), brought, self._view.show_problem)

    def keep(self, word: str) -> None:
        """The word is right after all."""
        self._deliver(self._spelling.keep(word), lambda _: self._list(), self._failed)

    def forget(self, word: str) -> None:
        """The word is not kept any longer."""

        def forgotten(_: None) -> None:
            self._list()
            self._view.show_forgotten(word)

        self._deliver(self._spelling.forget(word), forgotten, self._failed)

    def _failed(self, error: MemoryBookError) -> None:
        self.show()
        self._view.show_problem(error)
