"""Dates in the real window: written down, reminded of, looked back at, taken along and put away."""

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QListView

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft
from memorybook.domain.photo import PhotoDraft
from memorybook.services.preferences import DATES, OFF
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.ui.dates.cards import DayCard
from memorybook.ui.dates.month_view import MonthView
from memorybook.ui.dates.sheet import DaySheet
from memorybook.ui.dates.view import DatesPage
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.lock.view import LockScreen
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import small_disk
from tests.flows.driver import Driver, running
from tests.flows.locking import is_closed, opened

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

TODAY = datetime.date(2026, 11, 21)
day = VagueDate.parse


class SameDay(SystemClock):
    """A clock on which it is always the same night."""

    def now(self) -> datetime.datetime:
        return datetime.datetime.combine(TODAY, datetime.time(3)).astimezone()


def keep(vault: Vault, label: str, when: str, **more: object) -> int:
    draft = OccasionDraft(label, day(when), **more)  # type: ignore[arg-type]  # handed through
    return vault.occasions.add(draft).result().id


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    library.create(folder, PASSPHRASE).close()
    return folder


@pytest.fixture
def driver(book: Path) -> Iterator[Driver]:
    with running(clock=SameDay()) as driver:
        driver.show(book)
        opened(driver, PASSPHRASE)
        yield driver


def arrive(driver: Driver) -> Vault:
    driver.press("place-dates")
    driver.find("month")
    return driver.book.vault


def drafts(vault: Vault) -> list[OccasionDraft]:
    return [each.draft for each in vault.occasions.all().result()]


def close_and_open(driver: Driver) -> None:
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    opened(driver, PASSPHRASE)


def test_a_date_is_written_down_with_its_reminder_which_stands_above_the_page_once(driver: Driver) -> None:
    vault = arrive(driver)
    driver.wait(lambda: driver.sees("any day that matters to you"))
    driver.press("add-date")
    driver.type_into("day-label", "Lanterns on the lake")
    driver.type_into("day-date-day", "23")
    driver.choose_month("day-date-month", 11)
    driver.type_into("day-note", "With the candle from the shelf")
    assert driver.find("day-reminder", QCheckBox).isChecked() is False
    driver.find("day-reminder", QCheckBox).click()
    driver.type_into("day-reminder-days", "2", replace=True)
    driver.type_into("day-reminder-words", "Look for the lantern")
    driver.press("day-keep")
    driver.wait(lambda: driver.sees("Monday · every year · reminder from 21 November"))
    (kept,) = drafts(vault)
    assert (kept.day, kept.reminder, kept.reminder_words) == (day("XXXX-11-23"), 2, "Look for the lantern")
    driver.press("place-write")
    assert not driver.sees("Look for the lantern")  # it waits until the book is opened
    close_and_open(driver)
    said = driver.find("reminder-text", QLabel).text()
    assert said == "Look for the lantern · Monday, 23 November 2026"
    driver.wait(lambda: driver.focused().objectName() == "entry-text")
    driver.press("reminder-dates")
    driver.wait(lambda: driver.sees("Lanterns on the lake"))
    driver.press("place-write")
    driver.press("reminder-away")
    driver.wait(lambda: not driver.sees("Look for the lantern"))
    close_and_open(driver)
    driver.press("place-dates")
    driver.wait(lambda: driver.sees("Lanterns on the lake"))
    driver.press("place-write")
    assert not driver.sees("Look for the lantern")


@pytest.mark.parametrize("covered", [False, True])
def test_what_is_written_in_a_sheet_is_there_when_the_book_was_closed_meanwhile(
    driver: Driver, covered: bool
) -> None:
    arrive(driver)
    driver.press("add-date")
    driver.type_into("day-label", "Lanterns on the lake")
    driver.type_into("day-note", "All of us were there")
    driver.type_into("day-date-day", "3")  # half typed
    if covered:
        driver.key("Ctrl+H")
        driver.find("uncover")
    driver.key("Ctrl+L")
    is_closed(driver)
    opened(driver, PASSPHRASE)
    assert drafts(arrive(driver)) == [OccasionDraft("Lanterns on the lake", note="All of us were there")]
    driver.wait(lambda: driver.sees("No date"))


