"""Which of the family's days come up and which lie behind, seen from today; and what is done with them."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from memorybook.domain.changes import ChangeSet
from memorybook.domain.gestation import Gestation, gestation_on
from memorybook.domain.ids import BabyId, OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft
from memorybook.domain.people import Baby
from memorybook.domain.recurrence import Occurrence, last_occurrence, next_occurrence, occurrences
from memorybook.domain.remembrance import RemembranceDay
from memorybook.domain.wording import WORD
from memorybook.errors import BookDamaged, MemoryBookError
from memorybook.services.calendar_file import calendar_file
from memorybook.services.occasions import Occasions
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.services.remembrance import draft_of, remembrance_days, rules
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.dates.marks import Marked, days_in
from memorybook.ui.dates.writing import Writing


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One card. ``when`` is the time it comes next, or else the last time it was; ``None`` without a date.

    ``along`` is how far along it was on that day; ``remembrance`` what is known of a day many families keep.
    """

    occasion: Occasion
    when: Occurrence | None
    along: Gestation | None = None
    remembrance: RemembranceDay | None = None


@dataclass(frozen=True, slots=True)
class ShownDays:
    """All cards, seen from ``today``: what comes up, the soonest first; what lies behind, newest first."""

    today: datetime.date
    coming: Sequence[ShownDay]
    behind: Sequence[ShownDay]
    without_date: Sequence[ShownDay]


