"""The parts of the private desktop: begun, waited for, and ended.

Every seat has a screen, a window manager, a session bus, a system bus, a keyring, an accessibility bus and
a home of its own. Two test processes at one bus would hear each other: one says "the screen was locked", and
the books of both close.
"""

import json
import os
import secrets
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, DBusErrorResponse, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.desktop import processes
from tests.desktop.environment import SEATS_VARIABLE, private_environment

SCREEN_SIZE = (1920, 1200)
PROGRAMS = ("Xvfb", "blackbox", "xdotool", "dbus-daemon", "gnome-keyring-daemon", "setpriv")

_START_SECONDS = 20.0
_POLL_SECONDS = 0.02
_KEYRING_PASSWORD = b"a keyring for tests"
_ACCESSIBILITY = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
_WINDOW_MANAGER_SETTINGS = """\
session.screen0.focusModel: ClickToFocus
session.screen0.focusNewWindows: True
session.screen0.toolbar.enable: False
session.screen0.enableToolbar: False
session.screen0.slit.autoHide: True
session.screen0.workspaces: 1
session.screen0.windowPlacement: CascadePlacement
"""


class DesktopNotStartedError(RuntimeError):
    """A part of the desktop is missing on this system or did not begin in time."""


class Desktop:
    """A context manager: ``environment`` leads to the first seat and names all; nothing is left."""

    def __init__(self, seats: int = 1) -> None:
        self._seats = seats
        self._folder = Path()
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Begin every part and wait until it answers."""
        missing = [program for program in PROGRAMS if shutil.which(program) is None]
        if missing:
            raise DesktopNotStartedError(f"not on this system: {' '.join(missing)} (make setup brings them)")
        processes.adopt_orphans()
        self._folder = Path(tempfile.mkdtemp(prefix="memorybook-desktop-"))
        try:
            seats = [_Seat(self._folder / f"seat-{number}") for number in range(self._seats)]
            for seat in seats:
                seat.begin()
            for seat in seats:
                seat.wait()
        except BaseException:
            self.close()
            raise
        own = [dict(seat.environment.items() - os.environ.items()) for seat in seats]
        self.environment = seats[0].environment | {SEATS_VARIABLE: json.dumps(own)}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the desktop and what the command left running."""
        self.close()

    def close(self) -> None:
        """End every process below this one and remove the private folder."""
        processes.end_descendants()
        shutil.rmtree(self._folder, ignore_errors=True)


class _Seat:
    """What one test process has to itself, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self.environment = private_environment(os.environ, folder)
        self._session_bus = folder / "run" / "bus"
        self._system_bus = folder / "run" / "system-bus"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self._session_bus}"
        # A system bus too, with nobody on it: what the computer's own says is not meant for a test.
        self.environment["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={self._system_bus}"

    def begin(self) -> None:
        authority = Path(self.environment["XAUTHORITY"])
        authority.write_bytes(_authority_entry(secrets.token_bytes(16)))
        settings = self._folder / "window-manager"
        settings.write_text(_WINDOW_MANAGER_SETTINGS)
        display = self._begin_screen(authority)
        self.environment["DISPLAY"] = display
        self._begin(["blackbox", "-rc", str(settings), "-display", display])
        for bus in (self._session_bus, self._system_bus):
            self._begin(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}"])

    def wait(self) -> None:
        """Wait for what was begun; the keyring and the accessibility bus need it, and come last."""
        _wait(f"the window manager on {self.environment['DISPLAY']}", self._is_managed)
        _wait("the session bus", self._session_bus.exists)
        _wait("the system bus", self._system_bus.exists)
        keyring = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        self._begin(keyring, told=_KEYRING_PASSWORD)
        with open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            bus = Proxy(message_bus, connection, timeout=_START_SECONDS)
            _wait("the keyring", lambda: bool(bus.NameHasOwner("org.freedesktop.secrets")[0]))
            try:
                asked = new_method_call(_ACCESSIBILITY, "GetAddress")  # which begins it
                (address,) = unwrap_msg(connection.send_and_get_reply(asked, timeout=_START_SECONDS))
            except DBusErrorResponse as error:
                raise DesktopNotStartedError("the accessibility bus (at-spi2-core) did not begin") from error
        # Named, it is the same for the whole process: a test that has a session of its own may be the first
        # one to begin Qt, which would look there.
        self.environment["AT_SPI_BUS_ADDRESS"] = address

    def _begin_screen(self, authority: Path) -> str:
        """Let the server itself choose a free number, so that no two runs can race for one."""
        reading, writing = os.pipe()
        size = f"{SCREEN_SIZE[0]}x{SCREEN_SIZE[1]}x24"
        server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-dpi", "96"]
        self._begin([*server, "-nolisten", "tcp", "-noreset", "-auth", str(authority)], keep_open=(writing,))
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise DesktopNotStartedError("Xvfb ended before it had a screen")
        return f":{number}"

    def _is_managed(self) -> bool:
        asked = ["xdotool", "get_num_desktops"]  # answered by a window manager only
        return subprocess.run(asked, env=self.environment, capture_output=True, check=False).returncode == 0

    def _begin(self, command: Sequence[str], *, told: bytes = b"", keep_open: Sequence[int] = ()) -> None:
        """Begin a part in a session of its own: Ctrl+C is for the command, and the parts go after it."""
        part = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command],
            env=self.environment,
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=keep_open,
            start_new_session=True,
        )
        assert part.stdin is not None
        part.stdin.write(told)
        part.stdin.close()


def _authority_entry(cookie: bytes) -> bytes:
    """One record of an Xauthority file (Xau.h): any display of any host, opened by ``cookie``."""
    any_host = 0xFFFF
    method = b"MIT-MAGIC-COOKIE-1"
    return (
        struct.pack(">HHH", any_host, 0, 0)
        + struct.pack(">H", len(method))
        + method
        + struct.pack(">H", len(cookie))
        + cookie
    )


def _wait(what: str, is_there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not is_there():
        if time.monotonic() > deadline:
            raise DesktopNotStartedError(f"{what} did not answer within {_START_SECONDS:.0f} s")
        time.sleep(_POLL_SECONDS)
