"""The card about covered photos: whether new ones are covered by themselves."""

from collections.abc import Callable

from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import SettingsCard
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.labels import label


class CoveringCard(SettingsCard):
    """``kept`` stores what is chosen. It holds for what comes into the book from then on."""

    def __init__(self, *, kept: Callable[[bool], object]) -> None:
        super().__init__(tr("Covered photos"), name="settings-covering")
        words = tr(
            "A covered photo is a plain surface wherever it would appear. It is shown when you ask for it, "
            "and covered again when you leave the page. You can cover and uncover each one by itself."
        )
        self.column.addWidget(label(words, "soft"))
        self._new = CheckBox(tr("Cover new photos and videos when they come in"), name="covering-new")
        self._new.clicked.connect(lambda on: kept(on))
        self.column.addWidget(self._new)

    def show_choice(self, *, new: bool) -> None:
        """What is kept."""
        self._new.setChecked(new)
