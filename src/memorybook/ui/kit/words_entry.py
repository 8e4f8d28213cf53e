"""Where the twelve words of a sheet are typed, or its code: twelve fields, or one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.column import bring_into_sight
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.word_lines import CODE_SYMBOLS, CodeLine, WordLine, WordList, symbols_in, words_in

WORDS = 12
_COLUMN_WIDTH = 206  # of a number, a word of eight letters and the mark beside it, in pixels at 100 %


class WordsEntry(QWidget):
    """Twelve numbered fields in two columns, or one below the other where there is little room.

    ``entered`` is emitted when Return is pressed and nothing is left to fill in, ``changed`` on every key,
    ``codeUsed`` when the code takes the place of the words or they of the code.
    """

    entered = Signal()
    changed = Signal()
    codeUsed = Signal()

    def __init__(self, words: WordList, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(8))
        self._columns = 0
        self.lines = [WordLine(words, position, name=name) for position in range(WORDS)]
        self._rows = [self._row(line, position) for position, line in enumerate(self.lines)]
        column.addWidget(self._fields)
        self._code_part = QWidget()
        code_column = QVBoxLayout(self._code_part)
        code_column.setContentsMargins(0, 0, 0, 0)
        code_column.setSpacing(px(6))
        code_column.addWidget(label(tr("The code on the sheet"), "field"))
        self.code = CodeLine(name=f"{name}-code")
        self.code.textChanged.connect(self.changed)
        self.code.poured.connect(self._pour)
        self.code.returnPressed.connect(self.entered)
        code_column.addWidget(self.code)
        column.addWidget(self._code_part)
        self.use_code(used=False)
        self._arrange(2)

    def _row(self, line: WordLine, position: int) -> QWidget:
        px = theme.current().px
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(8))
        number = QLabel(str(position + 1))
        number.setTextFormat(Qt.TextFormat.PlainText)
        number.setProperty("role", "soft")
        number.setFixedWidth(px(20))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number.setBuddy(line)
        across.addWidget(number)
        across.addWidget(line, 1)
        line.textChanged.connect(self.changed)
        line.poured.connect(lambda text: self._pour(text, position))
        line.forward.connect(lambda: self._go(position + 1))
        line.backward.connect(lambda: self._go(position - 1))
        line.entered.connect(lambda: self._entered(position))
        line.focused.connect(lambda: bring_into_sight(line))
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme.current().px
        self._arrange(2 if self.width() >= px(2 * _COLUMN_WIDTH + 18) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        length = WORDS // columns
        for position, row in enumerate(self._rows):
            self._grid.addWidget(row, position % length, position // length)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)

    def use_code(self, *, used: bool) -> None:
        """Ask for the code instead of the words, or for the words again."""
        self._uses_code = used
        self._code_part.setVisible(used)
        self._fields.setVisible(not used)
        self.setFocusProxy(self.code if used else self.lines[0])
        self.codeUsed.emit()

    @property
    def uses_code(self) -> bool:
        """Whether the code is asked for."""
        return self._uses_code

    def text(self) -> str:
        """Everything that was typed, words apart by blanks, or the code."""
        return self.code.text() if self._uses_code else " ".join(line.text() for line in self.lines)

    def first_empty(self) -> int | None:
        """The first field without anything in it, counted from 0; ``None`` when there is none."""
        if self._uses_code:
            return None if self.code.text().strip() else 0
        return next((i for i, line in enumerate(self.lines) if not line.text()), None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not self.text().strip()

    def point_to(self, position: int) -> None:
        """Put the keyboard into one word, counted from 0, to be looked at again; or into the code."""
        if self._uses_code:
            self.code.setFocus()
            return
        line = self.lines[position]
        line.setFocus()
        if line.text():
            line.ask_to_look_again()

    def forget(self) -> None:
        """Empty every field."""
        self.code.forget()
        for line in self.lines:
            line.forget()

    def _pour(self, text: str, position: int = 0) -> None:
        """Spread what arrived at once over the fields, or take it as the code."""
        symbols = symbols_in(text)
        if len(symbols) == CODE_SYMBOLS:
            self.forget()
            self.use_code(used=True)
            self.code.put(text)
            self.code.setFocus()
            return
        self.code.forget()
        self.use_code(used=False)
        given = words_in(text)[:WORDS]
        first = position if position + len(given) <= WORDS else 0
        for line, word in zip(self.lines[first:], given, strict=False):
            line.put(word)
        self._go(min(first + len(given), WORDS - 1))

    def _go(self, position: int) -> None:
        if 0 <= position < WORDS:
            line = self.lines[position]
            line.setFocus(Qt.FocusReason.TabFocusReason)
            line.end(False)  # noqa: FBT003 - Qt's own argument: without marking

    def _entered(self, position: int) -> None:
        """Return goes on to what is still empty, and only then means that everything is there."""
        empty = self.first_empty()
        if position + 1 < WORDS and not self.lines[position + 1].text():
            self._go(position + 1)
        elif empty is not None:
            self._go(empty)
        else:
            self.lines[position].finish()
            self.entered.emit()
