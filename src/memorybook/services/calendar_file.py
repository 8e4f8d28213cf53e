"""The family's days as a file that every calendar reads, made on request: whoever has it can read it."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from memorybook.domain.occasion import Occasion, OccasionDraft
from memorybook.domain.recurrence import Occurrence, Rules, next_occurrence, occurrences
from memorybook.domain.remembrance import NthWeekday
from memorybook.services.remembrance import rules

if TYPE_CHECKING:
    from icalendar import Event

YEARS = 10
"""How many times a day is written down whose date is another one every year."""

_PROGRAM = "-//Memory Book//EN"  # the format asks who made it: no version, no computer, no name
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The bytes of an .ics file (RFC 5545), and how many of the family's days are in it and are not."""

    data: bytes = field(repr=False)
    days: int
    left_out: int


def calendar_file(
    kept: Iterable[Occasion],
    today: datetime.date,
    *,
    called: Callable[[OccasionDraft], str],
    known: Rules | None = None,
) -> CalendarFile:
    """All-day events without alarms, each with the words of its day and nothing of whom it is for.

    A day of every year comes round for ever, one that moves for the coming ten years. What is "about" a day,
    or has none, is left out. ``called`` says what a day without words of its own is called. The same days
    make the same file on the same day, and a calendar that is given both knows them again. Any thread;
    loads a library the first time, which takes a fraction of a second.
    """
    from icalendar import Calendar  # 0.2 s that only this needs

    calendar = Calendar()
    calendar.add("prodid", _PROGRAM)
    calendar.add("version", "2.0")
    days = left_out = 0
    for occasion in kept:
        found = list(_events(occasion, today, rules() if known is None else known))
        for event, name in found:
            _describe(event, occasion, called(occasion.draft), name, today)
            calendar.add_component(event)
        days, left_out = (days + 1, left_out) if found else (days, left_out + 1)
    return CalendarFile(calendar.to_ical(), days, left_out)


def _events(occasion: Occasion, today: datetime.date, known: Rules) -> Iterator[tuple["Event", str]]:
    """One event, or one for each year, with the name it is known again by; nothing for a vague day."""
    draft = occasion.draft
    if isinstance(known.get(draft.remembrance), NthWeekday):
        until = datetime.date(min(today.year + YEARS + 1, datetime.MAXYEAR), 12, 31)
        coming = (each for each in occurrences(draft, today, until, known) if each.ends >= today)
        for each in islice(coming, YEARS):
            yield _event(each), f"{occasion.uid}-{each.begins.year}"
        return
    first = _first(draft, today, known)
    if first is None or not first.exact:
        return
    event = _event(first)
    if draft.comes_round:
        rule: dict[str, object] = {"freq": "yearly"}
        if draft.keeps_28_february:
            rule |= {"bymonth": 2, "bymonthday": -1}  # the 29th, and the 28th where there is none
        event.add("rrule", rule)
    yield event, occasion.uid


def _first(draft: OccasionDraft, today: datetime.date, known: Rules) -> Occurrence | None:
    """A day with its year begins then, another one the next time it comes."""
    if draft.day.year is not None and not draft.remembrance:
        return next_occurrence(draft, datetime.date(draft.day.year, 1, 1), known)
    return next_occurrence(draft, today, known)


def _event(occurrence: Occurrence) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("dtstart", occurrence.begins)
    if occurrence.ends < datetime.date.max:  # without an end it is one day, and no day comes after that one
        event.add("dtend", occurrence.ends + _ONE_DAY)  # the first day that is not of it any more
    return event


def _describe(event: "Event", occasion: Occasion, called: str, name: str, today: datetime.date) -> None:
    event.add("uid", name)
    # The format asks when it was made: no more of it than the day.
    event.add("dtstamp", datetime.datetime.combine(today, datetime.time(), datetime.UTC))
    event.add("summary", _seen(occasion.draft.label) or _seen(called))
    note = _seen(occasion.draft.note)
    if note:
        event.add("description", note)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # nobody is busy for it


def _seen(text: str) -> str:
    """Without what calendars cannot hold; ends of lines stay."""
    return _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
