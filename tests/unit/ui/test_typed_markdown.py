"""Markdown that is typed becomes what it means, by keys and by input methods, and undo gives it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from memorybook.domain.markup import BlockKind
from memorybook.services import markup
from memorybook.ui.kit.editor import PageText


@pytest.fixture
def page(dressed: QApplication, qtbot: QtBot) -> PageText:
    page = PageText(name="text", says="Your words")
    qtbot.addWidget(page)
    page.show()
    page.setFocus()
    return page


def written(page: PageText) -> str:
    return markup.write(page.blocks())


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("# Our garden", "# Our garden\n"),
        ("## Our garden", "## Our garden\n"),
        ("### Our garden", "### Our garden\n"),
        ("> she said", "> she said\n"),
        ("- one\ntwo\n\nafter", "- one\n- two\n\nafter\n"),
        ("* one", "- one\n"),
        ("1. one\ntwo", "1. one\n2. two\n"),
        ("1) one", "1. one\n"),
        ("a **bold** word", "a **bold** word\n"),
        ("a *leaning* word", "a _leaning_ word\n"),
        ("two **bold words** *and* one", "two **bold words** _and_ one\n"),
        ("😀 **à côté**, 日本", "😀 **à côté**, 日本\n"),
        ("- **one** more", "- **one** more\n"),
        ("(*so*)", "(_so_)\n"),
    ],
)
def test_what_is_typed_as_markdown_is_taken_as_such(page: PageText, typed: str, markdown: str) -> None:
    for number, line in enumerate(typed.split("\n")):
        if number:
            QTest.keyClick(page, Qt.Key.Key_Return)
        for character in line:  # keyClicks() halves what is beyond the first plane
            if character.isascii():
                QTest.keyClicks(page, character)
            else:
                commit(page, character)
    assert written(page) == markdown


@pytest.mark.parametrize(
    "typed",
    ["2. not the first", "#none", "####  four", "5*3*2", "M*A*S*H", "* a * b *", "a ** b **", "**", "***",
     "\\*kept*", "12:30 - later", "-", "1."],
)  # fmt: skip
def test_other_signs_stay_as_they_are(page: PageText, typed: str) -> None:
    QTest.keyClicks(page, typed if not typed.startswith("* ") else "." + typed)
    assert page.toPlainText().removeprefix(".") == typed
    assert page.kind() is BlockKind.PARAGRAPH
    assert not any(span.bold or span.italic for span in page.blocks()[0].spans)


@pytest.mark.parametrize("typed", ["# ", "> ", "- ", "1. ", "**bold**", "so *it* "])
def test_undo_gives_back_the_signs(page: PageText, typed: str) -> None:
    QTest.keyClicks(page, typed.rstrip(" ") if "*i" in typed else typed)
    assert page.toPlainText() != typed
    page.undo()
    assert page.toPlainText().strip() == typed.strip()
    page.redo()
    assert "*" not in page.toPlainText()


def commit(page: PageText, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(page, event)


def test_an_input_method_can_type_it_too(page: PageText) -> None:
    for part in ("-", " ", "**", "日本", "**", "です"):
        commit(page, part)
    assert [(s.text, s.bold) for s in page.blocks()[0].spans] == [("日本", True), ("です", False)]
    assert page.kind() is BlockKind.BULLET


def test_what_an_input_method_still_composes_is_not_kept(page: PageText) -> None:
    commit(page, "私は")
    QApplication.sendEvent(page, QInputMethodEvent("にほん", []))
    assert written(page) == "私は\n"
    commit(page, "日本")
    assert written(page) == "私は日本\n"


def test_backspace_at_the_beginning_makes_it_plain(page: PageText) -> None:
    QTest.keyClicks(page, "> said")
    assert page.kind() is BlockKind.QUOTE
    page.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    QTest.keyClick(page, Qt.Key.Key_Backspace)
    assert written(page) == "said\n"


def test_words_after_a_bold_one_are_plain_and_in_the_size_of_their_heading(page: PageText) -> None:
    QTest.keyClicks(page, "# so **bold** now")
    assert written(page) == "# so **bold** now\n"
    page.moveCursor(QTextCursor.MoveOperation.Start)
    first = page.currentCharFormat().font().pixelSize()
    page.moveCursor(QTextCursor.MoveOperation.End)
    assert page.currentCharFormat().font().pixelSize() == first
