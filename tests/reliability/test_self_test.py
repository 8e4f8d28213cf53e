"""What "memorybook self-test" says, and that nothing of it stays: when all holds, and when not."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from memorybook import resources
from memorybook.app import command_line, self_test
from tests.desktop.environment import private_folders
from tests.keyrings import Session, bus, desktop_keyring

__all__ = ["bus", "desktop_keyring"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SELF_TEST = [sys.executable, "-m", "memorybook", "self-test"]
STEPS = ["files", "create", "write", "photo", "recording", "close", "lock", "words", "unlock", "search",
         "original", "pdf", "backup", "restore", "keyring"]  # fmt: skip
_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM")


def nowhere(tmp_path: Path) -> dict[str, str]:
    """An environment without a screen, a bus or anything of a person."""
    outside = {name: value for name, value in os.environ.items() if name not in _SCREEN}
    return outside | private_folders(tmp_path / "person")


def files_of(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "person").rglob("*") if not path.is_dir()]


def test_every_step_holds_without_screen_bus_or_network_and_leaves_nothing(tmp_path: Path) -> None:
    log = tmp_path / "strace"
    watched = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=socket,connect,execve", *SELF_TEST]
    done = subprocess.run(watched, env=nowhere(tmp_path), capture_output=True, text=True, check=False)
    *steps, end = done.stdout.splitlines()
    assert (done.returncode, done.stderr, end) == (0, "", "All of it holds.")
    assert [line.partition(":")[0] for line in steps] == STEPS
    assert "this computer has none" in steps[-1]
    assert "as always" in steps[-1]
    called = log.read_text(errors="replace")
    assert "--after-lock" in called, "control: strace saw the process being replaced"
    assert set(re.findall(r"socket\((\w+)", called)) <= {"AF_UNIX"}
    assert files_of(tmp_path) == []
    assert list((tmp_path / "person" / "tmp").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_that_is_ended_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    process = subprocess.Popen(SELF_TEST, env=nowhere(tmp_path), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while not process.stdout.readline().startswith("close"):
        assert process.poll() is None
    assert list((tmp_path / "person" / "tmp").iterdir()), "control: there was something"
    process.send_signal(number)
    process.communicate(timeout=120)
    assert process.returncode == 128 + number
    assert list((tmp_path / "person" / "tmp").iterdir()) == []
    assert files_of(tmp_path) == []


def test_where_nothing_may_be_written_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/proc/self/no such folder")
    assert command_line.run(["self-test"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{self_test.NowhereToTest.sentence}\n")


@pytest.mark.parametrize(("gone", "step"), [("sample", "photo"), ("fonts", "files")])
def test_a_file_of_the_program_that_is_missing_is_told_at_its_step(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    gone: str,
    step: str,
) -> None:
    whole = Path(resources.folder("words")).parent
    shutil.copytree(whole, tmp_path / "resources", ignore=shutil.ignore_patterns("*.heic"))
    if gone != "sample":
        shutil.rmtree(tmp_path / "resources" / gone)

    def folder(name: str) -> Path:
        if not (tmp_path / "resources" / name).is_dir():
            raise FileNotFoundError(name)
        return tmp_path / "resources" / name

    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    monkeypatch.setattr(resources, "folder", folder)
    assert command_line.run(["self-test"]) == 1
    told = capsys.readouterr()
    assert [line.partition(":")[0] for line in told.out.splitlines()] == STEPS[: STEPS.index(step)]
    failed, sentence = told.err.splitlines()
    assert failed.startswith(f"{step}: this does not work here (FileNotFoundError")
    assert sentence == self_test.SelfTestFailed.sentence
    assert list(passing.iterdir()) == []


def test_the_keyring_of_a_desktop_is_used_and_left_as_it_was(desktop_keyring: Session) -> None:
    assert self_test.keyring().startswith("something was put into")
    assert desktop_keyring.search("service", "org.memorybook.check") == ""
