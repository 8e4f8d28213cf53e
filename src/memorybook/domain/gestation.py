"""How far along a pregnancy was: weeks and days since the last period, as exactly as it is known."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from memorybook.domain.dates import VagueDate

DAYS = 280
"""From the first day of the last period to the due date: 40 weeks, as midwives and doctors count."""

_MOST_WEEKS = 45
_TEXT = re.compile(r"(~?)(\d{1,2})(?:\+(\d))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Gestation:
    """``weeks`` from 0 to 45, ``days`` from 0 to 6 or ``None`` when the weeks alone are known.

    Raises ``ValueError`` without repeating the numbers when they are out of range.
    """

    weeks: int
    days: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.weeks <= _MOST_WEEKS:
            raise ValueError("weeks out of range")
        if self.days is not None and not 0 <= self.days <= 6:
            raise ValueError("days out of range")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "22+3", "22" or "~22+3". Raises ``ValueError`` for anything else, without repeating it."""
        match = _TEXT.fullmatch(text)
        if match is None:
            raise ValueError("not a gestation")
        about, weeks, days = match.groups()
        return cls(int(weeks), None if days is None else int(days), bool(about))

    def __str__(self) -> str:
        """The form :meth:`parse` reads, as it is stored."""
        days = "" if self.days is None else f"+{self.days}"
        return f"{'~' if self.about else ''}{self.weeks}{days}"

    @property
    def in_days(self) -> int:
        """Days since the last period; weeks alone count from their first day."""
        return self.weeks * 7 + (self.days or 0)


def due_from_last_period(day: datetime.date) -> datetime.date:
    """The due date for a last period that began on ``day``. OverflowError past the year 9999."""
    return day + datetime.timedelta(days=DAYS)


def at(day: datetime.date, due: datetime.date) -> Gestation | None:
    """How far along it was on ``day``; ``None`` before the last period and after 45 weeks and 6 days."""
    weeks, days = divmod(DAYS - (due - day).days, 7)
    return Gestation(weeks, days) if 0 <= weeks <= _MOST_WEEKS else None


def due_from_gestation(day: datetime.date, gestation: Gestation) -> datetime.date:
    """The due date when it was this far along on ``day``; as exact as the gestation is."""
    return day + datetime.timedelta(days=DAYS - gestation.in_days)


def due_date_from(
    *,
    last_period: VagueDate | None = None,
    due: VagueDate | None = None,
    scan: tuple[VagueDate, Gestation] | None = None,
) -> VagueDate | None:
    """The due date by whichever of the three is known; the first that is given counts.

    ``last_period`` is its first day, and the due date 280 days later; ``scan`` is how far along it was on a
    day. The result is "about" when what it is reckoned from is. ``None`` when the day is not known to the day
    or the result is no date of the calendar.
    """
    try:
        if last_period is not None:
            return _vague(due_from_last_period, last_period)
        if due is not None:
            return due if due.as_date() is not None else None
        if scan is not None:
            on, gestation = scan
            found = _vague(lambda day: due_from_gestation(day, gestation), on)
            unsure = gestation.about or gestation.days is None
            return replace(found, about=True) if found is not None and unsure else found
    except OverflowError:
        return None
    return None


def gestation_on(day: VagueDate, due: VagueDate) -> Gestation | None:
    """As :func:`at`, for dates as written down: "about" when one is; ``None`` when they are vaguer."""
    on, until = day.as_date(), due.as_date()
    found = at(on, until) if on is not None and until is not None else None
    return replace(found, about=True) if found is not None and (day.about or due.about) else found


def _vague(reckon: Callable[[datetime.date], datetime.date], day: VagueDate) -> VagueDate | None:
    exact = day.as_date()
    return None if exact is None else VagueDate.of(reckon(exact), about=day.about)
