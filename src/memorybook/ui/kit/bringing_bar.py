"""The quiet bar below a title while files come into the book, and the account when they are in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from memorybook.domain.bringing import BringProgress
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label, surface


class BringingBar(QWidget):
    """Hidden until something comes in. ``cancelWanted`` asks to take no more in.

    ``name`` begins the names of its parts; ``coming`` and ``no_more`` are what the bar and the button to
    cancel are called for those who hear them.
    """

    cancelWanted = Signal()

    def __init__(self, name: str, *, coming: str, no_more: str) -> None:
        super().__init__()
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
        self._line.setObjectName(f"{name}-bringing")
        self._why = label(role="small")
        self._why.setObjectName(f"{name}-reasons")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(coming)
        words.addWidget(self._line)
        words.addWidget(self._bar)
        words.addWidget(self._why)
        row.addLayout(words, 1)
        self.cancel = Button(
            tr("Cancel"), self.cancelWanted.emit, name=f"{name}-cancel", variant="link", says=no_more
        )
        row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignTop)
        self._away = Button(
            "", self.hide, name=f"{name}-account-away", variant="quiet", icon="remove", tint="ink_soft",
            says=tr("Put this message away"),
        )  # fmt: skip
        row.addWidget(self._away, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether it shows how far it is, and not what came of it."""
        return self._bar.isVisibleTo(self)

    def move_on(self, progress: BringProgress, text: str = "") -> None:
        """So much of what was chosen; before that is known there is no end to the bar."""
        if text:
            self._say(text)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._show_parts(running=True)

    def stop(self, text: str) -> None:
        """No more will come."""
        self._say(text)
        self.cancel.setEnabled(False)

    def tell(self, text: str, reasons: str = "") -> None:
        """What came of it; it stays until it is put away or the page is left."""
        self._say(text)
        self._why.setText(reasons)
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
        self.cancel.setVisible(running)
        self._away.setVisible(not running)
        self._why.setVisible(not running and bool(self._why.text()))
        self.show()
