"""Every way into a book through real windows: set-up and its page, words, another passphrase, the keyring."""

import shutil
import stat
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from memorybook import errors
from memorybook.services.recovery import RecoverySheet, RecoveryWords
from memorybook.ui.core import book_folders
from memorybook.ui.kit.editor import PageText
from memorybook.ui.lock import presenter
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.recovery.words_shown import WordsShown
from tests.flows.driver import Driver, running
from tests.flows.ways_in_pictures import begin, close, sheet_of, type_words, wrong_word
from tests.keyrings import Session, bus, desktop_keyring

__all__ = ["bus", "desktop_keyring"]

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

PASSPHRASE = "quiet lantern over water"
NEW = "another door beside the sea"


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        yield driver


def write_a_page(driver: Driver) -> None:
    driver.type_into("entry-text", "These words stay.")
    driver.wait(lambda: driver.find("kept-state", QLabel).text().startswith("Kept at"))


def begun_and_closed(driver: Driver, folder: Path) -> RecoverySheet:
    """A book with one page, closed again; its sheet as somebody copied it down."""
    begin(driver, folder)
    sheet = sheet_of(driver)
    driver.press("sheet-later")
    write_a_page(driver)
    close(driver)
    return sheet


def open_with(driver: Driver, passphrase: str) -> None:
    driver.type_into("passphrase", passphrase)
    driver.press("open-book")


def words_on_screen(driver: Driver) -> list[str]:
    return [driver.find(f"sheet-word-{number}", QLabel).text() for number in range(1, 13)]


def test_set_up_with_the_page_saved_and_typed_back(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path / "book")
    sheet = sheet_of(driver)
    assert words_on_screen(driver) == list(sheet.words)
    assert driver.find("sheet-code", QLabel).accessibleName() == sheet.code
    driver.press("sheet-save")
    driver.choose_files(tmp_path / "page.pdf")
    driver.wait(lambda: driver.sees("This file is not locked"))
    saved = tmp_path / "page.pdf"
    assert saved.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    driver.press("sheet-type-back")
    assert not any(word in driver.words() for word in sheet.words), "what is typed back is read from paper"
    type_words(driver, "back-word", [*sheet.words[:6], wrong_word(sheet.words[6]), *sheet.words[7:]])
    driver.press("sheet-check")
    driver.wait(lambda: driver.sees("Please look at word 7 again"))
    driver.wait(lambda: driver.focused() is driver.find("back-word-7"))
    assert driver.book.vault.ways.sheet_state().result().confirmed is None
    driver.type_into("back-word-7", sheet.words[6], replace=True)
    driver.key("Return")
    driver.wait(lambda: driver.sees("Every word is right"))
    state = driver.book.vault.ways.sheet_state().result()
    assert state.shown is not None
    assert state.confirmed is not None
    driver.press("sheet-done")
    write_a_page(driver)


def test_the_page_can_wait_and_its_words_are_gone_when_it_is_left(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path / "book")
    shown = driver.all(WordsShown)[0]
    sheet = sheet_of(driver)
    driver.press("sheet-later")
    driver.find("entry-text")
    assert not shown.is_shown
    labels = shown.findChildren(QLabel)
    assert not any(word in label.text() + label.accessibleName() for word in sheet.words for label in labels)
    assert driver.book.vault.ways.sheet_state().result().confirmed is None


def test_closing_takes_the_words_off_the_screen(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path / "book")
    shown = driver.all(WordsShown)[0]
    driver.key("Ctrl+L")
    assert not shown.is_shown
    driver.wait(lambda: driver.find("open-book").isEnabled())


def test_covering_takes_the_words_off_and_they_come_back_when_asked_for(
    driver: Driver, tmp_path: Path
) -> None:
    begin(driver, tmp_path / "book")
    shown = driver.all(WordsShown)[0]
    sheet = sheet_of(driver)
    driver.press("place-hide")
    assert not shown.is_shown
    driver.press("uncover")
    assert not shown.is_shown
    driver.press("sheet-show")
    driver.wait(lambda: words_on_screen(driver) == list(sheet.words))


