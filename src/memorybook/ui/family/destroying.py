"""The question before a record is deleted for ever."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.ui.core import dialogs
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button


def ask_to_destroy(parent: QWidget, name: str, agreed: Callable[[], None]) -> None:
    """Ask once, and call ``agreed`` when the person wants it. Return alone destroys nothing."""
    question = dialogs.ask(
        parent,
        tr("Delete {name} for ever?").format(name=name) if name else tr("Delete this for ever?"),
        tr(
            "What is written down here will be gone from the book, and the book cannot bring it back. Pages "
            "and photos stay. Copies of the book made before still have it; the settings can delete "
            "those too."
        ),
        yes=tr("Delete for ever"),
        destroys=True,
        no=tr("Keep"),
        name="record-gone",
        agreed=agreed,
    )
    for button in question.findChildren(Button):
        keeps = button.objectName() == "record-gone-no"
        button.setDefault(keeps)
        if keeps:
            button.setFocus()
