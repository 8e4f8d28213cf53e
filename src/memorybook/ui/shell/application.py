"""Starting the window: theme, fonts, words, the hooks that keep Qt's traces private, and the loop."""

import datetime
import logging
import os
import signal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import (
    QMessageLogContext,
    QSettings,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from memorybook import paths
from memorybook.ui.core import clipboard, languages, tasks, theme
from memorybook.ui.core.collector import Collector
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.tasks import Background
from memorybook.ui.shell import placing
from memorybook.ui.shell.calls import Calls, Meeting
from memorybook.ui.shell.given import Given, looks_like_copy
from memorybook.ui.shell.main_window import MainWindow, Replace

if TYPE_CHECKING:  # loaded once a book is opened: a closed one has to be there in a moment
    from memorybook.rendering.pdf import Typesetter
    from memorybook.services.support import Support
    from memorybook.services.vault import Library

_LOG = logging.getLogger(__name__)
_SIGNAL_CHECK_MS = 300


class Clock(Protocol):
    """What the window asks the time of."""

    def now(self) -> datetime.datetime:
        """The present moment, aware, in the local time zone."""

    def elapsed(self) -> float:
        """Seconds on a clock that goes on while the computer sleeps."""


class Application:
    """Everything a window needs, made once. ``run`` returns the exit code of the program."""

    def __init__(
        self, library: "Library", device: DeviceSettings, *, clock: Clock, replace: Replace | None = None
    ) -> None:
        self.device = device
        self._clock = clock
        self.library = library
        _let_qt_remember_nothing()
        QGuiApplication.setApplicationDisplayName("Memory Book")
        QApplication.setApplicationName("memorybook")
        QApplication.setDesktopFileName("org.memorybook.memorybook")
        existing = QApplication.instance()
        self.qt = existing if isinstance(existing, QApplication) else QApplication(["memorybook"])
        self.qt.setStyle("Fusion")
        self.qt.setQuitOnLastWindowClosed(False)
        languages.speak(self.qt)
        tasks.start()
        clipboard.current()
        self._collector = Collector(self.qt)
        theme.load_fonts()
        self._dress()
        theme.current().follow_system()
        self.background = Background()
        self._replace = replace
        self._next: Path | None = None
        self.window = MainWindow(library, self, home=paths.default_books_folder(), replace=self._give_way)
        self.window.ended.connect(self.qt.quit)
        self.given = Given(self.window, library, self.background.run, self._go_on)

    @cached_property
    def typesetter(self) -> "Typesetter":
        """What makes pages of a book."""
        from memorybook.rendering.pdf import Typesetter

        return Typesetter()

    @cached_property
    def support(self) -> "Support":
        """What the support pane says."""
        from memorybook.services.support import Support

        return Support()

    def now(self) -> datetime.datetime:
        """The present moment, local."""
        return self._clock.now()

    def elapsed(self) -> float:
        """Seconds on a clock that goes on while the computer sleeps."""
        return self._clock.elapsed()

    def restyle(self) -> None:
        """Dress the application as the device settings say; another text size lays the window out anew."""
        before = theme.current().scale
        self._dress()
        if theme.current().scale != before:
            self.window.rebuild()

    def listen_for_calls(self, meeting: Meeting) -> None:
        """From now on a second start of the program has this window come to the front."""
        Calls(meeting, self.window, self.given)

    def _go_on(self, path: Path) -> None:
        """Close the open book, and turn to what was given outside of it."""
        self._next = path
        self.window.leave_book()

    def _give_way(self, folder: Path, /, *, minimised: bool, renewed: int | None, kept: str) -> None:
        """As :class:`Replace`: a fresh process, with what was given meanwhile if anything was."""
        following, self._next = self._next, None
        if following is not None:  # where no other process comes, once the window shows the closed book
            QTimer.singleShot(0, self.window, lambda: self.given.open(following))
        if self._replace is None:
            raise FileNotFoundError
        self._replace(following or folder, minimised=minimised, renewed=renewed, kept=kept)

    def _dress(self) -> None:
        chosen = self.device.theme
        appearance: theme.Appearance = (
            "dark" if chosen == "dark" else "light" if chosen == "light" else "system"
        )
        theme.current().apply(appearance, self.device.text_scale)

    def show(
        self,
        book: Path | None,
        *,
        locked: bool = False,
        minimised: bool = False,
        renewed: int | None = None,
        kept: str = "",
    ) -> None:
        """Show the window with the closed book that was named or used last.

        ``locked`` is for the place of a window whose book was closed: there this computer's keyring is
        asked by itself only if that was chosen. ``renewed`` says that the book was written anew, with the
        number of photos that could not be read; ``kept`` that it was brought back, with the name of the
        folder in which the book is that was there before.
        """
        is_copy = book is not None and looks_like_copy(book)
        ask_keyring = not is_copy and (not locked or self.device.keyring_after_lock)
        self.window.locking.start(None if is_copy else book, ask_keyring=ask_keyring)
        if book is not None:
            self.given.begin(book)
        if renewed is not None:
            self.window.tell_renewed(renewed)
        if kept:
            self.window.tell_brought_back(kept)
        if locked:
            placing.give_place(self.window, self.device)
        if minimised:
            self.window.showMinimized()
        else:
            self.window.show()

    def run(
        self,
        book: Path | None,
        *,
        locked: bool = False,
        minimised: bool = False,
        renewed: int | None = None,
        kept: str = "",
        meeting: Meeting | None = None,
    ) -> int:
        """Show the window and stay until it is closed. Second starts are heard by ``meeting``."""
        self.show(book, locked=locked, minimised=minimised, renewed=renewed, kept=kept)
        self.listen_for_the_end()
        if meeting is not None:
            self.listen_for_calls(meeting)
        code = self.qt.exec()
        self.stop()
        return code

    def stop(self) -> None:
        """End what runs beside the window; what waits for an answer of the desktop does not get it."""
        self.library.stop_asking()
        self.background.stop()

    def listen_for_the_end(self) -> None:
        """A session that ends asks politely (SIGTERM): keep the last words and close, and soon."""

        def end(*_: object) -> None:
            # By a timer: what quits before Qt's loop runs is lost, and the program would stay for ever.
            QTimer.singleShot(0, self.window, self.window.end_soon)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        timer = QTimer(self.qt)
        timer.timeout.connect(lambda: None)  # lets Python look at its signals
        timer.start(_SIGNAL_CHECK_MS)


def _let_qt_remember_nothing() -> None:
    """Qt's file dialog would write down the folders and files it has seen: give it nowhere to write to.

    Below a device no file can be made, and Qt goes without, in silence. (On Windows and macOS the native
    form is not a file, and the path does not hold for it.)
    """
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, f"{os.devnull}/qt")
    qInstallMessageHandler(_qt_message)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:  # noqa: ARG001
    """Qt's own remarks may repeat a path or a text: note where they came from, not what they say."""
    if kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
        _LOG.error("Qt reported a problem of its own")
