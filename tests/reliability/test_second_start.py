"""The program begun once more while it is there, by processes of their own, under a window manager."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from memorybook.services.vault import Library
from tests.books import PASSPHRASE
from tests.desktop.environment import private_folders
from tests.reliability.program import Program

pytestmark = [pytest.mark.slow, pytest.mark.desktop, pytest.mark.timeout(240)]


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    folder = tmp_path / "Memory Book"
    library.create(folder, PASSPHRASE).close()
    return folder


@pytest.fixture
def program(book: Path, tmp_path: Path, qapp: QApplication) -> Iterator[Program]:
    with Program(book, tmp_path / "person") as program:
        program.wait_for_closed_book()
        yield program


def begin_again(tmp_path: Path, *arguments: str, startup: str = "") -> "subprocess.CompletedProcess[str]":
    """The program as a person begins it a second time; it ends once the first window is in front."""
    launch = {"DESKTOP_STARTUP_ID": startup} if startup else {}
    environment = os.environ | private_folders(tmp_path / "person") | launch
    command = [sys.executable, "-m", "memorybook", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def asked(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def in_front() -> int:
    return int(asked("xprop", "-root", "-notype", "_NET_ACTIVE_WINDOW").rpartition("0x")[2] or "0", 16)


def begun_quietly(tmp_path: Path, *arguments: str, startup: str = "") -> None:
    done = begin_again(tmp_path, *arguments, startup=startup)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_first_window_comes_to_the_front_from_wherever_it_is(
    program: Program, book: Path, tmp_path: Path
) -> None:
    (window,) = program.windows()
    begun = program.begun()
    begun_quietly(tmp_path)
    program.wait(lambda: in_front() == int(window), "the closed book in front")

    program.minimise()
    program.wait(program.is_put_away, "a window that is put away")
    begun_quietly(tmp_path, str(book))
    program.wait(lambda: program.windows() == [window] and in_front() == int(window), "it back again")

    program.unlock(PASSPHRASE)
    other = subprocess.Popen(["xmessage", "-geometry", "600x400+40+40", "another program"])
    try:
        program.wait(lambda: in_front() not in {0, int(window)}, "another window in front")
        begun_quietly(tmp_path, str(book))
        program.wait(lambda: in_front() == int(window), "the open book in front")
    finally:
        other.terminate()
        other.wait()
    program.type("and goes on ")
    program.lock()
    assert program.begun() != begun

    begun_quietly(tmp_path)
    program.wait(lambda: in_front() == int(program.windows()[0]), "the fresh process hears it too")
    assert len(program.windows()) == 1


def test_the_launch_it_was_clicked_for_is_over_and_its_time_is_told(program: Program, tmp_path: Path) -> None:
    """Otherwise the pointer goes on saying that something begins, and the window may stay behind others."""
    program.minimise()
    program.wait(program.is_put_away, "a window that is put away")
    heard = tmp_path / "heard"
    with heard.open("wb") as into:
        looking = subprocess.Popen(["xev", "-root", "-event", "property"], stdout=into)
        try:
            program.wait(lambda: _is_heard(heard), "whoever looks on")
            begun_quietly(tmp_path, startup="files-1-box_TIME4711")
            program.wait(lambda: "(_NET_STARTUP_INFO)" in heard.read_text(), "the end of the launch")
        finally:
            looking.terminate()
            looking.wait()
    assert "(_NET_STARTUP_INFO_BEGIN), format 8" in heard.read_text()
    program.wait(lambda: program.windows() and in_front() == int(program.windows()[0]), "it back again")


def _is_heard(heard: Path) -> bool:
    """Whether the one that looks on has begun to."""
    subprocess.run(["xprop", "-root", "-f", "MEMORYBOOK", "8s", "-set", "MEMORYBOOK", "x"], check=True)
    return "MEMORYBOOK" in heard.read_text()


def test_one_that_hangs_or_was_killed_is_in_nobodys_way(program: Program, book: Path, tmp_path: Path) -> None:
    os.kill(program.pid, 19)
    try:
        with Program(book, tmp_path / "person") as beside:
            beside.wait(lambda: len(beside.windows()) == 2, "a window of its own beside one that hangs")
    finally:
        os.kill(program.pid, 18)
    program.process.kill()
    program.process.wait()
    with Program(book, tmp_path / "person") as following:
        following.unlock(PASSPHRASE)
