"""The password that a PDF opens with."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.rendering.password import normal
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.password_sheet import PasswordSheet


def ask(parent: QWidget, chosen: Callable[[str], object]) -> PasswordSheet:
    """Have it typed twice; ``chosen`` gets it."""
    return PasswordSheet(
        parent,
        tr("A password for this PDF"),
        tr(
            "Whoever opens the PDF is asked for it. It is kept nowhere: without it nobody can open the file, "
            "and it can be made again from here."
        ),
        chosen,
        refused=_too_long,
        name="pdf-password",
    )


def _too_long(password: str) -> str:
    try:
        normal(password)
    except ValueError:
        return tr("A PDF cannot have a password of this length. Please choose a shorter one.")
    return ""
