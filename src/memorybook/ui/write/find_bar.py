"""Finding words on the page that is open: marked as they are typed, one after the other by key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import number_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.places_in_text import Place, PlacesInText

_LAYER = "found"
_STEPS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3, Qt.Key.Key_Up, Qt.Key.Key_Down}
_SIDES = 36  # pixels as drawn, at most
_MOST_MARKED = 300  # around the one that is looked at: more would make every key slow


class FindBar(QWidget):
    """Hidden until :meth:`open`. ``closed`` is called when it is put away again."""

    def __init__(
        self, text: PageText, *, closed: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._closed = closed
        self._places = PlacesInText(text.document())
        self._found: Sequence[Place] = ()
        self._at = -1
        px = theme.current().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = surface("footer")
        outer.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(min(px(30), _SIDES), px(6), min(px(30), _SIDES), px(6))
        row.setSpacing(px(8))
        self._line = QLineEdit()
        self._line.setObjectName("find-line")
        self._line.setAccessibleName(tr("Find on this page"))
        self._line.setPlaceholderText(tr("Find on this page"))
        self._line.setInputMethodHints(OWN_WORDS)
        self._line.textChanged.connect(lambda _: self._look())
        row.addWidget(self._line, 1)
        self._number = label("", "small", wraps=False)
        self._number.setObjectName("find-number")
        row.addWidget(self._number)
        self._before = self._arrow("up", "find-before", tr("The one before"), lambda: self._go(-1))
        self._after = self._arrow("down", "find-after", tr("The next one"), lambda: self._go(1))
        row.addWidget(self._before)
        row.addWidget(self._after)
        row.addWidget(self._arrow("remove", "find-close", tr("Put this away"), self.close_bar))
        self._late = QTimer(self)  # after a key in the page, in a pause
        self._late.setSingleShot(True)
        self._late.setInterval(150)
        self._late.timeout.connect(self._look_again)
        text.textChanged.connect(self._changed)
        theme.current().changed.connect(self._mark)
        self.hide()

    def _arrow(self, icon: str, name: str, says: str, pressed: Callable[[], object]) -> Button:
        return Button("", pressed, name=name, variant="quiet", icon=icon, tint="ink_soft", says=says)

    def open(self) -> None:
        """Show the line with the keyboard in it; what is selected on the page is looked for."""
        selected = self._text.textCursor().selectedText()
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if selected and len(selected) < 100 and "\u2029" not in selected:
            self._line.setText(selected)
        self._line.selectAll()
        self._look()

    def close_bar(self) -> None:
        """Put the line away, and the keyboard where the last hit is."""
        if self.isHidden():
            return
        self.hide()
        self._late.stop()
        if 0 <= self._at < len(self._found):
            place = self._found[self._at]
            self._text.setTextCursor(self._text.span(place.start, place.end))
        self._found, self._at = (), -1
        self._text.show_marks(_LAYER, [])
        self._closed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in _STEPS:
            self._go(-1 if back or event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        if self.isVisible():
            self._late.start()

    def _look_again(self) -> None:
        at = self._found[self._at].start if 0 <= self._at < len(self._found) else 0
        self._look(at, follow=False)

    def _look(self, start: int | None = None, *, follow: bool = True) -> None:
        """Find what is typed; the first hit behind the caret is the one that is looked at."""
        start = self._text.textCursor().selectionStart() if start is None else start
        self._found = self._places.of(self._line.text())
        self._at = next((n for n, place in enumerate(self._found) if place.start >= start), 0)
        self._show(follow=follow)

    def _go(self, step: int) -> None:
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._show()

    def _show(self, *, follow: bool = True) -> None:
        number = len(self._found)
        for arrow in (self._before, self._after):
            arrow.setEnabled(number > 1)
        if not self._line.text().strip():
            said = ""
        elif not number:
            said = tr("Not on this page")
        else:
            said = tr("{n} of {number}").format(n=number_text(self._at + 1), number=number_text(number))
        self._number.setText(said)
        self._number.setAccessibleName(said)
        self._mark()
        if number and follow:
            place = self._found[self._at]
            self._text.cursorMoved.emit(self._text.cursorRect(self._text.span(place.start, place.start)))

    def _mark(self) -> None:
        if self.isHidden():
            return
        first = max(0, self._at - _MOST_MARKED // 2)
        marks = [
            self._text.mark(place.start, place.end, _look_of(looked_at=number == self._at))
            for number, place in enumerate(self._found[first : first + _MOST_MARKED], start=first)
        ]
        self._text.show_marks(_LAYER, marks)


def _look_of(*, looked_at: bool) -> QTextCharFormat:
    look = theme.current()
    made = QTextCharFormat()
    made.setBackground(look.colour("sage" if looked_at else "sage_wash"))
    if looked_at:
        made.setForeground(look.colour("on_sage"))
    return made
