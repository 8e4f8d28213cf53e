"""The fields that one word of a sheet is typed into, or its code: checked and completed on the way."""

import re
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.fields import PrivateLine
from memorybook.ui.kit.labels import label

CODE_SYMBOLS = 28
_GROUP = 4
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
        if len(text.split()) > 1 or len(symbols_in(text)) == CODE_SYMBOLS:
            self.poured.emit(text)
            return
        typed = "".join(words_in(text))
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
        symbols = symbols_in(text).upper()
        groups = [symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP)]
        self.setText("-".join(groups))

    def _edited(self, text: str) -> None:
        if len(text.split()) > 1 and len(symbols_in(text)) > CODE_SYMBOLS:
            self.poured.emit(text)
        elif self.cursorPosition() == len(text):
            self.put(text)


def words_in(text: str) -> list[str]:
    """The words in a text, small: numbers before them and marks between them are no part of a word."""
    return [word.lower() for word in re.findall(r"[^\W\d_]+", text)]


def symbols_in(text: str) -> str:
    """The letters and digits in a text, which are all of it that a code is made of."""
    return "".join(re.findall(r"[^\W_]", text))
