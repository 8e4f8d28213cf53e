"""The twelve words and the code, large enough to copy by hand; they cannot be selected."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from memorybook.services.recovery import RecoverySheet
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.labels import label, surface

_WORDS = 12
_COLUMN_WIDTH = 190  # of a number and a word of eight letters, in pixels at 100 %


class WordsShown(QWidget):
    """Empty until :meth:`show_sheet`, and empty again after :meth:`forget`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(px(12))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(px(8))
        lines.addLayout(self._grid)
        self._words: list[QLabel] = []
        self._rows = [self._row(position) for position in range(_WORDS)]
        lines.addWidget(surface("rule"))
        lines.addWidget(label(tr("The same as a code"), "small"))
        self._code = label("", "sheet-code")
        self._code.setObjectName("sheet-code")
        face = self._code.font()
        face.setFeature(QFont.Tag("zero"), 1)  # a zero with a stroke through it, as on the paper
        self._code.setFont(face)
        lines.addWidget(self._code)
        self._columns = 0
        self._arrange(2)
        self.is_shown = False

    def _row(self, position: int) -> QWidget:
        px = theme.current().px
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(10))
        number = label(str(position + 1), "soft", wraps=False)
        number.setFixedWidth(px(22))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        word = label("", "sheet-word", wraps=False)
        word.setObjectName(f"sheet-word-{position + 1}")
        across.addWidget(number)
        across.addWidget(word, 1)
        self._words.append(word)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme.current().px
        self._arrange(2 if self.width() >= px(2 * _COLUMN_WIDTH + 24) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        length = _WORDS // columns
        for position, row in enumerate(self._rows):
            self._grid.addWidget(row, position % length, position // length)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)

    def show_sheet(self, sheet: RecoverySheet) -> None:
        """Put words and code on the screen."""
        self.is_shown = True
        for position, (shown, word) in enumerate(zip(self._words, sheet.words, strict=True)):
            shown.setText(word)
            shown.setAccessibleName(
                tr("Word {number}: {word}").format(number=position + 1, word=word)
            )
        # No line is broken between a dash and a digit: a code with many would be wider than the page.
        self._code.setText(sheet.code.replace("-", "-\u200b"))
        self._code.setAccessibleName(sheet.code)

    def forget(self) -> None:
        """Take them off the screen."""
        self.is_shown = False
        for shown in [*self._words, self._code]:
            shown.setText("")
            shown.setAccessibleName("")
