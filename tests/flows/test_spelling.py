"""Words that no dictionary knows: marked where they are in sight, replaced or kept, by keyboard and mouse."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu

from memorybook.services.spelling import OFF
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.editor import PageText
from memorybook.ui.settings.spelling import SpellingCard
from memorybook.ui.write.spelling import PageSpelling
from tests import dictionaries
from tests.flows import traces
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import begin, kept

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    """A book in English, whatever this computer speaks."""
    with running(dictionaries=dictionaries.on_this_computer(tmp_path / "dictionaries")) as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        driver.book.vault.spelling.choose("en_GB").result()
        spelling = page(driver).findChild(PageSpelling)
        assert isinstance(spelling, PageSpelling)
        driver.wait(lambda: spelling.is_on)
        yield driver


def page(driver: Driver) -> PageText:
    return driver.find("entry-text", PageText)


def marked(driver: Driver) -> list[str]:
    return [mark.cursor.selectedText() for mark in page(driver).extraSelections()]  # type: ignore[attr-defined]


def write(driver: Driver, text: str) -> None:
    """As from an input method, which brings every script."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    page(driver).setFocus()
    QApplication.sendEvent(page(driver), event)
    driver.settle()


def menu(driver: Driver, *, words: bool = True) -> QMenu:
    """The menu that is open, once the words have come."""
    driver.wait(lambda: driver.all(QMenu))
    shown = driver.all(QMenu)[0]
    driver.wait(lambda: not words or "Looking for other words…" not in texts(shown))
    return shown


def texts(shown: QMenu) -> list[str]:
    return [action.text() for action in shown.actions() if not action.isSeparator()]


def choose(driver: Driver, shown: QMenu, text: str) -> None:
    action = next(action for action in shown.actions() if action.text() == text)
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.actionGeometry(action).center())
    driver.wait(lambda: not driver.all(QMenu))


def at(driver: Driver, word: str) -> QPoint:
    """A place in a word on the page."""
    text = page(driver)
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.toPlainText().index(word) + 2)
    return text.cursorRect(cursor).center()


def test_a_word_is_marked_once_it_is_finished(driver: Driver) -> None:
    driver.type_into("entry-text", "the sae rememberd")
    driver.wait(lambda: marked(driver) == ["sae"])
    driver.type_into_focused(" light")
    driver.wait(lambda: marked(driver) == ["sae", "rememberd"])
    driver.key("Home")
    driver.type_into_focused("We ")
    assert marked(driver) == ["sae", "rememberd"], "marks move with their words"
    driver.key("Ctrl+A")
    driver.key("Delete")
    driver.wait(lambda: marked(driver) == [])


def test_marks_are_not_a_part_of_the_page(driver: Driver) -> None:
    driver.type_into("entry-text", "the sae and **light** ")
    driver.wait(lambda: "sae" in marked(driver))
    kept(driver)
    text = page(driver)
    before = text.blocks()
    assert not _is_underlined(text)
    driver.key("Ctrl+Z")
    driver.wait(lambda: text.blocks() != before)
    driver.key("Ctrl+Shift+Z")
    driver.wait(lambda: text.blocks() == before)
    state = driver.find("kept-state", QLabel)
    driver.wait(lambda: state.text().startswith("Kept at"))
    words = text.toPlainText()
    driver.book.vault.spelling.choose(OFF).result()
    driver.wait(lambda: marked(driver) == [])
    assert text.toPlainText() == words
    assert state.text().startswith("Kept at"), "a mark that goes is no change of the page"


def _is_underlined(text: PageText) -> bool:
    """Whether any letter in the document itself has a line below it."""
    block = text.document().begin()
    while block.isValid():
        if any(part.format.fontUnderline() for part in block.textFormats()):
            return True
        block = block.next()
    return False


