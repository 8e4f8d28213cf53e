"""One card for each of the family's days."""

import datetime
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.dates.presenter import ShownDay
from memorybook.ui.dates.wording import day_column, facts, title_of
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import LineLabel, label, tool_tip

_DAY = 104
_NAME = 130


class DayCard(QFrame):
    """The day, its name with what is known of it, whom it is for, and the way to change it."""

    def __init__(
        self, shown: ShownDay, today: datetime.date, whose: str, change: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        px = theme.current().px
        draft = shown.occasion.draft
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(px(18), px(12), px(14), px(12))
        day = day_column(shown, today)
        self._row.addWidget(_Day(day, "day"))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(own_words(title_of(draft), "strong"))
        below = facts(shown, today)
        if below:
            words.addWidget(label(below, "small"))
        if shown.remembrance is not None:
            words.addWidget(label(shown.remembrance.words, "small"))
        if draft.keeps_28_february:
            words.addWidget(label(tr("In years without 29 February it is kept on the 28th."), "small"))
        if draft.note.strip():
            words.addWidget(own_words(draft.note.strip(), "soft"))
        self._row.addLayout(words, 1)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if whose:
            self._row.addWidget(_whose(whose), 0, middle)
        self.change = Button(
            tr("Change"),
            change,
            name=f"change-date-{shown.occasion.id}",
            variant="link",
            says=tr("Change {date}").format(date=draft.label.strip() or day),
        )
        self._row.addWidget(self.change, 0, middle)

    def arrange(self, *, narrow: bool) -> None:
        """Put its parts below one another where the room for them is narrow."""
        lie_or_stand(self._row, narrow=narrow)
        self._row.setSpacing(theme.current().px(6 if narrow else 18))


class _Day(LineLabel):
    """A column of its own for the days, as wide as most of them; where it is narrow it wraps."""

    def sizeHint(self) -> QSize:
        width = theme.current().px(_DAY)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def own_words(words: str, role: str) -> QLabel:
    """What a person wrote: a very long word in it may stand in several lines."""
    made = label(breakable(words), role)
    made.setAccessibleName(words)
    return made


def _whose(name: str) -> QWidget:
    """Whom a day is for, as a chip that is no button; a long name is shortened."""
    chip = label("", "chip", wraps=False)
    chip.ensurePolished()
    shown = chip.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, theme.current().px(_NAME))
    chip.setText(shown)
    chip.setAccessibleName(name)
    chip.setToolTip(tool_tip(name) if shown != name else "")
    return chip
