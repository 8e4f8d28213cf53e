"""Dates that may be exact, approximate, partial or unknown.

The text form is the Extended Date/Time Format (ISO 8601-2:2019): ``2026-10-03``, ``2026-10``, ``2026``,
``XXXX-10-03`` for a day without its year, each with ``~`` behind it for "about", and the empty text for
an unknown date.
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Self

_TEXT = re.compile(r"(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?(~?)")
_LEAP_YEAR = 2024  # any year in which a day without its year may be 29 February


@dataclass(frozen=True, slots=True)
class VagueDate:
    """A date as well as it is known. All parts are ``None`` when it is unknown.

    Raises ``ValueError`` without the offending text when the parts do not make a calendar date.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if self.year is None and self.month is None and self.day is None:
            if self.about:
                raise ValueError("an unknown date has no other part")
            return
        if self.year is None and (self.month is None or self.day is None):
            raise ValueError("a month without its year needs its day, a day its month")
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError("year out of range")
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day needs its month")
            return
        if not 1 <= self.month <= 12:
            raise ValueError("month out of range")
        if self.day is None or 1 <= self.day <= 28:  # lists read a great many
            return
        if not 1 <= self.day <= calendar.monthrange(self.year or _LEAP_YEAR, self.month)[1]:
            raise ValueError("day out of range")

    @classmethod
    def of(cls, day: datetime.date, *, about: bool = False) -> Self:
        """The vague date that is exactly (or about) this calendar day."""
        return cls(day.year, day.month, day.day, about)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the EDTF form. Raises ``ValueError`` for anything else, without repeating the text."""
        if not text:
            return cls()
        match = _TEXT.fullmatch(text)
        if match is None or text.rstrip("~") == "XXXX":
            raise ValueError("not an EDTF date")
        year, month, day, about = match.groups()
        return cls(
            None if year == "XXXX" else int(year),
            int(month) if month else None,
            int(day) if day else None,
            bool(about),
        )

    def __str__(self) -> str:
        """The EDTF form, as it is stored."""
        if not self.is_known:
            return ""
        text = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text + ("~" if self.about else "")

    @property
    def is_known(self) -> bool:
        """Whether anything is: the year, or day and month."""
        return self.year is not None or self.day is not None

    @property
    def sort_key(self) -> int:
        """``yyyymmdd`` with 0 for what is unknown: a month before its days, no year before every year."""
        return (self.year or 0) * 10_000 + (self.month or 0) * 100 + (self.day or 0)

    def as_date(self) -> datetime.date | None:
        """The calendar day, when all three parts are known (``about`` is ignored)."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return datetime.date(self.year, self.month, self.day)


UNKNOWN = VagueDate()
"""The date nobody knows, or that nobody wanted to write down."""
