"""The whole walk through a real window, watched from outside: what it shows, opens, asks for and leaves."""

import json
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from memorybook.services.recovery import RecoveryWords
from tests.desktop.environment import private_folders
from tests.flows import traces
from tests.flows.walk import PASSPHRASE

pytestmark = [pytest.mark.desktop, pytest.mark.slow, pytest.mark.timeout(300)]

SCREENS = Path(__file__).parents[2] / "build" / "walk"
_SCREENS = (
    "begin begin-differs write photo write-photos story story-search date-sheet dates support book closed"
)
EVERY_SCREEN = {*_SCREENS.split(), "closed-support", "closed-wrong"}
CANARY = f"Zaunkoenig{secrets.token_hex(4)}"  # in no other file of this computer
TITLES = {"", "Memory Book", "memorybook", "Add photos", "Save the book as a PDF"}
# What is made under one name and goes again: the log of the database, files that are being written, and the
# database as it goes into a copy, where the same bytes are searched.
_PASSING = re.compile(r"book\.db-(wal|journal)|\.[0-9a-f]{16}\.part|\.(beginning|copying)-[0-9a-f]{16}")


@dataclass(frozen=True)
class Watched:
    """One walk in a process of its own, in folders of its own."""

    root: Path
    output: str
    code: int
    theme: str

    @property
    def folder(self) -> Path:
        return self.root / "walk"

    @property
    def pdf(self) -> Path:
        return self.folder / "asked for" / "Our book.pdf"

    @property
    def sheet(self) -> Path:
        return self.folder / "asked for" / "For the memory box.pdf"

    @property
    def screens(self) -> Path:
        return SCREENS / self.theme


def walk(root: Path, *before: str, canary: str = "", theme: str = "light") -> Watched:
    """Run the walk behind the command ``before``. Its screenshots stay in the build folder for a look."""
    shutil.rmtree(SCREENS / theme, ignore_errors=True)
    private = root / "private"
    folders = private_folders(private)
    command = [*before, sys.executable, "-m", "tests.flows.walk", "--folder", str(root / "walk")]
    command += ["--screens", str(SCREENS / theme), "--theme", theme]
    if canary:
        command += ["--canary"]
    environment = os.environ | folders
    done = subprocess.run(
        command, env=environment, input=canary, capture_output=True, text=True, timeout=240, check=False
    )
    return Watched(root, done.stdout + done.stderr, done.returncode, theme)


def walked(watched: Watched) -> bool:
    return watched.code == 0 and watched.output.rstrip().endswith("walked")


def test_the_whole_thread_with_no_network_at_all(tmp_path: Path) -> None:
    """Steps one to eight in a namespace without any interface, not even a loopback that is up."""
    alone = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-r", "-n"]
    watched = walk(tmp_path, *alone)
    assert walked(watched), watched.output
    assert {path.stem for path in watched.screens.glob("*.png")} >= EVERY_SCREEN
    with pikepdf.open(watched.pdf) as pdf:
        assert len(pdf.pages) >= 4
        assert pdf.Root.MarkInfo.Marked


def test_nothing_is_asked_of_the_network_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """Under strace, with words and photos that can be recognised, then a search through all that was made."""
    log, started = tmp_path / "strace", time.time()
    calls = "trace=socket,connect,bind,openat,openat2,open,creat,mknod,mknodat,rename,renameat,renameat2"
    strace = ("strace", "-f", "-y", "-qq", "-o", str(log), "-e", calls)
    watched = walk(tmp_path, *strace, canary=CANARY, theme="dark")
    assert walked(watched), watched.output
    assert {path.stem for path in watched.screens.glob("*.png")} >= EVERY_SCREEN
    called = log.read_text(errors="replace")
    assert "socket(AF_UNIX" in called, "strace saw no socket at all: the check would prove nothing"
    assert not re.search(r"socket\(AF_(?!UNIX|LOCAL)", called), "a socket other than a local one was opened"
    assert "sa_family=AF_INET" not in called

    phone, asked_for = watched.folder / "phone", watched.folder / "asked for"
    made = traces.written(called)
    assert len(made) > 20, "control: strace saw the book being made"
    asked = (tmp_path, SCREENS)
    outside = {path for path in made if not any(a in path.parents for a in asked)}
    assert not outside, "files were opened for writing outside of the folders of the walk"
    assert _without_a_trace(made, traces.renamed(called)) == set()

    report = json.loads(watched.output.splitlines()[-2])
    assert report["looks"] > 10
    assert report["hits"] == [], "in a file without a name, an argument or the environment"
    assert set(report["titles"]) <= TITLES

    for word in (CANARY, PASSPHRASE):
        assert traces.search([tmp_path], word, apart_from=[phone, asked_for, log]) == {}
        assert word not in watched.output
        assert word not in called
    assert _in_shared_folders(CANARY, started, tmp_path) == {}
    _the_sheet_is_nowhere_else(report["words"], report["code"], watched, apart_from=[asked_for])
    photos = list(phone.iterdir())
    assert traces.copies([tmp_path], photos, apart_from=[phone, asked_for, log]) == set()
    assert watched.pdf in traces.copies([asked_for], photos), "control: the JPEG is in the PDF as it is"
    assert "zlib" in traces.found_in(watched.pdf.read_bytes(), CANARY) or _in_pdf(watched.pdf), "control"
    assert any("utf-8" in found for found in traces.search([phone], CANARY).values()), "control"
    assert _readable_by_others(tmp_path, apart_from=[phone]) == set()


