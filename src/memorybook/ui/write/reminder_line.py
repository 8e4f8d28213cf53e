"""One quiet line above the page that is written: a reminder the family asked for."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.reminders import DueReminder
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import LineLabel, surface

_LARGE = 1.5


class ReminderLine(QWidget):
    """Hidden until there is one. It takes no key and blocks nothing.

    ``led`` goes to the dates, ``dismissed`` puts this one aside until its day comes round again.
    """

    def __init__(
        self,
        *,
        led: Callable[[], object],
        dismissed: Callable[[DueReminder], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._dismissed = dismissed
        self._reminder: DueReminder | None = None
        px = theme.current().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame: QFrame = surface("quiet")
        outer.addWidget(frame)
        across = QHBoxLayout(frame)
        across.setContentsMargins(px(16), px(6), px(8), px(6))
        stands = theme.current().scale > _LARGE
        direction = QBoxLayout.Direction.TopToBottom if stands else QBoxLayout.Direction.LeftToRight
        words = QBoxLayout(direction)
        across.addLayout(words, 1)
        self._text = LineLabel()
        self._text.setObjectName("reminder-text")
        words.addWidget(self._text, 1)
        self._lead = Button(tr("Dates"), led, name="reminder-dates", variant="link")
        words.addWidget(self._lead, 0, Qt.AlignmentFlag.AlignLeft if stands else Qt.AlignmentFlag(0))
        away = Button(
            "",
            self._put_aside,
            name="reminder-away",
            variant="quiet",
            icon="remove",
            tint="ink_soft",
            says=tr("Put this reminder away"),
        )
        across.addWidget(away, 0, Qt.AlignmentFlag.AlignTop if stands else Qt.AlignmentFlag(0))
        self.hide()

    def show_reminder(self, reminder: DueReminder | None) -> None:
        """Show this one, or none."""
        self._reminder = reminder
        if reminder is not None:
            day = i18n.long_day(VagueDate.of(reminder.occurrence.begins, about=not reminder.occurrence.exact))
            words = " ".join(reminder.words.split())
            text = tr("{words} · {date}").format(words=words, date=day) if words else day
            self._text.setText(breakable(text))
            self._text.setAccessibleName(text)
        self.setVisible(reminder is not None)

    @property
    def reminder(self) -> DueReminder | None:
        """The one that is shown."""
        return self._reminder

    def _put_aside(self) -> None:
        if self._reminder is not None:
            self._dismissed(self._reminder)
