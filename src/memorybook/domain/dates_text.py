"""Dates and how far along it was, as they are printed: in words, and no more exact than they are known."""

from memorybook.domain.dates import VagueDate
from memorybook.domain.gestation import Gestation

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_words(day: VagueDate, language: str = "en") -> str:
    """ "3 October 2026", "about October 2026", "2026", "3 October"; nothing for a date nobody knows.

    In English, with the order of the United States for "en-US". Languages without words of their own
    are printed in English.
    """
    if not day.is_known:
        return ""
    year = str(day.year or "")
    if day.month is None:
        text = year
    elif day.day is None:
        text = f"{_MONTHS[day.month - 1]} {year}"
    elif language == "en-US":
        text = f"{_MONTHS[day.month - 1]} {day.day}" + (f", {year}" if year else "")
    else:
        text = f"{day.day} {_MONTHS[day.month - 1]} {year}".rstrip()
    return f"about {text}" if day.about else text


def how_far(gestation: Gestation) -> str:
    """ "20 weeks and 6 days", "about 22 weeks", "1 week"; in English."""
    parts = [_counted(gestation.weeks, "week")] if gestation.weeks or not gestation.days else []
    if gestation.days:
        parts.append(_counted(gestation.days, "day"))
    text = " and ".join(parts)
    return f"about {text}" if gestation.about else text


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
