"""Days that come round, against the recurrence rules of dateutil; vague ones against its arithmetic."""

import calendar
import datetime
from dataclasses import replace

import pytest
from dateutil import rrule
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import LONGEST_REMINDER, Occasion, OccasionDraft
from memorybook.domain.recurrence import Occurrence, last_occurrence, next_occurrence, occurrences, stretch
from memorybook.domain.remembrance import FixedDay, NthWeekday, Rule
from memorybook.domain.reminders import DueReminder, due

unhurried = settings(deadline=None)  # other tests run beside this one
DAY = datetime.timedelta(days=1)
days = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2200, 12, 31))
years = st.integers(0, 12)

WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
a_rule = st.one_of(
    st.builds(FixedDay, st.integers(1, 12), st.integers(1, 28), st.integers(1, 9)),
    st.builds(
        NthWeekday,
        st.integers(1, 12),
        st.integers(1, 7),
        st.sampled_from([1, 2, 3, 4, -1]),
        st.integers(1, 9),
    ),
)
vague = st.one_of(
    st.just(UNKNOWN),
    st.builds(lambda day, about: VagueDate(day.year, None, None, about), days, st.booleans()),
    st.builds(lambda day, about: VagueDate(day.year, day.month, None, about), days, st.booleans()),
    st.builds(lambda day, about: VagueDate.of(day, about=about), days, st.booleans()),
    st.builds(lambda day, about: VagueDate(None, day.month, day.day, about), days, st.booleans()),
)
drafts = st.builds(OccasionDraft, day=vague, yearly=st.booleans())


