"""What macOS tells of the session: its screen is locked, a screen saver runs, another person's turn, sleep.

Notifications that every process may receive, asked for through CoreFoundation; they arrive on the main
thread, whose run loop Qt drives. The names are those other programs rely on (KeePassXC among them); Apple
documents the means and not the names.
"""

import ctypes
from collections.abc import Callable
from typing import Any, Final

_CORE: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_UTF8: Final = 0x08000100  # kCFStringEncodingUTF8
_AT_ONCE: Final = 4  # CFNotificationSuspensionBehaviorDeliverImmediately
_NAMES: Final = (
    b"com.apple.screenIsLocked",
    b"com.apple.screensaver.didstart",
    b"com.apple.sessionDidMoveOffConsole",
    b"com.apple.sessionAgent.screenIsLocked",
)
_Callback = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
)


class MacSession:
    """Calls ``told`` on the main thread. Closing the lid locks the screen, and is heard as that."""

    def __init__(self, told: Callable[[], None]) -> None:
        def heard(*_: Any) -> None:
            told()

        self._callback = _Callback(heard)  # kept, or the system would call into nothing
        self._core: ctypes.CDLL | None = None

    def start(self) -> None:
        """Begin to listen."""
        if self._core is not None:
            return
        try:
            core = ctypes.CDLL(_CORE)
        except OSError:
            return
        core.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
        core.CFStringCreateWithCString.restype = ctypes.c_void_p
        core.CFStringCreateWithCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]
        core.CFNotificationCenterAddObserver.argtypes = [
            ctypes.c_void_p, ctypes.c_void_p, _Callback, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long
        ]  # fmt: skip
        core.CFNotificationCenterRemoveEveryObserver.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        core.CFRelease.argtypes = [ctypes.c_void_p]
        center = core.CFNotificationCenterGetDistributedCenter()
        for name in _NAMES:
            text = core.CFStringCreateWithCString(None, name, _UTF8)
            core.CFNotificationCenterAddObserver(
                center, self._observer(), self._callback, text, None, _AT_ONCE
            )
            core.CFRelease(text)
        self._core = core

    def stop(self) -> None:
        """Listen no more."""
        core, self._core = self._core, None
        if core is not None:
            center = core.CFNotificationCenterGetDistributedCenter()
            core.CFNotificationCenterRemoveEveryObserver(center, self._observer())

    def _observer(self) -> int:
        """Any number that is ours alone."""
        return id(self)
