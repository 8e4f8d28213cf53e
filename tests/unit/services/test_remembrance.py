"""The days that many families keep: their rules give the days on which they were kept."""

import datetime
import json
from pathlib import Path

import pytest
from dateutil import rrule

from memorybook import resources
from memorybook.domain.remembrance import FixedDay, NthWeekday, RemembranceDay
from memorybook.errors import SupportListDamaged
from memorybook.services.remembrance import remembrance_days
from tests.unit.services.test_support import ISO_3166

YEARS = range(2020, 2036)
DAYS = {day.id: day for day in remembrance_days()}

KNOWN = {
    # Years for which a page of that time names the day.
    "candle-lighting": {
        2008: "12-14",  # nonas-notions.blogspot.com
        2019: "12-08",  # lehighvalleytcf.org, calendar
        2020: "12-13",  # compassionatefriends.org
        2023: "12-10",  # paintedpepperfarm.me
    },
    "bereaved-mothers": {
        2012: "05-06",  # musingsfromauntiem.blogspot.com
        2022: "05-01",  # nowilaymedowntosleep.org
        2023: "05-07",  # hopeduringloss.com
        2024: "05-05",  # nationaltoday.com
    },
    "wave-of-light": {2019: "10-15"},  # westmeathexaminer.ie
    "prematurity": {2015: "11-17", 2020: "11-17"},  # mixfmfiji.com, bliss.org.uk
}

WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


@pytest.mark.parametrize("day", DAYS.values(), ids=lambda day: day.id)
def test_every_year_is_as_an_independent_rule_has_it(day: RemembranceDay) -> None:
    rule = day.rule
    if isinstance(rule, NthWeekday):
        other = rrule.rrule(
            rrule.YEARLY,
            bymonth=rule.month,
            byweekday=WEEKDAYS[rule.weekday - 1](rule.nth),
            dtstart=datetime.datetime(YEARS.start, 1, 1, tzinfo=datetime.UTC),
            until=datetime.datetime(YEARS.stop - 1, 12, 31, tzinfo=datetime.UTC),
        )
    else:
        other = rrule.rrule(
            rrule.YEARLY,
            bymonth=rule.month,
            bymonthday=rule.day,
            dtstart=datetime.datetime(YEARS.start, 1, 1, tzinfo=datetime.UTC),
            until=datetime.datetime(YEARS.stop - 1, 12, 31, tzinfo=datetime.UTC),
        )
    assert [rule.in_year(year) for year in YEARS] == [found.date() for found in other]


@pytest.mark.parametrize(("day", "year"), [(day, year) for day, years in KNOWN.items() for year in years])
def test_the_days_they_were_kept_on(day: str, year: int) -> None:
    assert DAYS[day].rule.in_year(year).isoformat() == f"{year}-{KNOWN[day][year]}"


@pytest.mark.parametrize("weekday", range(1, 8))
@pytest.mark.parametrize("nth", [1, 2, 3, 4, -1])
def test_any_weekday_of_any_month(weekday: int, nth: int) -> None:
    for month in range(1, 13):
        rule = NthWeekday(month, weekday, nth)
        other = rrule.rrule(
            rrule.YEARLY,
            bymonth=month,
            byweekday=WEEKDAYS[weekday - 1](nth),
            dtstart=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
            count=16,
        )
        assert [rule.in_year(year) for year in YEARS] == [found.date() for found in other]


def test_the_next_one_is_today_while_it_lasts() -> None:
    week = DAYS["awareness-week"]
    for day in range(9, 16):
        assert week.next_from(datetime.date(2026, 10, day)) == datetime.date(2026, 10, 9)
    assert week.next_from(datetime.date(2026, 10, 16)) == datetime.date(2027, 10, 9)
    fathers = DAYS["bereaved-fathers"]
    assert fathers.next_from(datetime.date(2027, 8, 29)) == datetime.date(2027, 8, 29)
    assert fathers.next_from(datetime.date(2027, 8, 30)) == datetime.date(2028, 8, 27)
    over_new_year = RemembranceDay("x", "x", "x", FixedDay(12, 30, 5), ("x",))
    assert over_new_year.next_from(datetime.date(2027, 1, 2)) == datetime.date(2026, 12, 30)


def test_each_has_its_source_and_says_where_sources_disagree() -> None:
    assert len(DAYS) == len(remembrance_days())
    for day in DAYS.values():
        assert day.sources
        assert day.regions <= ISO_3166
        assert day.words.endswith(".")
    assert "Sources disagree" in DAYS["bereaved-fathers"].disagreement
    assert DAYS["wave-of-light"].disagreement == ""


def test_in_spanish_all_of_it() -> None:
    for english, spanish in zip(remembrance_days(), remembrance_days("es"), strict=True):
        assert (english.id, english.rule, english.sources) == (spanish.id, spanish.rule, spanish.sources)
        assert english.name != spanish.name
        assert english.words != spanish.words
        assert bool(english.disagreement) == bool(spanish.disagreement)
    texts = json.loads((resources.folder("support") / "remembrance.es.json").read_text(encoding="utf-8"))
    assert {key.partition(".")[0] for key in texts["texts"]} == set(DAYS)


@pytest.mark.parametrize(
    "rule", [{}, {"type": "moon"}, {"type": "weekday", "month": 5, "weekday": 8, "nth": 1}]
)
def test_a_rule_that_is_none_is_refused(tmp_path: Path, rule: dict[str, object]) -> None:
    day: dict[str, object] = dict.fromkeys(("id", "name", "words"), "x") | {"as_of": "", "confidence": "high"}
    day |= {"rule": rule, "sources": ["x"]}
    (tmp_path / "remembrance.json").write_text(json.dumps({"days": [day]}))
    with pytest.raises(SupportListDamaged):
        remembrance_days("en", tmp_path)
