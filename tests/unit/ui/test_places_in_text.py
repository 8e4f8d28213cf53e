"""Words are found where they are, counted as Qt counts, and again after the text has changed."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from memorybook.ui.kit import rich_text
from memorybook.ui.kit.places_in_text import PlacesInText


def selected(document: rich_text.SealedDocument, words: str) -> list[str]:
    found = []
    for place in PlacesInText(document).of(words):
        cursor = QTextCursor(document)
        cursor.setPosition(place.start)
        cursor.setPosition(place.end, QTextCursor.MoveMode.KeepAnchor)
        found.append(cursor.selectedText())
    return found


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Wren, wren and WREN", "wren", ["Wren", "wren", "WREN"]),
        ("😀 Wren 👩‍👧 wrén\n😀wren", "WREN", ["Wren", "wrén", "wren"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("two words here", "o w", ["o w"]),
        ("שלום עליכם", "עליכם", ["עליכם"]),
        ("nothing", "Wren", []),
        ("a b", " ", []),
    ],
)
def test_words_are_found_in_place(dressed: QApplication, text: str, words: str, found: list[str]) -> None:
    document = rich_text.SealedDocument()
    QTextCursor(document).insertText(text)
    assert selected(document, words) == found


def test_a_text_that_changed_is_read_again(dressed: QApplication) -> None:
    document = rich_text.SealedDocument()
    cursor = QTextCursor(document)
    cursor.insertText("Wren")
    places = PlacesInText(document)
    assert [place.start for place in places.of("wren")] == [0]
    cursor.setPosition(0)
    cursor.insertText("For ")
    assert [place.start for place in places.of("wren")] == [4]
