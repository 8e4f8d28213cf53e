"""The settings in a real window: passphrases that come and go, the keyring, and a sheet that is withdrawn."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from memorybook import errors, resources
from memorybook.domain.entry import EntryDraft
from memorybook.services.recovery import RecoverySheet
from memorybook.storage import swap
from memorybook.system import replacement
from memorybook.system.clock import SystemClock
from memorybook.ui.lock.view import LockScreen
from tests.disks import read_only
from tests.flows.driver import Driver, running
from tests.keyrings import Session, bus, desktop_keyring

__all__ = ["bus", "desktop_keyring"]

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

PASSPHRASE = "quiet lantern over water"
SAMS = "another door beside the sea"
NEW = "three maples and a stone wall"


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        open_new(driver, tmp_path / "book")
        yield driver


def open_new(
    driver: Driver, folder: Path, *, pages: int = 1, letters: int = 40, shown: bool = True
) -> RecoverySheet:
    """An open book with words of random letters in it, at its settings; the sheet that opens it."""
    vault = driver.application.library.create(folder, PASSPHRASE)
    for number in range(pages):
        draft = EntryDraft(title=f"Page {number}", body=os.urandom(letters // 2).hex())
        vault.journal.keep(None, draft).result()
    sheet = vault.ways.sheet().result()
    if shown:
        vault.ways.mark_sheet_shown().result()
    vault.close()
    driver.application.window.locking.choose_book(folder)
    open_with(driver, PASSPHRASE)
    driver.find("entry-text")
    driver.press("place-settings")
    driver.find("change-way-1")
    return sheet


def open_with(driver: Driver, passphrase: str) -> None:
    driver.wait(lambda: driver.find("passphrase").isEnabled())
    driver.type_into("passphrase", passphrase)
    driver.press("open-book")


def settings(driver: Driver) -> None:
    driver.find("entry-text")
    driver.press("place-settings")
    driver.find("change-way-1")


def close(driver: Driver) -> None:
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())


def refused(driver: Driver, passphrase: str) -> None:
    open_with(driver, passphrase)
    driver.wait(lambda: driver.sees(errors.WrongPassphrase.sentence))
    driver.press("welcome-notice-away")


def choose(driver: Driver, name: str, passphrase: str, *, whose: str = "") -> None:
    """Fill in the small window of this name, and keep it."""
    if whose:
        driver.type_into(f"{name}-label", whose)
    driver.type_into(f"{name}-passphrase", passphrase)
    driver.type_into(f"{name}-again", passphrase)
    driver.press(f"{name}-keep")


def dialogs(driver: Driver) -> list[QDialog]:
    return driver.all(QDialog)


def test_a_second_passphrase_comes_and_the_first_one_goes(driver: Driver) -> None:
    driver.press("add-way")
    choose(driver, "new-way", SAMS, whose="Sam")
    driver.wait(lambda: driver.sees("Added. It opens this book from now on."))
    driver.wait(lambda: not dialogs(driver))
    close(driver)
    open_with(driver, SAMS)
    settings(driver)
    driver.wait(lambda: driver.sees("Sam"))
    driver.press("remove-way-1")
    driver.wait(lambda: driver.sees("It will no longer open this book."))
    driver.press("remove-way-yes")
    driver.wait(lambda: driver.sees("Removed. Backups and copies of the book made before keep opening"))
    driver.wait(lambda: driver.sees("This is the only passphrase, so it cannot be removed."))
    assert not [each for each in driver.all(QPushButton) if each.objectName().startswith("remove-way")]
    close(driver)
    refused(driver, PASSPHRASE)
    open_with(driver, SAMS)
    driver.find("entry-text")


def test_a_passphrase_is_changed_and_keeps_its_name(driver: Driver) -> None:
    driver.press("rename-way-1")
    driver.type_into("rename-way-label", "Mine")
    driver.key("Return")
    driver.wait(lambda: driver.sees("Mine"))
    driver.press("change-way-1")
    choose(driver, "change-way", NEW)
    driver.wait(lambda: driver.sees("Changed. Backups and copies of the book made before keep opening"))
    assert driver.sees("Mine")
    close(driver)
    refused(driver, PASSPHRASE)
    open_with(driver, NEW)
    settings(driver)
    driver.wait(lambda: driver.sees("Mine"))


def test_a_short_passphrase_is_asked_about_once_and_taken(driver: Driver) -> None:
    driver.press("add-way")
    choose(driver, "new-way", "maple")
    driver.wait(lambda: driver.sees("This passphrase is short"))
    driver.press("new-way-keep")
    driver.wait(lambda: not dialogs(driver))
    close(driver)
    open_with(driver, "maple")
    driver.find("entry-text")


def test_a_folder_that_cannot_be_written_to_leaves_every_way_in_as_it_was(
    driver: Driver, tmp_path: Path
) -> None:
    driver.press("add-way")
    with read_only(tmp_path / "book"):
        choose(driver, "new-way", SAMS, whose="Sam")
        driver.wait(lambda: driver.sees(errors.BookReadOnly.sentence))
        assert driver.find("new-way-label", QLineEdit).text() == "Sam"
        assert driver.find("new-way-passphrase", QLineEdit).text() == ""
        assert driver.find("new-way-again", QLineEdit).text() == ""
    driver.type_into("new-way-passphrase", SAMS)
    driver.type_into("new-way-again", SAMS)
    driver.press("new-way-keep")
    driver.wait(lambda: driver.sees("Added. It opens this book from now on."))
    assert [way.label for way in driver.book.vault.ways.all().result()] == ["", "Sam"]


def test_closing_in_the_middle_empties_the_fields(driver: Driver) -> None:
    driver.press("add-way")
    driver.type_into("new-way-passphrase", SAMS)
    line = driver.find("new-way-passphrase", QLineEdit)
    left: list[str] = []
    driver.find("new-way", QDialog).finished.connect(lambda _: left.append(line.text()))
    close(driver)
    assert left == [""]
    open_with(driver, PASSPHRASE)
    driver.find("entry-text")


def test_the_way_to_help_and_back(driver: Driver) -> None:
    driver.press("show-help")
    driver.press("help-back")
    driver.find("show-help")


def test_whose_the_parts_of_the_program_are(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.press("show-licences")
    driver.wait(lambda: driver.sees("This one runs from its sources."))
    driver.press("licences-close")
    driver.wait(lambda: not driver.all(QDialog))
    folder = tmp_path / "licences"
    folder.mkdir()
    (folder / "parts.txt").write_text(
        "FFmpeg 8.1\tGPL-3.0-or-later\thttps://x.invalid\nadler2 2.0 (in typst)\tMIT\thttps://x.invalid\n"
    )
    monkeypatch.setattr(resources, "licences", lambda: folder)
    driver.press("show-licences")
    driver.wait(lambda: driver.sees("FFmpeg 8.1"))
    assert driver.sees("1 smaller part inside them")
    assert driver.sees(str(folder))
    assert not driver.sees("adler2")
    driver.press("licences-close")
    driver.wait(lambda: not driver.all(QDialog))


def test_the_page_for_the_memory_box_is_shown_and_withdrawn_only_after_that(tmp_path: Path) -> None:
    with running() as driver:
        driver.show()
        open_new(driver, tmp_path / "book", shown=False)
        driver.wait(lambda: driver.sees("It has not been made yet."))
        assert not [each for each in driver.all(QPushButton) if each.objectName() == "withdraw-sheet"]
        driver.press("show-sheet")
        driver.wait(lambda: driver.find("sheet-word-12", QLabel).text())
        driver.press("sheet-later")
        driver.wait(lambda: driver.find("sheet-state", QLabel).text().startswith("On the screen on "))
        driver.find("withdraw-sheet")


class Ahead(SystemClock):
    """The computer's clock, and what it is moved on by."""

    seconds = 0.0

    def elapsed(self) -> float:
        return super().elapsed() + self.seconds


