"""A second start of the program: the window comes to the front, with what that start was given."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import VoidPtr

if TYPE_CHECKING:
    from memorybook.ui.shell.given import Given
    from memorybook.ui.shell.main_window import MainWindow

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - a word of the desktop's for a click


class Call(Protocol):
    """A second start that waits for an answer."""

    @property
    def path(self) -> Path | None:
        """The folder or file that it was given."""

    @property
    def token(self) -> str:
        """The leave to come to the front, as Wayland gives it."""

    @property
    def startup(self) -> str:
        """The id of the launch, as X11 gives it."""

    def answer(self) -> bool:
        """Say that the window comes to the front; whether anybody was still waiting."""


class Meeting(Protocol):
    """Where second starts are heard."""

    @property
    def descriptor(self) -> int:
        """Can be read when somebody has asked; on Windows an event, another one after each ``calls``."""

    def calls(self) -> Sequence[Call]:
        """Who has asked since the last time."""


class Calls(QObject):
    """Listens as long as the window lives. GUI thread: only a window that is alive says that it is there."""

    def __init__(self, meeting: Meeting, window: "MainWindow", given: "Given") -> None:
        super().__init__(window)
        self._meeting, self._window, self._given = meeting, window, given
        if sys.platform == "win32":
            from PySide6.QtCore import QWinEventNotifier

            self._notifier = QWinEventNotifier(self)
            self._notifier.installEventFilter(self)
            self._listen()
            application = QGuiApplication.instance()
            application.aboutToQuit.connect(lambda: self._notifier.setEnabled(False))  # the event goes then
        else:
            self._notifier = QSocketNotifier(meeting.descriptor, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._asked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Windows: somebody has asked. The signal that says so has a value that Python cannot be given."""
        if sys.platform == "win32" and event.type() == QEvent.Type.WinEventAct:
            self._notifier.setEnabled(False)  # else it would be set off by the same once more
            self._notifier.event(event)
            self._asked()
            self._listen()
            return True
        return super().eventFilter(watched, event)

    def _listen(self) -> None:
        if sys.platform == "win32":
            event = self._meeting.descriptor
            self._notifier.setHandle(VoidPtr(event))
            self._notifier.setEnabled(event != 0)

    def _asked(self) -> None:
        for call in self._meeting.calls():
            # A window that is about to go away does not answer: the second start waits, and takes its place.
            if not self._window.ending and call.answer():
                come_forward(self._window, call.token, call.startup)
                if call.path is not None:
                    self._given.open(call.path)


def come_forward(window: QWidget, token: str, startup: str) -> None:
    """Bring the window to the front, or what stands before it; one that was put away is as it was before."""
    if token and QGuiApplication.platformName().startswith("wayland"):
        os.environ[_TOKEN] = token  # Qt takes it from there once, and out of there
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    front = QApplication.activeModalWidget() or window
    front.activateWindow()
    if QGuiApplication.platformName() == "xcb":
        from memorybook.ui.shell import x11_launch  # no other start has a use for it

        x11_launch.come_to(int(front.winId()), startup)
