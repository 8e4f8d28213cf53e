"""Dates as they are printed: in words, and no more exact than they are known."""

from memorybook.domain.dates import VagueDate

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