def test_the_minutes_that_were_chosen_hold_at_once(tmp_path: Path) -> None:
    clock = Ahead()
    with running(clock=clock) as driver:
        driver.show()
        open_new(driver, tmp_path / "book")
        idle = driver.application.window._departure._idle
        driver.press("idle-0")
        clock.seconds += 24 * 3600
        assert not idle.look()
        driver.key("Tab")  # a touch, through the window as from a keyboard
        driver.press("idle-60")
        clock.seconds += 59 * 60
        assert not idle.look()
        driver.key("Tab")  # or the 59 minutes are too many as soon as one is chosen
        driver.press("idle-1")
        driver.press("add-way")
        driver.type_into("new-way-passphrase", SAMS)
        clock.seconds += 61
        driver.wait(lambda: driver.all(LockScreen))
        assert not dialogs(driver)
        driver.wait(lambda: driver.find("open-book").isEnabled())


def test_a_window_that_is_minimised_closes_the_book_if_that_was_chosen(driver: Driver) -> None:
    driver.window.showMinimized()
    driver.window.showNormal()
    driver.find("show-sheet")
    driver.press("lock-minimised-yes")
    driver.window.showMinimized()
    driver.window.showNormal()
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())


@pytest.mark.slow
def test_the_window_is_alive_while_a_passphrase_is_kept(tmp_path: Path) -> None:
    """At the full cost of 256 MiB, twice: a clock of the window's own thread goes on ticking."""
    with running(kdf=None) as driver:
        driver.show()
        open_new(driver, tmp_path / "book")
        driver.press("add-way")
        ticks: list[str] = []
        heart = QTimer()
        heart.setInterval(10)
        keep = driver.find("new-way-keep", QPushButton)
        heart.timeout.connect(lambda: ticks.append(keep.text()))
        driver.type_into("new-way-passphrase", SAMS)
        driver.type_into("new-way-again", SAMS)
        finished: list[int] = []
        driver.find("new-way", QDialog).finished.connect(finished.append)
        driver.find("new-way", QDialog).finished.connect(lambda _: heart.stop())
        heart.start()
        driver.press("new-way-keep")
        driver.key("Escape")
        assert not finished, "what is being kept is not half kept"
        driver.wait(lambda: finished)
        assert ticks.count("Saving…") > 10
        print(f"{ticks.count('Saving…')} ticks while it was kept")


