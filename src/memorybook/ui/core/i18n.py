"""Words on the screen: marked for translation here, shown in the person's language and locale."""

import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from memorybook.domain.dates import VagueDate

CONTEXT = "Memory Book"


def tr(text: str) -> str:
    """Mark a sentence for translation and translate it. The argument is one literal, never assembled."""
    return QCoreApplication.translate(CONTEXT, text)


def number_text(number: int) -> str:
    """A number as people write it, with something between the thousands, in every locale."""
    locale = QLocale()
    return f"{number:,}" if locale.language() is QLocale.Language.C else locale.toString(number)


def count_text(one: str, many: str, number: int) -> str:
    """A sentence with a number in it, ``{n}``: two literals, the forms that English has for one and for many.

    A translation stands at the second and has as many forms as its language needs.
    """
    found = QCoreApplication.translate(CONTEXT, many, None, number)
    if found == many and number == 1:
        found = one
    return found.format(n=number_text(number))


def long_day(day: VagueDate) -> str:
    """A date in words with its weekday when the day is known; empty when nothing is known."""
    exact = day.as_date()
    if exact is None or day.about:
        return day_text(day)
    return QLocale().toString(_qdate(exact), QLocale.FormatType.LongFormat)


def day_text(day: VagueDate) -> str:
    """A date in words without its weekday: "3 October 2026", "about October 2026", "2026", "3 October"."""
    if not day.is_known:
        return ""
    locale = QLocale()
    if day.month is None:
        text = str(day.year)
    elif day.day is None:
        text = f"{locale.standaloneMonthName(day.month)} {day.year}"
    elif day.year is None:
        month = locale.monthName(day.month)
        text = f"{month} {day.day}" if month_first() else f"{day.day} {month}"
    else:
        text = locale.toString(QDate(day.year, day.month, day.day), day_pattern(locale))
    return tr("about {date}").format(date=text) if day.about else text


def short_day(day: VagueDate) -> str:
    """Day and short month, "3 Oct"; the month and year, or the year, when that is all there is."""
    if not day.is_known:
        return ""
    locale = QLocale()
    if day.month is None:
        return str(day.year)
    if day.day is None:
        return f"{locale.standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)} {day.year}"
    month = locale.monthName(day.month, QLocale.FormatType.ShortFormat)
    return f"{month} {day.day}" if month_first() else f"{day.day} {month}"


def month_heading(day: VagueDate) -> str:
    """What an entry is listed under: month and year, the year, or that neither is known."""
    if day.year is None:
        return tr("No year") if day.is_known else tr("No date")
    if day.month is None:
        return str(day.year)
    return f"{QLocale().standaloneMonthName(day.month)} {day.year}"


def clock_time(moment: datetime.datetime) -> str:
    """Hours and minutes as the person's locale writes them."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def _qdate(day: datetime.date) -> QDate:
    return QDate(day.year, day.month, day.day)


def month_first() -> bool:
    """Whether the locale writes the month before the day."""
    pattern = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    return pattern.find("M") < pattern.find("d", pattern.find("dddd") + 4 if "dddd" in pattern else 0)


def day_pattern(locale: QLocale) -> str:
    """The locale's long date without the weekday and what separates it."""
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    return pattern.replace("dddd,", "").replace("dddd", "").strip(" ,،、")
