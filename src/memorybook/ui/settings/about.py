"""The card about the program: what is protected, from whom, and which version this is."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from memorybook import __version__
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.labels import label
from memorybook.ui.settings.card import CardButton, SettingsCard


class AboutCard(SettingsCard):
    """``help_wanted`` leads to the page that says what is protected."""

    def __init__(self, help_wanted: Callable[[], object]) -> None:
        super().__init__(tr("About Memory Book"), name="settings-about")
        self.column.addWidget(
            label(tr("It never connects to anything. What you write stays in your book’s folder."), "soft")
        )
        self.column.addWidget(
            CardButton(tr("What is protected, and what is not"), help_wanted, name="show-help"),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        self.column.addWidget(label(tr("Version {version}").format(version=__version__), "small"))
