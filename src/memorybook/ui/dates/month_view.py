"""The table of a month as it is painted, and the keys that lead through it."""

import datetime
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from memorybook.domain.dates import VagueDate
from memorybook.ui.core import i18n, theme
from memorybook.ui.dates.marks import Marked, days_in
from memorybook.ui.dates.month import DAY_ROLE, MonthModel

_ROW = 36
_LEAST = 252  # pixels as drawn: two figures of the largest text in each column
_WEEKS = 6


class MonthView(QTableView):
    """Arrow keys go from day to day and on into the next month, Page Up and Down by months (with Ctrl by
    years), Home and End to the first and last day.

    ``chosen`` carries the day the keyboard or the mouse is at, ``monthWanted`` a day of another month.
    """

    chosen = Signal(object)
    monthWanted = Signal(object)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "month")
        self.days = MonthModel()
        self.days.setParent(self)
        self.setModel(self.days)
        self.setItemDelegate(_DayDelegate(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalHeader().setMinimumSectionSize(1)
        for scroll in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            scroll(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._clicked)
        theme.current().changed.connect(self._fit)
        self._day = self.days.first
        self._fit()

    def _fit(self) -> None:
        row = theme.current().px(_ROW)
        self.horizontalHeader().setFixedHeight(row)
        self.verticalHeader().setDefaultSectionSize(row)
        self.updateGeometry()

    def show_month(
        self,
        day: datetime.date,
        today: datetime.date,
        marks: Mapping[datetime.date, Sequence[Marked]],
    ) -> None:
        """Turn to the month of a day, and be at that day."""
        self.days.show_month(day, today, marks)
        self.setAccessibleName(self.title())
        self._go(day)

    @property
    def day(self) -> datetime.date:
        """The day the keyboard is at."""
        return self._day

    def title(self) -> str:
        """The month in words."""
        return i18n.day_text(VagueDate(self.days.first.year, self.days.first.month))

    def _go(self, day: datetime.date) -> None:
        self._day = day
        self.setCurrentIndex(self.days.index_of(day))
        self.chosen.emit(day)

    def _clicked(self, index: QModelIndex) -> None:
        day = self.days.day_at(index)
        if day is not None:
            self._go(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = self._wanted(event)
        if wanted is None:
            event.ignore()  # Return, letters and Escape are not the month's
        elif (wanted.year, wanted.month) == (self.days.first.year, self.days.first.month):
            self._go(wanted)
        else:
            self.monthWanted.emit(wanted)

    def _wanted(self, event: QKeyEvent) -> datetime.date | None:
        """The day a key leads to; ``None`` for a key that leads to none."""
        forward = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
            Qt.Key.Key_Home: 1 - self._day.day,
            Qt.Key.Key_End: self.days.length - self._day.day,
        }
        key = Qt.Key(event.key())
        if key in steps:
            try:
                return self._day + datetime.timedelta(days=steps[key])
            except OverflowError:
                return self._day
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            months = 12 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
            return month_away(self._day, -months if key == Qt.Key.Key_PageUp else months)
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(266), px(_ROW) * (_WEEKS + 1))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(min(px(210), _LEAST), px(_ROW) * (_WEEKS + 1))


def month_away(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months before or after, or the last one there; within the years there are."""
    count = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    first = datetime.date(count // 12, count % 12 + 1, 1)
    return first.replace(day=min(day.day, days_in(first)))


class _DayDelegate(QStyledItemDelegate):
    """A day of the family is a filled pill, a remembrance day a square with round corners."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model, view = index.model(), self.parent()
        day = index.data(DAY_ROLE)
        if day is None or not isinstance(model, MonthModel) or not isinstance(view, MonthView):
            return
        look = theme.current()
        box = QRectF(option.rect)
        pill = QRectF(0, 0, min(box.width(), look.px(_ROW)) - 2, box.height() - 4)
        pill.moveCenter(box.center())
        marks = model.marks(day)
        own = any(not mark.remembrance for mark in marks)
        remembered = any(mark.remembrance for mark in marks)
        round_, square = pill.height() / 2, look.px(7)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if remembered:
            painter.setBrush(look.colour("candle"))
            painter.drawRoundedRect(pill, square, square)
        if own:
            inner = pill.adjusted(3, 3, -3, -3) if remembered else pill
            painter.setBrush(look.colour("sage"))
            painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day == model.today:
            painter.setPen(QPen(look.colour("ink_soft"), 1))
            painter.drawRoundedRect(pill, round_, round_)
        if day == view.day and view.hasFocus():
            painter.setPen(QPen(look.colour("ink" if marks else "sage"), 2))
            painter.drawRoundedRect(pill.adjusted(-1, -1, 1, 1), round_ + 1, round_ + 1)
        painter.setPen(look.colour("on_sage" if own else "on_candle" if remembered else "ink"))
        painter.setFont(look.font(13, weight=600 if marks else 400))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, index.data())
        painter.restore()
