"""The card about the program: what is protected, from whom, which version this is, and whose it is."""

from collections.abc import Callable

from memorybook import __version__
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import CardButton, SettingsCard
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.settings import licences_sheet


class AboutCard(SettingsCard):
    """``help_wanted`` leads to the page that says what is protected."""

    def __init__(self, help_wanted: Callable[[], object]) -> None:
        super().__init__(tr("About Memory Book"), name="settings-about")
        self.column.addWidget(
            label(tr("It never connects to anything. What you write stays in your book’s folder."), "soft")
        )
        buttons = FlowLayout(gap=theme.current().px(10))
        protected = CardButton(tr("What is protected, and what is not"), help_wanted, name="show-help")
        buttons.addWidget(protected)
        licences = CardButton(
            tr("Licences and sources"),
            lambda: licences_sheet.show(self),
            name="show-licences",
            variant="link",
        )
        protected.ensurePolished()
        licences.setMinimumHeight(protected.sizeHint().height())
        buttons.addWidget(licences)
        self.column.addLayout(buttons)
        self.column.addWidget(label(tr("Version {version}").format(version=__version__), "small"))
