"""The card of the writing page: whether places to start are offered, and whether words are counted."""

from collections.abc import Callable

from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import SettingsCard
from memorybook.ui.kit.checks import CheckBox


class WritingCard(SettingsCard):
    """``prompts_kept`` and ``number_kept`` store what is chosen. It holds at once."""

    def __init__(
        self, *, prompts_kept: Callable[[bool], object], number_kept: Callable[[bool], object]
    ) -> None:
        super().__init__(tr("The writing page"), name="settings-writing")
        self._prompts = CheckBox(tr("Offer a place to start on an empty page"), name="writing-prompts")
        self._prompts.clicked.connect(lambda on: prompts_kept(on))
        self._number = CheckBox(tr("Show how many words a page has"), name="writing-number")
        self._number.clicked.connect(lambda on: number_kept(on))
        self.column.addWidget(self._prompts)
        self.column.addWidget(self._number)

    def show_choices(self, *, prompts: bool, number: bool) -> None:
        """What is kept."""
        self._prompts.setChecked(prompts)
        self._number.setChecked(number)