@pytest.mark.parametrize("elsewhere", ["place", "cover", "sheet"])
def test_a_sheet_that_comes_late_opens_over_nothing_else(driver: Driver, elsewhere: str) -> None:
    vault = arrive(driver)
    kept = keep(vault, "The day we knew", "2025-01-24")
    driver.wait(lambda: driver.sees("The day we knew"))
    go_on = threading.Event()
    vault._worker.read(lambda _: go_on.wait(60))
    driver.press("place-dates")
    driver.press("add-date")
    if elsewhere == "place":
        driver.press("place-write")
    elif elsewhere == "cover":
        driver.key("Ctrl+H")
        driver.find("uncover")
    else:
        driver.press(f"change-date-{kept}")
        driver.type_into("day-note", "In one")
    page = driver.window.findChild(DatesPage)
    go_on.set()
    driver.wait(lambda: page.presenter._is_known)
    driver.settle()
    if elsewhere == "sheet":
        (sheet,) = driver.all(DaySheet)
        assert sheet is QApplication.activeModalWidget()
        assert driver.find("day-label", QLineEdit).text() == "The day we knew"
    else:
        assert not driver.all(DaySheet)


def test_the_month_is_gone_through_by_keyboard_and_every_day_has_its_words(driver: Driver) -> None:
    vault = arrive(driver)
    keep(vault, "The day we knew", "2025-01-24", yearly=True)
    keep(vault, "The first snow", "2027-01-31")
    driver.wait(lambda: driver.sees("The day we knew"))
    month = driver.find("month", MonthView)
    month.setFocus()
    driver.wait(lambda: driver.focused() is month)
    for key, expected in (
        ("Right", (2026, 11, 22)), ("Down", (2026, 11, 29)), ("Down", (2026, 12, 6)),
        ("Home", (2026, 12, 1)), ("Left", (2026, 11, 30)), ("Up", (2026, 11, 23)),
        ("End", (2026, 11, 30)), ("PgDown", (2026, 12, 30)), ("PgDown", (2027, 1, 30)),
        ("PgDown", (2027, 2, 28)), ("PgUp", (2027, 1, 28)), ("Ctrl+PgUp", (2026, 1, 28)),
        ("Ctrl+PgDown", (2027, 1, 28)), ("End", (2027, 1, 31)),
    ):  # fmt: skip
        driver.key(key)
        assert month.day == datetime.date(*expected), key
    driver.find("of-the-day")
    assert month.accessibleName() == "January 2027"

    def said(number: int) -> str:
        index = month.days.index_of(datetime.date(2027, 1, number))
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    assert said(24) == "Sunday, 24 January 2027, The day we knew"
    assert said(31) == "Sunday, 31 January 2027, The first snow"
    assert said(1) == "Friday, 1 January 2027"
    driver.press(f"of-day-{keepsake_of(vault, 'The first snow')}")
    driver.wait(lambda: driver.find("day-label", QLineEdit).text() == "The first snow")
    driver.press("day-no")


def keepsake_of(vault: Vault, label: str) -> int:
    return next(each.id for each in vault.occasions.all().result() if each.draft.label == label)


def test_remembrance_days_are_offered_with_their_sources_and_added_one_by_one(driver: Driver) -> None:
    vault = arrive(driver)
    driver.press("remembrance-days")
    driver.wait(lambda: driver.sees("International Bereaved Father’s Day"))
    driver.wait(lambda: driver.sees("Sources disagree."))
    assert driver.sees("From ")
    assert drafts(vault) == []
    driver.press("add-bereaved-fathers")
    button = driver.find("add-bereaved-fathers", Button)
    driver.wait(lambda: not button.isEnabled())
    assert button.accessibleName() == "International Bereaved Father’s Day is on your list"
    driver.press("remembrance-done")
    driver.wait(lambda: driver.sees("29 Aug 2027"))
    (kept,) = drafts(vault)
    assert kept.remembrance == "bereaved-fathers"
    driver.press(f"change-date-{keepsake_of(vault, kept.label)}")
    driver.wait(lambda: driver.find("day-sheet").isVisible())
    driver.wait(lambda: driver.sees("Sources disagree."))
    assert not [w for w in driver.all(QComboBox) if w.objectName() == "day-date-month"]
    driver.press("day-put-away")
    driver.wait(lambda: driver.sees("The date is put away."))
    driver.wait(lambda: drafts(vault) == [])
    driver.press("dates-notice-action")
    driver.wait(lambda: len(drafts(vault)) == 1)


