"""Whom something is about: some of the babies of the book, or none of them."""

from collections.abc import Mapping

from memorybook.domain.ids import BabyId
from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.parts import Part


class BabiesPart(Part):
    """A chip for each baby, on for those it is about. One that is put away stays chosen and has no chip."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self._name = name
        self._chosen: tuple[BabyId, ...] = ()
        self._chips: dict[BabyId, Button] = {}
        self.column.addWidget(label(caption, "field"))
        self._flow = FlowLayout(gap=theme.current().px(8))
        self.column.addLayout(self._flow)
        self.setAccessibleName(caption)

    def show_babies(self, names: Mapping[BabyId, str], chosen: tuple[BabyId, ...]) -> None:
        """The babies there are, by what they are called, in their order; and those that it is about."""
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chosen, self._chips = chosen, {}
        for baby, words in names.items():
            chip = Button(words, name=f"{self._name}-{baby}", variant="chip")
            chip.setCheckable(True)
            chip.setChecked(baby in chosen)
            chip.toggled.connect(lambda on, baby=baby: self._toggle(baby, on=on))
            self._chips[baby] = chip
            self._flow.addWidget(chip)
            chip.show()
        if self._chips:
            self.setFocusProxy(next(iter(self._chips.values())))
        self.updateGeometry()

    def babies(self) -> tuple[BabyId, ...]:
        """Those it is about, in the order they were chosen."""
        return self._chosen

    def offers_any(self) -> bool:
        """Whether there is a baby to choose."""
        return bool(self._chips)

    def holds(self) -> bool:
        return bool(self._chips.keys() & set(self._chosen))

    def _toggle(self, baby: BabyId, *, on: bool) -> None:
        others = tuple(each for each in self._chosen if each != baby)
        self._chosen = (*others, baby) if on else others
        self.edited.emit()
