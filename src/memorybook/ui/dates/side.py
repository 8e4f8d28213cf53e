"""What stands beside the cards: the month, the way to "on this day", and what is done with all dates."""

import datetime
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.dates.marks import Marked
from memorybook.ui.dates.month_view import MonthView, month_away
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import LineLabel, label, surface

Marks = Callable[[datetime.date], Mapping[datetime.date, Sequence[Marked]]]


class Side(QWidget):
    """``marks`` says what is kept on the days of a month. ``changeWanted`` carries the id of a day.

    ``lookWanted`` carries the day that "on this day" is asked for.
    """

    changeWanted = Signal(int)
    lookWanted = Signal(object)
    countWanted = Signal()
    saveWanted = Signal()
    drawerWanted = Signal()
    putAwayWanted = Signal()

    def __init__(self, marks: Marks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._today: datetime.date | None = None
        self._links: list[QWidget] = []
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(self._month_card())
        column.addWidget(self._look_card())
        column.addWidget(self._rest())
        column.addStretch(1)

    def _month_card(self) -> QWidget:
        px = theme.current().px
        card = surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        head = QHBoxLayout()
        self._title = LineLabel("", "card-title")
        head.addWidget(self._title, 1)
        for step, icon, name, says in (
            (-1, "previous", "month-before", tr("The month before")),
            (1, "next", "month-after", tr("The month after")),
        ):
            head.addWidget(
                Button(
                    "",
                    self._stepper(step),
                    name=name,
                    variant="quiet",
                    icon=icon,
                    tint="ink_soft",
                    says=says,
                )
            )
        column.addLayout(head)
        self.month = MonthView(name="month")
        self.month.monthWanted.connect(self.turn_to)
        self.month.chosen.connect(self._show_day)
        column.addWidget(self.month)
        self._of_day = QWidget()
        self._of_day.setObjectName("of-the-day")
        self._of_day_column = QVBoxLayout(self._of_day)
        self._of_day_column.setContentsMargins(0, px(4), 0, 0)
        self._of_day_column.setSpacing(px(2))
        column.addWidget(self._of_day)
        return card

    def _look_card(self) -> QWidget:
        px = theme.current().px
        card = surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(8))
        column.addWidget(label(tr("On this day"), "card-title"))
        words = tr("What your book has of a day in other years, when you want to look.")
        column.addWidget(label(words, "small"))
        self.look = Button(
            tr("Look at a day"), lambda: self.lookWanted.emit(self.month.day), name="look-at-day"
        )
        column.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _rest(self) -> QWidget:
        rest = QWidget()
        column = QVBoxLayout(rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for text, wanted, name in (
            (tr("Count the weeks…"), self.countWanted, "count-weeks"),
            (tr("Save as a calendar file…"), self.saveWanted, "save-calendar"),
            (tr("Dates put away…"), self.drawerWanted, "dates-drawer"),
            (tr("Put this page away…"), self.putAwayWanted, "put-page-away"),
        ):
            link = Button(text, wanted.emit, name=name, variant="link")
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return rest

    def show_today(self, today: datetime.date) -> None:
        """The days were read anew: the month stays where it is, or begins with today."""
        known, self._today = self._today, today
        self.turn_to(today if known is None else self.month.day)

    def turn_to(self, day: datetime.date) -> None:
        """Show the month of a day, and be at that day."""
        self.month.show_month(day, self._today or day, self._marks(day))
        self._title.setText(self.month.title())
        self._title.setAccessibleName(self.month.title())

    def _stepper(self, step: int) -> Callable[[], None]:
        return lambda: self.turn_to(month_away(self.month.day, step))

    def _show_day(self, day: datetime.date) -> None:
        """Say below the month what is kept on the day one is at."""
        for link in self._links:
            self._of_day_column.removeWidget(link)
            link.hide()
            link.deleteLater()
        marks = self.month.days.marks(day)
        self._links = []
        if marks:
            self._links.append(label(i18n.long_day(VagueDate.of(day)), "small"))
        for mark in marks:
            says = tr("Change {date}").format(date=mark.name)
            wanted = self._changer(mark.occasion)
            link = Button(mark.name, wanted, name=f"of-day-{mark.occasion}", variant="link", says=says)
            self._links.append(link)
        for link in self._links:
            self._of_day_column.addWidget(link)
        self._of_day.setVisible(bool(marks))

    def _changer(self, occasion: int) -> Callable[[], None]:
        return lambda: self.changeWanted.emit(occasion)
