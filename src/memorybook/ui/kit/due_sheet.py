"""A small window that counts weeks: the due date, and how far along it was on a day."""

import enum
from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QLabel, QWidget

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.gestation import due_date_from, gestation_on
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.gestation_words import gestation_text
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.gestation_field import GestationField
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.parts import DayPart


class Known(enum.StrEnum):
    """What the weeks are counted from."""

    LAST_PERIOD = "period"
    DUE_DATE = "due"
    SCAN = "scan"


class DueSheet(Sheet):
    """Opens at once. ``taken`` gets the due date that was counted, about when what it comes from was about.

    ``taken_text`` is what the button says that takes it over; ``due`` is one that is known already.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        taken: Callable[[VagueDate], object],
        taken_text: str,
        due: VagueDate | None = None,
    ) -> None:
        super().__init__(parent, tr("Counting the weeks"), name="due-sheet", width=480)
        self._taken = taken
        self.column.addWidget(
            label(
                tr(
                    "The due date is 40 weeks, 280 days, after the first day of the last period. Those who "
                    "cared for you may have counted in another way."
                ),
                "soft",
            )
        )
        self._add_choice()
        self._day = DayPart("", name="due-known")
        self._day.edited.connect(self._count)
        self.column.addWidget(self._day)
        self._along_caption = label(tr("How far along it was on that day"), "field")
        self._along = GestationField(name="due-along")
        self._along.changed.connect(self._count)
        self.column.addWidget(self._along_caption)
        self.column.addWidget(self._along)
        self._on = DayPart(tr("How far along on which day? It can stay empty."), name="due-on")
        self._on.edited.connect(self._count)
        self.column.addWidget(self._on)
        self._due_text = label("", "strong")
        self._due_text.setObjectName("due-result")
        self._on_text = label("", "strong")
        self._on_text.setObjectName("due-on-result")
        for text in (self._due_text, self._on_text):
            self.column.addWidget(text)
        self._notice = Notice(name="due-notice")
        self.column.addWidget(self._notice)
        self.add_button(tr("Close"), self.reject, name="due-close")
        self.add_button(taken_text, self._take, name="due-take", primary=True)
        known = due is not None and due.as_date() is not None
        self._choose(Known.DUE_DATE if known else Known.LAST_PERIOD)
        if due is not None and known:
            self._day.show_day(due)
        self.open()
        self._day.field.day.setFocus()

    def _add_choice(self) -> None:
        self.column.addWidget(label(tr("What is known?"), "field"))
        chips = FlowLayout(gap=theme.current().px(8))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._chips: dict[Known, Button] = {}
        texts = {
            Known.LAST_PERIOD: tr("The last period"),
            Known.DUE_DATE: tr("The due date"),
            Known.SCAN: tr("A scan"),
        }
        for known, text in texts.items():
            chip = Button(text, name=f"due-from-{known.value}", variant="chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda _, known=known: self._choose(known))
            self._group.addButton(chip)
            self._chips[known] = chip
            chips.addWidget(chip)
        self.column.addLayout(chips)

    def _choose(self, known: Known) -> None:
        self._known = known
        self._chips[known].setChecked(True)
        self._day.call(
            {
                Known.LAST_PERIOD: tr("The first day of the last period"),
                Known.DUE_DATE: tr("The due date"),
                Known.SCAN: tr("The day of the scan"),
            }[known]
        )
        for part in (self._along_caption, self._along):
            part.setVisible(known is Known.SCAN)
        self._count()

    # counting

    def due(self) -> VagueDate | None:
        """The due date that follows from what is known; ``None`` while something is missing."""
        day = self._day.day() if self._day.is_whole else UNKNOWN
        if self._known is Known.LAST_PERIOD:
            return due_date_from(last_period=day)
        if self._known is Known.DUE_DATE:
            return due_date_from(due=day)
        along = self._along.value()
        return due_date_from(scan=(day, along)) if along is not None else None

    def _count(self) -> None:
        self._notice.hide()
        due = self.due()
        self._say(self._due_text, tr("Due date: {date}").format(date=i18n.long_day(due)) if due else "")
        self._say(self._on_text, self._along_on(due))
        if self.isVisible():
            self.fit()

    def _along_on(self, due: VagueDate | None) -> str:
        """How far along it was on the day that was asked for."""
        on = self._on.day()
        if due is None or not self._on.is_whole or on.as_date() is None:
            return ""
        found = gestation_on(on, due)
        day = i18n.day_text(on)
        if found is None:
            return tr("{date} is not within the 45 weeks that are counted.").format(date=day)
        return tr("On {date}: {weeks}").format(date=day, weeks=gestation_text(found))

    @staticmethod
    def _say(place: QLabel, text: str) -> None:
        place.setText(text)
        place.setAccessibleName(text)
        place.setVisible(bool(text))

    def _take(self) -> None:
        due = self.due()
        if due is None:
            self._notice.say(self._missing())
            self.fit()
            return
        self.accept()
        self._taken(due)

    def _missing(self) -> str:
        if self._known is Known.SCAN and self._day.is_whole and self._day.day().as_date() is not None:
            return self._along.what_is_missing() or tr("To count from a scan, the weeks are needed.")
        return tr("To count from it, the day, the month and the year are needed.")
