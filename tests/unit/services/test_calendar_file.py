"""The calendar file, read back by its own library and expanded by dateutil: the days, and nothing else."""

import datetime
import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from dateutil import rrule
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from memorybook import files
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import BabyId, OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft, OccasionKind
from memorybook.domain.recurrence import NO_RULES, occurrences
from memorybook.errors import CalendarNotSaved, StorageFull
from memorybook.services.calendar_file import YEARS, CalendarFile, calendar_file
from memorybook.services.exporting import save_calendar
from memorybook.services.leftovers import Leftovers
from memorybook.services.remembrance import draft_of, remembrance_days, rules
from memorybook.services.vault import Vault
from memorybook.storage import readable

TODAY = datetime.date(2026, 11, 21)
DAYS = {day.id: day for day in remembrance_days()}

days = st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2080, 12, 31))
vague = st.one_of(
    st.just(UNKNOWN),
    st.builds(lambda day: VagueDate(day.year, day.month), days),
    st.builds(lambda day, about: VagueDate.of(day, about=about), days, st.booleans()),
    st.builds(lambda day, about: VagueDate(None, day.month, day.day, about), days, st.booleans()),
    st.just(VagueDate(2024, 2, 29)),
)
drafts = st.one_of(
    st.builds(OccasionDraft, st.text(max_size=90), vague, yearly=st.booleans(), note=st.text(max_size=20)),
    st.builds(draft_of, st.sampled_from(list(DAYS.values()))),
)


def kept(*drafts: OccasionDraft) -> list[Occasion]:
    at = "2026-11-21T08:15:00Z"
    return [Occasion(OccasionId(n), draft, at, uid=f"{n:032x}") for n, draft in enumerate(drafts)]


def made(*drafts: OccasionDraft, today: datetime.date = TODAY) -> CalendarFile:
    return calendar_file(kept(*drafts), today, called=lambda draft: f"a day: {draft.kind.value}")


def events(file: CalendarFile) -> list[Event]:
    return list(Calendar.from_ical(file.data).walk("VEVENT"))  # type: ignore[arg-type]


def on(file: CalendarFile, last: datetime.date) -> set[datetime.date]:
    """Every day that a calendar shows something on, up to ``last``."""
    found = set()
    for event in events(file):
        begins, ends = event["dtstart"].dt, event["dtend"].dt
        starts = [begins]
        if "rrule" in event:
            text = event["rrule"].to_ical().decode()
            rule = rrule.rrulestr(text, dtstart=datetime.datetime.combine(begins, datetime.time()))
            starts = [each.date() for each in rule.between(rule[0], _midnight(last), inc=True)]
        for start in starts:
            found |= {start + datetime.timedelta(days=n) for n in range((ends - begins).days)}
    return {day for day in found if day <= last}


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


@settings(max_examples=80, deadline=None)
@given(drafts, days)
def test_a_calendar_shows_the_days_the_book_does(draft: OccasionDraft, today: datetime.date) -> None:
    file = made(draft, today=today)
    last = today + relativedelta(years=9)
    expected = {
        each.begins + datetime.timedelta(days=n)
        for each in occurrences(draft, datetime.date(1940, 1, 1), last, rules())
        for n in range((each.ends - each.begins).days + 1)
        if each.exact
    }
    shown = on(file, last)
    assert {day for day in shown if day >= today} == {day for day in expected if today <= day <= last}
    assert shown <= expected
    assert (file.days, file.left_out) == ((1, 0) if events(file) else (0, 1))
    assert bool(events(file)) is bool(draft.remembrance or (draft.day.day and not draft.day.about))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_words_come_through_and_what_cannot_be_written_does_not(label: str, note: str) -> None:
    draft = OccasionDraft(label, VagueDate(2026, 5, 22), note=note)
    file = made(draft)
    (event,) = events(file)
    text = file.data.decode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))

    def seen(words: str) -> str:
        return re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", words)).strip()

    assert seen(str(event["summary"])) == (seen(label) or "a day: other")
    assert seen(str(event.get("description", ""))) == seen(note)


