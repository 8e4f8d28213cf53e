"""The quiet bar below the title while recordings come in, and the account when they are in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.ids import RecordingId
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.recordings.account import account_text


class BringingBar(QWidget):
    """Hidden until recordings come in. ``cancelWanted`` asks to take no more in."""

    cancelWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = surface("quiet")
        outer.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(px(16), px(10), px(8), px(10))
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(6))
        self._line = label()
        self._line.setObjectName("recordings-bringing")
        words.addWidget(self._line)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Recordings coming in"))
        words.addWidget(self._bar)
        row.addLayout(words, 1)
        self._cancel = Button(
            tr("Cancel"), self._stop, name="recordings-cancel", variant="link",
            says=tr("Take no more recordings in"),
        )  # fmt: skip
        row.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignTop)
        self._away = Button(
            "", self.hide, name="recordings-account-away", variant="quiet", icon="remove", tint="ink_soft",
            says=tr("Put this message away"),
        )  # fmt: skip
        row.addWidget(self._away, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_progress(self, progress: BringProgress) -> None:
        """So much of what was chosen; before that is known there is no end to the bar."""
        if not self._bar.isVisibleTo(self):
            self._cancel.setEnabled(True)
        if self._cancel.isEnabled():
            self._say(tr("The recordings are being copied into your book."))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._show_parts(running=True)

    def show_account(self, account: BringAccount[RecordingId]) -> None:
        """What came of it; it stays until it is put away or the page is left."""
        self._say(account_text(account))
        self._cancel.setEnabled(True)
        self._show_parts(running=False)

    def put_away(self) -> None:
        """The page is left: an account has been seen, what is under way goes on and is said again."""
        if not self._away.isHidden():
            self.hide()

    def _stop(self) -> None:
        self._say(tr("Stopping."))
        self._cancel.setEnabled(False)
        self.cancelWanted.emit()

    def _say(self, text: str) -> None:
        self._line.setText(text)
        self._line.setAccessibleName(text)

    def _show_parts(self, *, running: bool) -> None:
        self._bar.setVisible(running)
        self._cancel.setVisible(running)
        self._away.setVisible(not running)
        self.show()
