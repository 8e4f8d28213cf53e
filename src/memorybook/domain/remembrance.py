"""Days that many families keep for babies who died, by their rules. None is on before a parent adds it."""

import calendar
import datetime
from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.support import Confidence


@dataclass(frozen=True, slots=True)
class FixedDay:
    """The same day of the same month every year, for so many ``days`` in a row."""

    month: int
    day: int
    days: int = 1

    def in_year(self, year: int) -> datetime.date:
        """The first day of it in this year."""
        return datetime.date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The ``nth`` of a weekday in a month, -1 the last. ``weekday`` is 1 for Monday to 7 for Sunday."""

    month: int
    weekday: int
    nth: int
    days: int = 1

    def __post_init__(self) -> None:
        if not (1 <= self.weekday <= 7 and (1 <= self.nth <= 4 or self.nth == -1)):
            raise ValueError("no such weekday in every month")

    def in_year(self, year: int) -> datetime.date:
        """The day it is in this year."""
        if self.nth > 0:
            first = datetime.date(year, self.month, 1)
            return first + datetime.timedelta(
                days=(self.weekday - first.isoweekday()) % 7 + 7 * (self.nth - 1)
            )
        last = datetime.date(year, self.month, calendar.monthrange(year, self.month)[1])
        return last - datetime.timedelta(days=(last.isoweekday() - self.weekday) % 7)


Rule = FixedDay | NthWeekday


@dataclass(frozen=True, slots=True)
class RemembranceDay:
    """A day with its rule and where that is from. ``disagreement`` says where sources do not agree.

    ``regions`` are country codes; none means that it is kept anywhere. ``as_of`` is the date of the newest
    source, unknown where it bears none.
    """

    id: str
    name: str
    words: str
    rule: Rule
    sources: tuple[str, ...]
    as_of: VagueDate = UNKNOWN
    confidence: Confidence = Confidence.HIGH
    regions: frozenset[str] = field(default_factory=frozenset)
    disagreement: str = ""

    def next_from(self, today: datetime.date) -> datetime.date:
        """When it begins next; while it lasts, when it began."""
        for year in (today.year - 1, today.year):
            begins = self.rule.in_year(year)
            if begins + datetime.timedelta(days=self.rule.days) > today:
                return begins
        return self.rule.in_year(today.year + 1)
