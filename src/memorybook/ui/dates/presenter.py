"""Which of the family's days come up and which lie behind, seen from today."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import next_yearly
from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft
from memorybook.domain.people import Baby
from memorybook.domain.wording import WORD
from memorybook.errors import MemoryBookError
from memorybook.services.occasions import Occasions
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.ui.core.delivery import Deliver


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One card. ``coming`` is the day it stands for next; ``days`` is signed, ``None`` when it is vague."""

    occasion: Occasion
    coming: datetime.date | None
    days: int | None


class DatesView(Protocol):
    """What the presenter tells the screen."""

    def show_days(self, coming: Sequence[ShownDay], behind: Sequence[ShownDay], today: datetime.date) -> None:
        """Days that come up, soonest first, and days that lie behind, in their order."""

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """Whom a day can be for. ``word`` is the book's, for those without a name."""

    def show_taken_off(self, occasion: OccasionId) -> None:
        """A day is no longer on the list; offer to put it back."""

    def show_problem(self, error: MemoryBookError) -> None:
        """A day could not be read or kept."""


class DatesPresenter:
    """Drives one :class:`DatesView`. GUI thread."""

    def __init__(
        self,
        view: DatesView,
        *,
        occasions: Occasions,
        record: Record,
        preferences: Preferences,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._view = view
        self._occasions = occasions
        self._record = record
        self._preferences = preferences
        self._deliver = deliver
        self._now = now

    def show(self) -> None:
        """Read the days and sort them from today."""
        self._read_babies()
        self._deliver(self._occasions.all(), self._sort, self._view.show_problem)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, in another place."""
        if changes.record or changes.preferences:
            self._read_babies()

    def _read_babies(self) -> None:
        babies: tuple[Baby, ...] = ()

        def found(those: tuple[Baby, ...]) -> None:
            nonlocal babies
            babies = those

        def known(word: str | None) -> None:
            self._view.show_babies(babies, word or "")

        # The vault answers in the order in which it is asked.
        self._deliver(self._record.babies(), found, self._view.show_problem)
        self._deliver(self._preferences.get(WORD), known, self._view.show_problem)

    def _sort(self, occasions: tuple[Occasion, ...]) -> None:
        today = self._now().date()
        coming: list[ShownDay] = []
        behind: list[ShownDay] = []
        for occasion in occasions:
            shown = _seen_from(today, occasion)
            (coming if shown.days is not None and shown.days >= 0 else behind).append(shown)
        coming.sort(key=lambda shown: shown.days or 0)
        self._view.show_days(coming, behind, today)

    def keep(self, occasion: OccasionId | None, draft: OccasionDraft) -> None:
        """Keep a new day, or a changed one."""
        future = self._occasions.add(draft) if occasion is None else self._occasions.change(occasion, draft)
        self._deliver(future, lambda _: self.show(), self._view.show_problem)

    def take_off(self, occasion: OccasionId) -> None:
        """Take a day off the list. It can be put back."""

        def done(_: Occasion) -> None:
            self.show()
            self._view.show_taken_off(occasion)

        self._deliver(self._occasions.take_off(occasion), done, self._view.show_problem)

    def put_back(self, occasion: OccasionId) -> None:
        """Put a day back on the list."""
        self._deliver(self._occasions.put_back(occasion), lambda _: self.show(), self._view.show_problem)


def _seen_from(today: datetime.date, occasion: Occasion) -> ShownDay:
    day = occasion.draft.day
    comes_round = occasion.draft.yearly or day.year is None  # a day without its year is one of every year
    coming = next_yearly(day, today) if comes_round else day.as_date()
    exact = coming is not None and not (day.about and not comes_round)
    return ShownDay(occasion, coming, (coming - today).days if coming is not None and exact else None)
