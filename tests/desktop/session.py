"""The parts of the private desktop: begun, waited for, and ended."""

import os
import secrets
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from jeepney import DBusErrorResponse
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.desktop import processes
from tests.desktop.environment import SCREENS_VARIABLE, private_environment

SCREEN_SIZE = (1920, 1200)
PROGRAMS = ("Xvfb", "blackbox", "xdotool", "dbus-daemon", "gnome-keyring-daemon", "setpriv")

_START_SECONDS = 20.0
_POLL_SECONDS = 0.02
_KEYRING_PASSWORD = b"a keyring for tests"
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
    """A context manager: inside, ``environment`` leads to the desktop; afterwards nothing of it is left."""

    def __init__(self, screens: int = 1) -> None:
        self._screens = screens
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
            self.environment = private_environment(os.environ, self._folder)
            self._begin_screens()
            self._begin_bus()
        except BaseException:
            self.close()
            raise
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

    def _begin_screens(self) -> None:
        authority = Path(self.environment["XAUTHORITY"])
        authority.write_bytes(_authority_entry(secrets.token_bytes(16)))
        settings = self._folder / "window-manager"
        settings.write_text(_WINDOW_MANAGER_SETTINGS)
        displays = [self._begin_screen(authority) for _ in range(self._screens)]
        self.environment["DISPLAY"] = displays[0]
        self.environment[SCREENS_VARIABLE] = " ".join(displays)
        for display in displays:
            self._begin(["blackbox", "-rc", str(settings), "-display", display])
        for display in displays:
            _wait(f"the window manager on {display}", partial(self._is_managed, display))

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

    def _is_managed(self, display: str) -> bool:
        asked = ["xdotool", "get_num_desktops"]  # answered by a window manager only
        done = subprocess.run(
            asked, env=self.environment | {"DISPLAY": display}, capture_output=True, check=False
        )
        return done.returncode == 0

    def _begin_bus(self) -> None:
        address = f"unix:path={self._folder / 'run' / 'bus'}"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self._begin(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"])
        _wait("the session bus", (self._folder / "run" / "bus").exists)
        # A system bus too, with nobody on it: what the computer's own says is not meant for a test.
        system = f"unix:path={self._folder / 'run' / 'system-bus'}"
        self.environment["DBUS_SYSTEM_BUS_ADDRESS"] = system
        self._begin(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={system}"])
        _wait("the system bus", (self._folder / "run" / "system-bus").exists)
        keyring = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        self._begin(keyring, told=_KEYRING_PASSWORD)
        with open_dbus_connection(address) as connection:
            bus = Proxy(message_bus, connection, timeout=_START_SECONDS)
            _wait("the keyring", lambda: bool(bus.NameHasOwner("org.freedesktop.secrets")[0]))
            try:
                bus.StartServiceByName("org.a11y.Bus")
            except DBusErrorResponse as error:
                raise DesktopNotStartedError("the accessibility bus (at-spi2-core) did not begin") from error

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
