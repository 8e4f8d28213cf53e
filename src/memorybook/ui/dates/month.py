"""A quiet month: a table of its days, with marks on those the family keeps."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt

from memorybook.domain.dates import VagueDate
from memorybook.ui.core import i18n
from memorybook.ui.core.i18n import tr
from memorybook.ui.dates.marks import Marked, days_in

DAY_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_WEEKS = 6
_NO_PARENT = QModelIndex()


class MonthModel(QAbstractTableModel):
    """The days of one month in weeks that begin as the locale has it.

    Cells outside of it show nothing and cannot be chosen; a screen reader that comes to one hears its date.
    """

    def __init__(self) -> None:
        super().__init__()
        self._first = datetime.date(2000, 1, 1)
        self.today = self._first
        self._marks: Mapping[datetime.date, Sequence[Marked]] = {}

    def show_month(
        self,
        month: datetime.date,
        today: datetime.date,
        marks: Mapping[datetime.date, Sequence[Marked]],
    ) -> None:
        """Turn to the month of a day."""
        self.beginResetModel()
        self._first = month.replace(day=1)
        self.today = today
        self._marks = marks
        self.endResetModel()

    @property
    def first(self) -> datetime.date:
        """The first day of the month."""
        return self._first

    @property
    def length(self) -> int:
        """How many days it has."""
        return days_in(self._first)

    def marks(self, day: datetime.date) -> Sequence[Marked]:
        """What is kept on a day."""
        return self._marks.get(day, ())

    @property
    def marked(self) -> bool:
        """Whether any day of the month has a mark."""
        return bool(self._marks)

    def index_of(self, day: datetime.date) -> QModelIndex:
        """The cell of a day of this month."""
        place = self._offset() + day.day - 1
        return self.index(place // 7, place % 7)

    def day_at(self, index: Index) -> datetime.date | None:
        """The day of a cell; none outside of the month."""
        number = index.row() * 7 + index.column() - self._offset() + 1
        if not index.isValid() or not 1 <= number <= self.length:
            return None
        return self._first.replace(day=number)

    def _offset(self) -> int:
        return (self._first.isoweekday() - QLocale().firstDayOfWeek().value) % 7

    # for the table

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else _WEEKS

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 7

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.day_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day_at(index)
        if day is None:
            return self._beyond(index) if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == DAY_ROLE:
            return day
        if role == Qt.ItemDataRole.DisplayRole:
            return QLocale().toString(day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(day)
        return None

    def _beyond(self, index: Index) -> str:
        """The date of a cell that is not of this month."""
        days = index.row() * 7 + index.column() - self._offset()
        try:
            return i18n.long_day(VagueDate.of(self._first + datetime.timedelta(days=days)))
        except OverflowError:
            return i18n.long_day(VagueDate.of(self._first))

    def _said(self, day: datetime.date) -> str:
        """The day, what it is to the family, and whether it is today."""
        parts = [i18n.long_day(VagueDate.of(day))]
        if day == self.today:
            parts.append(tr("today"))
        for mark in self.marks(day):
            said = tr("{name}, a remembrance day") if mark.remembrance else "{name}"
            parts.append(said.format(name=mark.name))
        return ", ".join(parts)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        weekday = (QLocale().firstDayOfWeek().value - 1 + section) % 7 + 1
        if role == Qt.ItemDataRole.DisplayRole:
            return QLocale().standaloneDayName(weekday, QLocale.FormatType.NarrowFormat)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return QLocale().standaloneDayName(weekday)
        return None
