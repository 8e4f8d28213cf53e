"""Closing the book is unconditional: whatever is on the screen or runs, it is closed, and nothing is lost."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
)

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import PhotoId
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.ui.core import clipboard
from memorybook.ui.core.cover import CoverPage
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.write.strip import PictureStrip
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import small_disk
from tests.flows.driver import PATIENCE_S, Driver, running
from tests.flows.locking import is_closed, opened, text_of

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(60)]

WORDS = "in the middle of a senten"


class SlowClock(SystemClock):
    """A clock that a test turns on, as hours of sleep do."""

    def __init__(self) -> None:
        self.slept = 0.0

    def elapsed(self) -> float:
        return super().elapsed() + self.slept


@pytest.fixture
def clock() -> SlowClock:
    return SlowClock()


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    library.create(folder, PASSPHRASE).close()
    return folder


@pytest.fixture
def driver(book: Path, clock: SlowClock) -> Iterator[Driver]:
    with running(clock=clock) as driver:
        driver.settings.lock_on_minimise, driver.settings.idle_minutes = False, 10
        driver.show(book)
        opened(driver, PASSPHRASE)
        yield driver


def kept_all(driver: Driver) -> None:
    is_closed(driver)
    opened(driver, PASSPHRASE)
    assert text_of(driver) == WORDS


# triggers


def by_key(driver: Driver, clock: SlowClock) -> None:
    driver.key("Ctrl+L")


def by_click(driver: Driver, clock: SlowClock) -> None:
    driver.press("place-close-book")


def by_idleness(driver: Driver, clock: SlowClock) -> None:
    clock.slept += driver.settings.idle_minutes * 60


def by_waking(driver: Driver, clock: SlowClock) -> None:
    """The first touch after a night: it comes before the next look at the clock, and changes nothing."""
    clock.slept += 8 * 3600
    driver.key("X")


def by_minimising(driver: Driver, clock: SlowClock) -> None:
    driver.settings.lock_on_minimise = True
    driver.window.showMinimized()
    driver.wait(driver.window.isMinimized)
    driver.wait(lambda: not driver.application.window.findChildren(PageText))
    driver.window.showNormal()


TRIGGERS = [by_key, by_click, by_idleness, by_waking, by_minimising]


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_every_trigger_closes_in_mid_sentence_and_loses_nothing(
    trigger: Callable[[Driver, SlowClock], None], driver: Driver, clock: SlowClock
) -> None:
    driver.type_into("entry-text", WORDS)
    trigger(driver, clock)
    kept_all(driver)


def test_a_touch_puts_it_off_and_never_means_never(driver: Driver, clock: SlowClock) -> None:
    looks = driver.application.window._departure._idle
    minutes = driver.settings.idle_minutes
    clock.slept += minutes * 60 - 5
    driver.type_into("entry-text", WORDS)
    driver.key("End")  # through the window, as from a keyboard
    clock.slept += minutes * 60 - 5
    assert not looks.look()
    for place in (QPoint(300, 300), QPoint(320, 310)):  # it may have been at one of them
        QTest.mouseMove(driver.window, place)
        driver.settle()
    clock.slept += minutes * 60 - 5
    assert not looks.look()
    driver.settings.idle_minutes = 0
    clock.slept += 30 * 24 * 3600
    assert not looks.look()
    driver.settings.idle_minutes = 60
    assert looks.look()
    kept_all(driver)


def test_minimising_closes_nothing_unless_it_was_chosen(driver: Driver) -> None:
    driver.type_into("entry-text", WORDS)
    driver.window.showMinimized()
    driver.wait(driver.window.isMinimized)
    driver.window.showNormal()
    driver.find("entry-text")
    assert not driver.all(LockScreen)


def test_what_was_copied_leaves_the_clipboard(driver: Driver) -> None:
    driver.type_into("entry-text", WORDS)
    driver.key("Ctrl+A")
    driver.key("Ctrl+C")
    assert QApplication.clipboard().text() == WORDS
    driver.key("Ctrl+L")
    is_closed(driver)
    assert QApplication.clipboard().text() == ""
    clipboard.current().clear_if_ours()


# what stands on the screen


def date_sheet(driver: Driver) -> None:
    driver.press("entry-date")
    driver.find("entry-date-sheet", Sheet)


def file_choice(driver: Driver) -> None:
    driver.press("add-photo")
    driver.wait(lambda: driver.all(QFileDialog))


def menu_of_a_chip(driver: Driver) -> None:
    driver.press("entry-kind")
    driver.wait(lambda: driver.all(QMenu))


def day_sheet(driver: Driver) -> None:
    driver.press("place-dates")
    driver.press("add-date")
    driver.wait(lambda: driver.all(Sheet))


ON_SCREEN = [date_sheet, file_choice, menu_of_a_chip, day_sheet]


@pytest.mark.parametrize("shows", ON_SCREEN)
@pytest.mark.parametrize("trigger", [by_key, by_idleness])
def test_nothing_on_the_screen_stands_in_the_way(
    shows: Callable[[Driver], None],
    trigger: Callable[[Driver, SlowClock], None],
    driver: Driver,
    clock: SlowClock,
) -> None:
    driver.type_into("entry-text", WORDS)
    shows(driver)
    began = time.monotonic()
    trigger(driver, clock)
    driver.wait(lambda: driver.all(LockScreen))
    is_closed(driver)
    print(f"{shows.__name__}, {trigger.__name__}: closed after {time.monotonic() - began:.2f} s")
    opened(driver, PASSPHRASE)
    assert text_of(driver) == WORDS


@pytest.fixture
def large(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Future[bytes]:
    """The pixels of a photo on the page that was pressed: they have not come yet."""
    (tmp_path / "photo.jpg").write_bytes(pictures.jpeg())
    driver.drop("entry-text", tmp_path / "photo.jpg")
    driver.wait(lambda: [picture for picture in driver.all(Picture) if picture.is_shown])
    large: Future[bytes] = Future()
    monkeypatch.setattr(driver.book.vault.album, "rendition", lambda _: large)
    driver.all(Picture)[0].setFocus()
    driver.key("Return")
    return large


def come(driver: Driver, large: Future[bytes]) -> None:
    large.set_result(pictures.jpeg())
    driver.settle()
    driver.settle()


def test_a_window_that_comes_late_does_not_stand_over_the_closed_book(
    driver: Driver, large: Future[bytes]
) -> None:
    go_on = threading.Event()
    driver.book.vault._worker.read(lambda _: go_on.wait(60))
    try:
        driver.type_into("entry-text", WORDS)  # they are being kept while the book is locked
        driver.key("Ctrl+L")
        driver.wait(lambda: driver.all(LockScreen))
        come(driver, large)
        assert list(driver.windows()) == [driver.window]
    finally:
        go_on.set()
    kept_all(driver)


def test_a_window_that_comes_late_does_not_open_over_another_place(
    driver: Driver, large: Future[bytes]
) -> None:
    driver.press("place-story")
    come(driver, large)
    driver.press("place-write")
    assert list(driver.windows()) == [driver.window]


def test_a_window_that_comes_under_the_cover_waits_for_the_page(
    driver: Driver, large: Future[bytes]
) -> None:
    driver.key("Ctrl+H")
    come(driver, large)
    assert list(driver.windows()) == [driver.window]
    driver.key("Ctrl+H")
    driver.find("photo-sheet")
    driver.key("Ctrl+H")
    driver.key("Ctrl+L")
    is_closed(driver)


def test_a_window_that_waits_under_the_cover_goes_with_the_book(
    driver: Driver, large: Future[bytes]
) -> None:
    driver.key("Ctrl+H")
    come(driver, large)
    driver.key("Ctrl+L")
    is_closed(driver)
    opened(driver, PASSPHRASE)
    assert list(driver.windows()) == [driver.window]


@pytest.mark.parametrize("trigger", [by_key, by_idleness])
def test_a_question_of_qt_itself_does_not_stand_in_the_way(
    trigger: Callable[[Driver, SlowClock], None], driver: Driver, clock: SlowClock
) -> None:
    """Whether to replace a file is asked in an event loop of its own, above another dialog."""
    driver.type_into("entry-text", WORDS)
    driver.press("place-book")
    driver.wait(driver.find("save-pdf").isEnabled)
    driver.press("save-pdf")
    driver.wait(lambda: driver.all(QFileDialog))
    dialog = driver.all(QFileDialog)[0]
    there = Path(dialog.directory().absolutePath()) / "there.pdf"
    there.write_bytes(b"from before")
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(str(there))
    seen: list[bool] = []

    def look() -> None:
        if driver.all(QMessageBox) and not seen:
            seen.append(True)
            if trigger is by_key:
                question = driver.all(QMessageBox)[0].windowHandle()
                QTest.keyPress(question, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
            else:
                trigger(driver, clock)

    looking = QTimer()
    looking.timeout.connect(look)
    looking.start(20)
    QTest.keyClick(line, Qt.Key.Key_Return)
    looking.stop()
    assert seen
    kept_all(driver)
    assert there.read_bytes() == b"from before"


# what runs


def test_pictures_that_come_in_do_not_hold_it_up_and_are_told_afterwards(
    driver: Driver, tmp_path: Path
) -> None:
    phone = tmp_path / "phone"
    phone.mkdir()
    for number in range(30):
        (phone / f"{number:02}.jpg").write_bytes(pictures.jpeg(pictures.scene(2000, 1500, number)))
    driver.type_into("entry-text", WORDS)
    driver.drop("entry-text", *sorted(phone.iterdir()))
    driver.wait(lambda: driver.find("kept-state", QLabel).text().startswith("Kept at"))
    began = time.monotonic()
    driver.key("Ctrl+L")
    is_closed(driver)
    print(f"closed during an import after {time.monotonic() - began:.2f} s")
    opened(driver, PASSPHRASE)
    (row,) = driver.book.vault.journal.all_for_book().result()
    missing = 30 - row.photo_count
    assert missing > 0
    driver.wait(lambda: driver.sees(f"{missing} pictures were not added before the book was closed."))
    photos = driver.book.vault.journal.entry(row.id).result().draft.photos
    kept = [driver.book.vault.album.original(photo).result() for photo in photos]
    assert kept == [path.read_bytes() for path in sorted(phone.iterdir())[: len(kept)]]
    driver.key("Ctrl+L")
    is_closed(driver)
    opened(driver, PASSPHRASE)
    driver.find("entry-text")
    driver.settle()
    assert not driver.sees("not added")  # it is told once
    assert driver.all(PictureStrip)


def test_a_pdf_that_is_being_made_is_given_up_and_nothing_of_it_is_left(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, album = driver.book.vault.journal, driver.book.vault.album
    closed, printed, printable = threading.Event(), itertools.count(), album.printable

    def in_the_middle(photo: PhotoId, **how: Any) -> bytes:
        """The sixth picture takes until the book is closed, however quick the computer is."""
        if next(printed) == 5:
            closed.wait(PATIENCE_S)
        return printable(photo, **how)

    monkeypatch.setattr(album, "printable", in_the_middle)
    for page in range(12):
        entry = journal.keep(None, EntryDraft(title=f"Page {page}", body="words " * 400)).result()
        assert entry is not None
        turned = pictures.jpeg(pictures.scene(1600, 1200, page), orientation=6)  # has to be made anew
        album.add(entry.id, turned).result()
    asked_for = tmp_path / "asked for"
    asked_for.mkdir()
    driver.press("place-book")
    driver.type_into("book-title", "Ours")
    driver.wait(driver.find("save-pdf").isEnabled)
    driver.press("save-pdf")
    driver.choose_files(asked_for / "book.pdf")
    driver.wait(lambda: driver.find("save-pdf", QPushButton).text().startswith("Photo"))
    began = time.monotonic()
    driver.key("Ctrl+L")
    is_closed(driver)
    print(f"closed during an export after {time.monotonic() - began:.2f} s")
    closed.set()
    opened(driver, PASSPHRASE)
    both = threading.Barrier(2)  # each of the two threads has come to the end of what it did
    for thread in [driver.application.background.run(both.wait) for _ in range(2)]:
        thread.result()
    assert list(asked_for.iterdir()) == []


# words that cannot be kept


def test_on_a_full_disk_the_screen_locks_and_the_words_wait_for_room(
    library: Library, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small", "4m") as disk, running() as driver:
        book = disk.folder / "book"
        library.create(book, PASSPHRASE).close()
        driver.show(book)
        opened(driver, PASSPHRASE)
        driver.type_into("entry-text", WORDS)
        disk.fill()
        driver.key("Ctrl+L")
        driver.find("held-passphrase")
        assert not driver.all(PageText)
        assert driver.sees("could not be kept yet")
        driver.type_into("held-passphrase", "not the passphrase")
        driver.press("held-open")
        driver.wait(lambda: driver.sees("did not match"))
        assert not driver.all(PageText)
        driver.type_into("held-passphrase", PASSPHRASE, replace=True)
        driver.press("held-open")
        assert WORDS in driver.find("entry-text", PageText).toPlainText()
        driver.key("Ctrl+L")
        driver.find("held-passphrase")
        disk.free()
        kept_all(driver)


def test_closing_the_window_over_waiting_words_asks_and_shows_none_of_them(
    library: Library, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small", "4m") as disk, running() as driver:
        book = disk.folder / "book"
        library.create(book, PASSPHRASE).close()
        driver.show(book)
        opened(driver, PASSPHRASE)
        driver.type_into("entry-text", WORDS)
        disk.fill()
        driver.key("Ctrl+L")
        driver.find("held-passphrase")
        driver.window.close()
        driver.find("close-anyway")
        assert not driver.all(PageText)
        driver.press("close-anyway-no")
        driver.find("held-passphrase")
        disk.free()
        kept_all(driver)


# the process


@pytest.mark.parametrize("error", [OSError, FileNotFoundError])
def test_where_no_other_process_can_be_begun_this_one_shows_the_closed_book(
    error: type[OSError], driver: Driver, book: Path
) -> None:
    asked: list[tuple[Path, bool]] = []

    def replace(folder: Path, *, minimised: bool, **more: object) -> None:
        assert not driver.all(QDialog)
        assert driver.application.window._departure._watching, "a sleep that waits for this has to wait on"
        asked.append((folder, minimised))
        raise error

    driver.application.window._replace = replace
    driver.type_into("entry-text", WORDS)
    driver.key("Ctrl+L")
    kept_all(driver)
    assert asked == [(book, False)]


# the cover


def test_the_cover_hides_everything_at_once_and_closes_nothing(driver: Driver) -> None:
    title = driver.window.windowTitle()
    driver.type_into("entry-text", WORDS)
    driver.key("Ctrl+H")
    assert driver.all(CoverPage)
    assert not driver.all(PageText)
    assert driver.sees("Covered. Nothing is closed.")
    assert driver.window.windowTitle() == title
    driver.key("Ctrl+H")
    driver.type_into_focused("ce")  # the keyboard is where it was
    assert driver.find("entry-text", PageText).toPlainText() == WORDS + "ce"
    driver.press("place-hide")
    driver.press("uncover")
    assert driver.find("entry-text", PageText).toPlainText() == WORDS + "ce"


@pytest.mark.parametrize("shows", [date_sheet, file_choice, day_sheet])
def test_a_dialog_is_covered_too_and_comes_back(shows: Callable[[Driver], None], driver: Driver) -> None:
    driver.type_into("entry-text", WORDS)
    shows(driver)
    (dialog,) = driver.all(QDialog)
    driver.key("Ctrl+H")
    assert list(driver.windows()) == [driver.window]
    driver.key("Ctrl+H")
    driver.wait(lambda: driver.all(QDialog) == [dialog])
    assert dialog.isModal()
    driver.key("Ctrl+H")
    driver.key("Ctrl+L")
    kept_all(driver)


def test_a_covered_book_closes_by_itself_as_well(driver: Driver, clock: SlowClock) -> None:
    driver.type_into("entry-text", WORDS)
    driver.key("Ctrl+H")
    by_idleness(driver, clock)
    kept_all(driver)
    assert not driver.all(CoverPage)


def test_a_passphrase_that_was_shown_is_hidden_again_under_the_cover(driver: Driver) -> None:
    driver.press("place-settings")
    driver.press("add-way")
    driver.type_into("new-way-passphrase", "shown for a moment")
    driver.press("new-way-passphrase-show")
    field = driver.find("new-way-passphrase", QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    driver.key("Ctrl+H")
    driver.key("Ctrl+H")
    driver.find("new-way-passphrase")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert field.text() == "shown for a moment"
