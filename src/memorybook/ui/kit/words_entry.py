"""Where the twelve words of a sheet are typed, or its code: each word is checked and completed on the way."""

import re
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.fields import PrivateLine
from memorybook.ui.kit.labels import label

WORDS = 12
CODE_SYMBOLS = 28
_GROUP = 4
_COLUMN_WIDTH = 206  # of a number, a word of eight letters and the mark beside it, in pixels at 100 %
_NEXT = {Qt.Key.Key_Space, Qt.Key.Key_Down}
_DONE = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class WordList(Protocol):
    """What is known of the words that can be on a sheet."""

    def starts_well(self, text: str) -> bool:
        """Whether some word begins so."""

    def complete(self, text: str) -> str | None:
        """The word that begins so, once it is the only one."""

    def is_word(self, text: str) -> bool:
        """Whether this is a whole word of the list."""


class WordLine(PrivateLine):
    """One word. What completes it is selected, so that the next letter typed takes its place.

    ``poured`` carries everything when more than one word arrived at once, by paste or from a keyboard.
    """

    poured = Signal(str)
    forward = Signal()
    backward = Signal()
    entered = Signal()
    focused = Signal()

    def __init__(self, words: WordList, position: int, *, name: str) -> None:
        super().__init__(name=f"{name}-{position + 1}")
        self._words = words
        self._typed = ""
        self._look_again = False
        self.setAccessibleName(tr("Word {number}").format(number=position + 1))
        self._mark = label("", "small", wraps=False, parent=self)
        self._mark.setObjectName(f"{name}-{position + 1}-mark")
        self._mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._mark.hide()
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self._check)
        theme.current().changed.connect(self._check)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _NEXT:
            if self.text() or key is Qt.Key.Key_Down:
                self.forward.emit()
        elif key in _DONE:
            self.entered.emit()
        elif key is Qt.Key.Key_Up or (key is Qt.Key.Key_Backspace and not self.text()):
            self.backward.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._check()
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.finish()
        super().focusOutEvent(event)
        self._check()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_mark()

    def finish(self) -> None:
        """Write the word out when its beginning leaves no other."""
        whole = self._words.complete(self.text()) if self.text() else None
        if whole is not None and whole != self.text():
            self.put(whole)

    def put(self, word: str) -> None:
        """Show a word that was not typed letter by letter."""
        self._typed = word
        self._look_again = False
        self.setText(word)
        self._check()

    def forget(self) -> None:
        self._typed = ""
        self._look_again = False
        super().forget()

    def ask_to_look_again(self) -> None:
        """Mark the word as one that may be another on the paper, until it is changed."""
        self._look_again = True
        self._check()
        self.selectAll()

    @property
    def is_right(self) -> bool:
        """Whether the whole word is one of the list."""
        return self._words.is_word(self.text())

    def _edited(self, text: str) -> None:
        self._look_again = False
        if len(text.split()) > 1 or len(_symbols(text)) == CODE_SYMBOLS:
            self.poured.emit(text)
            return
        typed = "".join(_letters(text))
        at_the_end = self.cursorPosition() == len(text)
        grew = len(typed) > len(self._typed)
        self._typed = typed
        whole = self._words.complete(typed) if grew and at_the_end else None
        if whole is not None and len(whole) > len(typed):
            self.setText(whole)
            self.setSelection(len(whole), len(typed) - len(whole))
        elif typed != text:
            self.setText(typed)
        if text[-1:].isspace() and typed:  # a space that did not come as a key
            self.forward.emit()

    def _check(self) -> None:
        """What the mark says: right, not on the list, look again; nothing while the word is growing."""
        text = self.text()
        if not text:
            self._say("", "")
        elif self._look_again:
            self._say(tr("look again"), tr("Please look at this word again"))
        elif self.is_right:
            self._say("", tr("On the list"), icon="check")
        elif self.hasFocus() and self._words.starts_well(text):
            self._say("", "")
        else:
            self._say(tr("not on the list"), tr("Not on the list"))

    def _say(self, text: str, says: str, *, icon: str = "") -> None:
        self._mark.setVisible(bool(text or icon))
        self._mark.setText(text)
        if icon:
            self._mark.setPixmap(theme.current().pixmap(icon, "sage", 16))
        if self.accessibleDescription() != says:
            self.setAccessibleDescription(says)
        self._place_mark()

    def _place_mark(self) -> None:
        px = theme.current().px
        size = self._mark.sizeHint()
        room = size.width() + px(4) if not self._mark.isHidden() else 0
        self.setTextMargins(0, 0, room, 0)
        x = self.width() - size.width() - px(10)
        self._mark.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())


class CodeLine(PrivateLine):
    """The code of the sheet, put into groups of four as it is typed.

    ``poured`` carries what was pasted when it looks like words.
    """

    poured = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self.setAccessibleName(tr("The code on the sheet"))
        self.textEdited.connect(self._edited)

    def put(self, text: str) -> None:
        """Show a code in its groups."""
        symbols = _symbols(text).upper()
        groups = [symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP)]
        self.setText("-".join(groups))

    def _edited(self, text: str) -> None:
        if len(text.split()) > 1 and len(_symbols(text)) > CODE_SYMBOLS:
            self.poured.emit(text)
        elif self.cursorPosition() == len(text):
            self.put(text)


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
        line.focused.connect(lambda: self._bring_into_view(line))
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
        symbols = _symbols(text)
        if len(symbols) == CODE_SYMBOLS:
            self.forget()
            self.use_code(used=True)
            self.code.put(text)
            self.code.setFocus()
            return
        self.code.forget()
        self.use_code(used=False)
        given = _letters(text)[:WORDS]
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

    def _bring_into_view(self, line: WordLine) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, ScrollColumn):
            above = above.parentWidget()
        if above is not None:
            above.bring_into_view(line)


def _letters(text: str) -> list[str]:
    """The words in a text, small: numbers before them and marks between them are no part of a word."""
    return [word.lower() for word in re.findall(r"[^\W\d_]+", text)]


def _symbols(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))
