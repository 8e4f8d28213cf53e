"""The dates screen: cards for what comes up and what lies behind, and a month beside them."""

import calendar
import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate, next_yearly
from memorybook.domain.ids import BabyId, OccasionId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import Baby
from memorybook.errors import MemoryBookError
from memorybook.ui.core import i18n, messages, theme
from memorybook.ui.core.called import heading
from memorybook.ui.core.i18n import tr
from memorybook.ui.dates import presenter as presenting
from memorybook.ui.dates.month import Marked
from memorybook.ui.dates.month_view import MonthView
from memorybook.ui.dates.sheet import kind_text, write_down_day
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import LineLabel, label, surface, tool_tip
from memorybook.ui.kit.notice import Notice

_NARROW = 760
_ONE_LINE = 440
_DAY = 104


class DatesPage(QWidget):
    """Shows what :class:`DatesPresenter` says."""

    presenter: presenting.DatesPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[presenting.ShownDay] = []
        self._babies: dict[BabyId, str] = {}
        self._today = datetime.date(2000, 1, 1)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn()
        outer.addWidget(scroll)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(8))
        self._head.addWidget(label(tr("Dates"), "title"), 1)
        add = Button(tr("Add a date"), self._add, name="add-date", variant="primary")
        self._head.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        scroll.column.addLayout(self._head)
        self._rows: list[QBoxLayout] = []
        self._notice = Notice(name="dates-notice", passing=True)
        scroll.column.addWidget(self._notice)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(px(28))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(px(8))
        self._across.addLayout(self._cards, 2)
        side = QVBoxLayout()
        self._side = self._month_card()
        self._side.hide()  # until the first day is known
        side.addWidget(self._side)
        side.addStretch(1)
        self._across.addLayout(side, 1)
        scroll.column.addLayout(self._across)
        scroll.column.addStretch(1)

    def _month_card(self) -> QFrame:
        px = theme.current().px
        card = surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        head = QHBoxLayout()
        self._month_title = LineLabel("", "card-title")
        head.addWidget(self._month_title, 1)
        head.addWidget(
            Button(
                "",
                lambda: self._turn(-1),
                name="month-before",
                variant="quiet",
                icon="previous",
                tint="ink_soft",
                says=tr("The month before"),
            )
        )
        head.addWidget(
            Button(
                "",
                lambda: self._turn(1),
                name="month-after",
                variant="quiet",
                icon="next",
                tint="ink_soft",
                says=tr("The month after"),
            )
        )
        column.addLayout(head)
        self._month = MonthView(name="month")
        column.addWidget(self._month)
        return card

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands over its own event
        lie_or_stand(self._across, narrow=self.width() < theme.current().px(_NARROW))
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.current().px(_ONE_LINE)
        for row in (self._head, *self._rows):
            lie_or_stand(row, narrow=narrow)
            row.setSpacing(theme.current().px(6 if narrow else 18))

    # what the presenter says

    def show_days(
        self,
        coming: Sequence[presenting.ShownDay],
        behind: Sequence[presenting.ShownDay],
        today: datetime.date,
    ) -> None:
        """Days that come up, soonest first, and days that lie behind."""
        self._today = today
        self._shown = [*coming, *behind]
        self._rows.clear()
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for title, days in ((tr("Coming up"), coming), (tr("Looking back"), behind)):
            if days:
                if self._cards.count():
                    self._cards.addSpacing(theme.current().px(14))
                self._cards.addWidget(label(title, "section"))
                for shown in days:
                    self._cards.addWidget(self._card(shown))
        if not self._shown:
            self._cards.addWidget(
                label(tr("A due date, an anniversary, any day that matters to you can be kept here."), "soft")
            )
        self._cards.addStretch(1)
        self._arrange()
        self._show_month(today)
        self._side.show()

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """Whom a day can be for; one that has neither name nor word is not offered."""
        called = {baby.id: heading(baby.draft, word) for baby in babies}
        self._babies = {baby: name for baby, name in called.items() if name}

    def show_taken_off(self, occasion: OccasionId) -> None:
        """A day is no longer on the list; it can be put back."""
        self._notice.say(
            tr("The day is off the list."),
            action=tr("Put it back"),
            acts=lambda: self.presenter.put_back(occasion),
        )

    def show_problem(self, error: MemoryBookError) -> None:
        """A day could not be read or kept."""
        self._notice.say(messages.sentence(error))

    def _card(self, shown: presenting.ShownDay) -> QWidget:
        px = theme.current().px
        draft = shown.occasion.draft
        card = surface("card")
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, card)
        self._rows.append(row)
        row.setContentsMargins(px(18), px(12), px(14), px(12))
        row.setSpacing(px(18))
        day = _Day(self._day_text(shown), "day")
        row.addWidget(day)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(draft.label or kind_text(draft.kind), "strong"))
        below = " · ".join(part for part in self._below(shown) if part)
        if below:
            words.addWidget(label(below, "small"))
        row.addLayout(words, 1)
        whose = self._babies.get(draft.baby) if draft.baby is not None else None
        if whose:
            row.addWidget(_whose(whose), 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        name = draft.label or self._day_text(shown)
        change = Button(
            tr("Change"),
            lambda: self._change(shown),
            name=f"change-date-{shown.occasion.id}",
            variant="link",
            says=tr("Change {date}").format(date=name),
        )
        row.addWidget(change, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        return card

    def _day_text(self, shown: presenting.ShownDay) -> str:
        day = shown.occasion.draft.day
        if shown.coming is not None and shown.days is not None and shown.days >= 0:
            text = i18n.short_day(VagueDate.of(shown.coming))
            return text if shown.coming.year == self._today.year else f"{text} {shown.coming.year}"
        text = i18n.short_day(day)
        if day.day is not None and day.year not in {None, self._today.year}:
            text = f"{text} {day.year}"
        return tr("about {date}").format(date=text) if day.about else text

    def _below(self, shown: presenting.ShownDay) -> tuple[str, ...]:
        draft = shown.occasion.draft
        kind = kind_text(draft.kind) if draft.kind is not OccasionKind.OTHER else ""
        return (
            "" if kind == draft.label else kind,
            _distance(shown.days) if shown.days is not None else "",
            tr("every year") if draft.yearly else "",
        )

    # what the person does

    def _add(self) -> None:
        self._notice.hide()
        write_down_day(
            self, OccasionDraft(), self._babies, kept=lambda draft: self.presenter.keep(None, draft)
        )

    def _change(self, shown: presenting.ShownDay) -> None:
        self._notice.hide()
        day = shown.occasion
        write_down_day(
            self,
            day.draft,
            self._babies,
            kept=lambda draft: self.presenter.keep(day.id, draft),
            taken_off=lambda: self.presenter.take_off(day.id),
        )

    def _turn(self, step: int) -> None:
        months = self._month.days.first.year * 12 + self._month.days.first.month - 1 + step
        self._show_month(datetime.date(months // 12, months % 12 + 1, 1))

    def _show_month(self, month: datetime.date) -> None:
        first = month.replace(day=1)
        kept = set()
        for shown in self._shown:
            draft = shown.occasion.draft
            exact = draft.day.as_date()
            if exact is not None:
                kept.add(exact)
            if (draft.yearly or draft.day.year is None) and (
                again := next_yearly(draft.day, first)
            ) is not None:
                kept.add(again)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        marks = {day: [Marked("")] for day in kept if first <= day <= last}
        self._month.show_month(first, self._today, marks)
        self._month_title.setText(self._month.title())


class _Day(LineLabel):
    """A column of its own for the days, as wide as most of them; where it is narrow it wraps."""

    def sizeHint(self) -> QSize:
        width = theme.current().px(_DAY)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _whose(name: str) -> QWidget:
    """Whom a day is for, as a chip that is no button; a long name is shortened."""
    chip = label("", "chip", wraps=False)
    chip.ensurePolished()
    shown = chip.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, theme.current().px(130))
    chip.setText(shown)
    chip.setAccessibleName(name)
    chip.setToolTip(tool_tip(name) if shown != name else "")
    return chip


def _distance(days: int) -> str:
    if days == 0:
        return tr("today")
    if days > 0:
        return i18n.count_text("in {n} day", "in {n} days", days)
    if days > -14:
        return i18n.count_text("{n} day ago", "{n} days ago", -days)
    if days > -366:
        return i18n.count_text("{n} week ago", "{n} weeks ago", -days // 7)
    return i18n.count_text("{n} year ago", "{n} years ago", int(-days // 365.25))


if TYPE_CHECKING:
    _: type[presenting.DatesView] = DatesPage
