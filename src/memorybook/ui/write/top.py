"""What stands above the words: the day and the title."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.ui.core import i18n
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.write.asking import ask_day


class DayButton(Button):
    """The day of the page; pressed, it asks for another one. ``changed`` when there is one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "",
            self._ask,
            name="entry-date",
            variant="soft-link",
            icon="dates",
            tint="ink_soft",
            parent=parent,
        )
        self.setToolTip(tr("Change the date"))
        self.day = UNKNOWN

    def show_day(self, day: VagueDate) -> None:
        """Show a day, without announcing a change."""
        self.day = day
        text = i18n.long_day(day) or tr("No date")
        self.setText(text)
        self.setAccessibleName(tr("Date: {date}").format(date=text))

    def _ask(self) -> None:
        def take(day: VagueDate) -> None:
            self.show_day(day)
            self.changed.emit()

        ask_day(self, self.day, take)


class TitleLine(QLineEdit):
    """The title of the page, as large as it is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry-title")
        self.setProperty("role", "page-title")
        self.setAccessibleName(tr("Title"))
        self.setInputMethodHints(OWN_WORDS)
        self._hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def _hint(self) -> None:
        """As much of a hint as there is room for."""
        for text in (tr("A title, if you like"), tr("A title"), ""):
            self.setPlaceholderText(text)
            if self.fontMetrics().horizontalAdvance(text) < self.width():
                return
