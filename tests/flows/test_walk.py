"""The whole walk through a real window, watched from outside: what it shows, opens, asks for and leaves."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from tests.desktop.environment import private_folders
from tests.flows import traces

pytestmark = [pytest.mark.desktop, pytest.mark.slow, pytest.mark.timeout(300)]

SCREENS = Path(__file__).parents[2] / "build" / "walk"
_SCREENS = (
    "begin begin-differs write photo write-photos story story-search date-sheet dates support book closed"
)
EVERY_SCREEN = {*_SCREENS.split(), "closed-support", "closed-wrong"}
CANARY = "Zaunkoenig7Q4XW"
_OPENED_TO_WRITE = re.compile(r'(?:openat|open|creat)\([^"]*"([^"]+)", [^)]*O_(?:WRONLY|RDWR|CREAT)')
_HARMLESS = ("/dev/", "/proc/", "/sys/")


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
        command += ["--canary", canary]
    done = subprocess.run(
        command, env=os.environ | folders, capture_output=True, text=True, timeout=240, check=False
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
    log = tmp_path / "strace"
    calls = "trace=socket,connect,bind,openat,open,creat"
    watched = walk(tmp_path, "strace", "-f", "-qq", "-o", str(log), "-e", calls, canary=CANARY, theme="dark")
    assert walked(watched), watched.output
    assert {path.stem for path in watched.screens.glob("*.png")} >= EVERY_SCREEN
    called = log.read_text(errors="replace")
    assert "socket(AF_UNIX" in called, "strace saw no socket at all: the check would prove nothing"
    assert not re.search(r"socket\(AF_(?!UNIX|LOCAL)", called), "a socket other than a local one was opened"
    assert "sa_family=AF_INET" not in called

    phone, asked_for = watched.folder / "phone", watched.folder / "asked for"
    made = [
        path for path in map(Path, _OPENED_TO_WRITE.findall(called)) if not str(path).startswith(_HARMLESS)
    ]
    asked = (tmp_path, SCREENS)
    outside = {path for path in made if path.is_absolute() and not any(a in path.parents for a in asked)}
    assert not outside, "files were opened for writing outside of the folders of the walk"

    hits = traces.search([tmp_path], CANARY, apart_from=[phone, asked_for, log])
    assert hits == {}
    photos = list(phone.iterdir())
    assert traces.copies([tmp_path], photos, apart_from=[phone, asked_for, log]) == set()
    assert watched.pdf in traces.copies([asked_for], photos), "control: the JPEG is in the PDF as it is"
    assert CANARY not in watched.output
    assert "zlib" in traces.found_in(watched.pdf.read_bytes(), CANARY) or _in_pdf(watched.pdf), "control"
    assert any("utf-8" in found for found in traces.search([phone], CANARY).values()), "control"


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
