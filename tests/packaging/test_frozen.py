"""The frozen program, driven as people drive it: its commands, its window, its workers, and no network."""

import io
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from memorybook import __version__
from memorybook.domain.photo import DecodedPicture
from memorybook.domain.recording import Probed
from memorybook.domain.spelling import Dictionary
from memorybook.errors import PictureError
from memorybook.services.vault import Library
from memorybook.system import limited
from memorybook.system.decoder import Decoder
from memorybook.system.player import probe
from memorybook.system.speller.client import Speller
from tests.books import PASSPHRASE
from tests.corpus import hostile, pictures
from tests.corpus.heic import encoded
from tests.desktop.environment import private_folders
from tests.keyrings import Session, bus, desktop_keyring
from tests.packaging.conftest import ROOT
from tests.reliability.program import Program
from tests.unit.system.player import test_probe

__all__ = ["bus", "desktop_keyring"]
pytestmark = [pytest.mark.packaging, pytest.mark.slow, pytest.mark.timeout(1000)]

Looked = DecodedPicture | type[PictureError]
SENTENCE = "what was said that night"
ALONE = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-r", "-n"]
INTERNET = "import socket; socket.socket(); print('made')"


@pytest.fixture
def program(frozen: Path) -> Path:
    return frozen / "memorybook"


@pytest.fixture
def person(tmp_path: Path) -> dict[str, str]:
    """An environment with a home of its own, and nothing of Python's that could help the program."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))}
    return outside | private_folders(tmp_path / "person")


def ended(
    command: list[str | Path], person: dict[str, str], told: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=person, input=told, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture
def in_frozen_workers(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process asks of a worker, the frozen program answers."""
    monkeypatch.setattr(limited, "command", lambda module, argument: [str(program), argument])


# ---- without a window


