"""Parts of a form that are chosen and not typed: one kind of several, and a box to tick."""

import enum
from collections.abc import Mapping
from typing import Generic, TypeVar

from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.parts import Part

K = TypeVar("K", bound=enum.StrEnum)


class KindPart(Part, Generic[K]):
    """One of the kinds there is a word for, or none: pressing the chip that is on puts it out."""

    def __init__(self, caption: str, kinds: Mapping[K, str], *, none: K, name: str) -> None:
        """``kinds`` are those with a word, in their order; chips are called ``name`` and their value."""
        super().__init__()
        self._none = none
        self._chips: dict[K, Button] = {}
        self.column.addWidget(label(caption, "field"))
        self.setAccessibleName(caption)
        flow = FlowLayout(gap=theme.current().px(8))
        for kind, words in kinds.items():
            chip = Button(words, name=f"{name}-{kind.value}", variant="chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda on, kind=kind: self._choose(kind if on else none))
            self._chips[kind] = chip
            flow.addWidget(chip)
        self.column.addLayout(flow)
        self.setFocusProxy(next(iter(self._chips.values())))

    def show_kind(self, kind: K) -> None:
        """Mark what is kept."""
        for each, chip in self._chips.items():
            chip.setChecked(each is kind)

    def kind(self) -> K:
        """The kind that is marked."""
        return next((kind for kind, chip in self._chips.items() if chip.isChecked()), self._none)

    def holds(self) -> bool:
        return self.kind() is not self._none

    def _choose(self, kind: K) -> None:
        self.show_kind(kind)
        self.edited.emit()


class BoxPart(Part):
    """A box to tick, and a line that says what follows from it."""

    def __init__(self, words: str, follows: str, *, name: str) -> None:
        super().__init__()
        self._box = CheckBox(words, name=name)
        self._box.toggled.connect(self.edited)
        self._box.setAccessibleDescription(follows)
        self.column.addWidget(self._box)
        if follows:
            self.column.addWidget(label(follows, "small"))
        self.setFocusProxy(self._box)

    def show_on(self, *, on: bool) -> None:
        """Tick it, or not."""
        self._box.setChecked(on)

    def is_on(self) -> bool:
        """Whether it is ticked."""
        return self._box.isChecked()

    def holds(self) -> bool:
        return True