class DatesView(Protocol):
    """What the presenter tells the screen."""

    def show_days(self, days: ShownDays) -> None:
        """The cards, and the month of today."""

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """Whom a day can be for. ``word`` is the book's, for those without a name."""

    def show_put_away(self, occasion: OccasionId) -> None:
        """A day is in the drawer; offer to bring it back."""

    def show_saved(self, left_out: int) -> None:
        """The calendar file is there; so many dates are not in it because no day is known of them."""

    def show_not_kept(self, error: MemoryBookError) -> None:
        """What was written down is not in the book yet; ``keep_again`` is to be asked for soon."""

    def show_all_kept(self) -> None:
        """All of it is in the book now."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""


class DatesPresenter:
    """Drives one :class:`DatesView`. GUI thread. A late answer to an earlier question is dropped."""

    def __init__(
        self,
        view: DatesView,
        *,
        occasions: Occasions,
        record: Record,
        preferences: Preferences,
        run: Run,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        language: str,
    ) -> None:
        self._view = view
        self._occasions = occasions
        self._record = record
        self._preferences = preferences
        self._run = run
        self._deliver = deliver
        self._now = now
        self._language = language
        self._kept: tuple[Occasion, ...] = ()
        self._writing = Writing(
            occasions,
            deliver,
            changed=self._take,
            refused=view.show_not_kept,
            all_kept=view.show_all_kept,
        )
        self._due: Mapping[BabyId, Baby] = {}
        self._question = 0
        self._is_known = False
        self._waiting: list[Callable[[], object]] = []

    @property
    def today(self) -> datetime.date:
        """The day it is."""
        return self._now().date()

    def offered(self) -> tuple[RemembranceDay, ...]:
        """The days that many families keep, in the person's language. Raises SupportListDamaged."""
        return remembrance_days(self._language)

    def is_added(self, day: RemembranceDay) -> bool:
        """Whether it is among the family's days."""
        return any(each.draft.remembrance == day.id for each in self._kept)

    def show(self) -> None:
        """Read the days and whom they can be for, and sort them from today."""
        self._question += 1
        question = self._question
        self._is_known = False
        babies: tuple[Baby, ...] = ()

        def found(those: tuple[Baby, ...]) -> None:
            nonlocal babies
            babies = those

        def known(word: str | None) -> None:
            if question == self._question:
                self._due = {baby.id: baby for baby in babies}
                self._view.show_babies(babies, word or "")
                self._tell_waiting()

        def sort(found: tuple[tuple[Occasion, ...], int]) -> None:
            if question == self._question:
                self._kept, damaged = found
                self._view.show_days(self._sorted(self._kept))
                if damaged:  # it does not keep the others back, and is not passed over in silence
                    problem(BookDamaged())

        def problem(error: MemoryBookError) -> None:
            self._view.show_problem(error)
            self._tell_waiting()

        # The vault answers in the order in which it is asked.
        self._deliver(self._record.babies(), found, problem)
        self._deliver(self._preferences.get(WORD), known, problem)
        self._deliver(self._occasions.whole(), sort, problem)

    def when_known(self, act: Callable[[], object]) -> None:
        """Do something once it is known whom a day can be for, which is now unless that is being read."""
        if self._is_known:
            act()
        else:
            self._waiting.append(act)

    def _tell_waiting(self) -> None:
        self._is_known = True
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def changed(self, changes: ChangeSet, *, shown: bool) -> None:
        """Something in the book changed; read it anew if the page is ``shown``."""
        if shown and (changes.record or changes.preferences or changes.occasions):
            self.show()

    def _sorted(self, kept: Sequence[Occasion]) -> ShownDays:
        today = self.today
        coming: list[ShownDay] = []
        behind: list[ShownDay] = []
        without: list[ShownDay] = []
        for occasion in kept:
            shown = self._seen(occasion)
            if shown.when is None:
                without.append(shown)
            elif shown.when.ends < today or _is_under_way(shown, today):
                behind.append(shown)
            else:
                coming.append(shown)
        coming.sort(key=_begins)
        behind.sort(key=_begins, reverse=True)
        return ShownDays(today, coming, behind, without)

    def _seen(self, occasion: Occasion) -> ShownDay:
        draft = occasion.draft
        upcoming = next_occurrence(draft, self.today, rules())
        when = upcoming or last_occurrence(draft, self.today, rules())
        return ShownDay(occasion, when, self._along(draft), self._remembrance(draft))

    def _along(self, draft: OccasionDraft) -> Gestation | None:
        baby = self._due.get(draft.baby) if draft.baby is not None else None
        return gestation_on(draft.day, baby.draft.due) if baby is not None else None

    def _remembrance(self, draft: OccasionDraft) -> RemembranceDay | None:
        if not draft.remembrance:
            return None
        return next((day for day in self.offered() if day.id == draft.remembrance), None)

    def shown(self, occasion: OccasionId) -> ShownDay | None:
        """A day that is on the list, as it was written last; ``None`` for one that went meanwhile."""
        kept = next((each for each in self._kept if each.id == occasion), None)
        if kept is None:
            return None
        return self._seen(replace(kept, draft=self._writing.of(occasion) or kept.draft))

    def marks(
        self, month: datetime.date, named: Callable[[OccasionDraft], str]
    ) -> dict[datetime.date, list[Marked]]:
        """What is kept on the days of a month, each by what it is called; what has no day is left out."""
        first, last = month.replace(day=1), month.replace(day=days_in(month))
        found: dict[datetime.date, list[Marked]] = {}
        for occasion in self._kept:
            draft = occasion.draft
            mark = Marked(named(draft), bool(draft.remembrance), occasion.id)
            for when in occurrences(draft, first, last, rules()):
                if not when.has_a_day:
                    continue
                begins, ends = max(when.begins, first), min(when.ends, last)
                for number in range(begins.day, ends.day + 1):
                    found.setdefault(first.replace(day=number), []).append(mark)
        return found

    # what a person does

    def keep(self, occasion: OccasionId | None, draft: OccasionDraft) -> None:
        """Keep a new day, or a changed one, whose words stay at hand until they are in the book."""
        self._writing.keep(occasion, draft)

    def keep_again(self) -> None:
        """Try once more what the book did not take."""
        self._writing.keep_again()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what the book did not take and call ``then``: with ``True`` when all of it is kept."""
        self._writing.flush(then)

    def _take(self, now: Occasion) -> None:
        self._kept = tuple(now if each.id == now.id else each for each in self._kept)

    def add_remembrance(self, day: RemembranceDay) -> None:
        """Put one of the days that many families keep on the list."""
        self.keep(None, draft_of(day))

    def put_away(self, occasion: OccasionId) -> None:
        """Put a day into the drawer. It can be brought back."""
        future = self._occasions.put_away([occasion])
        self._deliver(future, lambda _: self._view.show_put_away(occasion), self._view.show_problem)

    def bring_back(self, occasion: OccasionId) -> None:
        """Bring a day back from the drawer."""
        self._deliver(self._occasions.bring_back([occasion]), lambda _: None, self._view.show_problem)

    def save_calendar(self, target: Path, called: Callable[[OccasionDraft], str]) -> None:
        """Write the days into a calendar file that anybody can read. ``called`` names one without words."""
        today = self.today

        def read(kept: tuple[Occasion, ...]) -> None:
            def write() -> int:
                made = calendar_file(kept, today, called=called)
                self._occasions.save_calendar(target, made)
                return made.left_out

            self._deliver(self._run(write), self._view.show_saved, self._view.show_problem)

        self._deliver(self._occasions.all(), read, self._view.show_problem)


def _is_under_way(shown: ShownDay, today: datetime.date) -> bool:
    """Of this year, and no more is known: who writes down a year tells of something that was."""
    day = shown.occasion.draft.day
    return day.year == today.year and day.month is None and shown.remembrance is None


def _begins(shown: ShownDay) -> tuple[datetime.date, OccasionId]:
    return (shown.when.begins if shown.when is not None else datetime.date.max), shown.occasion.id