def test_by_keyboard_alone_a_word_is_replaced_and_another_is_kept(driver: Driver) -> None:
    driver.type_into("entry-text", "thier light, a quiett sea, Zofka")
    driver.key("F7")
    first = menu(driver)
    assert page(driver).textCursor().selectedText() == "thier"
    assert first.accessibleName() == "Other words for “thier”"
    assert "their" in texts(first)
    while first.activeAction() is None or first.activeAction().text() != "their":
        QTest.keyClick(first, Qt.Key.Key_Down)
    QTest.keyClick(first, Qt.Key.Key_Return)
    driver.wait(lambda: not driver.all(QMenu))
    assert page(driver).toPlainText() == "their light, a quiett sea, Zofka"
    driver.key("F7")
    second = menu(driver)
    assert page(driver).textCursor().selectedText() == "quiett"
    QTest.keyClick(second, Qt.Key.Key_F7)
    driver.wait(lambda: page(driver).textCursor().selectedText() == "Zofka")
    third = menu(driver)
    while third.activeAction() is None or third.activeAction().text() != "Keep this word":
        QTest.keyClick(third, Qt.Key.Key_Down)
    QTest.keyClick(third, Qt.Key.Key_Return)
    driver.wait(lambda: not driver.all(QMenu) and marked(driver) == ["quiett"])
    assert driver.book.vault.spelling.kept().result() == ("Zofka",)
    driver.key("Ctrl+Z")
    assert page(driver).toPlainText() == "thier light, a quiett sea, Zofka", "replacing is one step back"


def test_where_no_word_is_marked_the_key_says_so(driver: Driver) -> None:
    driver.type_into("entry-text", "the light ")
    driver.key("F7")
    assert texts(menu(driver)) == ["No other word is marked on this page"]
    driver.key("Escape")
    driver.wait(lambda: not driver.all(QMenu))


def test_by_mouse_the_menu_of_the_page_begins_with_other_words(driver: Driver) -> None:
    driver.type_into("entry-text", "**quiett** the quiett ")
    driver.wait(lambda: marked(driver) == ["quiett", "quiett"])
    place = at(driver, "quiett")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, page(driver).viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(page(driver).viewport(), event)
    shown = menu(driver)
    assert texts(shown)[0] == "quiet"
    assert "Select everything" in texts(shown)
    choose(driver, shown, "quiet")
    assert page(driver).toPlainText() == "quiet the quiett "
    cursor = QTextCursor(page(driver).document())
    cursor.setPosition(2)
    assert cursor.charFormat().fontWeight() > 500, "the word stays as bold as it was"


def test_the_menu_of_a_word_that_is_known_is_as_always(driver: Driver) -> None:
    driver.type_into("entry-text", "the sae light ")
    driver.wait(lambda: marked(driver) == ["sae"])
    place = at(driver, "light")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, page(driver).viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(page(driver).viewport(), event)
    assert "Keep this word" not in texts(menu(driver))
    driver.key("Escape")
    driver.wait(lambda: not driver.all(QMenu))


def test_signs_that_count_twice_shift_nothing(driver: Driver) -> None:
    write(driver, "👶🏽 sae 🕯 light 👶 rememberd ")
    driver.wait(lambda: marked(driver) == ["sae", "rememberd"])


def test_from_right_to_left(driver: Driver) -> None:
    write(driver, "שלוום sae אור ")
    driver.wait(lambda: marked(driver) == ["sae"])  # English has no opinion of Hebrew
    driver.book.vault.spelling.choose("he_IL").result()
    driver.wait(lambda: marked(driver) == ["שלוום"])
    driver.key("F7")
    choose(driver, menu(driver), "שלום")
    assert page(driver).toPlainText() == "שלום sae אור "


def test_what_is_being_composed_is_left_alone(driver: Driver) -> None:
    driver.type_into("entry-text", "sae ")
    driver.wait(lambda: marked(driver) == ["sae"])
    composing = QInputMethodEvent("ligth", [])
    QApplication.sendEvent(page(driver), composing)
    driver.wait(lambda: marked(driver) == [])
    assert page(driver).textCursor().block().layout().preeditAreaText() == "ligth"
    write(driver, "ligth ")
    driver.wait(lambda: marked(driver) == ["sae", "ligth"])


def test_only_what_is_in_sight_is_looked_at(driver: Driver) -> None:
    words = [f"{chr(97 + n // 676)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}zz" for n in range(10_000)]
    lines = [" ".join(words[start : start + 50]) for start in range(0, len(words), 50)]
    page(driver).insertPlainText("\n".join(lines))
    driver.wait(lambda: len(marked(driver)) > 50)
    assert len(marked(driver)) < 1_500
    last = marked(driver)[-1]
    bar = driver.book._places.write._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    driver.wait(lambda: words[-2] in marked(driver))
    bar.setValue(0)
    driver.wait(lambda: marked(driver)[:1] == [words[0]])
    assert last in words


