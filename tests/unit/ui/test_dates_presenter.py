"""What the dates ask of a real book, seen from a fixed day, with a screen above that only remembers."""

import datetime
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from icalendar import Calendar

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import Baby, BabyDraft
from memorybook.domain.reminders import DueReminder
from memorybook.errors import BookClosed, BookDamaged, CalendarNotSaved, MemoryBookError, StorageFull
from memorybook.services.preferences import DATES, OFF, ON, REMINDERS
from memorybook.services.vault import Library, Vault
from memorybook.storage.connection import Connection
from memorybook.ui.dates.presenter import DatesPresenter, ShownDays
from memorybook.ui.write.reminding import Reminding
from tests.books import PASSPHRASE
from tests.disks import small_disk
from tests.unit.ui.test_keepsakes_presenter import Answers

T = TypeVar("T")
TODAY = datetime.date(2026, 11, 21)
day = VagueDate.parse


class Screen:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.days: ShownDays | None = None
        self.babies: Sequence[Baby] = ()
        self.put_away: list[OccasionId] = []
        self.saved: list[int] = []
        self.problems: list[MemoryBookError] = []
        self.not_kept: list[MemoryBookError] = []
        self.all_kept = 0
        self.reminder: DueReminder | None = None

    def show_days(self, days: ShownDays) -> None:
        self.days = days

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        del word
        self.babies = babies

    def show_put_away(self, occasion: OccasionId) -> None:
        self.put_away.append(occasion)

    def show_saved(self, left_out: int) -> None:
        self.saved.append(left_out)

    def show_not_kept(self, error: MemoryBookError) -> None:
        self.not_kept.append(error)

    def show_all_kept(self) -> None:
        self.all_kept += 1

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(error)

    def show_reminder(self, reminder: DueReminder | None) -> None:
        self.reminder = reminder

    def reminder_words(self) -> str:
        return self.reminder.words if self.reminder is not None else ""

    def groups(self) -> tuple[list[str], list[str], list[str]]:
        assert self.days is not None
        groups = (self.days.coming, self.days.behind, self.days.without_date)
        coming, behind, without = ([shown.occasion.draft.label for shown in group] for group in groups)
        return coming, behind, without


def run(work: Callable[[], T]) -> Future[T]:
    future: Future[T] = Future()
    try:
        future.set_result(work())
    except MemoryBookError as error:
        future.set_exception(error)
    return future


def now() -> datetime.datetime:
    return datetime.datetime.combine(TODAY, datetime.time(3))


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def dates(vault: Vault, screen: Screen, answers: Answers) -> DatesPresenter:
    return made(vault, screen, answers)


def made(vault: Vault, screen: Screen, answers: Answers) -> DatesPresenter:
    return DatesPresenter(
        screen,
        occasions=vault.occasions,
        record=vault.record,
        preferences=vault.preferences,
        run=run,
        deliver=answers,
        now=now,
        language="en",
    )


@pytest.fixture
def reminding(vault: Vault, screen: Screen, answers: Answers) -> Reminding:
    return Reminding(
        screen, occasions=vault.occasions, deliver=answers, now=now, failed=screen.show_problem
    )


def keep(vault: Vault, label: str, when: str = "", **more: Any) -> OccasionId:
    return vault.occasions.add(OccasionDraft(label, day(when), **more)).result().id


def test_days_are_sorted_from_today(vault: Vault, dates: DatesPresenter, screen: Screen) -> None:
    keep(vault, "today", "2026-11-21")
    keep(vault, "yesterday", "2026-11-20")
    keep(vault, "every year", "2024-11-20", yearly=True)
    keep(vault, "this month", "2026-11")
    keep(vault, "about Christmas", "2026-12-25~")
    keep(vault, "this year", "2026")
    keep(vault, "a year to come", "2027")
    keep(vault, "long ago", "2019", yearly=True)  # a year alone cannot come round
    keep(vault, "a word alone")
    dates.show()
    coming, behind, without = screen.groups()
    assert coming == ["this month", "today", "about Christmas", "a year to come", "every year"]
    assert behind == ["yesterday", "this year", "long ago"]
    assert screen.days is not None
    assert not any(each.occasion.draft.comes_round for each in screen.days.behind)
    assert without == ["a word alone"]
    assert screen.problems == []


