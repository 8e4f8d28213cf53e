"""The card on which one of several copies is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import RadioButton
from memorybook.ui.kit.closed_card import Card
from memorybook.ui.kit.column import bring_into_sight
from memorybook.ui.kit.labels import ElidedLabel, label
from memorybook.ui.kit.tab_order import come_before


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy as it is listed: when it was made, and what else is known of it, which may be nothing."""

    when: str
    note: str


class CopiesCard(Card):
    """``chosen`` carries which copy, counted from 0. The first one is marked to begin with."""

    chosen = Signal(int)
    otherWanted = Signal()

    width_wanted = 580

    def __init__(self) -> None:
        super().__init__(name="copies")
        px = theme.current().px
        self.lines.addWidget(label(tr("Which copy?"), "title"))
        self.lines.addWidget(
            label(tr("The newest stands first. An earlier one holds the book as it was on that day."), "soft")
        )
        self._place = ElidedLabel("", "small", elide=Qt.TextElideMode.ElideMiddle)
        self.lines.addWidget(self._place)
        self.lines.addWidget(self.notice)
        self._list = QWidget()
        self._list_lines = QVBoxLayout(self._list)
        self._list_lines.setContentsMargins(0, 0, 0, 0)
        self._list_lines.setSpacing(px(4))
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._keep_in_sight)
        self._parts: list[QWidget] = []
        self.lines.addWidget(self._list)
        self._button = Button(tr("Go on"), self._go_on, name="copies-go-on", variant="primary")
        self.lines.addWidget(self._button)
        self.lines.addWidget(
            Button(tr("Look somewhere else"), self.otherWanted.emit, name="copies-other", variant="link"),
            0,
            Qt.AlignmentFlag.AlignHCenter,
        )

    def show_copies(self, place: str, copies: Sequence[CopyRow], marked: int = 0) -> None:
        """List them, newest first."""
        self._place.show_text(place)
        for part in self._parts:
            self._list_lines.removeWidget(part)
            part.deleteLater()
        for button in self._group.buttons():
            self._group.removeButton(button)
        self._parts = []
        for number, copy in enumerate(copies):
            radio = RadioButton(copy.when, name=f"copy-{number}")
            radio.setAccessibleName(f"{copy.when}. {copy.note}" if copy.note else copy.when)
            self._group.addButton(radio, number)
            self._add(radio)
            if copy.note:
                note = label(breakable(copy.note), "small")
                note.setContentsMargins(theme.current().px(30), 0, 0, theme.current().px(6))
                self._add(note)
        come_before(self._group.buttons(), self._button)
        marks = self._group.button(marked)
        if marks is not None:
            marks.setChecked(True)
            self.begin_at(marks)
        self.notice.hide()
        self.rest()

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._list_lines.addWidget(part)

    def _keep_in_sight(self, radio: QAbstractButton, on: bool) -> None:
        """Qt scrolls to what Tab comes to, and not to what the arrows come to."""
        if on and any(each.hasFocus() for each in self._group.buttons()):
            bring_into_sight(radio)

    def _go_on(self) -> None:
        self.chosen.emit(self._group.checkedId())
