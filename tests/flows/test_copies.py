"""Copies in a real window: made when asked for, made unasked, stopped at once, and carried away."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel

from memorybook.domain.backup import BackupPlace, Told
from memorybook.domain.entry import EntryDraft
from memorybook.services import copy_memory
from memorybook.services.copying import Copying, Ready
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.ui.backup.closing_page import ClosingPage
from memorybook.ui.kit.editor import PageText
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import small_disk
from tests.drives import Computer
from tests.flows.driver import PATIENCE_S, Driver, running
from tests.flows.locking import is_closed, opened

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

WORDS = "the light on the water"


class Turned(SystemClock):
    """A clock that a test turns on."""

    def __init__(self) -> None:
        self.later = 0.0

    def elapsed(self) -> float:
        return super().elapsed() + self.later


@pytest.fixture
def clock() -> Turned:
    return Turned()


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    """A book whose copies are kept in the test's own folder."""
    folder = tmp_path / "book"
    vault = library.create(folder, PASSPHRASE)
    vault.ways.mark_sheet_shown().result()
    vault.journal.keep(None, EntryDraft(title="A page", body="words")).result()
    (tmp_path / "copies").mkdir()
    vault.backups.move_default(tmp_path / "copies").result()
    vault.close()
    return folder


@pytest.fixture
def driver(book: Path, clock: Turned) -> Iterator[Driver]:
    with running(clock=clock) as driver:
        driver.settings.idle_minutes = 10
        driver.show(book)
        opened(driver, PASSPHRASE)
        yield driver


def copies(tmp_path: Path, name: str = "copies") -> list[Path]:
    """Every whole copy below a folder."""
    return sorted((tmp_path / name).glob("*/snapshots/*/manifest.json"))


def to_settings(driver: Driver) -> None:
    driver.press("place-settings")
    driver.find("place-last-1")


def said(driver: Driver, name: str) -> str:
    return driver.find(name, QLabel).text().replace("\u200b", "")  # where a long word may break


def notice(driver: Driver, words: str) -> str:
    driver.wait(lambda: words in said(driver, "copies-notice"))
    driver.wait(lambda: not driver.all(QDialog))
    return said(driver, "copies-notice")


def test_a_copy_is_made_opened_again_and_counted(driver: Driver, tmp_path: Path) -> None:
    to_settings(driver)
    assert said(driver, "place-last-1") == "No copy is there yet."
    driver.press("place-copy-1")
    notice(driver, "The copy is made and was opened again: 1 page, checked today at")
    driver.wait(lambda: said(driver, "place-last-1").startswith("Last copy: 1 page, checked today at"))
    assert len(copies(tmp_path)) == 1
    driver.press("place-verify-1")
    notice(driver, "read from beginning to end, and it is whole: 1 page.")


def test_a_copy_in_one_file_is_never_written_over_another(driver: Driver, tmp_path: Path) -> None:
    file = tmp_path / "for Sam.mbbackup"
    to_settings(driver)
    driver.press("copy-to-file")
    driver.choose_files(file)
    assert str(file) in notice(driver, "1 page, checked today")
    first = file.read_bytes()
    driver.press("copy-to-file")
    driver.choose_files(file)
    notice(driver, "There is already a file of this name")
    assert file.read_bytes() == first


def test_places_come_and_go_and_their_copies_stay(driver: Driver, tmp_path: Path) -> None:
    more = tmp_path / "drive"
    more.mkdir()
    to_settings(driver)
    driver.press("add-place")
    driver.wait(lambda: driver.all(QFileDialog))
    driver.choose_files(more)
    notice(driver, "Copies are kept there too from now on.")
    driver.press("place-copy-2")
    notice(driver, "The copy is made")
    driver.press("place-automatic-2")
    driver.wait(lambda: any(each.is_automatic for each in places(driver.book.vault)[1:]))
    driver.press("place-forget-2")
    notice(driver, "The copies that are there stay")
    driver.wait(lambda: len(places(driver.book.vault)) == 1)
    assert len(copies(tmp_path, "drive")) == 1
    driver.press("add-place")
    driver.wait(lambda: driver.all(QFileDialog))
    driver.choose_files(driver.book.vault.folder)
    notice(driver, "within the folder of the book itself")


