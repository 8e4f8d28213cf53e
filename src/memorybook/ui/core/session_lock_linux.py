"""What Linux tells of the session: logind on the system bus, screen savers on the session's own."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

_LOGIND: Final = "org.freedesktop.login1"
_LOGIND_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = f"{_LOGIND}.Manager"
_SESSION: Final = f"{_LOGIND}.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SCREEN_SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_ANY_PATH: Final = ""
_PATIENCE_MS: Final = 5_000


class LinuxSession(QObject):
    """Calls ``told`` on the GUI thread; every question to the bus is answered later, or never.

    While it listens it holds up the computer's sleep for the moment that closing the book takes (a delay,
    which logind ends by itself after some seconds).
    """

    def __init__(self, told: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._told = told
        self._session = ""
        self._delay: int | None = None
        self._turn = 0
        self._connected = False
        self._listening = False

    def start(self) -> None:
        """Begin to listen, and hold up sleep."""
        self._listening = True
        if not self._connected:
            self._connect()
        self._turn += 1
        self._hold_up_sleep(self._turn)

    def stop(self) -> None:
        """Listen no more, and let the computer sleep."""
        self._listening = False
        self._turn += 1
        self._let_sleep()

    def _connect(self) -> None:
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        heard = (
            (system, _LOGIND, _LOGIND_PATH, _MANAGER, "PrepareForSleep", "_sleep_heard"),
            (system, _LOGIND, _ANY_PATH, _SESSION, "Lock", "_lock_heard"),
            (system, _LOGIND, _ANY_PATH, _PROPERTIES, "PropertiesChanged", "_properties_heard"),
            *((session, name, _ANY_PATH, name, "ActiveChanged", "_saver_heard") for name in _SCREEN_SAVERS),
        )
        for bus, service, path, interface, name, slot in heard:
            if bus.isConnected():
                to = SLOT(f"{slot}(QDBusMessage)")
                # Its stub asks for bytes, and it takes text alone.
                bus.connect(service, path, interface, name, self, to)  # type: ignore[call-overload]
        self._connected = True
        self._find_session("auto")

    # which session is ours

    def _find_session(self, name: str) -> None:
        def answered(reply: QDBusMessage) -> None:
            path = _first(reply)
            if isinstance(path, QDBusObjectPath):
                self._session = path.path()
            elif name == "auto" and os.environ.get("XDG_SESSION_ID"):
                self._find_session(os.environ["XDG_SESSION_ID"])  # an older logind knows no "auto"

        self._ask(_LOGIND_PATH, _MANAGER, "GetSession", [name], answered)

    def _is_ours(self, message: QDBusMessage) -> bool:
        """Whether a session's signal is about ours; every one is, where it is not known which is."""
        return not self._session or message.path() == self._session

    # what is heard

    @Slot(QDBusMessage)
    def _sleep_heard(self, message: QDBusMessage) -> None:
        if _first(message) is True:
            self._tell()

    @Slot(QDBusMessage)
    def _lock_heard(self, message: QDBusMessage) -> None:
        if self._is_ours(message):
            self._tell()

    @Slot(QDBusMessage)
    def _properties_heard(self, message: QDBusMessage) -> None:
        """Another person's session is in front now, if ours is not active any more."""
        if not self._session or message.path() != self._session or _first(message) != _SESSION:
            return

        def answered(reply: QDBusMessage) -> None:
            value = _first(reply)
            if isinstance(value, QDBusVariant) and value.variant() is False:
                self._tell()

        self._ask(self._session, _PROPERTIES, "Get", [_SESSION, "Active"], answered)

    @Slot(QDBusMessage)
    def _saver_heard(self, message: QDBusMessage) -> None:
        if _first(message) is True:
            self._tell()

    def _tell(self) -> None:
        if self._listening:
            self._told()

    # sleep waits

    def _hold_up_sleep(self, turn: int) -> None:
        def answered(reply: QDBusMessage) -> None:
            delay = _first(reply)
            if not isinstance(delay, QDBusUnixFileDescriptor) or not delay.isValid():
                return
            taken = delay.takeFileDescriptor()
            if turn != self._turn or self._delay is not None:
                os.close(taken)
            else:
                self._delay = taken

        why = "Keep the last words before the computer sleeps"
        self._ask(_LOGIND_PATH, _MANAGER, "Inhibit", ["sleep", "Memory Book", why, "delay"], answered)

    def _let_sleep(self) -> None:
        delay, self._delay = self._delay, None
        if delay is not None:
            with suppress(OSError):
                os.close(delay)

    def _ask(
        self,
        path: str,
        interface: str,
        method: str,
        arguments: list[str],
        answered: Callable[[QDBusMessage], None],
    ) -> None:
        bus = QDBusConnection.systemBus()
        if not bus.isConnected():
            return
        question = QDBusMessage.createMethodCall(_LOGIND, path, interface, method)
        question.setArguments(arguments)
        watcher = QDBusPendingCallWatcher(bus.asyncCall(question, _PATIENCE_MS), self)

        def finished(watcher: QDBusPendingCallWatcher) -> None:
            answered(watcher.reply())
            watcher.deleteLater()

        watcher.finished.connect(finished)


def _first(message: QDBusMessage) -> Any:
    """The first value of a message, or nothing for an error."""
    values = message.arguments()
    return values[0] if values and message.type() is not QDBusMessage.MessageType.ErrorMessage else None
