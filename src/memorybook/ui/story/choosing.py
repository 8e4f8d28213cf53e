"""Reads what the pages of the story can be chosen by: people, babies, tags, months."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from memorybook.domain.people import Baby, Person
from memorybook.domain.story import Month
from memorybook.domain.wording import DEFAULT, WORD
from memorybook.errors import MemoryBookError
from memorybook.services.journal import Journal
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.ui.core.delivery import Deliver


@dataclass(frozen=True, slots=True)
class Choices:
    """What is offered; nothing that no page has. ``word`` is the book's word for a baby."""

    people: tuple[Person, ...] = ()
    babies: tuple[Baby, ...] = ()
    word: str = field(default=DEFAULT, repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    months: tuple[Month, ...] = ()


class ChoosingView(Protocol):
    """Who is told what there is to choose from."""

    def show_choices(self, choices: Choices) -> None:
        """Other people, babies, tags or months."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read."""


class Choosing:
    """Reads again whenever the story is turned to after a change. GUI thread."""

    def __init__(
        self,
        view: ChoosingView,
        *,
        journal: Journal,
        record: Record,
        preferences: Preferences,
        deliver: Deliver,
    ) -> None:
        self._view = view
        self._journal = journal
        self._record = record
        self._preferences = preferences
        self._deliver = deliver
        self._choices = Choices()

    def read(self) -> None:
        """Ask for everything there is to choose from."""
        journal, failed = self._journal, self._view.show_problem
        self._deliver(self._preferences.get(WORD), lambda word: self._take(word=word or DEFAULT), failed)
        self._deliver(self._record.babies(), self._taker("babies"), failed)
        self._deliver(journal.people_with_pages(), self._taker("people"), failed)
        self._deliver(journal.tags(), self._taker("tags"), failed)

    def show_months(self, months: tuple[Month, ...]) -> None:
        """The months that have pages."""
        self._take(months=months)

    def _taker(self, name: str) -> Callable[[Any], None]:
        return lambda found: self._take(**{name: found})

    def _take(self, **changed: Any) -> None:
        choices = replace(self._choices, **changed)
        if choices != self._choices:
            self._choices = choices
            self._view.show_choices(choices)