def places(vault: Vault) -> list[BackupPlace]:
    return list(vault.backups.places().result())


def test_a_book_that_is_closed_gets_a_last_copy_when_something_is_new(
    driver: Driver, tmp_path: Path
) -> None:
    driver.type_into("entry-text", WORDS)
    driver.key("Ctrl+L")
    is_closed(driver)
    assert len(copies(tmp_path)) == 1
    opened(driver, PASSPHRASE)
    driver.press("place-close-book")
    is_closed(driver)
    assert len(copies(tmp_path)) == 1, "nothing was new"


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once a copy has begun; it goes on until it is stopped, as on a slow drive."""
    begun = threading.Event()
    ready = Copying.ready

    def slow(
        copying: Copying, told: Told, stop: threading.Event, *more: Any, **how: Any
    ) -> AbstractContextManager[Ready]:
        begun.set()
        stop.wait(PATIENCE_S)
        return ready(copying, told, stop, *more, **how)

    monkeypatch.setattr(Copying, "ready", slow)
    return begun


def test_nobody_has_to_wait_for_the_last_copy(
    driver: Driver, tmp_path: Path, held_up: threading.Event
) -> None:
    driver.type_into("entry-text", WORDS)
    driver.key("Ctrl+L")
    driver.find("close-now")
    assert not driver.all(PageText), "nothing of the book is in sight"
    assert not driver.sees(WORDS)
    driver.wait(held_up.is_set)
    driver.press("close-now")
    is_closed(driver)
    assert copies(tmp_path) == []
    opened(driver, PASSPHRASE)
    rows = driver.book.vault.journal.all_for_book().result()
    assert WORDS in {driver.book.vault.journal.entry(row.id).result().draft.body.strip() for row in rows}


def test_a_lock_while_the_last_copy_is_made_waits_for_nothing(
    driver: Driver, clock: Turned, tmp_path: Path, held_up: threading.Event
) -> None:
    driver.type_into("entry-text", WORDS)
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(ClosingPage))
    driver.wait(held_up.is_set)
    clock.later += driver.settings.idle_minutes * 60
    is_closed(driver)
    assert copies(tmp_path) == []


def test_a_lock_makes_no_last_copy(driver: Driver, clock: Turned, tmp_path: Path) -> None:
    driver.type_into("entry-text", WORDS)
    driver.application.window._departure.noticed.emit()
    assert not driver.all(ClosingPage)
    is_closed(driver)
    assert copies(tmp_path) == []


def test_a_copy_is_made_while_the_person_rests(driver: Driver, clock: Turned, tmp_path: Path) -> None:
    clock.later += 120
    driver.wait(lambda: copies(tmp_path))


def test_typing_stops_a_copy_and_every_word_is_kept(
    driver: Driver, clock: Turned, tmp_path: Path, held_up: threading.Event
) -> None:
    clock.later += 120
    driver.wait(held_up.is_set)
    driver.find("entry-text", PageText).setFocus()
    driver.key("H")
    driver.wait(lambda: not driver.book.copies.automatic.is_running)
    driver.type_into_focused("ere and now")
    vault = driver.book.vault
    driver.wait(
        lambda: any(
            "ere and now" in vault.journal.entry(row.id).result().draft.body
            for row in vault.journal.all_for_book().result()
        )
    )
    assert copies(tmp_path) == []


def test_little_room_is_said_in_one_line_that_can_be_put_away(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "40m") as disk:
        library.create(disk.folder / "book", PASSPHRASE).close()
        with running() as driver:
            driver.show(disk.folder / "book")
            opened(driver, PASSPHRASE)
            driver.wait(lambda: "nearly full. Everything is kept." in said(driver, "copies-line"))
            driver.press("copies-line-away")
            driver.wait(lambda: not driver.sees("nearly full"))
            driver.book.copies.telling.look()
            driver.wait(lambda: not driver.book.copies.telling._looking)
            assert not driver.sees("nearly full")


def test_a_damaged_original_is_named_and_the_rest_is_copied_when_that_is_wanted(
    driver: Driver, tmp_path: Path
) -> None:
    vault = driver.book.vault
    page = vault.journal.all_for_book().result()[0].id
    photo = vault.album.add(page, pictures.jpeg()).result()
    vault.album.keep(photo.id, replace(photo.draft, caption="First scan")).result()
    for file in (vault.folder / "media").rglob("*.mbm"):
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(content)
    to_settings(driver)
    driver.press("place-copy-1")
    driver.find("copy-without-yes")
    driver.wait(lambda: driver.sees("First scan"))
    assert copies(tmp_path) == []
    driver.press("copy-without-yes")
    notice(driver, "The copy is made and was opened again: 1 page, 1 photo")
    assert len(copies(tmp_path)) == 1


def test_a_drive_with_copies_is_offered_when_it_is_connected(book: Path, tmp_path: Path) -> None:
    computer = Computer(tmp_path / "linux")
    stick = tmp_path / "media" / "BLUE STICK"
    computer.plug(stick)
    with running(volumes=computer.volumes) as driver:
        driver.show(book)
        opened(driver, PASSPHRASE)
        to_settings(driver)
        driver.press("add-drive-1")
        notice(driver, "Copies are kept there too from now on.")
        driver.press("place-write")
        driver.wait(lambda: driver.sees("The drive “BLUE STICK” is connected. No copy of this book is on it"))
        driver.press("copies-line-action")
        notice(driver, "The copy is made and was opened again: 1 page")
        assert len(copies(tmp_path / "media", "BLUE STICK")) == 1
        driver.wait(lambda: not said_above(driver))
        driver.press("place-write")
        driver.type_into("entry-text", WORDS)
        look_until(driver, "The copy on it was made today")
        driver.press("copies-line-away")
        other = tmp_path / "run" / "stick"
        computer.unplug(stick)
        driver.book.copies.telling.look()
        driver.wait(lambda: not driver.book.copies.telling._drives)
        stick.rename(tmp_path / "table")
        other.parent.mkdir()
        (tmp_path / "table").rename(other)
        computer.plug(other)
        look_until(driver, "“stick” is connected. The copy on it was made today")


def test_the_keyboard_comes_to_the_line_above_the_page_before_the_page(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_memory, "SESSIONS", 0)  # it is said at once that there is no copy elsewhere
    with running() as driver:
        driver.show(book)
        opened(driver, PASSPHRASE)
        driver.find("copies-line-action")
        driver.find("entry-date").setFocus()
        driver.key("Shift+Tab")
        driver.wait(lambda: driver.focused().objectName() == "copies-line-away")
        driver.key("Shift+Tab")
        driver.wait(lambda: driver.focused().objectName() == "copies-line-action")
        to_settings(driver)
        driver.find("change-way-1")
        driver.find("add-way").setFocus()
        driver.key("Shift+Tab")
        driver.wait(lambda: driver.focused().objectName() == "rename-way-1")
        driver.find("place-close-book").setFocus()
        driver.key("Tab")  # from outside of a page that has been scrolled
        driver.wait(lambda: driver.focused().objectName() == "cover-title")
        line = driver.focused()
        driver.wait(lambda: line.visibleRegion().boundingRect() == line.rect())


def said_above(driver: Driver) -> str:
    """The line above the page, or nothing."""
    return driver.book.copies.line.text()


def look_until(driver: Driver, words: str) -> None:
    """Have room and drives looked at, as every ten seconds, until this stands above the page."""

    def holds() -> bool:
        driver.book.copies.telling.look()
        return words in said_above(driver) if words else not said_above(driver)

    driver.wait(holds)


def test_everything_goes_out_as_files(driver: Driver, tmp_path: Path) -> None:
    to_settings(driver)
    driver.press("archive-folder")
    driver.press("archive-unprotected-yes")
    driver.wait(lambda: driver.all(QFileDialog))
    driver.choose_files(tmp_path)
    folder = tmp_path / "Memory Book, everything"
    driver.wait(lambda: str(folder) in said(driver, "archive-notice"))
    assert "It is not protected" in said(driver, "archive-notice")
    assert (folder / "Memory Book.html").is_file()
    driver.press("archive-locked")
    driver.type_into("archive-password-first", "a lamp in the rain")
    driver.type_into("archive-password-again", "a lamp in the rain")
    driver.press("archive-password-yes")
    file = tmp_path / "all.zip"
    driver.choose_files(file)
    driver.wait(lambda: "It opens with the password alone." in said(driver, "archive-notice"))
    assert b"words" not in file.read_bytes()
