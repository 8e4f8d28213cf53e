"""The small window in which a passphrase is chosen: for someone, in place of another, or for a book anew."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from memorybook.errors import MemoryBookError
from memorybook.ui.core import messages
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.kit.fields import LabelledLine, PassphraseLine, passphrase_remark
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice

LONGEST_LABEL = 80


class PassphraseSheet(Sheet):
    """``given`` carries the label and both passphrases as typed. Both fields are empty once it is gone."""

    given = Signal(str, str, str)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentences: Sequence[str],
        *,
        name: str,
        keep: str,
        whose: bool,
    ) -> None:
        super().__init__(parent, title, name=name, width=440)
        self._saving = False
        for sentence in sentences:
            self.column.addWidget(label(sentence, "soft"))
        self._whose = LabelledLine(tr("Whose it is (may stay empty)"), name=f"{name}-label")
        self._whose.line.setMaxLength(LONGEST_LABEL)
        self._whose.setVisible(whose)
        self._one = PassphraseLine(tr("The new passphrase"), name=f"{name}-passphrase")
        self._again = PassphraseLine(tr("The same once more"), name=f"{name}-again")
        self._whose.line.returnPressed.connect(self._one.setFocus)
        self._one.line.returnPressed.connect(self._again.setFocus)
        for line in (self._whose, self._one, self._again):
            self.column.addWidget(line)
        self.column.addWidget(
            label(tr("Four or more ordinary words are quick to type and hard to guess."), "small")
        )
        self._notice = Notice(name=f"{name}-notice")
        self.column.addWidget(self._notice)
        self.column.addStretch(1)
        self._no = self.add_button(tr("Not now"), self.reject, name=f"{name}-no")
        self._keep_text = keep
        self._keep = self.add_button(keep, self._give, name=f"{name}-keep", primary=True)
        self.finished.connect(self._forget)

    def start(self) -> None:
        """Open it with the keyboard in its first field."""
        self.open()
        first = self._whose if self._whose.isVisible() else self._one
        first.line.setFocus()

    def _give(self) -> None:
        if not self._saving:
            self.given.emit(self._whose.text(), self._one.text(), self._again.text())

    def _forget(self) -> None:
        self._one.forget()
        self._again.forget()

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet, or is worth a second thought."""
        self._say(passphrase_remark(remark))

    def show_saving(self) -> None:
        """It is being kept, which takes about a second; the passphrase is not on the screen any more."""
        self._saving = True
        self._notice.hide()
        self._forget()
        self._rest(resting=False)
        self._keep.setText(tr("Saving…"))

    def show_problem(self, error: MemoryBookError) -> None:
        """It was not kept; whose it is stays, the passphrase has to be typed again."""
        self._say(messages.sentence(error))

    def finish(self) -> None:
        """Everything is kept."""
        self._saving = False
        self.accept()

    def _say(self, text: str) -> None:
        self._saving = False
        self._keep.setText(self._keep_text)
        self._rest(resting=True)
        self._notice.say(text)
        self._one.line.setFocus()
        self.fit()
        self.bring_into_view(self._notice)

    def _rest(self, *, resting: bool) -> None:
        for widget in (self._whose, self._one, self._again, self._no, self._keep):
            widget.setEnabled(resting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is being kept is kept: Escape has no answer to give then."""
        if not (self._saving and event.key() == Qt.Key.Key_Escape):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._saving:
            event.ignore()
        else:
            super().closeEvent(event)
