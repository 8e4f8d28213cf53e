"""Where a book lies and who else is at it: each has its sentence, nothing is changed, no word is lost."""

import errno
import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from memorybook import errors
from memorybook.ui.kit.editor import PageText
from memorybook.ui.lock.view import LockScreen
from tests.disks import another_user, drive, read_only
from tests.flows import other_program
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import PASSPHRASE, begin, kept

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        yield driver


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder and what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def closed_book(driver: Driver, place: Path, words: str = "Kept before.") -> Path:
    """A book with one page, closed again; its folder."""
    begin(driver, place)
    driver.type_into("entry-text", words)
    kept(driver)
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    return Path(driver.settings.last_book)


def open_it(driver: Driver) -> None:
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")


_OTHER = """
import sys
from pathlib import Path
from tests.flows.driver import running
with running() as driver:
    driver.show(Path(sys.argv[1]))
    driver.type_into("passphrase", sys.stdin.readline().rstrip())
    driver.press("open-book")
    driver.find("entry-text")
    print("open", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def another_window(book: Path) -> Iterator[None]:
    """A second program, with a window of its own, in which the book is open."""
    command = [sys.executable, "-c", _OTHER, str(book)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        print(PASSPHRASE, file=other.stdin, flush=True)
        assert other.stdout.readline() == "open\n"
        yield
        other.communicate("\n")
    assert other.returncode == 0


def test_a_second_window_says_so_and_changes_nothing(driver: Driver, tmp_path: Path) -> None:
    book = closed_book(driver, tmp_path)
    with another_window(book):
        before = digests(book)
        for passphrase in (PASSPHRASE, "another one altogether"):
            driver.type_into("passphrase", passphrase)
            driver.press("open-book")
            driver.wait(lambda: driver.sees(errors.BookOpenElsewhere.sentence))
            driver.find("welcome-notice-away").click()
        assert digests(book) == before
    open_it(driver)
    driver.find("entry-text")


def test_a_drive_that_knows_no_locks_is_still_opened_once(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network drives refuse flock. The second window is stopped by the lock of the database itself."""
    book = closed_book(driver, tmp_path)

    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    with another_window(book):
        before = digests(book)
        monkeypatch.setattr(fcntl, "flock", refuse)
        open_it(driver)
        driver.wait(lambda: driver.sees(errors.BookOpenElsewhere.sentence))
        assert digests(book) == before
    open_it(driver)
    driver.find("entry-text")


def test_a_book_of_somebody_else_is_not_opened_and_not_taken_for_none(driver: Driver, tmp_path: Path) -> None:
    book = closed_book(driver, tmp_path / "theirs")
    before = digests(book)
    with another_user(tmp_path / "theirs"):
        driver.application.window.locking.choose_book(book)
        driver.wait(lambda: driver.sees(errors.BookUnreadable.sentence))
        assert not driver.sees(errors.BookMissing.sentence)
    assert digests(book) == before
    driver.application.window.locking.choose_book(book)
    driver.wait(lambda: driver.find("open-book").isEnabled())
    open_it(driver)
    driver.find("entry-text")


def test_a_book_that_may_only_be_read_is_not_opened_to_write_in(driver: Driver, tmp_path: Path) -> None:
    book = closed_book(driver, tmp_path / "book")
    before = digests(book)
    with read_only(book):
        open_it(driver)
        driver.wait(lambda: driver.sees(errors.BookReadOnly.sentence))
        assert digests(book) == before
    open_it(driver)
    driver.find("entry-text")


def test_a_folder_that_a_service_copies_is_told_before_the_beginning(driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "Nextcloud").mkdir()
    driver.application.window.locking.choose_place(tmp_path / "Nextcloud")
    driver.wait(lambda: driver.sees("Nextcloud seems to copy this folder"))
    driver.application.window.locking.choose_place(tmp_path)
    place = str(tmp_path / "Memory Book")
    driver.wait(lambda: driver.find("new-book-place").accessibleName() == place)
    assert not driver.sees("seems to copy this folder")


def text_of(driver: Driver) -> str:
    return driver.find("entry-text", PageText).toPlainText()


def test_a_drive_that_is_pulled_out_takes_no_word_along(driver: Driver, tmp_path: Path) -> None:
    with drive(tmp_path / "stick") as stick:
        begin(driver, stick.at)
        driver.type_into("entry-text", "Kept before. ")
        kept(driver)
        stick.pull()
        driver.type_into_focused("Typed without the drive.")
        driver.wait(lambda: driver.sees(errors.BookMoved.sentence))
        assert driver.find("kept-state", QLabel).text() == "Not kept yet"
        assert text_of(driver) == "Kept before. Typed without the drive."
        assert not (tmp_path / "stick" / "book.db").exists(), "nothing was begun in its place"
        driver.key("Ctrl+L")  # out of sight at once, and not lost
        driver.find("held-passphrase")
        assert not driver.all(PageText)
        driver.type_into("held-passphrase", PASSPHRASE)
        driver.press("held-open")
        assert text_of(driver) == "Kept before. Typed without the drive."
        stick.plug()
        kept(driver)
        stick.pull()
        driver.type_into_focused(" Typed before the lock.")
        driver.key("Ctrl+L")
        driver.find("held-passphrase")
        stick.plug()  # what waits is kept by itself, and the book is closed
        driver.wait(lambda: driver.all(LockScreen))
        driver.wait(lambda: driver.find("open-book").isEnabled())
        open_it(driver)
        driver.find("entry-text")
        (row,) = driver.book.vault.journal.all_for_book().result()
        body = driver.book.vault.journal.entry(row.id).result().draft.body
        assert "Typed without the drive." in body
        assert "Typed before the lock." in body
        driver.press("place-close-book")
        driver.wait(lambda: driver.find("open-book").isEnabled())


def test_from_a_drive_that_never_comes_back_the_words_can_be_copied(driver: Driver, tmp_path: Path) -> None:
    with drive(tmp_path / "stick") as stick:
        begin(driver, stick.at)
        driver.type_into("entry-text", "Kept before. ")
        kept(driver)
        stick.pull()
        driver.type_into_focused("Never kept.")
        driver.wait(lambda: driver.sees(errors.BookMoved.sentence))
        text = driver.find("entry-text", PageText)
        QTest.keySequence(text, QKeySequence("Ctrl+A"))
        QTest.keySequence(text, QKeySequence("Ctrl+C"))
        assert other_program.read(driver, "clipboard") == "Kept before. Never kept."
        ended: list[bool] = []
        window = driver.application.window
        window.ended.connect(lambda: ended.append(True))
        window.close()
        driver.find("close-anyway-yes")
        shown: list[int] = []
        window._stack.currentChanged.connect(lambda page: shown.append(page) if window.isVisible() else None)
        driver.press("close-anyway-yes")
        driver.wait(lambda: ended)
        assert not shown, "no other page is seen for a moment"
        assert not list((tmp_path / "stick").glob("*"))
