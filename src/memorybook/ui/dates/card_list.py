"""The cards of all days, in up to three groups. Of very many the first are shown, and more when asked for."""

import datetime
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from memorybook.domain.ids import BabyId
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.dates.cards import DayCard
from memorybook.ui.dates.presenter import ShownDay, ShownDays
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label

_AT_ONCE = 30


class CardList(QWidget):
    """``changeWanted`` carries the id of a day."""

    changeWanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(8))
        self._cards: dict[int, DayCard] = {}
        self._room: dict[str, int] = {}
        self._narrow = False
        self._days: ShownDays | None = None
        self._babies: Mapping[BabyId, str] = {}

    def show_days(self, days: ShownDays, babies: Mapping[BabyId, str]) -> None:
        """Other days, or the same ones changed. The keyboard stays at the card it was at."""
        self._days, self._babies = days, babies
        held = self._held()
        self._lay_out()
        if held in self._cards:
            self._cards[held].change.setFocus()

    def _held(self) -> int:
        """The id of the day whose button the keyboard is at; 0 for none."""
        focused = QApplication.focusWidget() or self.window().focusWidget()
        return next((key for key, card in self._cards.items() if card.change is focused), 0)

    def _lay_out(self) -> None:
        self._empty()
        days = self._days
        if days is None:
            return
        for key, title, group in (
            ("coming", tr("Coming up"), days.coming),
            ("behind", tr("Looking back"), days.behind),
            ("without", tr("Without a date"), days.without_date),
        ):
            if group:
                self._group(key, title, group, days.today)
        if not self._cards:
            words = tr("A due date, an anniversary, any day that matters to you can be kept here.")
            self._column.addWidget(label(words, "soft"))
        self._column.addStretch(1)
        self.arrange(narrow=self._narrow)

    def _group(self, key: str, title: str, group: Sequence[ShownDay], today: datetime.date) -> None:
        if self._column.count():
            self._column.addSpacing(theme.current().px(14))
        self._column.addWidget(label(title, "section"))
        shown = self._room.setdefault(key, _AT_ONCE)
        for day in group[:shown]:
            self._column.addWidget(self._card(day, today))
        if len(group) > shown:
            more = Button(tr("Show more"), self._more(key), name=f"more-{key}", variant="link")
            more.setAccessibleName(tr("Show more: {group}").format(group=title))
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _more(self, key: str) -> Callable[[], None]:
        def show() -> None:
            before = set(self._cards)
            self._room[key] += _AT_ONCE * 2
            self._lay_out()
            new = next(card for id_, card in self._cards.items() if id_ not in before)
            new.change.setFocus()

        return show

    def _card(self, day: ShownDay, today: datetime.date) -> DayCard:
        draft, number = day.occasion.draft, int(day.occasion.id)
        whose = self._babies.get(draft.baby, "") if draft.baby is not None else ""
        card = DayCard(day, today, whose, lambda: self.changeWanted.emit(number))
        self._cards[number] = card
        return card

    def _empty(self) -> None:
        self._cards.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def arrange(self, *, narrow: bool) -> None:
        """Put the parts of each card below one another where the room is narrow."""
        self._narrow = narrow
        for card in self._cards.values():
            card.arrange(narrow=narrow)
