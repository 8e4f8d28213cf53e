"""Private session buses with a real GNOME keyring, a silent one or none, for the tests that ask for them."""

import os
import select
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Self

import pytest
import secretstorage
from jeepney import DBusAddress, MatchRule, MessageType, new_method_call, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.desktop import processes
from tests.desktop.environment import private_environment

PASSWORD = b"a keyring for tests"
SECRETS = "org.freedesktop.secrets"
SECONDS = 30

_SERVICE = DBusAddress("/org/freedesktop/secrets", SECRETS, "org.freedesktop.Secret.Service")
_GUILT = DBusAddress(
    "/org/freedesktop/secrets", SECRETS, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
)

# Unlike the usual one it begins no service by itself, unless it is told to: what is on it was put there.
_SERVICES = "<standard_session_servicedirs/>"
_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{address}</listen>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Session:
    """A session bus of its own, with a home of its own.

    With ``prompts`` GNOME asks for passwords in a window, on the screen of the tests; otherwise nobody can
    be asked.
    """

    def __init__(self, *, prompts: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="memorybook-session-"))
        self._parts: list[subprocess.Popen[bytes]] = []
        self.environment = private_environment(os.environ, self._folder)
        if prompts:
            self.environment |= {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY")}
        self._services = _SERVICES if prompts else ""
        self.address = f"unix:path={self._folder / 'run' / 'bus'}"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.address

    def __enter__(self) -> Self:
        """Begin the bus and wait until it listens."""
        configuration = self._folder / "bus.conf"
        configuration.write_text(_BUS.format(address=self.address, services=self._services))
        bus = ["dbus-daemon", "--nofork", "--nopidfile", "--print-address=1"]
        told = self._begin([*bus, f"--config-file={configuration}"]).stdout
        assert told is not None
        assert told.readline()
        return self

    def __exit__(self, *_: object) -> None:
        """End the bus and what is on it, and remove the home once nobody can write there any more."""
        with ExitStack() as begun_by_them:
            others: list[int] = []
            for process in [each for part in self._parts for each in processes.descendants(part.pid)]:
                with suppress(ProcessLookupError):  # it has ended meanwhile
                    others.append(begun_by_them.enter_context(_handle(process)))
            while self._parts:
                with self._parts.pop() as part:
                    part.terminate()
            for other in others:
                with suppress(ProcessLookupError):
                    signal.pidfd_send_signal(other, signal.SIGKILL)
                assert select.select([other], [], [], SECONDS)[0], "a process of the session goes on"
        shutil.rmtree(self._folder)

    @property
    def keyrings(self) -> Path:
        """The folder in which GNOME keeps its keyrings."""
        return Path(self.environment["XDG_DATA_HOME"]) / "keyrings"

    def enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make this process a member of the session."""
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, self.environment[name])

    def begin_keyring(self, *options: str) -> int:
        """Begin GNOME's keyring, with ``--unlock`` a first keyring in it, open; the process it runs in."""
        with closing(open_dbus_connection(self.address)) as connection:
            bus = Proxy(message_bus, connection, timeout=SECONDS)
            owned = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
            owned.add_arg_condition(0, SECRETS)
            bus.AddMatch(owned)
            command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *options]
            with connection.filter(owned) as signals:
                process = self._begin(command, told=PASSWORD).pid
                connection.recv_until_filtered(signals, timeout=SECONDS)
        return process

    def lock(self) -> None:
        """Lock the default keyring."""
        with closing(open_dbus_connection(self.address)) as bus:
            secretstorage.get_default_collection(bus).lock()

    def add_default(self, label: str, password: bytes) -> None:
        """Make another keyring with this password, which may be empty, and have it the default one."""
        with closing(open_dbus_connection(self.address)) as bus:
            _, place = bus.send_and_get_reply(
                new_method_call(_SERVICE, "OpenSession", "sv", ("plain", ("s", "")))
            ).body
            made = {"org.freedesktop.Secret.Collection.Label": ("s", label)}
            secret = (place, b"", password, "text/plain")
            (path,) = bus.send_and_get_reply(
                new_method_call(_GUILT, "CreateWithMasterPassword", "a{sv}(oayays)", (made, secret))
            ).body
            bus.send_and_get_reply(new_method_call(_SERVICE, "SetAlias", "so", ("default", path)))

    def search(self, *attributes: str) -> str:
        """What ``secret-tool`` finds, secrets included; nothing when there is nothing."""
        done = subprocess.run(
            ["secret-tool", "search", "--all", "--unlock", *attributes],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return done.stdout + done.stderr

    def end_part(self, process: int) -> None:
        """End one of the session's processes and wait until it has ended."""
        (part,) = (part for part in self._parts if part.pid == process)
        self._parts.remove(part)
        with part:
            part.terminate()

    def _begin(self, command: list[str], told: bytes = b"") -> subprocess.Popen[bytes]:
        part = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._parts.append(part)
        assert part.stdin is not None
        part.stdin.write(told)
        part.stdin.close()
        return part


@contextmanager
def _handle(process: int) -> Iterator[int]:
    """What tells when the process has ended, also one that is nobody's child here."""
    descriptor = os.pidfd_open(process)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def silence(session: Session) -> Iterator[Callable[[], None]]:
    """A Secret Service that takes every call and never answers; what is given waits for the first one."""

    def was_asked() -> None:
        while connection.receive(timeout=SECONDS).header.message_type is not MessageType.method_call:
            pass

    with closing(open_dbus_connection(session.address)) as connection:
        Proxy(message_bus, connection, timeout=SECONDS).RequestName(SECRETS)
        yield was_asked


@contextmanager
def nonsense(session: Session) -> Iterator[None]:
    """A Secret Service that answers every call with nothing at all."""
    ended = threading.Event()

    def answer() -> None:
        while not ended.is_set():
            with suppress(TimeoutError):
                asked = connection.receive(timeout=0.05)
                if asked.header.message_type is MessageType.method_call:
                    connection.send(new_method_return(asked))

    with closing(open_dbus_connection(session.address)) as connection:
        Proxy(message_bus, connection, timeout=SECONDS).RequestName(SECRETS)
        answering = threading.Thread(target=answer)
        answering.start()
        yield
        ended.set()
        answering.join()


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session with a bus and nothing on it, of which this process is a member."""
    with Session() as session:
        session.enter(monkeypatch)
        yield session


@pytest.fixture
def desktop_keyring(bus: Session) -> Session:
    """A session with GNOME's keyring, open."""
    bus.begin_keyring("--unlock")
    return bus
