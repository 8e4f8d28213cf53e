"""Tells that the person has left the computer: it is locked, goes to sleep, or somebody else takes over.

One signal, whatever the system; what listens to each system is in a module of its own and loaded there alone.
"""

import sys
from typing import Protocol

from PySide6.QtCore import QObject, Signal


class Listener(Protocol):
    """What one operating system tells. It listens from :meth:`start` to :meth:`stop`."""

    def start(self) -> None:
        """Begin to listen. Never raises, and waits for nothing: a system that tells nothing is silent."""

    def stop(self) -> None:
        """Listen no more, and do not hold up the computer's sleep any longer."""


class SessionLock(QObject):
    """``locked`` is emitted when the book should be closed, possibly several times. GUI thread."""

    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listener: Listener | None = None

    def start(self) -> None:
        """Begin to listen, while a book is open."""
        if self._listener is None:
            self._listener = _listener(self)
        if self._listener is not None:
            self._listener.start()

    def stop(self) -> None:
        """Listen no more. A sleep that was waiting for the book to be closed goes on."""
        if self._listener is not None:
            self._listener.stop()


def _listener(owner: SessionLock) -> Listener | None:
    found: Listener | None = None
    if sys.platform == "linux":
        from memorybook.ui.core.session_lock_linux import LinuxSession

        found = LinuxSession(owner.locked.emit, owner)
    elif sys.platform == "win32":
        from memorybook.ui.core.session_lock_windows import WindowsSession

        found = WindowsSession(owner.locked.emit)
    elif sys.platform == "darwin":
        from memorybook.ui.core.session_lock_macos import MacSession

        found = MacSession(owner.locked.emit)
    return found