def test_the_self_test_needs_no_network_and_finds_the_keyring(
    program: Path, person: dict[str, str], desktop_keyring: Session
) -> None:
    done = ended([*ALONE, program, "self-test"], person | desktop_keyring.environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "keyring: something was put into" in done.stdout
    assert done.stdout.endswith("All of it holds.\n")


def test_the_self_test_makes_no_socket_but_local_ones(
    program: Path, person: dict[str, str], tmp_path: Path
) -> None:
    def sockets(name: str, *command: str | Path) -> set[str]:
        log = tmp_path / name
        done = ended(["strace", "-f", "-qq", "-o", log, "-e", "trace=socket,execve", *command], person)
        assert done.returncode == 0, done.stderr
        told = log.read_text(errors="replace")
        assert command[0] == "python3" or "-worker" in told, "control: the workers were watched as well"
        return set(re.findall(r"socket\((\w+)", told))

    assert sockets("program", program, "self-test") <= {"AF_UNIX"}
    assert "AF_INET" in sockets("control", "python3", "-c", INTERNET), "control: it would have been seen"


def test_every_command_does_what_it_does_from_a_checkout(
    program: Path, person: dict[str, str], tmp_path: Path
) -> None:
    def run(*words: str | Path, told: str = "") -> str:
        done = ended([program, *words], person, told)
        assert done.returncode == 0, (words[0], done.stdout, done.stderr)
        return done.stdout

    assert run("--version") == f"Memory Book {__version__}\n"
    said = run("sample", "--to", tmp_path / "sample")
    (passphrase,) = re.findall(r"^Its passphrase: +(.+)$", said, re.MULTILINE)
    book, typed = tmp_path / "sample" / "Memory Book", f"{passphrase}\n"
    assert (tmp_path / "sample" / "Memory Book.pdf").read_bytes().startswith(b"%PDF-")
    assert "pages are in" in run("export", book, "--pdf", tmp_path / "again.pdf", told=typed)
    assert "Checked" in run("backup", book, "--to", tmp_path / "one.mbbackup", told=typed)
    assert "  1  " in run("restore", tmp_path / "one.mbbackup", "--list")
    run("restore", tmp_path / "one.mbbackup", "--to", tmp_path / "back", told=typed)
    assert "Everything is whole." in run("health", tmp_path / "back", told=typed)
    locked = tmp_path / "all.zip"
    assert "with the password" in run(
        "archive", book, "--to", locked, "--password", told=f"{passphrase}\na long password\n"
    )
    archived = ("unarchive", locked, "--to", tmp_path / "new", "--password")
    assert "The book is in" in run(*archived, told=f"a long password\n{PASSPHRASE}\n")


# ---- its workers


def looked_at(data: bytes, decoder: Decoder) -> Looked:
    try:
        return decoder.decode(data)
    except PictureError as refused:
        return type(refused)


def every_picture() -> Iterator[tuple[str, bytes]]:
    yield from ((name, make()) for name, (_, make) in pictures.PICTURES.items())
    yield from ((f"HEIC, {name}", encoded.heic(name)) for name in encoded.WITH)
    yield from ((f"foreign, {name}", encoded.foreign(name)) for name in encoded.FOREIGN)
    yield from ((name, make()) for name, (_, make) in hostile.HOSTILE.items())
    for file in sorted((ROOT / "resources" / "sample").iterdir()):
        if file.suffix in {".jpg", ".heic", ".png"}:
            yield file.name, file.read_bytes()


def test_every_picture_is_decoded_as_from_a_checkout(
    program: Path, monkeypatch: pytest.MonkeyPatch, decoder: Decoder
) -> None:
    made = dict(every_picture())
    before = {name: looked_at(data, decoder) for name, data in made.items()}
    monkeypatch.setattr(limited, "command", lambda module, argument: [str(program), argument])
    with Decoder() as packaged:
        now = {name: looked_at(data, packaged) for name, data in made.items()}
        worker = Path(f"/proc/{packaged.worker_id}/cmdline").read_bytes()
    assert worker.startswith(bytes(program)), "control: it was the frozen program that looked"
    assert [name for name in made if now[name] != before[name]] == []
    assert sum(isinstance(each, DecodedPicture) for each in now.values()) > 30, "control"


RECORDINGS: dict[str, Callable[[], bytes]] = {
    name: make for name, (make, *_) in [*test_probe.SOUNDS.items(), *test_probe.VIDEOS.items()]
} | test_probe.NONE_AT_ALL


def test_every_recording_is_heard_and_seen_as_from_a_checkout(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known(data: bytes) -> Probed:
        return probe(io.BytesIO(data), len(data))

    made = {name: make() for name, make in RECORDINGS.items()}
    before = {name: known(data) for name, data in made.items()}
    monkeypatch.setattr(limited, "command", lambda module, argument: [str(program), argument])
    now = {name: known(data) for name, data in made.items()}
    assert [name for name in made if now[name] != before[name]] == []
    assert sum(each.playable for each in now.values()) > 25, "control"


@pytest.mark.usefixtures("in_frozen_workers")
def test_spelling_has_the_english_that_comes_with_it(frozen: Path) -> None:
    english = Dictionary("en_US", frozen / "_internal" / "hunspell" / "dictionaries", own=False)
    speller = Speller(english)
    try:
        assert speller.check(["garden", "gardne"]) == (True, False)
        assert "garden" in speller.suggest("gardne")
    finally:
        speller.close()


# ---- its window


@pytest.mark.desktop
def test_the_window_opens_closes_its_book_and_opens_it_again(
    program: Path, library: Library, tmp_path: Path, qapp: QApplication
) -> None:
    """Under strace, which sees the fresh process of the closed book, and every socket."""
    book, log = tmp_path / "Memory Book", tmp_path / "strace"
    library.create(book, PASSPHRASE).close()
    watched = ("strace", "-D", "-f", "-qq", "-o", str(log), "-e", "trace=socket,connect,execve")
    with Program(book, tmp_path / "person", packaged=program, before=watched) as window:
        number = window.pid
        window.unlock(PASSPHRASE)
        window.type(SENTENCE)
        window.lock()
        assert window.pid == number
        assert window.arguments()[1:] == ["--locked", str(book)]
        window.unlock(PASSPHRASE)
        window.lock()
        assert window.said() == ""
    vault = library.open(book, PASSPHRASE)
    try:
        (row,) = vault.journal.all_for_book().result()
        assert SENTENCE in vault.journal.entry(row.id).result().draft.body
    finally:
        vault.close()
    told = log.read_text(errors="replace")
    assert '"--locked"' in told, "control: strace saw the fresh process"
    assert set(re.findall(r"socket\((\w+)", told)) == {"AF_UNIX"}
    assert "AF_INET" not in told
