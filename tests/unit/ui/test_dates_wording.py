"""What is said of a day: its weekday, how far along it was, its reminder, and never a number of days."""

import datetime
import re

import pytest

from memorybook.domain.dates import VagueDate
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft, OccasionKind
from memorybook.domain.recurrence import last_occurrence, next_occurrence
from memorybook.services.remembrance import draft_of, remembrance_days, rules
from memorybook.ui.dates.presenter import ShownDay
from memorybook.ui.dates.wording import day_column, facts, source_text, title_of

TODAY = datetime.date(2026, 11, 21)
day = VagueDate.parse


def seen(draft: OccasionDraft, along: Gestation | None = None, today: datetime.date = TODAY) -> ShownDay:
    when = next_occurrence(draft, today, rules()) or last_occurrence(draft, today, rules())
    known = next((each for each in remembrance_days() if each.id == draft.remembrance), None)
    return ShownDay(Occasion(OccasionId(1), draft), when, along, known)


@pytest.mark.parametrize(
    ("draft", "column", "line"),
    [
        (OccasionDraft("a", day("2026-12-25")), "25 Dec", "Friday"),
        (OccasionDraft("a", day("2026-11-21")), "21 Nov", "Saturday · today"),
        (OccasionDraft("a", day("2024-03-09")), "9 Mar 2024", "Saturday"),
        (OccasionDraft("a", day("2024-03-09"), yearly=True), "9 Mar 2027", "Tuesday · every year"),
        (OccasionDraft("a", day("2027-03")), "Mar 2027", ""),
        (OccasionDraft("a", day("2019~")), "about 2019", ""),
        (OccasionDraft("a", day("2026-12-24~")), "about 24 Dec", ""),
        (OccasionDraft("a", day("2024-03"), yearly=True), "Mar 2027", "every year"),
        (OccasionDraft("a"), "No date", ""),
        (OccasionDraft("a", day("2026-10-03"), OccasionKind.DUE_DATE), "3 Oct", "Due date · Saturday"),
        (OccasionDraft("", day("2026-10-03"), OccasionKind.DUE_DATE), "3 Oct", "Saturday"),
        (OccasionDraft("a", day("2026-12-25"), reminder=5), "25 Dec", "Friday · reminder from 20 December"),
        (OccasionDraft("a", day("2026-12-25"), reminder=0), "25 Dec", "Friday · reminder on the day"),
        (
            OccasionDraft("a", day("2027-01-02"), reminder=3),
            "2 Jan 2027",
            "Saturday · reminder from 30 December 2026",
        ),
        (OccasionDraft("a", day("2026-10-03"), reminder=3), "3 Oct", "Saturday"),  # it is over
    ],
)
def test_a_day_is_told_as_it_is_known(draft: OccasionDraft, column: str, line: str) -> None:
    shown = seen(draft)
    assert (day_column(shown, TODAY), facts(shown, TODAY)) == (column, line)
    assert not re.search(r"\d+ (day|week|month)s? ago|in \d+ ", line)


def test_how_far_along_it_was_is_told_of_the_day_itself() -> None:
    once = OccasionDraft("a", day("2026-05-22"))
    again = OccasionDraft("a", day("2026-05-22"), yearly=True)
    assert facts(seen(once, Gestation(20, 6)), TODAY) == "Friday · 20 weeks + 6 days"
    assert facts(seen(again, Gestation(20, 6)), TODAY) == "Saturday · then 20 weeks + 6 days · every year"


def test_a_week_of_remembrance_says_until_when() -> None:
    week = draft_of(next(each for each in remembrance_days() if each.id == "awareness-week"))
    within = datetime.date(2026, 10, 11)
    shown = seen(week, today=within)
    assert day_column(shown, within) == "9 Oct"
    assert facts(shown, within) == "Friday · now · until 15 October 2026 · every year"


def test_every_remembrance_day_says_where_it_is_from_and_how_sure_that_is() -> None:
    for each in remembrance_days():
        text = source_text(each)
        assert all(source in text for source in each.sources), each.id
        assert ("As of" in text) is each.as_of.is_known


def test_a_day_without_words_is_called_by_its_sort_or_a_date() -> None:
    assert title_of(OccasionDraft("", VagueDate(None, 11, 22))) == "A date"
    assert title_of(OccasionDraft(" ", kind=OccasionKind.DUE_DATE)) == "Due date"
    assert title_of(OccasionDraft("Lanterns ")) == "Lanterns"
