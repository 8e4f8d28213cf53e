"""What this program puts on the clipboard: plain words, marked as private, gone again after a minute.

Copied words are for one paste, not for a clipboard manager's history or a cloud clipboard. A number or an
address of people to talk to is no secret and may be needed for longer than a book stays open: it is marked
for the histories' sake (whom somebody turned to is nobody's business) and then left where it is.
"""

from typing import Final

import shiboken6
from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS: Final = 60_000
"""How long copied words stay, in milliseconds of a clock that does not jump."""

HINTS: Final = {
    "application/x-nspasteboard-concealed-type": b"1",  # macOS
    "x-kde-passwordManagerHint": b"secret",  # Linux
    "ExcludeClipboardContentFromMonitorProcessing": b"1",  # Windows: a format of that very name
}
"""What asks a clipboard history, each in its own way, to leave this out. The same as KeePassXC uses."""


def private_text(text: str) -> QMimeData:
    """Words for the clipboard as this program hands them out: plain text and the hints, nothing else."""
    data = QMimeData()
    data.setText(text)
    for name, value in HINTS.items():
        data.setData(name, value)
    return data


class ClipboardGuard(QObject):
    """Watches the clipboard of this process, whichever widget it was that copied. GUI thread.

    Qt announces a change while the copying call is still under way, before any other program can be
    answered: what is put right there is the only thing that others ever see.
    """

    def __init__(self, parent: QObject | None = None, *, kept_ms: int = KEPT_MS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._private = False  # whether what lies there now is ours and has to go
        self._putting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept_ms)
        self._timer.timeout.connect(self.clear_if_ours)
        self._clipboard.changed.connect(self._changed)
        application = QGuiApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear_if_ours)  # else X hands it to a clipboard manager

    def copy_public(self, text: str) -> None:
        """Copy what stands in a public list, a helpline's number: it stays until something else is copied."""
        self._put(text, private=False)

    def clear_if_ours(self) -> None:
        """Take copied words off the clipboard, unless another program has put something there since."""
        self._timer.stop()
        if self._private and self._clipboard.ownsClipboard():
            self._clipboard.clear(QClipboard.Mode.Clipboard)
        self._private = False

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode is QClipboard.Mode.Clipboard:
            self._clipboard_changed()
        elif mode is QClipboard.Mode.Selection and self._clipboard.ownsSelection():
            # A selection by mouse is not a copy: no other program has to know of it.
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _clipboard_changed(self) -> None:
        if self._putting:
            return
        if not self._clipboard.ownsClipboard():
            self._timer.stop()
            self._private = False
            return
        text = self._clipboard.mimeData().text()
        if text:
            self._put(text, private=True)
        else:
            self._clipboard.clear(QClipboard.Mode.Clipboard)

    def _put(self, text: str, *, private: bool) -> None:
        self._putting = True
        self._clipboard.setMimeData(private_text(text))
        self._putting = False
        self._private = private
        if private:
            self._timer.start()
        else:
            self._timer.stop()


def to_paste() -> QMimeData:
    """What lies in the clipboard at this moment, for a place that takes pictures."""
    return QGuiApplication.clipboard().mimeData()


_guard: list[ClipboardGuard] = []


def current() -> ClipboardGuard:
    """The one of this process. The application makes it, before there is anything to copy."""
    if not _guard or not shiboken6.isValid(_guard[0]):
        _guard[:] = [ClipboardGuard(QGuiApplication.instance())]
    return _guard[0]
