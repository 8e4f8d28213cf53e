"""The words of a printed book, while somebody types in them and what is kept comes late."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from memorybook.domain.book import Edition
from memorybook.ui.book.words_on import BookTitle, BookWords
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.text_box import TextBox


def edition(title: str = "", **words: str) -> Edition:
    return Edition(title=title, entries=(), language="en", **words)  # type: ignore[arg-type]  # words alone


def test_the_title_that_is_typed_goes_on_where_it_was(dressed: QApplication, qtbot: QtBot) -> None:
    title = BookTitle()
    qtbot.addWidget(title)
    title.show_edition(edition("Wren"))
    assert title.line.cursorPosition() == 0, "a long one is read from its beginning"
    title.line.clear()
    QTest.keyClicks(title.line, "For Wren ")
    title.show_edition(edition("For Wren"))
    QTest.keyClicks(title.line, "and Paul")
    assert title.text() == "For Wren and Paul"
    title.line.undo()
    assert title.text() != "For Wren and Paul", "what was typed can be taken back"


def test_a_line_that_is_typed_goes_on_while_the_others_are_filled(
    dressed: QApplication, qtbot: QtBot
) -> None:
    words = BookWords()
    qtbot.addWidget(words)
    words.show()
    words.findChild(Button, "book-offer-colophon").click()
    box = words.findChild(TextBox, "book-colophon")
    QTest.keyClicks(box, "With thanks ")
    words.show_edition(edition(subtitle="2026", colophon="With thanks"))
    QTest.keyClicks(box, "to all")
    assert words.words() == {"subtitle": "2026", "dedication": "", "colophon": "With thanks to all"}


def test_a_line_that_is_still_empty_stays_while_the_keyboard_is_in_it(
    dressed: QApplication, qtbot: QtBot
) -> None:
    words = BookWords()
    qtbot.addWidget(words)
    words.show()
    offer, line = (
        words.findChild(Button, "book-offer-dedication"), words.findChild(QLineEdit, "book-dedication")
    )
    offer.click()
    words.show_edition(edition("Wren", subtitle="2026"))
    assert line.isVisible()
    assert not offer.isVisible()
    assert words.focusWidget() is line
    words.findChild(QLineEdit, "book-subtitle").setFocus()
    words.show_edition(edition("Paul"))
    assert not line.isVisible(), "it is offered again with another edition"
    assert offer.isVisible()
