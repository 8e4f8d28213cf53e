"""How far along a pregnancy was: weeks and days since the last period, as exactly as it is known."""

import datetime
import re
from dataclasses import dataclass
from typing import Self

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


def last_period_from_due(day: datetime.date) -> datetime.date:
    """The day the last period began, for a due date. OverflowError before the year 1."""
    return day - datetime.timedelta(days=DAYS)


def at(day: datetime.date, due: datetime.date) -> Gestation | None:
    """How far along it was on ``day``; ``None`` before the last period and after 45 weeks and 6 days."""
    weeks, days = divmod(DAYS - (due - day).days, 7)
    return Gestation(weeks, days) if 0 <= weeks <= _MOST_WEEKS else None


def due_from_gestation(day: datetime.date, gestation: Gestation) -> datetime.date:
    """The due date when it was this far along on ``day``; as exact as the gestation is."""
    return day + datetime.timedelta(days=DAYS - gestation.in_days)
