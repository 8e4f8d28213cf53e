"""Dates as well as they are known: written, read, and ordered."""

import calendar
import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook.domain.dates import UNKNOWN, VagueDate

days = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2200, 12, 31))
vague = st.one_of(
    st.just(UNKNOWN),
    st.builds(lambda d, about: VagueDate(d.year, None, None, about), days, st.booleans()),
    st.builds(lambda d, about: VagueDate(d.year, d.month, None, about), days, st.booleans()),
    st.builds(lambda d, about: VagueDate.of(d, about=about), days, st.booleans()),
    st.builds(lambda d, about: VagueDate(None, d.month, d.day, about), days, st.booleans()),
)


@given(vague)
def test_what_is_stored_is_read_back(day: VagueDate) -> None:
    assert VagueDate.parse(str(day)) == day


@given(st.text(alphabet="0123456789X~-", max_size=12))
def test_anything_typed_is_read_and_written_again_or_refused(text: str) -> None:
    try:
        day = VagueDate.parse(text)
    except ValueError:
        return
    assert str(day) == text


@given(vague)
def test_about_changes_nothing_but_itself(day: VagueDate) -> None:
    if day.is_known:
        other = replace(day, about=not day.about)
        assert (other.sort_key, other.as_date()) == (day.sort_key, day.as_date())
        assert str(other).rstrip("~") == str(day).rstrip("~")


@given(vague, vague)
def test_dates_sort_as_far_as_they_are_known(one: VagueDate, other: VagueDate) -> None:
    exact, against = one.as_date(), other.as_date()
    if exact is not None and against is not None:
        assert (one.sort_key < other.sort_key) is (exact < against)
    if one.year is not None and other.year is not None and one.year != other.year:
        assert (one.sort_key < other.sort_key) is (one.year < other.year)
    if one.year is not None and not other.is_known:
        assert one.sort_key > other.sort_key == 0


@given(days)
def test_a_year_stands_before_its_months_and_a_month_before_its_days(day: datetime.date) -> None:
    keys = [VagueDate(day.year), VagueDate(day.year, day.month), VagueDate.of(day)]
    assert [each.sort_key for each in keys] == sorted({each.sort_key for each in keys})
    assert VagueDate(None, day.month, day.day).sort_key < keys[0].sort_key


@given(st.integers(1, 9999), st.booleans())
def test_the_29th_of_february_is_a_day_of_leap_years_alone(year: int, about: bool) -> None:
    if calendar.isleap(year):
        assert VagueDate(year, 2, 29, about).as_date() == datetime.date(year, 2, 29)
    else:
        with pytest.raises(ValueError, match="day out of range"):
            VagueDate(year, 2, 29, about)


@pytest.mark.parametrize(
    "text", ["2026-10-03", "2026-10", "2026", "2026-10-03~", "2026~", "XXXX-02-29", "XXXX-10-15~", ""]
)
def test_the_stored_form_is_edtf(text: str) -> None:
    assert str(VagueDate.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-02-30", "03.10.2026", "2026-1-1", "~", "0000", "2025-02-29", "XXXX", "XXXX-10"]
)
def test_what_is_no_date_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|range|needs") as caught:
        VagueDate.parse(text)
    assert text not in str(caught.value)


def test_a_month_stands_before_its_days_and_the_unknown_before_all() -> None:
    mixed = [VagueDate.parse(t) for t in ("2026-10-03", "2026-10", "", "2026", "2026-09-30", "2026-11")]
    assert [str(d) for d in sorted(mixed, key=lambda d: d.sort_key)] == [
        "", "2026", "2026-09-30", "2026-10", "2026-10-03", "2026-11"
    ]  # fmt: skip
