"""The card of the words on the cover. They are kept after a pause, as everything that is written."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import SettingsCard
from memorybook.ui.kit.fields import LabelledLine

_PAUSE_MS = 700


class CoverCard(SettingsCard):
    """``kept`` stores the words; they may be empty."""

    def __init__(self, kept: Callable[[str], object]) -> None:
        super().__init__(tr("The words on the cover"), name="settings-cover")
        self._kept = kept
        self._title = LabelledLine(
            tr("A name, or any words you like. They may stay empty."), name="cover-title"
        )
        self.line = self._title.line
        self.column.addWidget(self._title)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        self.line.textEdited.connect(lambda: self._pause.start())
        self.line.editingFinished.connect(self.keep_now)

    def keep_now(self) -> None:
        """Store what was typed, without waiting for the pause."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def _keep(self) -> None:
        self._kept(self._title.text().strip())

    def show_title(self, title: str) -> None:
        """The words as they are kept."""
        if not self.line.hasFocus():
            self.line.setText(title)
