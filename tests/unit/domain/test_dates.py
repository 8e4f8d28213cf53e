"""Dates as well as they are known: written, read, ordered, and coming round every year."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook.domain.dates import UNKNOWN, VagueDate, next_yearly

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


@given(days, days)
def test_a_yearly_day_comes_round_within_a_year_or_when_it_first_happens(
    kept: datetime.date, today: datetime.date
) -> None:
    coming = next_yearly(VagueDate.of(kept), today)
    assert coming is not None
    assert coming >= max(today, kept)
    assert (coming.month, coming.day) == (kept.month, kept.day) or (kept.month, kept.day) == (2, 29)
    if kept <= today:
        assert (coming - today).days <= 366


def test_the_29th_of_february_is_never_skipped() -> None:
    kept = VagueDate(2024, 2, 29)
    assert next_yearly(kept, datetime.date(2026, 1, 1)) == datetime.date(2026, 2, 28)
    assert next_yearly(kept, datetime.date(2027, 6, 1)) == datetime.date(2028, 2, 29)
    assert next_yearly(VagueDate(2024, 2), datetime.date(2026, 1, 1)) is None
    assert next_yearly(VagueDate(None, 2, 29), datetime.date(2026, 3, 1)) == datetime.date(2027, 2, 28)