def test_a_drive_that_answers_late_takes_neither_the_keyboard_nor_what_was_said(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()

    def late(folder: Path) -> Path:
        assert answers.wait(60)
        return book_folders.free_or_inside(folder)

    monkeypatch.setattr(presenter, "free_or_inside", late)
    (tmp_path / "book").mkdir()
    driver.application.window.locking.choose_place(tmp_path / "book")
    driver.type_into("new-passphrase", PASSPHRASE)
    driver.type_into("new-passphrase-again", "quiet")
    driver.press("begin-book")
    driver.wait(lambda: driver.sees("The two are not the same yet"))
    driver.find("new-passphrase-again").setFocus()
    answers.set()
    driver.wait(lambda: driver.find("new-book-place").accessibleName() == str(tmp_path / "book"))
    assert driver.sees("The two are not the same yet")
    driver.key("End")
    driver.type_into_focused(PASSPHRASE.removeprefix("quiet"))
    driver.key("Return")
    driver.wait(lambda: driver.find("sheet-word-12", QLabel).text())
    assert driver.book.vault.folder == tmp_path / "book"


def test_a_page_that_was_covered_while_its_place_was_chosen_is_not_saved_and_says_so(
    driver: Driver, tmp_path: Path
) -> None:
    begin(driver, tmp_path / "book")
    sheet = sheet_of(driver)
    driver.press("sheet-save")
    driver.wait(lambda: driver.all(QFileDialog))
    driver.key("Ctrl+H")
    driver.key("Ctrl+H")
    driver.choose_files(tmp_path / "page.pdf")
    driver.wait(lambda: driver.sees("Nothing was saved: the words are hidden."))
    assert not (tmp_path / "page.pdf").exists()
    driver.press("sheet-show")
    driver.wait(lambda: words_on_screen(driver) == list(sheet.words))
    driver.press("sheet-save")
    driver.choose_files(tmp_path / "page.pdf")
    driver.wait(lambda: driver.sees("Saved as page.pdf."))
    assert (tmp_path / "page.pdf").exists()


def test_a_forgotten_passphrase_is_not_the_end(driver: Driver, tmp_path: Path) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    open_with(driver, "what was it again")
    driver.wait(lambda: driver.sees(errors.WrongPassphrase.sentence))
    driver.press("use-words")
    type_words(driver, "word", list(sheet.words))
    driver.key("Return")
    driver.type_into("next-passphrase", NEW)
    driver.type_into("next-passphrase-again", NEW)
    driver.press("next-passphrase-keep")
    driver.wait(lambda: driver.sees("opens your book from now on"))
    driver.press("next-passphrase-done")
    driver.find("entry-text")
    close(driver)
    open_with(driver, PASSPHRASE)
    driver.wait(lambda: driver.sees(errors.WrongPassphrase.sentence))
    open_with(driver, NEW)
    driver.find("entry-text")
    assert driver.book.vault.journal.count().result() == 1


def test_a_new_passphrase_can_wait(driver: Driver, tmp_path: Path) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    driver.press("use-words")
    driver.press("use-code")
    symbols = sheet.code.replace("-", "")
    wrong = symbols[:-1] + next(each for each in "0123" if each != symbols[-1])
    driver.type_into("word-code", wrong)
    driver.key("Return")
    driver.wait(lambda: driver.sees("The code is not quite as it stands on the sheet"))
    driver.type_into("word-code", sheet.code.lower().replace("-", " "), replace=True)
    driver.key("Return")
    driver.press("next-passphrase-later")
    driver.find("entry-text")
    close(driver)
    open_with(driver, PASSPHRASE)
    driver.find("entry-text")


def test_a_new_passphrase_that_is_left_half_chosen_is_not_dropped_in_silence(
    driver: Driver, tmp_path: Path
) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    driver.press("use-words")
    type_words(driver, "word", list(sheet.words))
    driver.press("open-with-words")
    driver.type_into("next-passphrase", NEW)
    driver.press("place-story")
    driver.press("passphrase-dropped-yes")
    assert driver.find("next-passphrase", QLineEdit).text() == ""
    driver.type_into("next-passphrase", NEW)
    driver.press("place-story")
    driver.press("passphrase-dropped-no")
    driver.find("story-list")
    driver.press("place-write")
    assert not driver.all(QDialog)


def test_one_of_several_passphrases_is_replaced(driver: Driver, tmp_path: Path) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    open_with(driver, PASSPHRASE)
    driver.find("entry-text")
    driver.book.vault.ways.add_passphrase("Sam", "a third door nobody uses").result()
    close(driver)
    driver.press("use-words")
    type_words(driver, "word", list(sheet.words))
    driver.key("Return")
    driver.wait(lambda: driver.find("replace-1", QWidget).property("text").startswith("Sam"))
    driver.press("replace-1")
    driver.type_into("next-passphrase", NEW)
    driver.type_into("next-passphrase-again", NEW)
    driver.key("Return")
    driver.press("next-passphrase-done")
    driver.find("entry-text")
    ways = driver.book.vault.ways.all().result()
    assert [way.label for way in ways][1:] == ["Sam"]
    admits = driver.book.vault.admits
    assert [admits(each) for each in (PASSPHRASE, NEW, "a third door nobody uses")] == [True, True, False]


def test_the_database_and_the_words_are_enough(driver: Driver, tmp_path: Path) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(tmp_path / "book" / "book.db", alone / "book.db")
    driver.application.window.locking.choose_book(alone)
    driver.wait(lambda: driver.sees(errors.KeyFilesMissing.sentence))
    assert not [line for line in driver.all(QLineEdit) if line.objectName() == "passphrase"]
    driver.press("use-words-instead")
    type_words(driver, "word", list(sheet.words))
    driver.press("open-with-words")
    driver.wait(lambda: driver.sees("no passphrase opens it yet"))
    driver.type_into("next-passphrase", NEW)
    driver.type_into("next-passphrase-again", NEW)
    driver.key("Return")
    driver.press("next-passphrase-done")
    driver.find("entry-text")
    assert driver.book.vault.journal.count().result() == 1
    close(driver)
    assert (alone / "book.keys").read_bytes() == (alone / "book.keys.copy").read_bytes()
    open_with(driver, NEW)
    driver.find("entry-text", PageText)


def test_damaged_key_files_lead_to_the_words(driver: Driver, tmp_path: Path) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    for name in ("book.keys", "book.keys.copy"):
        path = tmp_path / "book" / name
        data = bytearray(path.read_bytes())
        data[40] ^= 1
        path.write_bytes(data)
    open_with(driver, PASSPHRASE)
    driver.wait(lambda: driver.sees(errors.KeyFilesDamaged.sentence))
    driver.press("use-words-instead")
    type_words(driver, "word", list(sheet.words))
    driver.key("Return")
    driver.press("next-passphrase-later")
    driver.find("entry-text")


def test_wrong_words_are_told_apart_and_stay_to_be_mended(driver: Driver, tmp_path: Path) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    driver.press("use-words")
    driver.press("open-with-words")
    driver.wait(lambda: driver.sees("Word 1 is still empty"))
    type_words(driver, "word", list(RecoveryWords().sheet(bytes(16)).words))
    driver.press("open-with-words")
    driver.wait(lambda: driver.sees(errors.RecoveryWordsOther.sentence))
    for number, word in enumerate(sheet.words, start=1):
        driver.type_into(f"word-{number}", word, replace=True)
    driver.type_into("word-4", wrong_word(sheet.words[3]), replace=True)
    driver.press("open-with-words")
    driver.wait(lambda: driver.sees("Please look at word 4 again"))
    assert driver.find("word-4").hasFocus()
    driver.type_into_focused(sheet.words[3])
    driver.press("open-with-words")
    driver.press("next-passphrase-later")
    driver.find("entry-text")


def test_words_that_were_typed_do_not_wait_behind_another_card(driver: Driver, tmp_path: Path) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    driver.press("use-words")
    type_words(driver, "word", list(sheet.words[:5]))
    lines = [driver.find(f"word-{number}", QLineEdit) for number in range(1, 13)]
    driver.press("use-passphrase")
    driver.find("open-book")
    assert not any(line.text() for line in lines)


def test_a_book_that_this_computer_remembers_opens_by_itself(
    desktop_keyring: Session, tmp_path: Path
) -> None:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        driver.press("sheet-later")
        write_a_page(driver)
        driver.book.vault.ways.remember_here().result()
        close(driver)
        driver.press("open-with-keyring")
        driver.find("entry-text")
        assert driver.book.vault.opened_by == "keyring"
    with running() as driver:
        driver.show()
        driver.find("entry-text")
        assert driver.book.vault.opened_by == "keyring"
        assert driver.book.vault.journal.count().result() == 1


def test_a_locked_keyring_is_said_once_and_the_passphrase_opens(
    desktop_keyring: Session, tmp_path: Path
) -> None:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        driver.press("sheet-later")
        driver.find("entry-text")
        driver.book.vault.ways.remember_here().result()
    desktop_keyring.lock()
    with running() as driver:
        driver.show()
        line = driver.find("passphrase", QLineEdit)
        assert line.isEnabled()
        driver.wait(lambda: driver.sees(errors.KeyringLocked.sentence))
        assert driver.find("open-with-keyring").isEnabled()
        open_with(driver, PASSPHRASE)
        driver.find("entry-text")
        assert driver.book.vault.opened_by == "passphrase"


@pytest.mark.slow
def test_the_window_stays_alive_while_a_passphrase_is_checked(tmp_path: Path) -> None:
    """At the full cost of 256 MiB a clock of the window's own thread goes on ticking."""
    with running(kdf=None) as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        driver.press("sheet-later")
        driver.find("entry-text")
        close(driver)
        driver.type_into("passphrase", PASSPHRASE)
        ticks: list[float] = []
        heart = QTimer()
        heart.setInterval(10)
        heart.timeout.connect(lambda: ticks.append(time.monotonic()))
        button = driver.find("open-book", QPushButton)
        screen = driver.all(LockScreen)[0]
        opened = driver.application.window.locking._opened
        moments: list[float] = []
        driver.application.window.locking._opened = lambda vault: (  # type: ignore[method-assign]
            moments.append(time.monotonic()),
            opened(vault),
        )
        heart.start()
        started = time.monotonic()
        button.click()
        assert screen.isVisible()
        driver.wait(lambda: moments)
        heart.stop()
        during = [started, *(tick for tick in ticks if tick < moments[0]), moments[0]]
        longest = max(after - before for before, after in pairwise(during))
        took = moments[0] - started
        print(f"checked in {took:.2f} s, {len(during) - 2} ticks, longest gap {longest:.3f} s")
        assert took > 0.1, "it was no work at all: the check would prove nothing"
        assert len(during) - 2 > took / 0.1, "the window stood still"


def reached_by_tab(driver: Driver, steps: int) -> list[str]:
    """The names of what the keyboard comes to, from where it is on."""
    found = []
    for _ in range(steps):
        found.append(driver.focused().objectName())
        driver.key("Tab")
    return found


def nameless(driver: Driver) -> list[str]:
    """What the keyboard can reach and a screen reader could not name."""
    seen = [each for each in driver.all(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [each.objectName() for each in seen if not each.accessibleName() and not each.focusProxy()]


def test_the_keyboard_reaches_every_field_in_its_order_and_each_has_a_name(
    driver: Driver, tmp_path: Path
) -> None:
    sheet = begun_and_closed(driver, tmp_path / "book")
    welcome = ["passphrase", "passphrase-show", "open-book", "use-words", "open-another", "begin-new"]
    assert reached_by_tab(driver, len(welcome)) == welcome
    assert nameless(driver) == []
    driver.press("use-words")
    words = [*(f"word-{number}" for number in range(1, 13)), "open-with-words", "use-code", "use-passphrase"]
    assert reached_by_tab(driver, len(words)) == words
    assert nameless(driver) == []
    driver.find("word-1").setFocus()
    type_words(driver, "word", list(sheet.words))
    driver.key("Return")
    page = ["next-passphrase", "next-passphrase-show", "next-passphrase-again", "next-passphrase-again-show"]
    page += ["next-passphrase-keep", "next-passphrase-later"]
    driver.wait(driver.find("next-passphrase").hasFocus)
    driver.wait(driver.find("next-passphrase-keep").isEnabled)
    assert reached_by_tab(driver, len(page)) == page
    assert nameless(driver) == []
    driver.press("place-settings")
    driver.press("show-sheet")
    driver.wait(lambda: driver.find("sheet-word-12", QLabel).text())
    assert nameless(driver) == []
    driver.press("sheet-type-back")
    back = [*(f"back-word-{number}" for number in range(1, 13)), "sheet-check", "sheet-see-again"]
    back += ["sheet-use-code", "sheet-later"]
    assert reached_by_tab(driver, len(back)) == back
    assert nameless(driver) == []
