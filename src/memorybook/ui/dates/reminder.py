"""The part of a day that says whether there is a reminder of it, from when on, and in which words."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from memorybook.domain.occasion import LONGEST_REMINDER
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.fields import OWN_WORDS, LabelledLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label

_AT_FIRST = 3  # days before, when it is switched on


class ReminderPart(QWidget):
    """Off until it is switched on. ``unfolded`` when it takes more or less room."""

    unfolded = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._on = CheckBox(tr("Remind me inside this book"), name="day-reminder")
        column.addWidget(self._on)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(px(8))
        self._without_day = label(
            tr("A reminder needs a day and a month. Without them none is shown."), "small"
        )
        self._without_day.setObjectName("day-reminder-without-day")
        self._without_day.hide()
        more.addWidget(self._without_day)
        more.addWidget(
            label(
                tr(
                    "It is one line on the writing page while the book is open, until the day has passed. "
                    "Nothing is shown while the book is closed."
                ),
                "small",
            )
        )
        row = FlowLayout(gap=px(8))
        self._days = QLineEdit(str(_AT_FIRST))
        self._days.setObjectName("day-reminder-days")
        self._days.setAccessibleName(tr("From how many days before"))
        self._days.setInputMethodHints(OWN_WORDS)
        self._days.setValidator(QIntValidator(0, LONGEST_REMINDER, self._days))
        self._days.setFixedWidth(px(76))
        row.addWidget(self._days)
        row.addWidget(label(tr("days before, 0 for the day itself"), wraps=False))
        more.addLayout(row)
        self._words = LabelledLine(tr("In your own words, if you like"), name="day-reminder-words")
        more.addWidget(self._words)
        column.addWidget(self._more)
        self._on.toggled.connect(self._fold)
        self._more.hide()

    def show_reminder(self, days: int | None, words: str) -> None:
        """Fill the fields."""
        self._on.setChecked(days is not None)
        self._days.setText(str(_AT_FIRST if days is None else days))
        self._words.line.setText(words)
        self._words.line.setCursorPosition(0)

    def days(self) -> int | None:
        """How many days before, or ``None`` for off; an empty number is the day itself."""
        if not self._on.isChecked():
            return None
        text = self._days.text()
        return min(int(text), LONGEST_REMINDER) if text.isdecimal() else 0

    def say_without_day(self, vague: bool) -> bool:
        """Whether the date has no day, of which there is no reminder; ``True`` when more or less is said."""
        if vague is self._without_day.isVisibleTo(self._more):
            return False
        self._without_day.setVisible(vague)
        return self._on.isChecked()

    def words(self) -> str:
        """What it says, empty for what the day is called."""
        return self._words.text().strip()

    def _fold(self, on: bool) -> None:
        self._more.setVisible(on)
        self.unfolded.emit()