def _the_sheet_is_nowhere_else(words: str, code: str, watched: Watched, *, apart_from: list[Path]) -> None:
    """Words, code and the seed they stand for are in the PDF that was asked for, and in no other file."""
    seed = RecoveryWords().read(words)
    assert RecoveryWords().read(code) == seed
    first, second, *_ = words.split()
    forms = (code, code.replace("-", ""), words, f"{first} {second} ", f"{first}\n{second}\n", seed.hex())
    for secret in forms:
        assert traces.search([watched.root], secret, apart_from=apart_from) == {}
    files = [path for path in watched.root.rglob("*") if path.is_file() and apart_from[0] not in path.parents]
    assert len(files) > 10
    assert [path for path in files if seed in path.read_bytes()] == []
    text = subprocess.run(["pdftotext", str(watched.sheet), "-"], capture_output=True, text=True, check=True)
    assert first in text.stdout, "control: the sheet holds the words"


def _without_a_trace(made: set[Path], renamed: dict[Path, Path]) -> set[Path]:
    """Files that were made and are gone, but for those that have to go: nothing could be searched in them."""
    gone = {path for path in made if not path.exists() and not renamed.get(path, path).exists()}
    return {path for path in gone if not any(_PASSING.fullmatch(part) for part in path.parts)}


def _in_shared_folders(word: str, since: float, ours: Path) -> dict[Path, set[str]]:
    """Files of everyone's temporary folders, changed since then, that hold a word in clear."""
    needles = [needle for forms in traces.disguises(word).values() for needle in forms]
    found: dict[Path, set[str]] = {}
    for shared in (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")):
        for folder, _, names in os.walk(shared):  # goes on where a folder of somebody else has gone meanwhile
            for path in (Path(folder) / name for name in names if ours not in (Path(folder) / name).parents):
                with suppress(FileNotFoundError):
                    if path.is_file() and path.stat().st_mtime >= since:
                        data = path.read_bytes()
                        if any(needle in data for needle in needles):
                            found[path] = {"clear"}
    return found


def _readable_by_others(root: Path, *, apart_from: list[Path]) -> set[Path]:
    """Files and folders of the walk that anyone but their owner may open."""
    return {
        path
        for place in (root / "walk", root / "private")
        for path in place.rglob("*")
        if not any(path == other or other in path.parents for other in apart_from)
        and not path.is_symlink()
        and path.stat().st_mode & 0o077
        and path != root / "private" / "home" / ".local"  # made by the test, for the folders in it
    }


def test_control_an_unencrypted_database_is_found_out(tmp_path: Path) -> None:
    """The same search, of a plain SQLite database with its log, and of a temporary file without a name."""
    plain = sqlite3.connect(tmp_path / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA temp_store = FILE")
    plain.execute("PRAGMA temp.cache_size = 10")
    plain.execute("CREATE TABLE entries (words TEXT)")
    rows = [(f"{number} {CANARY}",) for number in range(20_000)]
    plain.execute("BEGIN")
    plain.executemany("INSERT INTO entries VALUES (?)", rows)
    plain.execute("COMMIT")
    plain.execute("CREATE TEMP TABLE sorted AS SELECT * FROM entries ORDER BY words DESC")
    found = traces.Descriptors([CANARY])
    found.look("plain")
    names = {path.name for path in traces.search([tmp_path], CANARY)}
    plain.close()
    assert names >= {"plain.db-wal"}
    assert found.nameless > 0
    assert any("etilqs_" in hit and hit.endswith("utf-8") for hit in found.hits)


def _in_pdf(path: Path) -> bool:
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return CANARY in text.replace("\n", "")


def test_the_search_for_traces_finds_each_disguise() -> None:
    import base64
    import zlib

    assert traces.found_in(b"..." + CANARY.encode(), CANARY) == {"utf-8"}
    assert traces.found_in(CANARY.encode("utf-16-le"), CANARY) == {"utf-16"}
    for shift in range(3):
        code = base64.b64encode(b"x" * shift + CANARY.encode() + b"tail")
        assert traces.found_in(code, CANARY) == {"base64"}, shift
    assert traces.found_in(b"##" + zlib.compress(b"long enough " + CANARY.encode()), CANARY) == {"zlib"}
    assert traces.found_in(os.urandom(100_000), CANARY) == set()
