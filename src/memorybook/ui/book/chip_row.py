"""One of a few choices, each a chip, under what they are about."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label

K = TypeVar("K", bound=str)


class ChipRow(QWidget, Generic[K]):
    """``chosen`` gets the value of the chip that was pressed; exactly one is on.

    It is no signal: through one a word of an enumeration would arrive as a plain word.
    """

    def __init__(
        self, caption: str, choices: Mapping[K, str], *, name: str, chosen: Callable[[K], object]
    ) -> None:
        super().__init__()
        px = theme.current().px
        self.setAccessibleName(caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        if caption:
            column.addWidget(label(caption, "field"))
        flow = FlowLayout(gap=px(8))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._chips: dict[K, Button] = {}
        for value, words in choices.items():
            chip = Button(words, partial(chosen, value), name=f"{name}-{value}", variant="chip")
            chip.setCheckable(True)
            self._group.addButton(chip)
            self._chips[value] = chip
            flow.addWidget(chip)
        column.addLayout(flow)

    def mark(self, value: K) -> None:
        """Show which one is on."""
        self._chips[value].setChecked(True)

    def offer(self, values: Iterable[K]) -> None:
        """Have these to choose from, and hide the others."""
        offered = frozenset(values)
        for value, chip in self._chips.items():
            chip.setVisible(value in offered)
