"""A chip that says what was chosen from a menu; pressing it takes the choice back."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import tool_tip

_WIDEST = 170


class ChosenChip(Button):
    """Is on. Long words are cut off to be looked at, and whole as its name and when it is pointed at."""

    def __init__(self, words: str, taken_back: Callable[[], object], *, name: str, says: str) -> None:
        super().__init__("", taken_back, name=name, variant="chip")
        room = theme.current().px(_WIDEST)
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setAccessibleDescription(says)
        self.setToolTip(tool_tip(words) if shown != words else "")
        self.setCheckable(True)
        self.setChecked(True)
