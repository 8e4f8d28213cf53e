"""Which word is used for a baby: one of a few, or the family's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from memorybook.domain.wording import own_word
from memorybook.ui.core import theme
from memorybook.ui.core.called import word_choices
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.flow import FlowLayout

_OWN = "own"
_LONGEST = 80


class WordChoice(QWidget):
    """Chips, and a line once the word is one's own. ``changed`` when a word is chosen or typed.

    ``as_usual`` names the choice of no word in particular, where there is one.
    """

    changed = Signal()

    def __init__(self, *, name: str, as_usual: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        chips = FlowLayout(gap=px(8))
        self._chips: dict[str, Button] = {}
        choices = {"": as_usual} if as_usual else {}
        for code, text in {**choices, **word_choices(), _OWN: tr("Our own word")}.items():
            chip = Button(text, name=f"{name}-{code or 'usual'}", variant="chip")
            chip.setCheckable(True)
            self._group.addButton(chip)
            self._chips[code] = chip
            chips.addWidget(chip)
        self._group.buttonClicked.connect(lambda _: self._chosen())
        column.addLayout(chips)
        self._line = LabelledLine(tr("The word you use, as it is to stand in the book"), name=f"{name}-line")
        self._line.line.setMaxLength(_LONGEST)
        self._line.line.textEdited.connect(self.changed)
        self._line.hide()
        column.addWidget(self._line)

    @property
    def line_has_focus(self) -> bool:
        """Whether the own word is being typed."""
        return self._line.line.hasFocus()

    def show_word(self, word: str) -> None:
        """Show what is kept: a code, own words, or nothing."""
        own = own_word(word)
        self._line.line.setText(own)
        self._line.setVisible(bool(own))
        chosen = self._chips.get(_OWN if own else word)
        if chosen is not None:
            chosen.setChecked(True)

    def word(self) -> str:
        """A code, or own words as typed; empty when nothing is chosen or typed."""
        for code, chip in self._chips.items():
            if chip.isChecked():
                return self._line.text().strip() if code == _OWN else str(code)
        return ""

    def _chosen(self) -> None:
        own = self._chips[_OWN].isChecked()
        self._line.setVisible(own)
        if own:
            self._line.line.setFocus()
        self.changed.emit()
