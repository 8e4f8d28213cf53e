"""The small window in which a passphrase gets another label."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.labels import label
from memorybook.ui.settings.passphrase_sheet import LONGEST_LABEL


def rename(parent: QWidget, text: str, named: Callable[[str], object]) -> Sheet:
    """Open the window; ``named`` gets the new label, which may be empty, when the person is done."""
    sheet = Sheet(parent, tr("Whose passphrase is this?"), name="rename-way")
    line = LabelledLine(tr("A name, or any words. They may stay empty."), name="rename-way-label")
    line.line.setMaxLength(LONGEST_LABEL)
    line.line.setText(text)
    sheet.column.addWidget(line)
    sheet.column.addWidget(label(tr("They are kept inside the book, and seen only here."), "small"))

    def done() -> None:
        sheet.accept()
        named(line.text())

    sheet.add_button(tr("Not now"), sheet.reject, name="rename-way-no")
    sheet.add_button(tr("Keep these words"), done, name="rename-way-done", primary=True)
    sheet.open()
    line.line.setFocus()
    line.line.selectAll()
    return sheet
