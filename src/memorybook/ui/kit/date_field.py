"""A date as well as it is known: day, month and year, each of which may stay empty."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.flow import FlowLayout

_DIGITS = 4


class DateField(QWidget):
    """Three fields in the order of the locale, and "about". ``changed`` follows every keystroke."""

    changed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.day = QLineEdit()
        self.day.setObjectName(f"{name}-day")
        self.day.setAccessibleName(tr("Day"))
        self.day.setPlaceholderText(tr("Day"))
        self.day.setValidator(QIntValidator(1, 31, self.day))
        self._widen(self.day, 76)
        self.month = QComboBox()
        self.month.setObjectName(f"{name}-month")
        self.month.setAccessibleName(tr("Month"))
        self.month.addItem(tr("Month"))
        self.month.addItems([QLocale().standaloneMonthName(number) for number in range(1, 13)])
        self.year = QLineEdit()
        self.year.setObjectName(f"{name}-year")
        self.year.setAccessibleName(tr("Year"))
        self.year.setPlaceholderText(tr("Year"))
        self.year.setValidator(QIntValidator(1, 9999, self.year))
        self._widen(self.year, 92)
        row = FlowLayout(gap=px(8))
        for field in (
            (self.month, self.day, self.year) if i18n.month_first() else (self.day, self.month, self.year)
        ):
            row.addWidget(field)
        column.addLayout(row)
        self.about = CheckBox(tr("About this time"), name=f"{name}-about")
        column.addWidget(self.about)
        for line in (self.day, self.year):
            line.textChanged.connect(self.changed)
        self.month.currentIndexChanged.connect(self.changed)
        self.about.toggled.connect(self.changed)

    @staticmethod
    def _widen(line: QLineEdit, width: int) -> None:
        """So wide at 100 %, or as wide as what stands in the empty field needs in this language."""
        px = theme.current().px
        line.ensurePolished()
        words = line.fontMetrics().horizontalAdvance(line.placeholderText())
        line.setFixedWidth(max(px(width), words + px(34)))

    def show_day(self, day: VagueDate) -> None:
        """Fill the fields."""
        self.day.setText(str(day.day) if day.day else "")
        self.month.setCurrentIndex(day.month or 0)
        self.year.setText(f"{day.year:04d}" if day.year else "")
        self.about.setChecked(day.about)

    @property
    def has_part_of_a_year(self) -> bool:
        """A year is there with fewer than its four digits."""
        return 0 < len(self.year.text()) < _DIGITS

    def what_is_missing(self) -> str:
        """The sentence for fields that do not make a date together."""
        if self.has_part_of_a_year:
            return tr("The year needs all its four digits.")
        if not self.year.text() and not (self.day.text() and self.month.currentIndex()):
            return tr("The year is missing. Day and month together can do without one.")
        if not self.month.currentIndex():
            return tr("The month is missing. The day can stay empty too, when it is not known.")
        return tr("This month has no such day. Please check the day, or leave it empty.")

    def value(self) -> VagueDate | None:
        """What the fields say; ``None`` when they do not make a date (31 June, a day without its month).

        Somebody who types "24" means a year of now, and not one of which this book knows nothing.
        """
        year, day = self.year.text(), self.day.text()
        month = self.month.currentIndex()
        if self.has_part_of_a_year:
            return None
        if not (year or day or month):
            return UNKNOWN
        try:
            return VagueDate(
                int(year) if year else None, month or None, int(day) if day else None, self.about.isChecked()
            )
        except ValueError:
            return None
