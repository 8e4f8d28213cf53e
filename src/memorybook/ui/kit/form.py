"""A form in one column that shows what is written down and offers the rest, so that nothing looks missing."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.parts import Part


class FoldedForm(QWidget):
    """Parts in a fixed order. One that holds nothing waits as a chip until it is asked for.

    ``edited`` when the person changes a part, ``unfolded`` with the part that has come into view.
    """

    edited = Signal()
    unfolded = Signal(QWidget)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self._name = name
        self._filling = False
        self._folded: dict[Part, Button] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(18))
        self._parts = QVBoxLayout()
        self._parts.setSpacing(px(18))
        outer.addLayout(self._parts)
        self._offers = QWidget()
        offers = QVBoxLayout(self._offers)
        offers.setContentsMargins(0, px(4), 0, 0)
        offers.setSpacing(px(8))
        offers.addWidget(label(tr("If you like, you can also write down"), "small"))
        self._chips = FlowLayout(gap=px(8))
        offers.addLayout(self._chips)
        outer.addWidget(self._offers)

    def add(self, part: Part) -> None:
        """A part that is always there."""
        self._parts.addWidget(part)
        part.edited.connect(self._edited)

    def add_folded(
        self, part: Part, offer: str, *, key: str, begin: Callable[[], QWidget] | None = None
    ) -> None:
        """A part that is offered. ``begin`` readies it and says where the keyboard goes."""
        self.add(part)

        def unfold() -> None:
            part.show()
            chip.hide()
            self._show_offers()
            target = begin() if begin is not None else part
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.unfolded.emit(part)

        name = f"{self._name}-offer-{key}"
        chip = Button(offer, unfold, name=name, variant="chip", icon="add", tint="sage")
        self._chips.addWidget(chip)
        self._folded[part] = chip

    def fill(self, show: Callable[[], None], *, in_use: bool = False) -> None:
        """Let ``show`` fill the parts; nothing of it counts as typed. What holds nothing is folded.

        With ``in_use`` somebody may be about to write: the part that has the keyboard stays.
        """
        self._filling = True
        show()
        self._filling = False
        for part, chip in self._folded.items():
            stays = part.holds() or (in_use and _has_keyboard(part))
            part.setVisible(stays)
            chip.setVisible(not stays)
        self._show_offers()

    def never_offer(self, part: Part) -> None:
        """Hide a part and its chip: it has nothing to choose from."""
        part.hide()
        self._folded[part].hide()
        self._show_offers()

    def _show_offers(self) -> None:
        self._offers.setVisible(any(not chip.isHidden() for chip in self._folded.values()))

    def _edited(self) -> None:
        if not self._filling:
            self.edited.emit()


def _has_keyboard(part: Part) -> bool:
    """Whether it is where one types in this window, also while another window is in front."""
    focused: QWidget | None = part.window().focusWidget()
    return focused is not None and part.isVisible() and part.isAncestorOf(focused)
