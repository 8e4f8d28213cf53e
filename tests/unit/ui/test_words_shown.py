"""The words and the code on the screen, to be copied by hand."""

from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from memorybook.ui.core import theme
from memorybook.ui.recovery.words_shown import WordsShown


def drawn(code: QLabel) -> QImage:
    QApplication.processEvents()
    return code.grab().toImage()


def test_a_zero_of_the_code_is_not_drawn_as_it_would_be_beside_the_letter_o(qtbot: QtBot) -> None:
    theme.load_fonts()
    theme.current().apply("light", 100)
    shown = WordsShown()
    qtbot.addWidget(shown)
    shown.show()
    code = shown.findChild(QLabel, "sheet-code")
    assert code is not None
    code.setText("0O0O")
    with_stroke = drawn(code)
    plain = QFont(code.font())
    plain.setFeature(QFont.Tag("zero"), 0)
    code.setFont(plain)
    assert drawn(code) != with_stroke
