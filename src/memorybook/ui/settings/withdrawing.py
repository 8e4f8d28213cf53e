"""The small windows of withdrawing a sheet: what it means, and how far the new book is."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.labels import label
from memorybook.ui.settings.presenter import Renewal
from memorybook.ui.settings.wording import size_words

_LOOK_MS = 100
_STEPS = 1000


def explain(parent: QWidget, go_on: Callable[[], object]) -> Sheet:
    """Say what withdrawing a sheet does; ``go_on`` is called when that is wanted."""
    sheet = Sheet(parent, tr("Withdraw this sheet"), name="withdraw-explain", width=520)
    sheet.column.addWidget(
        label(
            tr(
                "For a sheet that was lost, or seen by someone who should no longer be able to open "
                "the book: after a separation, for instance."
            )
        )
    )
    for sentence in (
        tr(
            "The book is written anew, every page and every photo. This takes about as long as copying it, "
            "and it can be stopped on the way."
        ),
        tr("Sheets printed before no longer open this book. A new one can be made afterwards."),
        tr("Other people’s passphrases and this computer’s keyring have to be set up again."),
        tr(
            "Backups and copies of the book made before still open with the old sheet and the old "
            "passphrase. Please delete those you do not want to keep."
        ),
    ):
        sheet.column.addWidget(label(sentence, "soft"))

    def agree() -> None:
        sheet.accept()
        go_on()

    sheet.add_button(tr("Not now"), sheet.reject, name="withdraw-explain-no")
    sheet.add_button(tr("Go on"), agree, name="withdraw-explain-yes", primary=True)
    sheet.open()
    return sheet


class RenewalSheet(Sheet):
    """How far the book is that is being written anew. Leaving it in any way stops the writing.

    It stays until the writing has ended, so that nothing is written into a book that is about to be replaced.
    """

    def __init__(self, parent: QWidget, renewal: Renewal) -> None:
        super().__init__(parent, tr("Writing the book anew"), name="renewal", width=460)
        self._renewal = renewal
        self.column.addWidget(
            label(
                tr(
                    "The book as it was stays untouched until the new one is complete. Stopping keeps it "
                    "as it is."
                ),
                "soft",
            )
        )
        self._bar = QProgressBar()
        self._bar.setObjectName("renewal-bar")
        self._bar.setAccessibleName(tr("How much is written"))
        self._bar.setTextVisible(False)
        self.column.addWidget(self._bar)
        self._state = label(" ", "small")
        self._state.setObjectName("renewal-state")
        self.column.addWidget(self._state)
        self._cancel = self.add_button(tr("Stop"), self._stop, name="renewal-stop")
        self.rejected.connect(renewal.stop)
        # Looked at from here: what the vault's thread reports must not wait for, or outlive, a window.
        looking = QTimer(self)
        looking.setInterval(_LOOK_MS)
        looking.timeout.connect(self._look)
        looking.start()
        self._look()

    def _stop(self) -> None:
        self._renewal.stop()
        self._cancel.setEnabled(False)
        self._look()

    def _look(self) -> None:
        done, total = self._renewal.done, self._renewal.total
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(min(_STEPS, _STEPS * done // total) if total else 0)
        if self._renewal.stop_asked.is_set():
            self._state.setText(tr("Stopping…"))
        else:
            self._state.setText(size_words(done, total) if total else tr("Preparing…"))

    def finish(self) -> None:
        """Go away: the writing has ended. A lock may have taken the window away before."""
        if shiboken6.isValid(self):
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        event.ignore()