def test_how_far_along_it_was_is_told_where_both_days_are_known(
    vault: Vault, dates: DatesPresenter, screen: Screen
) -> None:
    wren = vault.record.keep_baby(None, BabyDraft(names="Wren", due=day("2026-10-03"))).result()
    assert wren is not None
    keep(vault, "born", "2026-05-22", yearly=True, baby=wren.id)
    keep(vault, "vague", "2026-05", baby=wren.id)
    keep(vault, "of nobody", "2026-05-22")
    dates.show()
    assert screen.days is not None
    along = {shown.occasion.draft.label: shown.along for shown in (*screen.days.coming, *screen.days.behind)}
    assert along == {"born": Gestation(20, 6), "vague": None, "of nobody": None}


def test_remembrance_days_are_added_one_by_one_and_marked_by_their_rule(
    vault: Vault, dates: DatesPresenter, screen: Screen
) -> None:
    dates.show()
    assert screen.groups() == ([], [], [])  # none by default
    offered = {each.id: each for each in dates.offered()}
    for wanted in ("wave-of-light", "bereaved-mothers", "awareness-week"):
        assert not dates.is_added(offered[wanted])
        dates.add_remembrance(offered[wanted])
        dates.show()
        assert dates.is_added(offered[wanted])
    marks = dates.marks(datetime.date(2027, 5, 20), lambda draft: draft.label)
    assert list(marks) == [datetime.date(2027, 5, 2)]
    assert marks[datetime.date(2027, 5, 2)][0].remembrance
    october = dates.marks(datetime.date(2027, 10, 1), lambda draft: draft.label)
    assert sorted(each.day for each in october) == [9, 10, 11, 12, 13, 14, 15]
    assert len(october[datetime.date(2027, 10, 15)]) == 2


def test_a_month_has_the_days_of_its_own_year_and_none_that_is_vague(
    vault: Vault, dates: DatesPresenter
) -> None:
    keep(vault, "leap", "2024-02-29", yearly=True)
    keep(vault, "once", "2026-02-11")
    keep(vault, "vague", "2026-02")
    keep(vault, "about", "2026-02-12~")
    dates.show()

    def of(year: int) -> dict[int, str]:
        found = dates.marks(datetime.date(year, 2, 1), lambda draft: draft.label)
        return {each.day: " ".join(mark.name for mark in marks) for each, marks in found.items()}

    assert of(2023) == {}
    assert of(2024) == {29: "leap"}
    assert of(2026) == {11: "once", 12: "about", 28: "leap"}
    assert of(2028) == {29: "leap"}


def test_putting_away_can_be_undone(vault: Vault, dates: DatesPresenter, screen: Screen) -> None:
    kept = keep(vault, "a day", "2026-12-01")
    dates.show()
    dates.put_away(kept)
    assert screen.put_away == [kept]
    dates.show()
    assert screen.groups() == ([], [], [])
    assert dates.shown(kept) is None
    dates.bring_back(kept)
    dates.show()
    assert screen.groups()[0] == ["a day"]


def words_of(dates: DatesPresenter, occasion: OccasionId) -> str:
    shown = dates.shown(occasion)
    assert shown is not None
    return shown.occasion.draft.note


def test_a_day_that_is_changed_again_at_once_has_the_words_it_was_given_last(
    vault: Vault, dates: DatesPresenter, screen: Screen, answers: Answers
) -> None:
    kept = keep(vault, "born", "2026-05-22")
    dates.show()
    answers.waits = True
    dates.show()
    dates.keep(kept, OccasionDraft("born", day("2026-05-22"), note="At dawn"))
    assert words_of(dates, kept) == "At dawn"
    dates.keep(kept, OccasionDraft("born", day("2026-05-22"), note="At dawn, in the rain"))
    answers.arrive()
    assert words_of(dates, kept) == "At dawn, in the rain"
    vault.occasions.change(kept, OccasionDraft("born", day("2026-05-22"), note="In the book")).result()
    dates.show()
    assert words_of(dates, kept) == "In the book", "and the book is asked again from then on"
    assert screen.problems == []


def test_words_of_a_day_that_the_book_does_not_take_are_there_when_it_is_changed_again(
    vault: Vault, dates: DatesPresenter, screen: Screen
) -> None:
    kept = keep(vault, "born", "2026-05-22")
    dates.show()
    vault.close()
    dates.keep(kept, OccasionDraft("born", day("2026-05-22"), note="At dawn"))
    assert [type(error) for error in screen.not_kept] == [BookClosed]
    assert words_of(dates, kept) == "At dawn"