def test_the_keyring_opens_the_book_until_it_is_turned_off(
    desktop_keyring: Session, driver: Driver, tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    remembers = driver.application.library.remembers
    driver.wait(driver.find("keyring-no", QPushButton).isChecked)
    driver.press("keyring-yes")
    driver.find("keyring-after-lock-no")
    assert remembers(folder)
    close(driver)
    driver.press("open-with-keyring")
    settings(driver)
    assert driver.book.vault.opened_by == "keyring"
    driver.find("keyring-after-lock-no")
    driver.press("keyring-no")
    driver.wait(lambda: driver.sees("From now on this computer asks for the passphrase."))
    assert not remembers(folder)
    close(driver)
    driver.wait(lambda: driver.find("open-book").isEnabled())
    assert not [each for each in driver.all(QPushButton) if each.objectName() == "open-with-keyring"]
    open_with(driver, PASSPHRASE)
    driver.find("entry-text")


def withdraw(driver: Driver) -> None:
    driver.press("withdraw-sheet")
    driver.press("withdraw-explain-yes")
    choose(driver, "withdraw", NEW, whose="Mine")


def test_a_withdrawn_sheet_opens_nothing_and_the_pages_are_there(tmp_path: Path) -> None:
    with running() as driver:
        driver.show()
        old = open_new(driver, tmp_path / "book", pages=5)
        shutil.copytree(tmp_path / "book", tmp_path / "copy", ignore=lambda *_: ["book.lock"])
        withdraw(driver)
        driver.wait(lambda: driver.all(LockScreen))
        driver.wait(lambda: driver.sees("The sheet was withdrawn, and your book is written anew."))
        driver.wait(lambda: driver.find("open-book").isEnabled())
        assert not dialogs(driver)
        refused(driver, PASSPHRASE)
        driver.press("use-words")
        driver.press("use-code")
        driver.type_into("word-code", old.code)
        driver.press("open-with-words")
        driver.wait(lambda: driver.sees("belongs to another book or to an earlier sheet"))
        driver.press("use-passphrase")
        open_with(driver, NEW)
        settings(driver)
        driver.wait(lambda: driver.sees("Mine"))
        driver.wait(lambda: driver.sees("It has not been made yet."))
        rows = driver.book.vault.journal.all_for_book().result()
        assert sorted(row.title for row in rows) == [f"Page {number}" for number in range(5)]
        close(driver)
        driver.application.window.locking.choose_book(tmp_path / "copy")
        open_with(driver, PASSPHRASE)
        driver.find("entry-text")


def test_the_fresh_process_says_that_the_book_was_written_anew(tmp_path: Path) -> None:
    """The one that wrote it has both keys in its memory, and gives way as after any other closing."""
    with running() as driver:
        driver.show()
        open_new(driver, tmp_path / "book")
        started: list[list[str]] = []

        def replace(book: Path, /, *, minimised: bool, renewed: int | None, kept: str) -> None:
            started.append(replacement.command(book, minimised=minimised, renewed=renewed, kept=kept))
            raise OSError

        driver.application.window._replace = replace
        withdraw(driver)
        driver.wait(lambda: driver.sees("The sheet was withdrawn, and your book is written anew."))
        ((*_, locked, renewed, number, book),) = started
        assert (locked, renewed, number) == (replacement.LOCKED, replacement.RENEWED, "0")
        assert book == str(tmp_path / "book")
        driver.application.show(tmp_path / "book", locked=True, renewed=3)
        said = "3 photos or recordings could not be read before, and came along as they were."
        driver.wait(lambda: driver.sees(said))
        driver.wait(lambda: driver.find("open-book").isEnabled())
        assert driver.sees("The sheet was withdrawn")


def test_a_writing_that_is_stopped_leaves_the_book_open_as_it_was(tmp_path: Path) -> None:
    with running() as driver:
        driver.show()
        open_new(driver, tmp_path / "book", pages=60, letters=400_000)
        before = driver.book.vault
        withdraw(driver)
        driver.press("renewal-stop")
        driver.wait(lambda: not dialogs(driver))
        driver.wait(lambda: driver.sees(errors.RenewalStopped.sentence))
        assert driver.book.vault is before
        assert before.journal.count().result() == 60
        close(driver)
        refused(driver, NEW)
        open_with(driver, PASSPHRASE)
        driver.find("entry-text")


def test_a_lock_that_comes_too_late_to_give_it_up_is_told_what_opens_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided, go_on = threading.Event(), threading.Event()
    decide = swap.decide

    def decided_and_waiting(workshop: Path) -> None:
        decide(workshop)
        decided.set()
        go_on.wait(60)

    monkeypatch.setattr(swap, "decide", decided_and_waiting)
    with running() as driver:
        driver.show()
        open_new(driver, tmp_path / "book")
        withdraw(driver)
        driver.wait(decided.is_set)
        driver.key("Ctrl+L")
        driver.wait(lambda: driver.all(LockScreen))
        go_on.set()
        driver.wait(lambda: driver.sees("The sheet was withdrawn, and your book is written anew."))
        driver.wait(lambda: driver.find("open-book").isEnabled())
        open_with(driver, NEW)
        driver.find("entry-text")


def test_nobody_has_to_touch_anything_while_the_book_is_written_anew(tmp_path: Path) -> None:
    clock = Ahead()
    with running(clock=clock) as driver:
        driver.show()
        open_new(driver, tmp_path / "book")
        driver.press("idle-1")
        idle = driver.application.window._departure._idle
        go_on = threading.Event()
        waits = driver.book.vault._worker.read(lambda _: go_on.wait(60))  # the writing waits behind it
        withdraw(driver)
        driver.find("renewal-bar")
        for _ in range(5):
            clock.seconds += 40
            assert not idle.look()
        driver.press("renewal-stop")
        go_on.set()
        assert waits.result()
        driver.wait(lambda: driver.sees(errors.RenewalStopped.sentence))
        clock.seconds += 61
        driver.wait(lambda: driver.all(LockScreen))
        driver.wait(lambda: driver.find("open-book").isEnabled())


def test_a_sleep_closes_a_book_that_is_being_written_anew(tmp_path: Path) -> None:
    clock = Ahead()
    with running(clock=clock) as driver:
        driver.show()
        open_new(driver, tmp_path / "book")
        driver.press("idle-10")
        go_on = threading.Event()
        driver.book.vault._worker.read(lambda _: go_on.wait(60))
        withdraw(driver)
        driver.find("renewal-bar")
        clock.seconds += 8 * 3600
        driver.wait(lambda: driver.all(LockScreen))
        assert not dialogs(driver)
        go_on.set()
        driver.wait(lambda: driver.find("open-book").isEnabled())
        open_with(driver, PASSPHRASE)
        driver.find("entry-text")


def test_closing_while_the_book_is_written_anew_leaves_the_old_one(tmp_path: Path) -> None:
    with running() as driver:
        driver.show()
        open_new(driver, tmp_path / "book", pages=60, letters=400_000)
        withdraw(driver)
        driver.find("renewal-bar")
        close(driver)
        assert not dialogs(driver)
        refused(driver, NEW)
        open_with(driver, PASSPHRASE)
        driver.find("entry-text")
        assert driver.book.vault.journal.count().result() == 60
        assert [each.name for each in (tmp_path / "book").iterdir() if each.is_dir()] == ["media"]