def test_a_day_is_looked_at_when_somebody_asks_and_covered_photos_stay_covered(
    driver: Driver,
) -> None:
    vault = driver.book.vault
    vault.record.keep_baby(None, BabyDraft(names="Wren", born=day("2024-05-22"))).result()
    vault.journal.keep(None, EntryDraft("The sea was still", "And grey.", day("2025-05-22"))).result()
    vault.journal.keep(None, EntryDraft("", "Another day", day("2025-05-23"))).result()
    (photo,) = vault.album.bring([pictures.jpeg_grey()], told=lambda _: None).done.result().added
    vault.album.keep(photo, PhotoDraft(caption="A leaf", taken=day("2023-05-22"), covered=True)).result()
    arrive(driver)
    driver.settle()
    for words in ("The sea was still", "A leaf", "Day of birth"):
        assert not driver.sees(words), words
    driver.press("look-at-day")
    driver.wait(lambda: driver.sees("Your book has nothing of 21 November in other years."))
    driver.type_into("look-day", "22", replace=True)
    driver.choose_month("look-month", 4)
    driver.wait(lambda: driver.sees("Day of birth of Wren"))
    driver.wait(lambda: driver.sees("The sea was still"))
    assert not driver.sees("Another day")
    tile = driver.find(f"photo-of-the-day-{photo}", Picture)
    driver.wait(lambda: tile.is_covered)
    assert not tile.is_shown
    driver.press(f"photo-of-the-day-{photo}")
    driver.wait(lambda: tile.is_shown)
    driver.press("place-story")
    driver.press("place-dates")
    driver.press("look-at-day")
    driver.press("look-after")
    driver.wait(lambda: driver.sees("Your book has nothing of 22 November in other years."))
    driver.type_into("look-day", "31", replace=True)
    driver.wait(lambda: driver.sees("This month has no such day."))
    assert not driver.sees("Your book has nothing of")
    driver.type_into("look-day", "30", replace=True)
    driver.wait(lambda: driver.sees("Your book has nothing of 30 November in other years."))
    assert not driver.sees("This month has no such day.")
    driver.key("Escape")
    driver.find("add-date")
    driver.wait(lambda: driver.focused().objectName() == "look-at-day")


def test_a_page_of_that_day_is_read_in_the_story(driver: Driver) -> None:
    vault = driver.book.vault
    for number in range(1, 29):
        vault.journal.keep(None, EntryDraft(f"Page {number}", "Words.", VagueDate(2024, 2, number))).result()
    wanted = vault.journal.keep(None, EntryDraft("The one", "In the garden.", day("2024-11-21"))).result()
    assert wanted is not None
    arrive(driver)
    driver.press("look-at-day")
    driver.press(f"read-page-{wanted.id}")
    driver.wait(lambda: driver.find("story-list", QListView).model().rowCount() > 10)
    driver.wait(lambda: driver.sees("The one"))


def test_the_weeks_are_counted_from_whichever_is_known(driver: Driver) -> None:
    vault = arrive(driver)
    driver.press("count-weeks")
    driver.press("due-take")
    driver.wait(lambda: driver.sees("the day, the month and the year are needed"))
    fill_day(driver, "due-known", "27", 12, "2025")
    driver.wait(lambda: driver.sees("Due date: Saturday, 3 October 2026"))
    fill_day(driver, "due-on", "22", 5, "2026")
    driver.wait(lambda: driver.sees("On 22 May 2026: 20 weeks + 6 days"))
    driver.press("due-from-scan")
    driver.wait(lambda: not driver.sees("Due date: "))
    driver.type_into("due-along-weeks", "12")
    driver.type_into("due-along-days", "0")
    driver.wait(lambda: driver.sees("Due date: Saturday, 11 July 2026"))
    driver.press("due-take")
    driver.wait(lambda: driver.find("day-date-year", QLineEdit).text() == "2026")
    assert driver.find("day-kind-due", Button).isChecked()
    driver.press("day-keep")
    driver.wait(lambda: [each.day for each in drafts(vault)] == [day("2026-07-11")])


def fill_day(driver: Driver, name: str, number: str, month: int, year: str) -> None:
    driver.type_into(f"{name}-day", number, replace=True)
    driver.choose_month(f"{name}-month", month)
    driver.type_into(f"{name}-year", year, replace=True)


def test_dates_are_saved_as_a_calendar_file_after_it_is_said_who_can_read_it(
    driver: Driver, tmp_path: Path
) -> None:
    vault = arrive(driver)
    keep(vault, "The day we knew", "2025-01-24", yearly=True)
    keep(vault, "Some time in spring", "2026-03")
    driver.press("save-calendar")
    driver.wait(lambda: driver.sees("whoever has it can read it"))
    driver.press("save-calendar-ask-yes")
    target = tmp_path / "calendar.ics"
    driver.choose_files(target)
    driver.wait(lambda: driver.sees("The calendar file is saved."))
    assert driver.sees("One date is not in it")
    assert b"SUMMARY:The day we knew" in target.read_bytes()