def test_days_that_the_book_does_not_take_wait_until_it_does(
    library: Library, tmp_path: Path, screen: Screen, answers: Answers
) -> None:
    with (
        small_disk(tmp_path / "small", "4m") as disk,
        closing(library.create(disk.folder / "book", PASSPHRASE)) as vault,
    ):
        dates = made(vault, screen, answers)
        kept = keep(vault, "born", "2026-05-22")
        flushed: list[bool] = []
        dates.flush(flushed.append)
        disk.fill()
        dates.keep(None, OccasionDraft("new", day("2026-12-01"), note="By the river"))
        dates.keep(kept, OccasionDraft("born", day("2026-05-22"), note="At dawn"))
        assert [type(error) for error in screen.not_kept] == [StorageFull, StorageFull]
        dates.flush(flushed.append)
        assert (flushed, screen.all_kept) == ([True, False], 0)
        disk.free()
        dates.keep_again()
        assert screen.all_kept == 1
        dates.flush(flushed.append)
        assert flushed[-1]
        notes = {each.draft.label: each.draft.note for each in vault.occasions.all().result()}
        assert notes == {"new": "By the river", "born": "At dawn"}, "each of them once"


def test_a_day_that_is_kept_while_it_is_asked_for_at_closing_is_waited_for(
    vault: Vault, dates: DatesPresenter, answers: Answers
) -> None:
    answers.waits = True
    dates.keep(None, OccasionDraft("new", day("2026-12-01")))
    flushed: list[bool] = []
    dates.flush(flushed.append)
    assert flushed == []
    answers.arrive()
    assert flushed == [True]
    assert len(vault.occasions.all().result()) == 1


def test_the_calendar_file_is_written_whole_or_not_at_all(
    vault: Vault, dates: DatesPresenter, screen: Screen, tmp_path: Path
) -> None:
    keep(vault, "born", "2026-05-22", yearly=True, reminder=3, reminder_words="light the candle")
    keep(vault, "", "2026-10-03", kind=OccasionKind.DUE_DATE)
    keep(vault, "vague", "2026-05")
    target = tmp_path / "Dates.ics"
    dates.save_calendar(target, lambda draft: f"a {draft.kind.value} day")
    assert screen.saved == [1]
    calendar = Calendar.from_ical(target.read_bytes())
    names = sorted(str(event["summary"]) for event in calendar.walk("VEVENT"))
    assert names == ["a due day", "born"]
    assert b"candle" not in target.read_bytes()
    dates.save_calendar(tmp_path / "no such folder" / "Dates.ics", lambda _: "")
    assert [type(error) for error in screen.problems] == [CalendarNotSaved]
    assert [path.name for path in tmp_path.glob("*.ics")] == ["Dates.ics"]


def test_a_reminder_is_shown_from_its_day_on_until_it_is_put_aside(
    vault: Vault, reminding: Reminding, screen: Screen
) -> None:
    keep(vault, "later", "2026-11-26", reminder=5, reminder_words="soon, and gently")
    first = keep(vault, "sooner", "2026-11-23", reminder=2)
    keep(vault, "not yet", "2026-11-30", reminder=3)
    keep(vault, "off", "2026-11-22")
    reminding.begin()
    shown = screen.reminder
    assert shown is not None
    assert (shown.occasion.id, shown.words) == (first, "sooner")
    reminding.dismiss(shown)
    reminding.changed(ChangeSet(occasions=frozenset({first})))
    assert screen.reminder_words() == "soon, and gently"
    keep(vault, "new", "2026-11-21", reminder=0)
    reminding.changed(ChangeSet(occasions=frozenset({first})))
    assert screen.reminder_words() == "soon, and gently"  # nothing comes up while the book is open
    reminding.begin()
    assert screen.reminder_words() == "new"
    assert screen.problems == []


@pytest.mark.parametrize("key", [DATES, REMINDERS])
def test_reminders_rest_when_they_or_the_page_are_put_away(
    key: str, vault: Vault, reminding: Reminding, screen: Screen
) -> None:
    keep(vault, "a day", "2026-11-22", reminder=2)
    reminding.begin()
    assert screen.reminder_words() == "a day"
    vault.preferences.put(key, OFF).result()
    reminding.changed(ChangeSet(preferences=True))
    assert screen.reminder_words() == ""
    vault.preferences.put(key, ON).result()
    reminding.begin()
    assert screen.reminder_words() == "a day"


def test_one_damaged_day_does_not_keep_the_others_back(
    vault: Vault, screen: Screen, dates: DatesPresenter
) -> None:
    for label in ("One", "Another"):
        vault.occasions.add(OccasionDraft(label=label)).result()

    def work(connection: Connection) -> tuple[None, None]:
        connection.execute("UPDATE occasion SET note = 'x' WHERE label = 'One'")
        return None, None

    vault._worker.write(work).result()
    dates.show()
    assert screen.groups() == ([], [], ["Another"])
    assert [type(each) for each in screen.problems] == [BookDamaged]
