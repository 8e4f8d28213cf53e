"""Where the keyboard goes in something that has several parts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Beginning(QWidget):
    """A widget that hands the keyboard on to one of its parts. GUI thread."""

    _starts_at: QWidget | None = None

    def begin_at(self, part: QWidget) -> None:
        """Where the keyboard goes when it is put here.

        With a focus proxy Tab would come to that from above, and never to what stands before it.
        """
        self._starts_at = part

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        if self._starts_at is not None:
            self._starts_at.setFocus(reason)
        else:
            super().setFocus(reason)
