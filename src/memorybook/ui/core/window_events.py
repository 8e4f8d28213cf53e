"""Reads keys and touches where they enter a window, before menus and dialogs take them for themselves."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow


class WindowEvents(QObject):
    """Shows ``handle`` every event of every window of the program while it listens; True swallows the event.

    It filters windows and not the application: a filter there is handed each object of the program,
    also such as are being destroyed, and Python must not touch those. GUI thread.
    """

    def __init__(self, handle: Callable[[QEvent], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._handle = handle
        self._windows: list[QWindow] = []
        self._listening = False

    def start(self) -> None:
        """Listen in every window there is, and in each that gets the keyboard from now on."""
        if self._listening:
            return
        self._listening = True
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._listen_in)
        for window in QGuiApplication.topLevelWindows():
            self._listen_in(window)

    def stop(self) -> None:
        """Listen no more."""
        if not self._listening:
            return
        self._listening = False
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.disconnect(self._listen_in)
        for window in self._windows:
            if shiboken6.isValid(window):
                window.removeEventFilter(self)
        self._windows.clear()

    def _listen_in(self, window: QWindow | None) -> None:
        self._windows = [known for known in self._windows if shiboken6.isValid(known)]
        if window is not None and window not in self._windows:
            window.installEventFilter(self)
            self._windows.append(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        return self._listening and self._handle(event)
