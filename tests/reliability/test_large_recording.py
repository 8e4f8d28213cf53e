"""A recording of any length goes in and is listened to with little memory, and no file but the book's."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows import recording_session, traces

ROOT = Path(__file__).parents[2]
SECONDS = 2400
MOST_KIB = 48 * 1024


@pytest.mark.slow
def test_memory_stays_as_it_is_and_nothing_is_written_but_the_book(tmp_path: Path) -> None:
    log, book, source = tmp_path / "strace", tmp_path / "book", tmp_path / "heartbeat of march.wav"
    recording_session.make(source, SECONDS)
    assert source.stat().st_size > 400_000_000
    calls = "socket,connect,openat,openat2,open,creat,mknod,mknodat,rename,renameat,renameat2,memfd_create"
    command = ["strace", "-f", "-y", "-qq", "-o", str(log), "-e", f"trace={calls}"]
    program = [sys.executable, "-m", "tests.flows.recording_session", str(book), str(source)]
    done = subprocess.run(
        [*command, *program], cwd=ROOT, check=True, capture_output=True, text=True, timeout=240
    )
    kept, ended, growth = done.stdout.splitlines()
    assert kept == f"{SECONDS * 1000} {source.stat().st_size} True"
    assert ended == "ended"
    assert int(growth) < MOST_KIB, "the whole of it was in memory"
    called = log.read_text(errors="replace")
    made = traces.written(called)
    assert {path for path in made if book in path.parents}, "control: strace saw the book being made"
    elsewhere = {path for path in made if book not in path.parents and path != book}
    assert elsewhere == {source.with_name("small.wav")}, "control: what the program itself made"
    own_memory = set(re.findall(r'memfd_create\("([^"]*)"', called))
    assert own_memory <= {"pulseaudio"}, "what the sound card is handed, and no file"
    assert "socket(AF_INET" not in called