def is_a_place(driver: Driver) -> bool:
    return any(each.objectName() == "place-dates" for each in driver.all(Button))


def test_the_whole_page_is_put_away_and_brought_back(driver: Driver) -> None:
    vault = arrive(driver)
    keep(vault, "Soon", "2026-11-22", reminder=3)
    driver.press("put-page-away")
    driver.press("put-page-away-ask-yes")
    driver.find("entry-text")
    driver.wait(lambda: driver.sees("Dates are put away."))
    driver.wait(lambda: not is_a_place(driver))
    assert vault.preferences.get(DATES).result() == OFF
    driver.key("Ctrl+7")
    driver.find("entry-text")
    close_and_open(driver)
    driver.wait(lambda: not is_a_place(driver))
    assert not driver.sees("Soon")
    driver.press("place-settings")
    box = driver.find("dates-page", QCheckBox)
    driver.wait(lambda: not driver.find("dates-reminders").isEnabled())
    assert not box.isChecked()
    box.click()
    driver.wait(lambda: is_a_place(driver))
    assert [each.label for each in drafts(driver.book.vault)] == ["Soon"]
    close_and_open(driver)
    driver.wait(lambda: driver.sees("Soon · Sunday, 22 November 2026"))


def test_a_date_waits_in_the_drawer_and_is_deleted_for_ever_only_there(driver: Driver) -> None:
    vault = arrive(driver)
    kept = keep(vault, "A day of ours", "2026-12-01", note="By the river")
    driver.press(f"change-date-{kept}")
    driver.press("day-put-away")
    driver.wait(lambda: driver.sees("The date is put away."))
    driver.press("dates-drawer")
    driver.wait(lambda: driver.sees("By the river"))
    assert driver.find("drawer-back", Button).text() == "Dates"
    rows = driver.find("drawer-list", QListView).model()
    said = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("A day of ours, Date · 1 December 2026")
    driver.press("drawer-delete")
    driver.wait(lambda: driver.sees("Delete this date for ever?"))
    driver.press("drawer-ask-yes")
    driver.wait(lambda: driver.sees("It is gone for ever."))
    assert vault.occasions.put_away_rows().result() == ()


def test_on_a_full_disk_a_day_waits_and_is_kept_once_there_is_room(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "4m") as disk, running(clock=SameDay()) as driver:
        book = disk.folder / "book"
        library.create(book, PASSPHRASE).close()
        driver.show(book)
        opened(driver, PASSPHRASE)
        vault = arrive(driver)
        disk.fill()
        driver.press("add-date")
        driver.type_into("day-label", "By the river")
        driver.press("day-keep")
        driver.wait(lambda: driver.sees("There is no room left on this disk."))
        driver.press("place-close-book")
        driver.find("held-passphrase")
        driver.type_into("held-passphrase", PASSPHRASE)
        driver.press("held-open")
        driver.wait(lambda: driver.sees("There is no room left on this disk."))
        disk.free()
        driver.wait(lambda: driver.sees("What you wrote down is kept now."))
        driver.wait(lambda: driver.sees("By the river"))
        assert [each.label for each in drafts(vault)] == ["By the river"]
        driver.press("place-close-book")
        is_closed(driver)


def test_five_hundred_dates_come_in_parts_and_the_keyboard_stays_where_it_was(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "full"
    vault = library.create(folder, PASSPHRASE)
    ids = [keep(vault, f"Day {number}", "2026-12-24", yearly=True) for number in range(500)]
    vault.close()
    with running(clock=SameDay()) as driver:
        driver.show(folder)
        opened(driver, PASSPHRASE)
        arrive(driver)
        driver.wait(lambda: len(driver.all(DayCard)) == 30)
        driver.press("more-coming")
        driver.wait(lambda: len(driver.all(DayCard)) == 90)
        driver.wait(lambda: driver.focused().objectName() == f"change-date-{ids[30]}")
        driver.key("Space")
        driver.type_into("day-label", "Another name", replace=True)
        driver.press("day-keep")
        driver.wait(lambda: driver.sees("Another name"))
        driver.wait(lambda: driver.focused().objectName() == f"change-date-{ids[30]}")
