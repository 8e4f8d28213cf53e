"""The quiet bar below the title while photos come in, and the account when they are in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.ids import PhotoId
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.photos.account import reasons, summary


class BringingBar(QWidget):
    """Hidden until photos come in. ``cancelWanted`` asks to take no more in."""

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
        self._line.setObjectName("photos-bringing")
        self._why = label(role="small")
        self._why.setObjectName("photos-reasons")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Photos coming in"))
        words.addWidget(self._line)
        words.addWidget(self._bar)
        words.addWidget(self._why)
        row.addLayout(words, 1)
        self._cancel = Button(
            tr("Cancel"), self.cancelWanted.emit, name="photos-cancel", variant="link",
            says=tr("Take no more photos in"),
        )  # fmt: skip
        row.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignTop)
        self._away = Button(
            "", self.hide, name="photos-account-away", variant="quiet", icon="remove", tint="ink_soft",
            says=tr("Put this message away"),
        )  # fmt: skip
        row.addWidget(self._away, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_progress(self, progress: BringProgress) -> None:
        """So many of so many."""
        if progress.total:
            line = tr("Bringing photos in: {done} of {all}")
            self._say(line.format(done=progress.done, all=progress.total))
        else:
            self._say(tr("Looking through what was chosen"))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._show_parts(running=True)
        self._cancel.setEnabled(True)

    def show_stopping(self) -> None:
        """No more will come."""
        self._say(tr("Stopping. The photo that was begun is finished first."))
        self._cancel.setEnabled(False)

    def show_account(self, account: BringAccount[PhotoId]) -> None:
        """What came of it; it stays until it is put away or the page is left."""
        self._say(summary(account))
        self._why.setText("\n".join(reasons(account)))
        self._show_parts(running=False)

    def put_away(self) -> None:
        """The page is left: an account has been seen, what is under way goes on and is said again."""
        if not self._away.isHidden():
            self.hide()

    def _say(self, text: str) -> None:
        self._line.setText(text)
        self._line.setAccessibleName(text)

    def _show_parts(self, *, running: bool) -> None:
        self._bar.setVisible(running)
        self._cancel.setVisible(running)
        self._away.setVisible(not running)
        self._why.setVisible(not running and bool(self._why.text()))
        self.show()
