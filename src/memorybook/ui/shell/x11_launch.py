"""What X11 has to be told when a click on the menu entry leads to a window that is there already.

Qt tells it of the launch that a program came from, and of no later one: the window manager would take the
wish to come to the front for one of the program's own, older than what the person did last, and the pointer
would go on saying that something is being started.
"""

import ctypes
import re
from contextlib import suppress
from typing import Any, Final

_TIME: Final = re.compile(r"_TIME(\d+)$")
_CLIENT_MESSAGE: Final = 33
_TO_WINDOW_MANAGERS: Final = (1 << 19) | (1 << 20)  # SubstructureNotify and SubstructureRedirect
_TO_WHOEVER_LOOKS: Final = 1 << 22  # PropertyChange, as the convention for launches has it
_OF_A_PERSON: Final = 2
_BYTES: Final = 20


class _Message(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("is_sent", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("name", ctypes.c_ulong),
        ("bits", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),  # an event may be longer than this one
    )


def come_to(window: int, startup: str) -> None:
    """Bring the window of this number to the front, as of the launch with this id, which is over then.

    Without an id, or where no library speaks to the screen, nothing happens. Raises nothing.
    """
    if not startup:
        return
    with suppress(OSError, AttributeError):
        screen = _Screen()
        try:
            when = _TIME.search(startup)
            if when is not None:
                screen.activate(window, int(when[1]))
            screen.end_of_launch(startup)
        finally:
            screen.close()


class _Screen:
    """A connection of its own to the screen, for as long as it takes. Raises ``OSError``."""

    def __init__(self) -> None:
        x11 = self._x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        for numbered in (x11.XDefaultRootWindow, x11.XInternAtom, x11.XCreateSimpleWindow):
            numbered.restype = ctypes.c_ulong
        opened = x11.XOpenDisplay(None)
        if not opened:
            raise OSError
        self._display = ctypes.c_void_p(opened)
        self._root = ctypes.c_ulong(x11.XDefaultRootWindow(self._display))

    def close(self) -> None:
        """Have all of it sent."""
        self._x11.XCloseDisplay(self._display)

    def activate(self, window: int, when: int) -> None:
        data = (ctypes.c_long * 5)(_OF_A_PERSON, when, 0, 0, 0)
        self._send(ctypes.c_ulong(window), "_NET_ACTIVE_WINDOW", 32, bytes(data), _TO_WINDOW_MANAGERS)

    def end_of_launch(self, startup: str) -> None:
        """In pieces of 20 bytes, from a window that nobody sees, by which they are put together."""
        quoted = startup.replace("\\", "\\\\").replace('"', '\\"')
        said = f'remove: ID="{quoted}"'.encode() + b"\0"
        own = ctypes.c_ulong(
            self._x11.XCreateSimpleWindow(
                self._display, self._root, -100, -100, 1, 1, 0, ctypes.c_ulong(0), ctypes.c_ulong(0)
            )
        )
        name = "_NET_STARTUP_INFO_BEGIN"
        for start in range(0, len(said), _BYTES):
            self._send(own, name, 8, said[start : start + _BYTES], _TO_WHOEVER_LOOKS)
            name = "_NET_STARTUP_INFO"

    def _send(self, window: ctypes.c_ulong, name: str, bits: int, data: bytes, to: int) -> None:
        atom: Any = self._x11.XInternAtom(self._display, name.encode(), 0)
        message = _Message(kind=_CLIENT_MESSAGE, window=window.value, name=atom, bits=bits)
        ctypes.memmove(message.data, data, len(data))
        self._x11.XSendEvent(self._display, self._root, 0, ctypes.c_long(to), ctypes.byref(message))
