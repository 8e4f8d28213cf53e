"""Who has the window, and what a second start says to it. The second starts are processes of their own."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook.system import first_window, first_window_posix
from memorybook.system.first_window import Asked, FirstWindow, Met, meet

SECOND = """
import sys
from pathlib import Path
from memorybook.system.first_window import Asked, meet
sys.stdout.write("begun\\n")
sys.stdout.flush()
met = meet(Asked(Path(sys.argv[1]), "a token", "an id_TIME7"), patience=float(sys.argv[2]))
print(met if isinstance(met, str) or met is None else "first", flush=True)
if sys.argv[3:]:
    sys.stdin.read()
"""
BOOK = "/some where/our bo\u00f6k"
LONG_S = "60"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("FLATPAK_ID", raising=False)
    return tmp_path / "memorybook"


@pytest.fixture
def first(folder: Path) -> Iterator[FirstWindow]:
    met = there(meet(Asked()))
    yield met
    met.close()


def there(met: Met) -> FirstWindow:
    assert isinstance(met, first_window_posix.Pipes)
    return met


def second(*, path: str = BOOK, patience: str = LONG_S, stays: bool = False) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-c", SECOND, path, patience, *(["stays"] if stays else [])]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def outcome(process: "subprocess.Popen[str]") -> str:
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return said.splitlines()[-1]


def call_of(first: FirstWindow) -> first_window.Call:
    """The next call, as the window's own loop waits for it."""
    waiting = threading.Event()
    while not (calls := first.calls()):
        waiting.wait(0.01)
    (call,) = calls
    return call


def test_a_second_start_is_heard_and_answered(first: FirstWindow, folder: Path) -> None:
    process = second()
    call = call_of(first)
    assert (call.path, call.token, call.startup) == (Path(BOOK), "a token", "an id_TIME7")
    assert BOOK not in repr(call)
    assert call.answer()
    assert outcome(process) == "answered"
    assert not call.answer(), "nobody waits any more"
    assert {path.name for path in folder.iterdir()} == {"window.lock", "window.asked"}
    assert {path.stat().st_mode & 0o077 for path in [folder, *folder.iterdir()]} == {0}


def test_a_first_one_that_hangs_is_not_waited_for_any_longer(first: FirstWindow, folder: Path) -> None:
    assert outcome(second(patience="0.3")) == "None"
    (call,) = first.calls()
    assert not call.answer(), "it has a window of its own by now"


def test_a_first_one_that_was_killed_is_followed_at_once_and_leaves_no_pipes(folder: Path) -> None:
    killed = second(stays=True)
    assert killed.stdout is not None
    assert [killed.stdout.readline() for _ in range(2)] == ["begun\n", "first\n"]
    waiting = second()
    assert waiting.stdout is not None
    waiting.stdout.readline()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert outcome(waiting) == "first", "also for one that is waiting already"
    ended = meet(Asked())
    there(ended).close()
    assert {path.name for path in folder.iterdir()} == {"window.lock"}


def test_a_first_one_that_ends_in_the_moment_it_is_asked_is_followed_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending, write = there(meet(Asked())), os.write

    def write_to_nobody(descriptor: int, said: bytes) -> int:
        patched.undo()
        ending.close()
        return write(descriptor, said)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", write_to_nobody)
        there(meet(Asked())).close()
    assert {path.name for path in folder.iterdir()} == {"window.lock"}


def test_pipes_of_a_start_that_was_ended_while_it_waited_are_taken_away(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    os.mkfifo(folder / "answer-0123456789abcdef")
    there(meet(Asked())).close()
    assert {path.name for path in folder.iterdir()} == {"window.lock"}


def test_the_process_that_takes_the_place_of_the_first_one_asks_nobody(first: FirstWindow) -> None:
    assert meet(Asked(), asks=False) is None
    assert first.calls() == []


@pytest.mark.parametrize(
    "said", [b"\0\5hello", b"\0", b"\xff" * 999, b"\0\x1c../../../../../etc/passwd\0\0\0/a"]
)
def test_what_is_none_of_ours_is_passed_over(first: FirstWindow, folder: Path, said: bytes) -> None:
    with (folder / "window.asked").open("wb", buffering=0) as pipe:
        pipe.write(said)
    assert first.calls() == []
    process = second()
    assert call_of(first).answer()
    assert outcome(process) == "answered"


def test_an_answer_goes_into_a_pipe_and_into_nothing_else(first: FirstWindow, folder: Path) -> None:
    other = folder / "answer-0123456789abcdef"
    other.write_bytes(b"a file")
    call = first_window_posix.Call(pipe=other)
    assert not call.answer()
    assert other.read_bytes() == b"a file"
    other.unlink()
    other.symlink_to(folder / "window.asked")
    assert not call.answer()


@pytest.mark.parametrize("kind", ["open to others", "a link", "a file", "not writable", "no such place"])
def test_without_a_folder_of_this_person_alone_there_is_a_window_all_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    if kind == "open to others":
        folder.mkdir()
        folder.chmod(0o755)
    elif kind == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        folder.symlink_to(tmp_path / "elsewhere")
    elif kind == "a file":
        folder.write_bytes(b"")
    else:
        place = "/proc/self" if kind == "not writable" else str(tmp_path / "no")
        monkeypatch.setenv("XDG_RUNTIME_DIR", place)
    assert meet(Asked()) is None


def test_without_a_folder_of_the_session_it_lies_in_the_one_for_what_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    there(meet(Asked())).close()
    assert [path.name for path in tmp_path.iterdir()] == [f"memorybook-{os.geteuid()}"]


def test_in_a_box_it_lies_where_all_programs_of_the_box_meet(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLATPAK_ID", "org.memorybook.memorybook")
    boxed = tmp_path / "app" / "org.memorybook.memorybook"
    boxed.mkdir(parents=True)
    there(meet(Asked())).close()
    assert (boxed / "memorybook" / "window.lock").exists()


def test_a_path_that_no_pipe_takes_in_one_piece_gets_a_window_of_its_own(first: FirstWindow) -> None:
    assert meet(Asked(Path("/" + "a" * 5000))) is None
    assert first.calls() == []
