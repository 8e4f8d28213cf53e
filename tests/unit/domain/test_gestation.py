"""Weeks and days: written and read, and between the last period, a day and the due date."""

import datetime

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.gestation import (
    DAYS,
    Gestation,
    at,
    due_date_from,
    due_from_gestation,
    due_from_last_period,
    gestation_on,
)

unhurried = settings(deadline=None)  # other tests run beside this one
days = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2200, 12, 31))
gestations = st.builds(
    Gestation, st.integers(0, 45), st.one_of(st.none(), st.integers(0, 6)), about=st.booleans()
)
ALL_DAYS = 45 * 7 + 6


@unhurried
@given(gestations)
def test_what_is_stored_is_read_back(gestation: Gestation) -> None:
    assert Gestation.parse(str(gestation)) == gestation


@pytest.mark.parametrize("text", ["22+3", "22", "~22+3", "~22", "0", "0+5", "45+6"])
def test_the_stored_form_is_the_one_that_midwives_write(text: str) -> None:
    assert str(Gestation.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "~", "+3", "22+", "22+7", "46", "22 + 3", "22+3~", "-1", "222", "２２", "22.5", "22+33", "22\n"],
)
def test_what_is_no_gestation_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"gestation|range") as caught:
        Gestation.parse(text)
    assert not text or text not in str(caught.value)


@unhurried
@given(st.text(alphabet="~+0123456789 -", max_size=6))
def test_anything_typed_is_read_or_refused(text: str) -> None:
    try:
        gestation = Gestation.parse(text)
    except ValueError:
        return
    assert gestation.about is text.startswith("~")
    assert (gestation.days is None) is ("+" not in text)
    assert gestation.weeks == int(text.removeprefix("~").partition("+")[0])


@unhurried
@given(days)
def test_from_the_last_period_to_the_due_date(day: datetime.date) -> None:
    due = due_from_last_period(day)
    assert (due - day).days == DAYS == 280
    assert at(day, due) == Gestation(0, 0)
    assert at(due, due) == Gestation(40, 0)


@unhurried
@given(days, st.integers(0, ALL_DAYS))
def test_every_day_of_a_pregnancy_has_its_weeks_and_leads_back(due: datetime.date, count: int) -> None:
    day = due - datetime.timedelta(days=DAYS) + datetime.timedelta(days=count)
    found = at(day, due)
    assert found == Gestation(count // 7, count % 7)
    assert found is not None
    assert due_from_gestation(day, found) == due
    assert found.in_days == count


@unhurried
@given(days, st.one_of(st.integers(-4000, -1), st.integers(ALL_DAYS + 1, 4000)))
def test_outside_of_it_there_is_none(due: datetime.date, count: int) -> None:
    assert at(due - datetime.timedelta(days=DAYS) + datetime.timedelta(days=count), due) is None


@unhurried
@given(days, st.integers(0, 45))
def test_weeks_alone_count_from_their_first_day(day: datetime.date, weeks: int) -> None:
    assert due_from_gestation(day, Gestation(weeks)) == due_from_gestation(day, Gestation(weeks, 0))


@pytest.mark.parametrize(
    ("last_period", "due"),
    [
        ("2026-01-01", "2026-10-08"),
        ("2023-06-01", "2024-03-07"),  # across a 29 February
        ("2024-02-29", "2024-12-05"),
        ("2024-02-28", "2024-12-04"),
        ("2023-05-26", "2024-03-01"),
        ("2023-05-25", "2024-02-29"),
    ],
)
def test_dates_that_were_worked_out_by_hand(last_period: str, due: str) -> None:
    day = datetime.date.fromisoformat(last_period)
    assert due_from_last_period(day).isoformat() == due


def test_the_end_of_the_calendar_is_said() -> None:
    with pytest.raises(OverflowError):
        due_from_last_period(datetime.date.max)


# by dateutil, and as dates are written down

MONTH, YEAR, YEARLESS = VagueDate(2026, 3), VagueDate(2026), VagueDate(None, 3, 4)


@unhurried
@given(days, st.booleans())
def test_the_due_date_is_forty_weeks_later_and_as_sure_as_the_last_period(
    day: datetime.date, about: bool
) -> None:
    due = VagueDate.of(day + relativedelta(weeks=40), about=about)
    assert due_date_from(last_period=VagueDate.of(day, about=about)) == due
    assert due_date_from(due=due) == due
    along = gestation_on(due, VagueDate.of(day + relativedelta(weeks=40)))
    assert along == Gestation(40, 0, about)


@unhurried
@given(days, gestations, st.booleans())
def test_a_scan_leads_to_the_due_date_and_back(
    day: datetime.date, gestation: Gestation, about: bool
) -> None:
    due = due_date_from(scan=(VagueDate.of(day, about=about), gestation))
    last_period = day - relativedelta(weeks=gestation.weeks, days=gestation.days or 0)
    unsure = about or gestation.about or gestation.days is None
    assert due == VagueDate.of(last_period + relativedelta(days=280), about=unsure)
    assert due is not None
    again = gestation_on(VagueDate.of(day), due)
    assert again == Gestation(gestation.weeks, gestation.days or 0, unsure)


@unhurried
@given(days, st.integers(-30, 400), st.booleans(), st.booleans())
def test_weeks_and_days_are_those_of_another_calendar(
    last_period: datetime.date, passed: int, about: bool, due_about: bool
) -> None:
    due = VagueDate.of(last_period + relativedelta(weeks=40), about=due_about)
    day = last_period + relativedelta(days=passed)
    found = gestation_on(VagueDate.of(day, about=about), due)
    if not 0 <= passed <= ALL_DAYS:
        assert found is None
        return
    assert found is not None
    assert last_period + relativedelta(weeks=found.weeks, days=found.days or 0) == day
    assert found.about is (about or due_about)


@pytest.mark.parametrize("day", [UNKNOWN, MONTH, YEAR, YEARLESS])
def test_from_a_vague_day_nothing_is_counted(day: VagueDate) -> None:
    assert due_date_from(last_period=day) is None
    assert due_date_from(due=day) is None
    assert due_date_from(scan=(day, Gestation(12, 3))) is None
    assert gestation_on(day, VagueDate(2026, 10, 3)) is None
    assert gestation_on(VagueDate(2026, 10, 3), day) is None


def test_nothing_is_counted_past_the_calendar_or_from_nothing() -> None:
    assert due_date_from() is None
    assert due_date_from(last_period=VagueDate(9999, 12, 1)) is None
    assert due_date_from(scan=(VagueDate(9999, 12, 1), Gestation(1, 0))) is None
    assert due_date_from(scan=(VagueDate(1, 1, 1), Gestation(45, 0))) is None
    assert gestation_on(VagueDate(1, 1, 1), VagueDate(9999, 12, 31)) is None
