"""A quiet month, painted: today's outline and the days the family keeps."""

import calendar
import datetime
from collections.abc import Iterable

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from memorybook.ui.core import i18n, theme

_LEAST = 252  # pixels as drawn: two figures of the largest text in each column


class MonthView(QWidget):
    """One month at a time. Its accessible description lists the kept days in words."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._first = datetime.date(2000, 1, 1)
        self._today = self._first
        self._kept: frozenset[datetime.date] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def show_month(self, month: datetime.date, today: datetime.date, kept: Iterable[datetime.date]) -> None:
        """Turn to the month of a day."""
        self._first = month.replace(day=1)
        self._today = today
        self._kept = frozenset(kept)
        self.setAccessibleName(self.title())
        self.setAccessibleDescription(
            ", ".join(str(day.day) for day in sorted(self._kept) if self._is_shown(day))
        )
        self.update()

    def _is_shown(self, day: datetime.date) -> bool:
        return (day.year, day.month) == (self._first.year, self._first.month)

    @property
    def first(self) -> datetime.date:
        """The first day of the month that is shown."""
        return self._first

    def title(self) -> str:
        """The month in words."""
        from memorybook.domain.dates import VagueDate

        return i18n.day_text(VagueDate(self._first.year, self._first.month))

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(266), px(36) * 7)

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(min(px(210), _LEAST), px(36) * 7)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is painted
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        locale = QLocale()
        cell_width = self.width() / 7
        cell_height = look.px(36)
        begins = locale.firstDayOfWeek().value
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def cell(column: int, row: int) -> QRectF:
            column = 6 - column if mirrored else column
            return QRectF(column * cell_width, row * cell_height, cell_width, cell_height)

        painter.setFont(look.font(13))
        painter.setPen(look.colour("ink_soft"))
        for column in range(7):
            name = locale.standaloneDayName((begins - 1 + column) % 7 + 1, QLocale.FormatType.NarrowFormat)
            painter.drawText(cell(column, 0), Qt.AlignmentFlag.AlignCenter, name)
        offset = (self._first.isoweekday() - begins) % 7
        for number in range(1, calendar.monthrange(self._first.year, self._first.month)[1] + 1):
            day = self._first.replace(day=number)
            box = cell((offset + number - 1) % 7, 1 + (offset + number - 1) // 7)
            pill = QRectF(0, 0, min(cell_width, look.px(36)), cell_height - 3)
            pill.moveCenter(box.center())
            kept = day in self._kept
            if kept:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("sage"))
                painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            if day == self._today:
                painter.setPen(QPen(look.colour("ink_soft"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(look.colour("on_sage" if kept else "ink"))
            painter.setFont(look.font(13, weight=600 if kept else 400))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, locale.toString(number))
