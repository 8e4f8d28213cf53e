"""What a card of choices is made of: its title, quiet sentences, and choices as chips."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label

_TARGET = 32  # pixels


class CardButton(Button):
    """A button that is a large enough target at every size of the text."""

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(_TARGET, _TARGET))


class SettingsCard(QFrame):
    """One card with its title; ``column`` takes what belongs on it."""

    def __init__(self, title: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("surface", "card")
        px = theme.current().px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(20), px(16), px(20), px(18))
        self.column.setSpacing(px(10))
        self.column.addWidget(label(title, "card-title"))


class Choice(QWidget):
    """One of a few values, each a chip, under the sentence that says what is chosen.

    ``chosen`` carries the value that was pressed. ``question`` may be empty where the card's title asks.
    """

    chosen = Signal(str)

    def __init__(
        self,
        question: str,
        values: Mapping[str, str],
        *,
        name: str,
        about: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        if question:
            column.addWidget(label(question))
        chips = FlowLayout(gap=px(8))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._chips: dict[str, CardButton] = {}
        for value, text in values.items():
            says = tr("{choice}: {value}").format(choice=question or about, value=text)
            chip = CardButton(text, name=f"{name}-{value}", variant="chip", says=says)
            chip.setCheckable(True)
            chip.clicked.connect(lambda _, taken=value: self.chosen.emit(taken))
            self._group.addButton(chip)
            self._chips[value] = chip
            chips.addWidget(chip)
        column.addLayout(chips)

    def show_choice(self, value: str) -> None:
        """Mark the value that holds; none when it is not among those offered."""
        chosen = self._chips.get(value)
        self._group.setExclusive(False)
        for each in self._chips.values():
            each.setChecked(each is chosen)
            # As with every such group, Tab comes to the one that holds and the arrows to the others.
            reached = chosen is None or each is chosen
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus if reached else Qt.FocusPolicy.NoFocus)
        self._group.setExclusive(True)
