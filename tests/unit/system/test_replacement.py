"""The process gives way to a fresh one, or goes on as it was."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from memorybook import files
from memorybook.system import replacement

BOOK = Path("/some where/a book")
SOURCE = Path(replacement.__file__).resolve().parents[2]


def test_nothing_but_the_place_of_the_book_is_told() -> None:
    command = replacement.command(BOOK)
    assert command[0] == sys.executable
    assert command[-2:] == ["--locked", str(BOOK)]
    assert "-I" in command
    assert replacement.command(BOOK, minimised=True)[-3:] == ["--locked", "--minimised", str(BOOK)]


def test_a_packaged_program_is_begun_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert replacement.command(BOOK) == [sys.executable, "--locked", str(BOOK)]


def test_a_checkout_that_only_the_environment_names_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    command = replacement.command(BOOK)
    assert command[1:3] == ["-I", "-c"]
    assert command[4:] == [str(SOURCE), "--locked", str(BOOK)]


def test_the_source_is_found_by_isolated_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    *start, _locked, _book = replacement.command(BOOK)
    done = subprocess.run([*start, "--version"], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.startswith("Memory Book ")


def test_a_program_that_is_gone_leaves_everything_as_it_was(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGPIPE), signal.pthread_sigmask(signal.SIG_BLOCK, set())
    with pytest.raises(FileNotFoundError):
        replacement.replace_process([str(tmp_path / "gone")])
    assert (signal.getsignal(signal.SIGPIPE), signal.pthread_sigmask(signal.SIG_BLOCK, set())) == before
    files.write_readable(tmp_path / "goes on", [b"whole"])


_BEFORE = """
import os, signal, subprocess, sys, threading
from memorybook.system import replacement

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
given = os.open("/dev/null", os.O_RDONLY)
os.set_inheritable(given, True)
threading.Thread(target=threading.Event().wait, daemon=True).start()
after = "import os, signal, sys\\n" \\
    "print(sys.argv[1], os.getpid(), signal.pthread_sigmask(signal.SIG_BLOCK, set()),\\n" \\
    " len(os.listdir('/proc/self/task')), sorted(map(int, os.listdir('/proc/self/fd')))[3:-1])\\n"
print(os.getpid(), flush=True)
replacement.replace_process([sys.executable, "-I", "-c", after, "after"])
"""


def test_threads_descriptors_and_held_signals_end_with_the_process() -> None:
    done = subprocess.run([sys.executable, "-c", _BEFORE], capture_output=True, text=True, check=True)
    number, after = done.stdout.splitlines()
    assert after == f"after {number} set() 1 []"
