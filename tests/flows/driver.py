"""Drives the real window as a person would: finds what can be seen, presses it, types into it, waits."""

import math
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QMenu, QWidget

from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library
from memorybook.system.clock import Clock, SystemClock
from memorybook.system.decoder import Decoder
from memorybook.system.dictionaries import Dictionaries
from memorybook.system.settings import Settings
from memorybook.system.volumes import Volumes
from memorybook.ui.shell.application import Application
from memorybook.ui.shell.main_window import Replace
from memorybook.ui.shell.open_book import OpenBook

W = TypeVar("W", bound=QWidget)
QUICK = KdfCost(8192, 1, 1)
PATIENCE_S = 30.0
_ASK_AGAIN_S = 1.0


_FORMER: set[int] = set()
"""The windows of earlier tests in this process, by the numbers the window system gave them."""


class Stuck(AssertionError):
    """What was waited for did not come."""


class Driver:
    """One running application. ``kdf`` is cheap unless a test is about its cost."""

    def __init__(
        self,
        *,
        kdf: KdfCost | None = QUICK,
        clock: Clock | None = None,
        replace: Replace | None = None,
        dictionaries: Dictionaries | None = None,
        volumes: Volumes | None = None,
    ) -> None:
        self._until = math.inf
        self.decoder = Decoder()
        self.settings = Settings()
        clock = clock or SystemClock()
        library = Library(
            decoder=self.decoder, clock=clock, kdf=kdf, dictionaries=dictionaries, volumes=volumes
        )
        self.application = Application(library, self.settings, clock=clock, replace=replace)

    @property
    def window(self) -> QWidget:
        return self.application.window

    def show(self, book: Path | None = None, size: tuple[int, int] = (1280, 800)) -> None:
        close_menus()  # a test without a driver may have left one
        self.application.show(book)
        self.window.resize(*size)
        self.wait(lambda: self.window.isVisible() and self.window.windowHandle().isExposed())
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        if QGuiApplication.platformName() == "xcb":
            self.wait(self._is_in_front)

    def _is_in_front(self) -> bool:
        """Whether the window manager has this window in front, and the windows of earlier tests are gone.

        Otherwise it takes the keyboard away for a moment when it comes to them, which closes every menu.
        """
        asked = ["xprop", "-root", "-notype", "_NET_CLIENT_LIST", "_NET_ACTIVE_WINDOW"]
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        there, front = (
            {int(number, 16) for number in re.findall(r"0x[0-9a-f]+", line)} for line in told.splitlines()
        )
        return front == {int(self.window.winId())} and not there & _FORMER

    def stop(self) -> None:
        """Close as by the window's own button, and wait until nothing runs any more."""
        close_menus()
        ended: list[bool] = []
        self.application.window.ended.connect(lambda: ended.append(True))
        _FORMER.add(int(self.window.winId()))
        self.window.close()
        self.wait(lambda: bool(ended))
        self.application.stop()
        self.decoder.close()
        self.window.deleteLater()
        self.settle()
        left = [f"{type(each).__name__} {each.objectName()}" for each in self.windows()]
        assert not left, f"windows of the closed book: {left}"

    def wait(self, holds: Callable[[], object], seconds: float = PATIENCE_S) -> None:
        """Let the application run until ``holds``, looking again every few milliseconds.

        ``holds`` may itself find things: it waits no longer than there is left outside.
        """
        if holds():
            return
        outside, self._until = self._until, min(self._until, time.monotonic() + seconds)
        loop = QEventLoop()
        looking = QTimer()
        looking.setInterval(5)
        failed: list[AssertionError] = []

        def look() -> None:
            try:
                if not failed and (holds() or time.monotonic() > self._until):
                    loop.quit()
            except AssertionError as failure:  # raised into Qt's loop, it would be waited on for ever
                failed.append(failure)
                loop.quit()

        looking.timeout.connect(look)
        looking.start()
        try:
            loop.exec()
        finally:
            looking.stop()
            self._until = outside
        if failed:
            raise failed[0]
        if not holds():
            raise Stuck(f"waited {seconds} s; on screen: {self.words()[:40]}")

    def settle(self) -> None:
        """Let everything that is already queued happen."""
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()

    # finding

    def windows(self) -> Iterator[QWidget]:
        yield from (widget for widget in QApplication.topLevelWidgets() if widget.isVisible())

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]  # the widest kind
        """The visible widget of this name; waits for it to appear."""
        found: list[W] = []

        def look() -> bool:
            found[:] = [w for w in self.all(kind) if w.objectName() == name]
            return bool(found)

        try:
            self.wait(look)
        except Stuck as stuck:
            raise Stuck(f"no {name}; {stuck}") from None
        return found[0]

    def all(self, kind: type[W]) -> list[W]:
        # a dialog is a window and a child of another, and is seen once
        seen = {w: None for window in self.windows() for w in [window, *window.findChildren(QWidget)]}
        return [widget for widget in seen if isinstance(widget, kind) and widget.isVisible()]

    def words(self) -> list[str]:
        """Everything that labels say, without the places where a very long word may break."""
        return [text.replace("\u200b", "") for label in self.all(QLabel) if (text := label.text())]

    def sees(self, text: str) -> bool:
        return any(text in word for word in self.words())

    @property
    def book(self) -> OpenBook:
        return self.all(OpenBook)[0]

    # acting

    def press(self, name: str) -> None:
        widget = self.find(name)
        self.wait(widget.isEnabled)
        self._take_keyboard()  # as a click does: a menu closes when the keyboard comes to its window late
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
        self.settle()

    def focused(self) -> QWidget:
        """What the keyboard reaches, also at a moment when another window is in front."""
        return QApplication.focusWidget() or self.window.focusWidget() or self.window

    def _has_keyboard(self) -> bool:
        """Whether keys come to the window that a person would press them for."""
        window, modal = QGuiApplication.focusWindow(), QApplication.activeModalWidget()
        if window is None or not window.isVisible():  # one that is put away keeps it until the server says
            return False
        if modal is None or QApplication.activePopupWidget() is not None:
            return True
        return window == modal.window().windowHandle()

    def _take_keyboard(self) -> None:
        asked = -math.inf

        def has() -> bool:
            nonlocal asked
            if self._has_keyboard():
                return True
            # The small window manager forgets who was in front, and what it is asked as a window goes: then
            # the server is asked, as by a click.
            if time.monotonic() - asked > _ASK_AGAIN_S:
                again, asked = asked > -math.inf, time.monotonic()
                window = QApplication.activeModalWidget() or self.window
                window.activateWindow()
                if again:
                    command = ["xdotool", "windowfocus", str(int(window.winId()))]
                    subprocess.run(command, capture_output=True, check=False)
            return False

        self.wait(has)

    def key(self, sequence: str) -> None:
        """Press keys where the window system delivers them, so that shortcuts work as they do for people."""
        self._take_keyboard()
        keys = QKeySequence(sequence)
        for number in range(keys.count()):
            pressed = keys[number]
            QTest.keyPress(QGuiApplication.focusWindow(), pressed.key(), pressed.keyboardModifiers())
            # The key may have ended the window it was pressed in: it is let go where the keyboard is now.
            if (window := QGuiApplication.focusWindow()) is not None:
                QTest.keyRelease(window, pressed.key(), pressed.keyboardModifiers())
        self.settle()

    def type_into(self, name: str, text: str, *, replace: bool = False) -> None:
        widget = self.find(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        if replace:
            QTest.keySequence(widget, "Ctrl+A")
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(widget, Qt.Key.Key_Return)
            QTest.keyClicks(widget, line)
        self.settle()

    def type_into_focused(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)
        self.settle()

    def choose_month(self, name: str, number: int) -> None:
        """By the keyboard: down from the top of the list, as often as it takes."""
        box = self.find(name, QComboBox)
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(number):
            QTest.keyClick(box, Qt.Key.Key_Down)
        self.settle()

    def choose_from_menu(self, chip: str, text: str) -> None:
        self.press(chip)
        self.wait(lambda: self.all(QMenu))
        menu = self.all(QMenu)[0]
        action = next(a for a in menu.actions() if a.text() == text)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        self.wait(lambda: not self.all(QMenu))

    def choose_files(self, *paths: Path) -> None:
        """Put names into Qt's own file dialog and accept it with Return."""
        self.wait(lambda: self.all(QFileDialog))
        dialog = self.all(QFileDialog)[0]
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        text = str(paths[0]) if len(paths) == 1 else " ".join(f'"{path}"' for path in paths)
        line.setText(text)  # keys would open a list of proposals, at a moment of its own
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.wait(lambda: not self.all(QFileDialog))

    def drop(self, name: str, *paths: Path) -> None:
        target = self.find(name)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place = target.rect().center()
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        drop = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(target, drop)
        self.settle()

    # pictures

    def picture(self, path: Path) -> None:
        """The screen as a person sees it, cut to the window, once nothing moves any more."""
        self.be_still()
        path.parent.mkdir(parents=True, exist_ok=True)
        screen = QGuiApplication.primaryScreen()
        box = self.window.geometry()
        pixmap = screen.grabWindow(0, box.x(), box.y(), box.width(), box.height())
        assert pixmap.save(str(path))

    def be_still(self) -> None:
        """Wait until nothing on the screen moves any more."""
        shape: list[object] = []
        still = 0
        while still < 5:  # a size that depends on a width goes up from layout to layout, a turn for each
            before = shape
            self.settle()
            shape = [widget.geometry() for widget in self.all(QWidget)]
            still = still + 1 if shape == before else 0


def close_menus() -> None:
    """Close what is open above every window: as long as it is, keys and the mouse go there alone."""
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


@contextmanager
def running(**options: object) -> Iterator[Driver]:
    """A driver that is stopped whatever happens."""
    driver = Driver(**options)  # type: ignore[arg-type]  # handed through
    try:
        yield driver
    finally:
        driver.stop()
