"""The days that many families keep: their rules give the days on which they were kept."""

import datetime
import json
from pathlib import Path

import pytest
from dateutil import rrule

from memorybook import resources
from memorybook.domain.recurrence import next_occurrence
from memorybook.domain.remembrance import FixedDay, NthWeekday, RemembranceDay
from memorybook.errors import SupportListDamaged
from memorybook.services.remembrance import draft_of, remembrance_days, rules
from tests.unit.services.test_support import ISO_3166

YEARS = range(2020, 2036)
DAYS = {day.id: day for day in remembrance_days()}

KNOWN = {
    # Years for which a page of that time names the day.
    "candle-lighting": {
        2008: "12-14",  # nonas-notions.blogspot.com, jardna.blogspot.com
        2010: "12-12",  # sanjuanjournal.com: the 14th
        2012: "12-09",  # griefhealingblog.com: the 16th
        2019: "12-08",  # lehighvalleytcf.org, calendar
        2020: "12-13",  # compassionatefriends.org
        2023: "12-10",  # paintedpepperfarm.me
    },
    "bereaved-mothers": {
        2012: "05-06",  # musingsfromauntiem.blogspot.com
        2022: "05-01",  # nowilaymedowntosleep.org
        2023: "05-07",  # hopeduringloss.com
        2024: "05-05",  # nationaltoday.com, allresultbd.com
        2025: "05-04",  # dayspedia.com
    },
    "bereaved-fathers": {2018: "08-26"},  # cherished-urns.co.uk: "the international version"
    "grieving-children": {
        2012: "11-15",  # professorchild.com
        2013: "11-21",  # shelbyshopper.bondwaresite.com
        2014: "11-20",  # childrensgriefawarenessday.org
        2018: "11-15",  # grievingchildren.com: a Thursday
        2019: "11-21",  # imprintedcounseling.com
        2022: "11-17",  # wvesmh.org
    },
    "wave-of-light": {2019: "10-15", 2021: "10-15"},  # westmeathexaminer.ie, a calendar of Windsor
    "prematurity": {2015: "11-17", 2020: "11-17"},  # mixfmfiji.com, bliss.org.uk
    "day-of-hope": {2013: "08-19", 2014: "08-19", 2015: "08-19"},
    # lovinganangelinstead.com, carlymarieprojectheal.com, timestandsstillblog.com
}

OTHERWISE = {
    # Days on which a page of that time had Bereaved Father's Day: the disagreement that is said beside it.
    "fourth Sunday of September": ("2012-09-23", NthWeekday(9, 7, 4)),  # stillbirthday.com
    "second": ("2017-09-10", NthWeekday(9, 7, 2)),  # mothering.com
}

MOVING = {
    # From 2020 to 2035, read off calendars of these years; which Sunday or Thursday it is, is in the sources
    # that the list itself names.
    "bereaved-mothers": "05-03 05-02 05-01 05-07 05-05 05-04 05-03 05-02 "
    "05-07 05-06 05-05 05-04 05-02 05-01 05-07 05-06",
    "bereaved-fathers": "08-30 08-29 08-28 08-27 08-25 08-31 08-30 08-29 "
    "08-27 08-26 08-25 08-31 08-29 08-28 08-27 08-26",
    "grieving-children": "11-19 11-18 11-17 11-16 11-21 11-20 11-19 11-18 "
    "11-16 11-15 11-21 11-20 11-18 11-17 11-16 11-15",
    "candle-lighting": "12-13 12-12 12-11 12-10 12-08 12-14 12-13 12-12 "
    "12-10 12-09 12-08 12-14 12-12 12-11 12-10 12-09",
}

SAME = {
    "wave-of-light": "10-15",
    "awareness-week": "10-09",
    "prematurity": "11-17",
    "day-of-hope": "08-19",
    "say-their-name": "03-25",
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


def test_from_2020_to_2035_each_is_on_the_days_of_the_list() -> None:
    listed = {day: text.split() for day, text in MOVING.items()} | {
        day: [text] * len(YEARS) for day, text in SAME.items()
    }
    assert listed.keys() == DAYS.keys()
    for day, texts in listed.items():
        assert [DAYS[day].rule.in_year(year).strftime("%m-%d") for year in YEARS] == texts, day


def test_the_days_that_others_keep_are_those_that_are_said() -> None:
    said = DAYS["bereaved-fathers"].disagreement
    for words, (day, rule) in OTHERWISE.items():
        assert rule.in_year(int(day[:4])).isoformat() == day
        assert f"the {words} (" in said
        assert day[:4] in said
    uk = datetime.date(2018, 6, 24)  # cherished-urns.co.uk
    assert uk - NthWeekday(6, 7, 3).in_year(2018) == datetime.timedelta(days=7)
    assert "the Sunday after Father’s Day" in said


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


def test_one_that_is_added_is_a_day_of_the_family_and_keeps_its_rule() -> None:
    assert rules() == {day.id: day.rule for day in DAYS.values()}
    for language in ("en", "es"):
        for day in remembrance_days(language):
            draft = draft_of(day)
            assert (draft.label, draft.remembrance, draft.reminder, draft.baby) == (
                day.name,
                day.id,
                None,
                None,
            )
            today = datetime.date(2026, 11, 21)
            found = next_occurrence(draft, today, rules())
            assert found is not None
            assert found.begins == day.next_from(today)
            assert (found.ends - found.begins).days + 1 == day.rule.days
            kept = next_occurrence(draft, today)  # in a book that knows more rules than the program
            assert (kept is None) is isinstance(day.rule, NthWeekday)
            if kept is not None:
                assert kept.begins.month == found.begins.month


def test_in_spanish_all_of_it() -> None:
    for english, spanish in zip(remembrance_days(), remembrance_days("es"), strict=True):
        assert (english.id, english.rule) == (spanish.id, spanish.rule)
        assert len(english.sources) == len(spanish.sources)
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
