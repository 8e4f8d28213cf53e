"""The small window in which a person gets a name, as they would like it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.labels import label


def ask_name(parent: QWidget, title: str, text: str, named: Callable[[str], object]) -> Sheet:
    """Open the window; ``named`` gets what was typed when the person is done with it."""
    sheet = Sheet(parent, title, name="person-sheet")
    line = LabelledLine(tr("Name, as they would like it"), name="person-name")
    line.line.setText(text)
    sheet.column.addWidget(line)
    if text:
        sheet.column.addWidget(label(tr("It changes on every page that carries the name."), "small"))

    def done() -> None:
        sheet.accept()
        named(line.text().strip())

    sheet.add_button(tr("Not now"), sheet.reject, name="person-no")
    sheet.add_button(tr("Done"), done, name="person-done", primary=True)
    sheet.open()
    line.line.setFocus()
    line.line.selectAll()
    return sheet
