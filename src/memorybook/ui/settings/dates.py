"""The card of the dates: whether they have a page, and whether reminders are shown."""

from collections.abc import Callable

from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import SettingsCard
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.labels import label


class DatesCard(SettingsCard):
    """``page_kept`` and ``reminders_kept`` store what is chosen. It holds at once."""

    def __init__(
        self, *, page_kept: Callable[[bool], object], reminders_kept: Callable[[bool], object]
    ) -> None:
        super().__init__(tr("Dates and reminders"), name="settings-dates")
        self._page = CheckBox(tr("Have a page for dates"), name="dates-page")
        self._page.clicked.connect(lambda on: page_kept(on))
        self._page.toggled.connect(self._follow)
        self._reminders = CheckBox(tr("Show reminders on the writing page"), name="dates-reminders")
        self._reminders.clicked.connect(lambda on: reminders_kept(on))
        words = tr(
            "A reminder is off until you switch it on for a date. It is one line on the writing page while "
            "this book is open, and is shown nowhere else. While the page is put away, reminders rest, and "
            "all your dates stay in the book."
        )
        for part in (self._page, self._reminders, label(words, "soft")):
            self.column.addWidget(part)

    def show_choices(self, *, page: bool, reminders: bool) -> None:
        """What is kept."""
        self._page.setChecked(page)
        self._reminders.setChecked(reminders)
        self._follow(page)

    def _follow(self, page: bool) -> None:
        self._reminders.setEnabled(page)
