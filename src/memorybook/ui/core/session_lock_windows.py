"""What Windows tells of the session: locked, another person's turn, or about to sleep.

A hidden window asks for these messages and a filter in front of Qt reads them. Written from Microsoft's
documentation (WTSRegisterSessionNotification, WM_WTSSESSION_CHANGE, WM_POWERBROADCAST).
"""

import ctypes
import ctypes.wintypes
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

_WM_POWERBROADCAST: Final = 0x0218
_WM_WTSSESSION_CHANGE: Final = 0x02B1
_PBT_APMSUSPEND: Final = 0x0004
_LEAVING: Final = frozenset({0x2, 0x4, 0x6, 0x7})  # console or remote disconnect, log off, lock
_THIS_SESSION: Final = 0


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, told: Callable[[], None]) -> None:
        super().__init__()
        self._told = told

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Read the message and let it pass on."""
        if _bytes(event_type) == b"windows_generic_MSG":
            read = ctypes.wintypes.MSG.from_address(int(message))
            leaving = read.message == _WM_WTSSESSION_CHANGE and read.wParam in _LEAVING
            sleeping = read.message == _WM_POWERBROADCAST and read.wParam == _PBT_APMSUSPEND
            if leaving or sleeping:
                self._told()
        return False, 0


def _bytes(text: QByteArray | bytes | bytearray | memoryview) -> bytes:
    return bytes(text.data()) if isinstance(text, QByteArray) else bytes(text)


class WindowsSession:
    """Calls ``told`` on the GUI thread. Sleep is not held up: Windows allows two seconds by itself."""

    def __init__(self, told: Callable[[], None]) -> None:
        self._filter = _Filter(told)
        self._window: QWidget | None = None

    def start(self) -> None:
        """Begin to listen."""
        application = QCoreApplication.instance()
        if application is not None and self._window is None:
            self._window = QWidget()  # never shown; its handle is where the messages go
            application.installNativeEventFilter(self._filter)
            _ask_for_messages(int(self._window.winId()), wanted=True)

    def stop(self) -> None:
        """Listen no more."""
        application = QCoreApplication.instance()
        window, self._window = self._window, None
        if application is not None and window is not None:
            _ask_for_messages(int(window.winId()), wanted=False)
            application.removeNativeEventFilter(self._filter)
            window.deleteLater()


def _ask_for_messages(handle: int, *, wanted: bool) -> None:
    if sys.platform == "win32":
        terminal = ctypes.windll.wtsapi32
        window = ctypes.wintypes.HWND(handle)
        if wanted:
            terminal.WTSRegisterSessionNotification(window, _THIS_SESSION)
        else:
            terminal.WTSUnRegisterSessionNotification(window)
