"""The words and the code on the screen, to be copied by hand."""

from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from memorybook.services.recovery import RecoverySheet
from memorybook.ui.core import theme
from memorybook.ui.recovery.words_shown import WordsShown


def with_code(qtbot: QtBot, *, text: int) -> tuple[WordsShown, QLabel]:
    """On the screen at a size of text in percent, and the part of it that shows the code."""
    theme.load_fonts()
    theme.current().apply("light", text)
    shown = WordsShown()
    qtbot.addWidget(shown)
    shown.show()
    code = shown.findChild(QLabel, "sheet-code")
    assert code is not None
    return shown, code


def drawn(code: QLabel) -> QImage:
    QApplication.processEvents()
    return code.grab().toImage()


def test_a_zero_of_the_code_is_not_drawn_as_it_would_be_beside_the_letter_o(qtbot: QtBot) -> None:
    _, code = with_code(qtbot, text=100)
    code.setText("0O0O")
    with_stroke = drawn(code)
    plain = QFont(code.font())
    plain.setFeature(QFont.Tag("zero"), 0)
    code.setFont(plain)
    assert drawn(code) != with_stroke


def test_a_code_of_digits_needs_no_more_room_than_one_of_letters(qtbot: QtBot) -> None:
    shown, code = with_code(qtbot, text=200)
    for text in ("R2NG-6DNE-7PGY-9DDJ-5FZ2-01QG-8RWW", "FDMP-ASMR-KTTB-XQZD-ZRPP-GFAS-JCAB"):
        shown.show_sheet(RecoverySheet(("mushroom",) * 12, text))
        assert code.minimumSizeHint().width() < 120, text
        assert code.accessibleName() == text
