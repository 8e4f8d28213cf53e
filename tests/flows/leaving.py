"""A logind and screen savers of our own on the private buses, to lock the screen and begin a sleep with."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

SESSION = "/org/freedesktop/login1/session/_31"
ANOTHER = "/org/freedesktop/login1/session/_32"
_LOGIND = "org.freedesktop.login1"
_PATIENCE_S = 20


class Logind:
    """Answers as logind does, as far as the program asks it, and says what a test wants it to say."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self.active = True
        self.knows_session = True
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        self._delays: list[int] = []
        self._held = threading.Event()
        self._carried = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (OSError, EOFError):
                return
            if message.header.message_type is MessageType.method_call:
                self._answer(message)
            elif message.header.message_type is MessageType.method_return:
                self._carried.set()

    def _answer(self, message: Message) -> None:
        method = message.header.fields[HeaderFields.member]
        self.asked.append((method, message.body))
        if method == "GetSession" and self.knows_session:
            self._send(new_method_return(message, "o", (SESSION,)))
        elif method == "Get":
            self._send(new_method_return(message, "v", (("b", self.active),)))
        elif method == "Inhibit":
            reading, writing = os.pipe()
            self._send(new_method_return(message, "h", (writing,)))
            os.close(writing)
            self._delays.append(reading)
            self._held.set()
        else:
            self._send(new_error(message, f"{_LOGIND}.NoSuchSession"))

    def _send(self, message: Message) -> None:
        with self._sending:
            self._connection.send(message)

    def _say(
        self, path: str, interface: str, name: str, signature: str = "", body: tuple[object, ...] = ()
    ) -> None:
        self._send(new_signal(DBusAddress(path, interface=interface), name, signature or None, body))
        # The bus has carried it once it answers: whoever begins to listen after this does not hear it.
        self._carried.clear()
        self._send(message_bus.GetId())
        assert self._carried.wait(_PATIENCE_S)

    def wait_until_sleep_is_held_up(self) -> None:
        assert self._held.wait(_PATIENCE_S)

    def sleep_waits(self) -> bool:
        """Whether somebody still holds the last delay that was given."""
        os.set_blocking(self._delays[-1], False)
        try:
            return os.read(self._delays[-1], 1) != b""
        except BlockingIOError:
            return True

    def lock(self, session: str = SESSION) -> None:
        self._say(session, f"{_LOGIND}.Session", "Lock")

    def switch_user(self, session: str = SESSION) -> None:
        self.active = False
        changed = (f"{_LOGIND}.Session", {"Active": ("b", False)}, [])
        self._say(session, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", changed)

    def sleep(self, *, begins: bool = True) -> None:
        self._say("/org/freedesktop/login1", f"{_LOGIND}.Manager", "PrepareForSleep", "b", (begins,))

    def close(self) -> None:
        self._connection.close()
        for delay in self._delays:
            os.close(delay)


@contextmanager
def own_name(address: str, name: str) -> Iterator[DBusConnection]:
    connection = open_dbus_connection(address, enable_fds=True)
    try:
        assert unwrap_msg(connection.send_and_get_reply(message_bus.RequestName(name))) == (1,)
        yield connection
    finally:
        connection.close()


def save_screen(address: str, name: str, *, active: bool) -> None:
    """Say what a screen saver says when it begins or ends."""
    with own_name(address, name) as connection:
        path = "/" + name.replace(".", "/")
        connection.send(new_signal(DBusAddress(path, interface=name), "ActiveChanged", "b", (active,)))


@contextmanager
def logind(address: str) -> Iterator[Logind]:
    with own_name(address, _LOGIND) as connection:
        login = Logind(connection)
        yield login
        login.close()