def test_the_settings_choose_bring_and_forget(driver: Driver, tmp_path: Path) -> None:
    driver.type_into("entry-text", "the sae, Zofka ")
    driver.wait(lambda: marked(driver) == ["sae", "Zofka"])
    driver.book.vault.spelling.keep("Zofka").result()
    driver.press("place-settings")
    card = driver.find("settings-spelling", SpellingCard)
    box = driver.find("spelling-dictionary", QComboBox)
    driver.wait(lambda: box.count() == 4)
    assert box.currentText() == "British English"
    names = [box.itemText(at) for at in range(4)]
    assert names[:2] == ["None: nothing is underlined", "The language of this computer"]
    assert names[2:] == ["British English", "עברית"]
    word = driver.find("spelling-kept-word", Button)
    assert (word.text(), word.accessibleName()) == ("Zofka", "Take “Zofka” off the list")

    box.setFocus()
    driver.key("Home")
    driver.wait(lambda: driver.book.vault.spelling.state("en").result().choice == OFF)
    driver.press("place-write")
    driver.wait(lambda: marked(driver) == [])
    driver.press("place-settings")

    brought = dictionaries.latin(tmp_path / "from").folder / "fr.dic"
    driver.press("spelling-bring")
    driver.choose_files(brought)
    driver.wait(lambda: box.currentData() == "fr")
    assert card.notice.text() == "Added: Français."
    driver.press("spelling-bring")
    (tmp_path / "letter.dic").write_text("words")
    driver.choose_files(tmp_path / "letter.dic")
    driver.wait(lambda: card.notice.text().startswith("This is not a spelling dictionary"))
    assert box.currentData() == "fr"

    driver.press("spelling-kept-word")
    driver.wait(lambda: driver.book.vault.spelling.kept().result() == ())
    driver.wait(lambda: card.notice.text() == "“Zofka” is off the list.")
    driver.press("spelling-notice-action")
    driver.wait(lambda: driver.book.vault.spelling.kept().result() == ("Zofka",))


def test_a_dictionary_that_is_not_here_is_named(driver: Driver) -> None:
    driver.book.vault.spelling.choose("de_DE").result()
    driver.press("place-settings")
    box = driver.find("spelling-dictionary", QComboBox)
    driver.wait(lambda: box.currentText() == "Deutsch (Deutschland)")
    state = driver.find("spelling-state", QLabel)
    assert state.text() == "This dictionary is not on this computer, so nothing is underlined."


def test_the_process_ends_with_the_book(driver: Driver) -> None:
    driver.type_into("entry-text", "sae ")
    driver.wait(lambda: marked(driver) == ["sae"])
    speller = driver.book.vault.spelling._speller
    assert speller is not None
    process = speller.worker_id
    assert process is not None
    driver.press("place-close-book")
    driver.find("passphrase")
    driver.wait(lambda: not Path(f"/proc/{process}").exists())


@pytest.mark.slow
def test_nothing_is_written_but_the_book(tmp_path: Path) -> None:
    """Words are compared, others proposed, one is kept: under strace, and no file elsewhere is made."""
    log, book, here = tmp_path / "strace", tmp_path / "book", tmp_path / "dictionaries"
    calls = "trace=socket,connect,openat,openat2,open,creat,mknod,mknodat,rename,renameat,renameat2"
    dictionaries.english(here / "system")
    command = ["strace", "-f", "-y", "-qq", "-o", str(log), "-e", calls]
    program = [sys.executable, "-m", "tests.flows.speller_session", str(book), str(here)]
    done = subprocess.run(
        [*command, *program], cwd=ROOT, check=True, capture_output=True, text=True, timeout=150
    )
    assert done.stdout.split() == ["rememberd", "Zofkaword", "remember"]
    called = log.read_text(errors="replace")
    made = traces.written(called)
    assert {path for path in made if book in path.parents}, "control: strace saw the book being made"
    assert {path for path in made if book not in path.parents and path != book} == set()
    assert "en_GB.dic" in called, "control: strace saw the dictionary being read"
    assert "socket(AF_INET" not in called
    for word in ("rememberd", "Zofkaword"):
        assert word not in called
        assert traces.search([tmp_path], word, apart_from=[here]) == {}
