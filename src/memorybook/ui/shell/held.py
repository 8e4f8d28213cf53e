"""The closed book while words of it still wait to be kept: the screen is locked, the words are not lost."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.errors import MemoryBookError
from memorybook.ui.core import messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.fields import PassphraseLine
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice

_WIDTH = 420


class HeldPage(QWidget):
    """``opened`` carries a passphrase that is to be checked."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "linen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(width=_WIDTH)
        outer.addWidget(scroll)
        scroll.column.addStretch(1)
        card = surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(40), px(36), px(40), px(28))
        column.setSpacing(px(14))
        title = label(tr("The book is closed"), "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addWidget(label(self._words(), "soft"))
        self._passphrase = PassphraseLine(tr("Passphrase"), name="held-passphrase")
        self._passphrase.line.returnPressed.connect(self._open)
        column.addWidget(self._passphrase)
        self._notice = Notice(name="held-notice", stands=True)
        column.addWidget(self._notice)
        self._button = Button(tr("Back to the page"), self._open, name="held-open", variant="primary")
        column.addWidget(self._button)
        scroll.column.addWidget(card)
        scroll.column.addStretch(1)
        self.setFocusProxy(self._passphrase)

    def _words(self) -> str:
        return tr(
            "The last words could not be kept yet. They wait here, out of sight, and are tried again every "
            "few seconds. If the disk is full, please free some room; if the book is on a drive, please "
            "connect it. The passphrase leads back to the page."
        )

    def _open(self) -> None:
        passphrase = self._passphrase.text()
        if passphrase:
            self._notice.hide()
            self._set_working(working=True)
            self.opened.emit(passphrase)

    def _set_working(self, *, working: bool) -> None:
        self._passphrase.setEnabled(not working)
        self._button.setEnabled(not working)

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened, with the field ready for another try."""
        self._set_working(working=False)
        self._notice.say(messages.sentence(error))
        self._passphrase.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing that was typed waits behind another screen."""
        super().hideEvent(event)
        self._set_working(working=False)
        self._notice.hide()
        self._passphrase.forget()
