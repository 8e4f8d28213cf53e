"""The private desktop holds what it promises: it is private, whole, and gone afterwards."""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.desktop import processes
from tests.desktop.environment import SEATS_VARIABLE
from tests.desktop.worker import own_share

ROOT = Path(__file__).resolve().parents[2]
RUNNER = [sys.executable, "-m", "tests.desktop"]
SECONDS = 30

LOOK_AROUND = """
import json, os, keyring
from PySide6.QtWidgets import QApplication, QLineEdit
from PySide6.QtTest import QTest
keyring.set_password("memorybook-desktop-test", "someone", "kept")
application = QApplication([])
line = QLineEdit()
line.show()
print(json.dumps({
    "environment": dict(os.environ),
    "home": os.listdir(os.environ["HOME"]),
    "keyring": keyring.get_password("memorybook-desktop-test", "someone"),
    "platform": application.platformName(),
    "active": QTest.qWaitForWindowActive(line, 5000),
}))
"""


def run(*command: str, options: Iterable[str] = (), **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUNNER, *options, "--", *command],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=SECONDS * 2,
        check=False,
    )


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[str]]:
    """A runner whose command has printed its first line."""
    with subprocess.Popen(
        [*RUNNER, "--", *command], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as runner:
        yield runner


def first_line(runner: subprocess.Popen[str]) -> str:
    assert runner.stdout is not None
    return runner.stdout.readline().strip()


def all_end(handles: Iterable[int]) -> bool:
    """Whether every process behind these pidfds ends within the time a test may wait."""
    ended = []
    for handle in handles:
        ended.append(bool(select.select([handle], [], [], SECONDS)[0]))
        os.close(handle)
    return all(ended)


def test_a_command_finds_a_screen_a_bus_a_keyring_and_an_empty_home() -> None:
    done = run(sys.executable, "-c", LOOK_AROUND, QT_SCALE_FACTOR="3", LC_ALL="de_DE.UTF-8", GTK_THEME="dark")
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["platform"] == "xcb"
    assert seen["active"], "the window manager gives a new window the focus"
    assert seen["keyring"] == "kept"
    assert set(seen["home"]) <= {".cache", ".config", ".local"}
    inside = seen["environment"]
    assert {"QT_SCALE_FACTOR", "LC_ALL", "GTK_THEME"}.isdisjoint(inside)
    assert inside["HOME"] != os.environ["HOME"]
    assert not Path(inside["HOME"]).exists(), "the home goes with the desktop"


def test_every_worker_has_screen_buses_keyring_and_home_to_itself() -> None:
    done = run("sh", "-c", f'echo "${SEATS_VARIABLE}"', options=["--seats", "2"])
    first, second = json.loads(done.stdout)
    buses = {"DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"}
    own = {"DISPLAY", "HOME", "XDG_RUNTIME_DIR", "TMPDIR", *buses}
    assert own <= first.keys()
    assert [name for name in own if first[name] == second[name]] == []


def test_a_worker_takes_its_own_seat() -> None:
    desktop = {SEATS_VARIABLE: json.dumps([{"DISPLAY": ":7"}, {"DISPLAY": ":8"}])}
    assert own_share(desktop | {"PYTEST_XDIST_WORKER": "gw0"}) == {"DISPLAY": ":7"}
    assert own_share(desktop | {"PYTEST_XDIST_WORKER": "gw1"}) == {"DISPLAY": ":8"}
    assert own_share(desktop) == {}


def test_the_exit_code_is_that_of_the_command() -> None:
    assert run("sh", "-c", "exit 7").returncode == 7
    assert run("sh", "-c", "kill -KILL $$").returncode == 128 + signal.SIGKILL


def test_a_program_that_is_missing_is_named(tmp_path: Path) -> None:
    done = run("true", PATH=str(tmp_path))
    assert done.returncode == 2
    assert "Xvfb" in done.stderr


def test_what_the_command_leaves_running_ends_with_it() -> None:
    with started("sh", "-c", "setsid sleep 86400 & echo $!; read line") as runner:
        left_behind = os.pidfd_open(int(first_line(runner)))
        parts = [os.pidfd_open(process) for process in processes.descendants(runner.pid)]
        assert len(parts) > 5, "positive control: screen, window manager, buses, keyring, command"
        runner.communicate("", timeout=SECONDS)
        assert all_end([left_behind, *parts])
        assert runner.returncode == 1


def test_a_runner_asked_to_end_takes_everything_along() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        with started("sh", "-c", "echo ready; exec sleep 86400") as runner:
            assert first_line(runner) == "ready"
            parts = [os.pidfd_open(process) for process in processes.descendants(runner.pid)]
            runner.send_signal(number)
            assert all_end(parts)
            assert runner.wait(SECONDS) == 128 + number


def test_a_runner_that_is_killed_takes_everything_along() -> None:
    with started("sh", "-c", "echo $XAUTHORITY; exec sleep 86400") as runner:
        folder = Path(first_line(runner)).parent
        parts = [os.pidfd_open(process) for process in processes.descendants(runner.pid)]
        runner.kill()
        assert all_end(parts)
    shutil.rmtree(folder)  # nobody was there to remove it


def test_a_command_ends_when_its_time_is_up() -> None:
    assert run("sleep", "86400", options=["--seconds", "1"]).returncode == 124
