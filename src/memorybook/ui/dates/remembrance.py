"""The small window that offers the days many families keep. None is on before it is added here."""

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.remembrance import RemembranceDay
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.dates.wording import regions_text, source_text
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label, surface


class RemembranceSheet(Sheet):
    """Opens at once. ``added`` gets a day the person wants; ``has`` says which are on the list already."""

    def __init__(
        self,
        parent: QWidget,
        days: Sequence[RemembranceDay],
        today: datetime.date,
        *,
        has: Callable[[RemembranceDay], bool],
        added: Callable[[RemembranceDay], object],
    ) -> None:
        super().__init__(parent, tr("Days that many families keep"), name="remembrance-sheet", width=600)
        self._added = added
        self.column.addWidget(
            label(tr("None is on your list unless you add it here. Each can be put away again."), "soft")
        )
        for number, day in enumerate(sorted(days, key=lambda each: each.next_from(today))):
            if number:
                self.column.addWidget(surface("rule"))
            self.column.addWidget(self._offer(day, today, has(day)))
        self.add_button(tr("Done"), self.accept, name="remembrance-done", primary=True)
        self.open()

    def _offer(self, day: RemembranceDay, today: datetime.date, is_there: bool) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(4))
        begins = day.next_from(today)
        said = tr("Now, since {date}") if begins < today else tr("Next on {date}")
        for text, role in (
            (day.name, "strong"),
            (said.format(date=i18n.long_day(VagueDate.of(begins))), ""),
            (day.words, "soft"),
            (day.disagreement, ""),
            (regions_text(day), "small"),
            (source_text(day), "small"),
        ):
            if text:
                column.addWidget(label(text, role))
        button = Button(tr("Add this day"), name=f"add-{day.id}", says=tr("Add {date}").format(date=day.name))
        button.clicked.connect(lambda: self._add(day, button))
        if is_there:
            _mark(button, day)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _add(self, day: RemembranceDay, button: Button) -> None:
        self._added(day)
        _mark(button, day)


def _mark(button: Button, day: RemembranceDay) -> None:
    button.setText(tr("On your list"))
    button.setAccessibleName(tr("{date} is on your list").format(date=day.name))
    button.setEnabled(False)
