"""Every way in which words could leave an open window unasked, looked for in each of its places."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.pictures import Picture
from tests.corpus import pictures
from tests.flows import hearing, other_program
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import PASSPHRASE, begin, kept

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

PLACES = ("write", "story", "family", "dates", "support", "book", "settings")
OWN_WORDS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
HTML = '<img src="file://host/share/red.png"><b>not bold</b>'


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        yield driver


def everything() -> list[QWidget]:
    """Every widget of every window, also those that are not in sight at the moment."""
    return [w for window in QApplication.topLevelWidgets() for w in [window, *window.findChildren(QWidget)]]


def holds_words(line: QWidget) -> bool:
    """Not the parts of a number, a list to choose from, or Qt's own file dialog."""
    above = line.parentWidget()
    while above is not None:
        if isinstance(above, QComboBox | QAbstractSpinBox | QFileDialog):
            return False
        above = above.parentWidget()
    return not line.objectName().endswith(("-day", "-year"))


def look(seen: set[str]) -> None:
    for widget in everything():
        where = f"{type(widget).__name__} {widget.objectName()}"
        if widget.isWindow():
            assert widget.windowTitle() in {"", "Memory Book"}, where
            assert widget.windowFilePath() == "", where
        if isinstance(widget, QLineEdit):
            assert not widget.dragEnabled(), where
        fields = QLineEdit | QTextEdit | QPlainTextEdit
        if isinstance(widget, fields) and holds_words(widget) and not widget.isReadOnly():
            assert widget.inputMethodHints() & OWN_WORDS == OWN_WORDS, where
            seen.add(widget.objectName())
        if isinstance(widget, QLabel):
            assert widget.textFormat() is Qt.TextFormat.PlainText, where
            assert not widget.textInteractionFlags() & SELECTABLE, where
        if isinstance(widget, QAbstractItemView) and holds_words(widget):
            assert not widget.dragEnabled(), where
            assert widget.dragDropMode() is QAbstractItemView.DragDropMode.NoDragDrop, where
        assert "<img" not in widget.toolTip(), where


def test_no_widget_learns_drags_titles_or_reads_html(driver: Driver, tmp_path: Path) -> None:
    seen: set[str] = set()
    look(seen)
    begin(driver, tmp_path / "book")
    driver.type_into("entry-title", HTML * 3)
    driver.type_into("entry-text", HTML)
    (tmp_path / "photo.jpg").write_bytes(pictures.jpeg())
    driver.drop("entry-text", tmp_path / "photo.jpg")
    driver.wait(lambda: [p for p in driver.all(Picture) if p.is_shown])
    driver.all(Picture)[0].setFocus()
    driver.key("Return")
    driver.type_into("photo-caption", HTML)
    look(seen)
    driver.press("photo-done")
    driver.choose_from_menu("entry-kind", "A letter")
    driver.press("entry-to")
    driver.type_into("ask-recipient-line", HTML * 3)
    look(seen)
    driver.press("ask-recipient-done")
    kept(driver)
    driver.press("add-photo")
    driver.wait(lambda: driver.all(QFileDialog))
    titles = [dialog.windowTitle() for dialog in driver.all(QFileDialog)]
    assert titles == ["Add photos"]
    driver.all(QFileDialog)[0].reject()
    for place in PLACES:
        driver.press(f"place-{place}")
        driver.settle()
        look(seen)
    driver.press("place-dates")
    driver.press("add-date")
    driver.find("day-label")
    look(seen)
    driver.press("day-no")
    driver.press("place-family")
    driver.press("add-baby")
    driver.type_into("baby-names", HTML * 3)
    for offer in [w.objectName() for w in driver.all(Button) if w.objectName().startswith("baby-offer-")]:
        driver.find(offer, Button).click()
    look(seen)
    driver.press("family-back")
    driver.wait(lambda: driver.sees(HTML * 3))
    look(seen)
    assert seen >= {
        "passphrase", "new-passphrase", "entry-title", "entry-text", "photo-caption", "photo-description",
        "ask-recipient-line", "story-search", "book-title", "book-dedication", "cover-title", "day-label",
        "baby-names", "baby-notes", "baby-measure-1-value", "farewell-readings", "own-name", "book-word-line",
    }  # fmt: skip


def test_words_that_look_like_html_are_words_in_a_tool_tip(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    driver.choose_from_menu("entry-kind", "A letter")
    driver.press("entry-to")
    driver.type_into("ask-recipient-line", HTML * 3)
    driver.press("ask-recipient-done")
    chip = driver.find("entry-to")
    shown = QTextDocument()
    shown.setHtml(chip.toolTip())
    assert "&lt;img" in chip.toolTip(), "control: there is a tool tip, with these words in it"
    assert shown.toPlainText() == f"To: {HTML * 3}"


def test_pasted_html_is_plain_words(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    text = driver.find("entry-text", PageText)
    for source in ("file:///etc/hostname", "//host/share/red.png", "\\\\host\\share\\red.png"):
        pasted = f'<p>Words<img src="{source}"> and <b>more</b></p>'
        with other_program.puts(driver, pasted.encode(), "text/html"):
            text.selectAll()
            driver.key("Ctrl+V")
            driver.wait(lambda: "more" in text.toPlainText())
        assert text.toPlainText().replace("\ufffc", "") == "Words and more"
        assert "<img" not in text.toHtml()
        driver.key("Ctrl+A")
        driver.key("Delete")


def test_another_page_cannot_be_undone_into_this_one(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    driver.type_into("entry-title", "The first")
    driver.type_into("entry-text", "Words of the first page")
    kept(driver)
    driver.press("new-page")
    title = driver.find("entry-title", QLineEdit)
    driver.wait(lambda: not title.text())
    text = driver.find("entry-text", PageText)
    assert not text.document().isUndoAvailable()
    for field in (title, text):
        QTest.keySequence(field, "Ctrl+Z")
    assert (title.text(), text.toPlainText()) == ("", "")


def read_aloud(driver: Driver) -> str:
    """All that a screen reader could be told of what is open, as another process gets it."""
    return str(hearing.everything(driver))


def test_a_screen_reader_is_told_the_page_and_never_the_passphrase(driver: Driver, tmp_path: Path) -> None:
    driver.application.window.locking.choose_place(tmp_path)
    driver.type_into("new-passphrase", PASSPHRASE)
    driver.type_into("new-passphrase-again", PASSPHRASE)
    told = read_aloud(driver)
    assert "Choose a passphrase" in told, "control: the field is there, with its name"
    assert PASSPHRASE not in told
    driver.press("begin-book")
    driver.press("sheet-later")
    driver.type_into("entry-text", "Words that have to be read aloud")
    assert "Words that have to be read aloud" in read_aloud(driver)
