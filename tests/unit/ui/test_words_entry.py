"""Typing the twelve words: with keys, as a person does, and by pasting."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from memorybook.services.recovery import RecoveryWords
from memorybook.ui.core.clipboard import ClipboardGuard
from memorybook.ui.kit.word_lines import WordLine
from memorybook.ui.kit.words_entry import WORDS, WordsEntry

SECRET = bytes(range(16))
LIST = RecoveryWords()
SHEET = LIST.sheet(SECRET)


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(520, 640)
    return window


@pytest.fixture
def entry(window: QWidget, qtbot: QtBot) -> WordsEntry:
    column = QVBoxLayout(window)
    entry = WordsEntry(LIST, name="word")
    column.addWidget(entry)
    column.addStretch(1)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    entry.setFocus()
    return entry


def mark(line: WordLine) -> str:
    return line.findChildren(QLabel)[0].text()


def focused(entry: WordsEntry) -> int:
    return next(number for number, line in enumerate(entry.lines) if line.hasFocus())


def test_four_letters_of_each_word_are_enough(entry: WordsEntry) -> None:
    for word in SHEET.words:
        QTest.keyClicks(entry.focusProxy().window().focusWidget(), word[:4])
        QTest.keyClick(entry.window().focusWidget(), Qt.Key.Key_Space)
    assert entry.text().split() == list(SHEET.words)
    assert LIST.read(entry.text()) == SECRET
    assert entry.first_empty() is None


def test_what_completes_a_word_gives_way_to_the_next_letter(entry: WordsEntry) -> None:
    word = next(word for word in LIST.words if len(word) >= 7)
    line = entry.lines[0]
    QTest.keyClicks(line, word[:4])
    assert (line.text(), line.selectedText()) == (word, word[4:])
    QTest.keyClicks(line, word[4])
    assert (line.text(), line.selectedText()) == (word, word[5:])
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == word[:5]
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == word[:4], "what is taken back is not put there again"


def test_a_word_is_offered_as_soon_as_it_is_the_only_one(entry: WordsEntry) -> None:
    beginnings = [word[:3] for word in LIST.words]
    alone = next(word for word in LIST.words if beginnings.count(word[:3]) == 1 and len(word) > 3)
    QTest.keyClicks(entry.lines[0], alone[:3])
    assert entry.lines[0].text() == alone


def test_each_word_is_checked_as_it_is_typed_in_words_and_for_screen_readers(entry: WordsEntry) -> None:
    line = entry.lines[0]
    QTest.keyClicks(line, SHEET.words[0][:2])
    assert (mark(line), line.accessibleDescription()) == ("", "")
    QTest.keyClicks(line, "qx")
    assert (mark(line), line.accessibleDescription()) == ("not on the list", "Not on the list")
    line.forget()
    QTest.keyClicks(line, SHEET.words[0])
    assert line.accessibleDescription() == "On the list"
    assert [each.accessibleName() for each in entry.lines] == [f"Word {n + 1}" for n in range(WORDS)]


def test_an_unfinished_word_is_told_when_it_is_left(entry: WordsEntry) -> None:
    several = next(w[:2] for w in LIST.words if LIST.complete(w[:2]) is None and not LIST.is_word(w[:2]))
    QTest.keyClicks(entry.lines[0], several)
    QTest.keyClick(entry.lines[0], Qt.Key.Key_Space)
    assert mark(entry.lines[0]) == "not on the list"


def test_space_goes_on_and_backspace_in_an_empty_field_goes_back(entry: WordsEntry) -> None:
    QTest.keyClick(entry.lines[0], Qt.Key.Key_Space)
    assert focused(entry) == 0, "a blank alone is no word"
    QTest.keyClicks(entry.lines[0], SHEET.words[0])
    QTest.keyClick(entry.lines[0], Qt.Key.Key_Space)
    assert focused(entry) == 1
    QTest.keyClick(entry.lines[1], Qt.Key.Key_Backspace)
    assert focused(entry) == 0
    assert entry.lines[0].text() == SHEET.words[0]
    assert entry.lines[0].cursorPosition() == len(SHEET.words[0])
    QTest.keyClick(entry.lines[0], Qt.Key.Key_Down)
    assert focused(entry) == 1
    QTest.keyClick(entry.lines[1], Qt.Key.Key_Up)
    assert focused(entry) == 0


def test_return_goes_to_what_is_empty_and_is_the_end_when_nothing_is(
    entry: WordsEntry, qtbot: QtBot
) -> None:
    for number, word in enumerate(SHEET.words[:-1]):
        if number != 3:
            entry.lines[number].put(word)
    entry.lines[10].setFocus()
    QTest.keyClick(entry.lines[10], Qt.Key.Key_Return)
    assert focused(entry) == 11
    QTest.keyClicks(entry.lines[11], SHEET.words[11])
    QTest.keyClick(entry.lines[11], Qt.Key.Key_Return)
    assert focused(entry) == 3
    QTest.keyClicks(entry.lines[3], SHEET.words[3][:4])
    with qtbot.waitSignal(entry.entered):
        QTest.keyClick(entry.lines[3], Qt.Key.Key_Return)
    assert entry.text().split() == list(SHEET.words)


@pytest.mark.parametrize(
    "pasted",
    [
        " ".join(SHEET.words),
        "\n".join(f"{number}. {word.upper()}" for number, word in enumerate(SHEET.words, start=1)),
        ", ".join(SHEET.words) + "\n",
    ],
    ids=["blanks", "numbered lines", "commas"],
)
def test_twelve_words_that_are_pasted_are_spread_over_the_fields(entry: WordsEntry, pasted: str) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(pasted)
    QTest.keySequence(entry.lines[0], "Ctrl+V")
    clipboard.clear()
    assert [line.text() for line in entry.lines] == list(SHEET.words)
    assert LIST.read(entry.text()) == SECRET


def test_some_words_that_are_pasted_begin_where_they_are_pasted(entry: WordsEntry) -> None:
    entry.lines[0].put(SHEET.words[0])
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(" ".join(SHEET.words[5:8]))
    QTest.keySequence(entry.lines[5], "Ctrl+V")
    clipboard.clear()
    assert [line.text() for line in entry.lines[5:8]] == list(SHEET.words[5:8])
    assert entry.lines[0].text() == SHEET.words[0]
    assert focused(entry) == 8


def test_the_code_is_grouped_as_it_is_typed(entry: WordsEntry) -> None:
    entry.use_code(used=True)
    QTest.keyClicks(entry.code, SHEET.code.replace("-", "").lower())
    assert entry.code.text() == SHEET.code
    assert LIST.read(entry.text()) == SECRET


def test_a_code_pasted_among_the_words_and_words_among_the_code_are_understood(entry: WordsEntry) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(SHEET.code)
    QTest.keySequence(entry.lines[0], "Ctrl+V")
    assert entry.uses_code
    assert LIST.read(entry.text()) == SECRET
    clipboard.setText(" ".join(SHEET.words))
    QTest.keySequence(entry.code, "Ctrl+A")
    QTest.keySequence(entry.code, "Ctrl+V")
    clipboard.clear()
    assert not entry.uses_code
    assert LIST.read(entry.text()) == SECRET


def test_no_word_leaves_its_field(entry: WordsEntry) -> None:
    guard = ClipboardGuard()
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("what was there")
    entry.use_code(used=True)
    entry.code.put(SHEET.code)
    entry.use_code(used=False)
    entry.lines[0].put(SHEET.words[0])
    for line in (entry.lines[0], entry.code):
        entry.use_code(used=line is entry.code)
        line.setFocus()
        for keys in ("Ctrl+A", "Ctrl+C", "Ctrl+Insert", "Ctrl+X", "Shift+Del", "Ctrl+A", "Home", "Ctrl+K"):
            QTest.keySequence(line, keys)
        QTest.mouseDClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
        QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
        QTest.mouseMove(line, line.rect().topLeft())
        QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=line.rect().topLeft())
        assert clipboard.text() == "what was there"
        assert clipboard.text(QClipboard.Mode.Selection) == ""
        hints = line.inputMethodHints()
        for hint in (
            Qt.InputMethodHint.ImhSensitiveData,
            Qt.InputMethodHint.ImhNoPredictiveText,
            Qt.InputMethodHint.ImhNoAutoUppercase,
        ):
            assert hints & hint
    clipboard.clear()
    guard.deleteLater()


def test_forgetting_leaves_nothing_to_undo(entry: WordsEntry) -> None:
    QTest.keyClicks(entry.lines[0], SHEET.words[0])
    entry.use_code(used=True)
    QTest.keyClicks(entry.code, SHEET.code)
    entry.forget()
    assert entry.is_empty
    assert not entry.code.isUndoAvailable()
    assert not entry.lines[0].isUndoAvailable()


def test_a_word_to_look_at_again_is_marked_until_it_is_changed(entry: WordsEntry) -> None:
    for line, word in zip(entry.lines, SHEET.words, strict=True):
        line.put(word)
    entry.point_to(6)
    line = entry.lines[6]
    assert line.hasFocus()
    assert (mark(line), line.selectedText()) == ("look again", SHEET.words[6])
    QTest.keyClicks(line, SHEET.words[6])
    assert line.accessibleDescription() == "On the list"


def test_in_a_narrow_place_the_fields_stand_below_one_another(entry: WordsEntry, qtbot: QtBot) -> None:
    assert entry.lines[0].mapTo(entry, entry.lines[0].rect().topLeft()).y() == (
        entry.lines[6].mapTo(entry, entry.lines[6].rect().topLeft()).y()
    )
    entry.window().resize(320, 700)
    qtbot.waitUntil(lambda: entry.width() < 330)

    def tops() -> list[int]:
        return [line.mapTo(entry, line.rect().topLeft()).y() for line in entry.lines]

    qtbot.waitUntil(lambda: tops() == sorted(set(tops())))
