"""A day of the year to choose: day and month, and the days before and after."""

import calendar
from collections.abc import Callable

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from memorybook.ui.core import i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout

_LEAP_YEAR = 2024  # so that 29 February can be chosen


class DayOfYearField(QWidget):
    """``chosen`` carries month and day, whenever the person has chosen a day that there is.

    ``missed`` when what stands there is a day that its month never has.
    """

    chosen = Signal(int, int)
    missed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        row = FlowLayout(self, gap=px(8))
        self._day = QLineEdit()
        self._day.setObjectName(f"{name}-day")
        self._day.setAccessibleName(tr("Day"))
        self._day.setValidator(QIntValidator(1, 31, self._day))
        self._day.setFixedWidth(px(76))
        self._month = QComboBox()
        self._month.setObjectName(f"{name}-month")
        self._month.setAccessibleName(tr("Month"))
        self._month.addItems([QLocale().standaloneMonthName(number) for number in range(1, 13)])
        fields = (self._month, self._day) if i18n.month_first() else (self._day, self._month)
        for field in fields:
            row.addWidget(field)
        for step, icon, key, says in (
            (-1, "previous", "before", tr("The day before")),
            (1, "next", "after", tr("The day after")),
        ):
            row.addWidget(
                Button(
                    "",
                    self._stepper(step),
                    name=f"{name}-{key}",
                    variant="quiet",
                    icon=icon,
                    tint="ink_soft",
                    says=says,
                )
            )
        self._day.textEdited.connect(self._edited)
        self._month.activated.connect(self._edited)

    def show_day(self, month: int, day: int) -> None:
        """Fill the fields, without announcing it."""
        self._month.setCurrentIndex(month - 1)
        if self._day.text() != str(day):
            self._day.setText(str(day))

    def _edited(self) -> None:
        month, text = self._month.currentIndex() + 1, self._day.text()
        if not text.isdecimal():  # it is on its way
            return
        if 1 <= int(text) <= _length(month):
            self.chosen.emit(month, int(text))
        else:
            self.missed.emit()

    def _stepper(self, step: int) -> Callable[[], None]:
        return lambda: self._step(step)

    def _step(self, step: int) -> None:
        month, text = self._month.currentIndex() + 1, self._day.text()
        day = (min(int(text), _length(month)) if text.isdecimal() else 1) + step
        if day < 1:
            month = (month - 2) % 12 + 1
            day = _length(month)
        elif day > _length(month):
            month, day = month % 12 + 1, 1
        self.show_day(month, day)
        self.chosen.emit(month, day)


def _length(month: int) -> int:
    return calendar.monthrange(_LEAP_YEAR, month)[1]
