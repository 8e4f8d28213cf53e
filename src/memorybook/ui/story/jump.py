"""The small window that asks for a date to go to: a day, a month, or a year."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.domain.dates import VagueDate
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.date_field import DateField
from memorybook.ui.kit.labels import label


def ask_date(parent: QWidget, chosen: Callable[[VagueDate], object]) -> Sheet:
    """Ask for a date, as well as it is known; ``chosen`` is called when there is one."""
    sheet = Sheet(parent, tr("Go to a date"), name="jump-sheet")
    sheet.column.addWidget(label(tr("A year alone is enough.")))
    field = DateField(name="jump")
    field.about.hide()
    sheet.column.addWidget(field)
    missing = label("", "small")
    missing.setObjectName("jump-missing")
    missing.hide()
    sheet.column.addWidget(missing)

    def go() -> None:
        day = field.value()
        if day is None or day.year is None:
            missing.setText(tr("A year is needed here.") if day is not None else field.what_is_missing())
            missing.show()
            sheet.fit()
            return
        sheet.accept()
        chosen(day)

    sheet.add_button(tr("Not now"), sheet.reject, name="jump-no")
    sheet.add_button(tr("Go there"), go, name="jump-go", primary=True)
    sheet.open()
    field.year.setFocus()
    return sheet