def yearly(kept: VagueDate, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The days a yearly date falls on, by dateutil: 29 February is the last day of February."""
    assert kept.month is not None
    assert kept.day is not None
    since = datetime.date(kept.year or first.year, 1, 1)
    leap = (kept.month, kept.day) == (2, 29)
    rule = rrule.rrule(
        rrule.YEARLY,
        bymonth=kept.month,
        bymonthday=-1 if leap else kept.day,
        dtstart=datetime.datetime.combine(since, datetime.time()),
        until=datetime.datetime.combine(last, datetime.time()),
    )
    return [found.date() for found in rule if found.date() >= first]


@unhurried
@given(days, days, years, st.booleans(), st.booleans())
def test_a_yearly_day_is_where_an_independent_rule_has_it(
    kept: datetime.date, first: datetime.date, span: int, with_year: bool, about: bool
) -> None:
    last = first + relativedelta(years=span)
    day = replace(VagueDate.of(kept, about=about), year=kept.year if with_year else None)
    found = list(occurrences(OccasionDraft(day=day, yearly=with_year), first, last))
    assert [each.begins for each in found] == yearly(day, first, last)
    assert all(each == Occurrence(each.begins, each.begins, exact=not about) for each in found)


@unhurried
@given(st.integers(1900, 2200), st.booleans())
def test_the_29th_of_february_is_kept_on_the_28th_and_never_skipped(year: int, with_year: bool) -> None:
    draft = OccasionDraft(day=VagueDate(1896 if with_year else None, 2, 29), yearly=True)
    (found,) = occurrences(draft, datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    assert found.begins == datetime.date(year, 2, 29 if calendar.isleap(year) else 28)
    assert draft.keeps_28_february
    assert not replace(draft, day=VagueDate(2024, 2, 28)).keeps_28_february
    assert not OccasionDraft(day=VagueDate(2024, 2, 29)).keeps_28_february


@unhurried
@given(a_rule, days, years)
def test_a_remembrance_day_is_where_an_independent_rule_has_it(
    rule: Rule, first: datetime.date, span: int
) -> None:
    last = first + relativedelta(years=span)
    which = (
        {"bymonthday": rule.day}
        if isinstance(rule, FixedDay)
        else {"byweekday": WEEKDAYS[rule.weekday - 1](rule.nth)}
    )
    other = rrule.rrule(
        rrule.YEARLY,
        bymonth=rule.month,
        dtstart=datetime.datetime(first.year - 1, 1, 1),  # noqa: DTZ001 - dateutil counts days without zones
        until=datetime.datetime.combine(last, datetime.time()),
        **which,
    )
    expected = [
        Occurrence(found.date(), found.date() + (rule.days - 1) * DAY)
        for found in other
        if found.date() + (rule.days - 1) * DAY >= first
    ]
    draft = OccasionDraft(day=VagueDate(2030, 1, 1), remembrance="x")  # the rule counts, and not the day
    assert list(occurrences(draft, first, last, {"x": rule})) == expected


@unhurried
@given(drafts, days)
def test_the_next_and_the_last_are_those_around_today(draft: OccasionDraft, today: datetime.date) -> None:
    around = list(occurrences(draft, datetime.date(1850, 1, 1), datetime.date(2250, 12, 31)))
    assert next_occurrence(draft, today) == min((each for each in around if each.ends >= today), default=None)
    assert last_occurrence(draft, today) == max((each for each in around if each.ends < today), default=None)


@unhurried
@given(drafts, days, years)
def test_those_within_a_time_are_all_that_touch_it(
    draft: OccasionDraft, first: datetime.date, span: int
) -> None:
    last = first + relativedelta(years=span)
    every = occurrences(draft, datetime.date(1850, 1, 1), datetime.date(2250, 12, 31))
    touching = [each for each in every if each.begins <= last and first <= each.ends]
    assert list(occurrences(draft, first, last)) == touching


@unhurried
@given(st.integers(1, 9998), st.integers(1, 12), st.booleans())
def test_a_month_or_a_year_alone_is_all_its_days(year: int, month: int, about: bool) -> None:
    first = datetime.date(year, month, 1)
    whole = Occurrence(first, first + relativedelta(months=1) - DAY, exact=False)
    assert stretch(VagueDate(year, month, None, about)) == whole
    january = datetime.date(year, 1, 1)
    assert stretch(VagueDate(year, None, None, about)) == Occurrence(
        january, january + relativedelta(years=1) - DAY, exact=False
    )
    assert not whole.has_a_day
    assert stretch(UNKNOWN) is None
    assert stretch(VagueDate(None, month, 5)) is None  # of which year?


@unhurried
@given(days, st.integers(1, 300))
def test_a_month_can_come_round_and_a_year_cannot(today: datetime.date, ago: int) -> None:
    since = max(today.year - ago, 1)
    month = next_occurrence(OccasionDraft(day=VagueDate(since, today.month), yearly=True), today)
    assert month is not None
    assert today in month
    year = OccasionDraft(day=VagueDate(since), yearly=True)
    assert next_occurrence(year, today) is None
    assert last_occurrence(year, today) == stretch(VagueDate(since))


@pytest.mark.parametrize(
    "today", [datetime.date.min, datetime.date.max, datetime.date(9999, 12, 25), datetime.date(2, 1, 1)]
)
@pytest.mark.parametrize("rule", [NthWeekday(12, 7, -1, 9), FixedDay(12, 30, 5), FixedDay(1, 1)])
def test_the_ends_of_the_calendar_end_nothing(today: datetime.date, rule: Rule) -> None:
    for draft in (
        OccasionDraft(day=VagueDate(2026, 12, 31), yearly=True),
        OccasionDraft(day=VagueDate(None, 2, 29)),
        OccasionDraft(day=VagueDate(9999, 12)),
        OccasionDraft(remembrance="x"),
    ):
        found = [
            next_occurrence(draft, today, {"x": rule}),
            last_occurrence(draft, today, {"x": rule}),
            *occurrences(draft, today, today, {"x": rule}),
        ]
        assert found[0] is None or found[0].ends >= today
        assert found[1] is None or found[1].ends < today


# reminders


@settings(max_examples=200, deadline=None)
@given(drafts, days, st.integers(0, LONGEST_REMINDER), st.integers(-5, 400))
def test_a_reminder_is_there_from_so_many_days_before_until_the_day_has_passed(
    draft: OccasionDraft, kept: datetime.date, before: int, later: int
) -> None:
    coming = next_occurrence(draft, kept)
    if coming is None:
        return
    today = coming.begins - before * DAY + later * DAY
    occasion = Occasion(OccasionId(1), replace(draft, reminder=before, label="a day"))
    found = due([(occasion, "")], today)
    wanted = [
        each
        for each in occurrences(draft, today, today + before * DAY)
        if each.has_a_day and each.begins - before * DAY <= today <= each.ends
    ]
    assert [each.occurrence for each in found] == wanted[:1]
    for each in found:
        assert due([(occasion, each.occurrence.begins.isoformat())], today) == ()
        assert each.words == "a day"
    assert due([(Occasion(OccasionId(1), draft), "")], today) == ()


def test_a_reminder_put_aside_comes_again_when_the_day_does() -> None:
    draft = OccasionDraft(
        "Her day", VagueDate(2025, 5, 22), yearly=True, reminder=3, reminder_words=" Light it "
    )
    occasion = Occasion(OccasionId(1), draft)
    first = due([(occasion, "")], datetime.date(2026, 5, 19))
    assert [each.occurrence.begins for each in first] == [datetime.date(2026, 5, 22)]
    assert first[0].words == "Light it"
    assert due([(occasion, "2026-05-22")], datetime.date(2026, 5, 22)) == ()
    assert due([(occasion, "2026-05-22")], datetime.date(2027, 5, 19)) != ()
    assert due([(occasion, "")], datetime.date(2026, 5, 23)) == ()
    assert due([(occasion, "")], datetime.date(2026, 5, 18)) == ()


def test_the_soonest_is_first_and_over_new_year_nothing_is_missed() -> None:
    new_year = Occasion(OccasionId(1), OccasionDraft("new", VagueDate(None, 1, 2), reminder=14))
    sooner = Occasion(OccasionId(2), OccasionDraft("old", VagueDate(2020, 12, 31), yearly=True, reminder=14))
    week = Occasion(OccasionId(3), OccasionDraft("week", remembrance="w", reminder=0))
    today = datetime.date(2026, 12, 29)
    found = due([(new_year, ""), (sooner, ""), (week, "")], today, {"w": FixedDay(12, 27, 7)})
    assert [each.words for each in found] == ["week", "old", "new"]
    assert isinstance(found[0], DueReminder)


@pytest.mark.parametrize("reminder", [-1, LONGEST_REMINDER + 1])
def test_a_reminder_has_its_limits(reminder: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        OccasionDraft("secret", reminder=reminder)