def test_vague_days_are_left_out_and_counted() -> None:
    file = made(
        OccasionDraft("exact", VagueDate(2026, 5, 22), yearly=True),
        OccasionDraft("about", VagueDate(2026, 5, 20, about=True)),
        OccasionDraft("month", VagueDate(2024, 3), yearly=True),
        OccasionDraft("year", VagueDate(2019)),
        OccasionDraft("unknown"),
        OccasionDraft("of a rule nobody knows", remembrance="no such day"),
        OccasionDraft("without year", VagueDate(None, 12, 25)),
    )
    assert (file.days, file.left_out) == (2, 5)
    assert [str(each["summary"]) for each in events(file)] == ["exact", "without year"]
    assert events(file)[1]["dtstart"].dt == datetime.date(2026, 12, 25)


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    file = made(OccasionDraft("x", VagueDate(2024, 2, 29), yearly=True))
    assert [day.isoformat() for day in sorted(on(file, datetime.date(2029, 1, 1)))] == [
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


def test_the_last_day_there_is_does_not_keep_the_others_from_being_saved() -> None:
    last = OccasionDraft("The end of it", VagueDate(9999, 12, 31), yearly=True)
    file = made(last, OccasionDraft("A day", VagueDate(2026, 12, 1)))
    assert (file.days, file.left_out) == (2, 0)
    assert [event["dtstart"].dt.year for event in events(file)] == [9999, 2026]


def test_moving_days_are_written_for_ten_years_and_weeks_come_round() -> None:
    moving = made(draft_of(DAYS["candle-lighting"]))
    begins = [each["dtstart"].dt for each in events(moving)]
    assert len(begins) == YEARS == 10
    assert (begins[0].isoformat(), begins[-1].isoformat()) == ("2026-12-13", "2035-12-09")
    assert moving.days == 1
    week = made(draft_of(DAYS["awareness-week"]))
    (event,) = events(week)
    assert (event["dtend"].dt - event["dtstart"].dt).days == 7
    assert len(on(week, datetime.date(2027, 12, 31))) == 7


def test_it_is_quiet_and_says_nothing_of_who_made_it(vault: Vault) -> None:
    hers = OccasionDraft(
        "The day Wren was born",
        VagueDate(2026, 5, 22),
        OccasionKind.ANNIVERSARY,
        yearly=True,
        note="Twenty weeks; a candle, at seven\nand the song",
        baby=None,
        reminder=3,
        reminder_words="Buy the white candle",
    )
    vault.occasions.add(hers).result()
    vault.occasions.add(draft_of(DAYS["bereaved-fathers"])).result()
    all_days = vault.occasions.all().result()
    file = calendar_file(all_days, TODAY, called=lambda _: "")
    assert calendar_file(all_days, TODAY, called=lambda _: "") == file
    text = file.data.decode("utf-8")
    names = set(re.findall(r"^([A-Z-]+)[;:]", text, re.MULTILINE))
    assert names == {
        *("BEGIN", "VERSION", "PRODID", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "RRULE", "CLASS"),
        *("DESCRIPTION", "TRANSP", "END"),
    }
    assert "ALARM" not in text
    assert "white candle" not in text
    assert "PRODID:-//Memory Book//EN\r\n" in text
    assert set(re.findall(r"DTSTAMP:(.*)\r", text)) == {"20261121T000000Z"}
    for trace in (os.uname().nodename, os.environ.get("USER") or "-no name-", str(vault.folder), "icalendar"):
        assert trace not in text
    uids = re.findall(r"UID:(.*)\r", text)
    assert len(uids) == len(set(uids)) == len(events(file))
    assert all(re.fullmatch(r"[0-9a-f]{32}(-\d{4})?", uid) for uid in uids)
    later = calendar_file(all_days, TODAY + datetime.timedelta(days=300), called=lambda _: "")
    assert {str(each["uid"]) for each in events(later)} & set(uids)  # a calendar knows them again
    assert "Wren" not in repr(file)


def test_it_says_nothing_of_whom_a_day_is_for() -> None:
    draft = OccasionDraft("A day", VagueDate(2026, 5, 22))
    assert made(draft) == made(replace(draft, baby=BabyId(7)))
    assert calendar_file([], TODAY, called=lambda _: "", known=NO_RULES).days == 0


def test_it_is_saved_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "dates.ics"
    data = made(OccasionDraft("A day", VagueDate(2026, 5, 22))).data
    save_calendar(target, [data])
    assert target.read_bytes() == data
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CalendarNotSaved):
        save_calendar(tmp_path / "gone" / "dates.ics", [data])

    def full(descriptor: int, data: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(files, "_fill", full)
    with pytest.raises(StorageFull):
        save_calendar(target, [b"other"])
    assert target.read_bytes() == data
    assert list(tmp_path.iterdir()) == [target]


def test_one_that_takes_the_place_of_another_is_known_to_the_book_meanwhile(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    real = Leftovers.noted

    @contextmanager
    def noted(leftovers: Leftovers, file: Path) -> Iterator[None]:
        with real(leftovers, file):
            seen.extend(vault._worker.read(readable.left).result())
            yield

    monkeypatch.setattr(Leftovers, "noted", noted)
    target = tmp_path / "dates.ics"
    for label in ("old", "new"):
        vault.occasions.save_calendar(target, made(OccasionDraft(label, VagueDate(2026, 5, 22))))
    assert b"SUMMARY:new" in target.read_bytes()
    assert [path.parent for path in seen] == [tmp_path]
    assert vault._worker.read(readable.left).result() == ()
