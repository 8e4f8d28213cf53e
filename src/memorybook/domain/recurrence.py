"""When the days that a family keeps come round, and as how exact they are known."""

import calendar
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from memorybook.domain.dates import VagueDate
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.remembrance import Rule

Rules = Mapping[str, Rule]
"""The rules of remembrance days by their ids."""

NO_RULES: Rules = MappingProxyType({})


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that a day is: the first and the last day of it, mostly the same.

    ``exact`` is false when it is "about" that day, and when only the month or the year is known: then it is
    the whole month or year, and which day of it nobody knows.
    """

    begins: datetime.date
    ends: datetime.date
    exact: bool = True

    def __contains__(self, day: datetime.date) -> bool:
        return self.begins <= day <= self.ends

    @property
    def has_a_day(self) -> bool:
        """It can be put onto a day of the calendar: the day is known, exactly or about."""
        return self.exact or self.begins == self.ends


def next_occurrence(
    draft: OccasionDraft, today: datetime.date, rules: Rules = NO_RULES
) -> Occurrence | None:
    """The first that has not passed: while it lasts, that one. ``None`` when there is none any more.

    29 February is kept on 28 February in years that have no 29th, so that it is never skipped.
    """
    # Whatever lasts over New Year began in the year before.
    for year in _years(draft, max(today.year - 1, datetime.MINYEAR), datetime.MAXYEAR):
        found = _in_year(draft, year, rules)
        if found is None:
            return None
        if found.ends >= today:
            return found
    return None


def last_occurrence(
    draft: OccasionDraft, today: datetime.date, rules: Rules = NO_RULES
) -> Occurrence | None:
    """The newest that has passed; ``None`` when none has."""
    for year in reversed(_years(draft, datetime.MINYEAR, today.year)):
        found = _in_year(draft, year, rules)
        if found is None:
            return None
        if found.ends < today:
            return found
    return None


def occurrences(
    draft: OccasionDraft, first: datetime.date, last: datetime.date, rules: Rules = NO_RULES
) -> Iterator[Occurrence]:
    """Those that have a day from ``first`` to ``last``, in their order, vague ones among them."""
    for year in _years(draft, max(first.year - 1, datetime.MINYEAR), last.year):
        found = _in_year(draft, year, rules)
        if found is not None and found.begins <= last and found.ends >= first:
            yield found


def _years(draft: OccasionDraft, first: int, last: int) -> range:
    """The years from ``first`` to ``last`` that it can begin in."""
    since = draft.day.year if draft.day.year is not None and not draft.remembrance else first
    until = last if draft.comes_round else min(since, last)
    return range(max(first, since), until + 1)


def _in_year(draft: OccasionDraft, year: int, rules: Rules) -> Occurrence | None:
    rule = rules.get(draft.remembrance)
    if rule is not None:
        begins = rule.in_year(year)
        try:
            return Occurrence(begins, begins + datetime.timedelta(days=rule.days - 1))
        except OverflowError:
            return Occurrence(begins, datetime.date.max)
    return stretch(draft.day, year)


def stretch(day: VagueDate, year: int | None = None) -> Occurrence | None:
    """The days that a date can be, in its own year or in another; ``None`` when too little is known."""
    year = day.year if year is None else year
    if year is None or not day.is_known:
        return None
    if day.month is None:
        return Occurrence(datetime.date(year, 1, 1), datetime.date(year, 12, 31), exact=False)
    length = calendar.monthrange(year, day.month)[1]
    if day.day is None:
        return Occurrence(
            datetime.date(year, day.month, 1), datetime.date(year, day.month, length), exact=False
        )
    found = datetime.date(year, day.month, min(day.day, length))
    return Occurrence(found, found, exact=not day.about)
