"""The installer for Windows under Wine: what it puts there, what it says, what it leaves alone.

`make package-windows` runs these, after it has made the installer. They are no part of `make test`, which
needs neither Wine nor the wheels for Windows. Wine shows that the files are the right ones and find one
another. It does not show how Windows itself looks, what it says of an unsigned installer, and what a screen
reader is told.
"""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageColor, ImageGrab

import places
import sbom
import windows
from memorybook.ui.core.theme import LIGHT
from windows_wine import Prefix, as_windows_sees

pytestmark = [pytest.mark.windows, pytest.mark.timeout(1200)]

INSTALLER = places.OUT / windows.file_name()
IS_OPEN = 5
LOCAL_MACHINE = 2  # CRED_PERSIST_LOCAL_MACHINE; 3 would roam to other computers
PATIENCE_S = 120
A_CURSOR = 10_000
"""More pixels than a cursor that blinks in a field, fewer than a page."""

OURS = {ImageColor.getrgb(LIGHT.paper), ImageColor.getrgb(LIGHT.linen)}
LINKS = "users/*/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/*.lnk"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\org.memorybook.memorybook"
KEYRING = """
import sys
sys.frozen = True
from memorybook.system.keyring import backends
ring = backends.build()
ring.set_password("memory book test", "someone", "a secret of the test")
print(type(ring).__name__, ring.persist, ring.get_password("memory book test", "someone"))
ring.delete_password("memory book test", "someone")
print(ring.get_password("memory book test", "someone"))
"""


SECOND_STARTS = """\
is heard: True True answered
is heard: True True answered
nobody waits any more: [] False
one that hangs: nobody can tell
and answers again: True answered
none of ours: []
is passed over: True answered
in the place of one that stays: nobody can tell
one that goes is followed: first
begun: first
one that was killed is followed: first
in the place of one that ends: first
first
in the place of one that ended: first
first
begun: first
somebody else's: nobody can tell
and hears nothing
"""


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefix]:
    """One with nothing on it, which lacks what Wine lacks and Windows has."""
    prefix = Prefix(tmp_path_factory.mktemp("windows") / "prefix")
    prefix.make(windows.PROGRAM)
    yield prefix
    prefix.end()


@pytest.fixture
def installed(computer: Prefix) -> Path:
    """The folder of the installed program."""
    found = _folder(computer)
    if not (found / "program").is_dir():
        code, said = computer.run([INSTALLER, "/S"], seconds=PATIENCE_S)
        assert code == 0, said
    return found


@pytest.fixture(scope="module")
def python(computer: Prefix, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of the program, which can be told what to run, beside a copy of all that it has."""
    program = tmp_path_factory.mktemp("python") / "program"
    shutil.copytree(windows.PROGRAM, program)
    shutil.copyfile(windows.PYTHON / "python.exe", program / "python.exe")
    return program / "python.exe"


def _folder(computer: Prefix) -> Path:
    (home,) = (each for each in (computer.drive / "users").iterdir() if each.name != "Public")
    return home / "AppData" / "Local" / "Programs" / "Memory Book"


def _until(holds: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def _screen() -> Image.Image:
    return ImageGrab.grab().convert("RGB")


def _is_shown() -> bool:
    """Whether a good part of the screen has the colours of the book's paper."""
    image = _screen().resize((160, 100), Image.Resampling.NEAREST)
    return sum(count for count, colour in image.getcolors(160 * 100) if colour in OURS) > 160 * 100 // 5


def _windows() -> list[str]:
    command = ["xdotool", "search", "--onlyvisible", "--name", "Memory Book"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


def _changed(before: Image.Image, now: Image.Image) -> int:
    """How many pixels are plainly others."""
    difference = ImageChops.difference(before, now).convert("L")
    return sum(difference.histogram()[24:])


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_it_is_installed_for_one_account_and_known_to_windows(computer: Prefix, installed: Path) -> None:
    assert {each.name for each in installed.iterdir()} == {"program", "uninstall.exe"}
    there = _files(installed / "program")
    assert there == _files(windows.PROGRAM), "every file, byte for byte"
    (link,) = computer.drive.glob(LINKS)
    assert link.name == "Memory Book.lnk"
    code, said = computer.run(["reg", "query", UNINSTALL])
    assert code == 0
    assert places.VERSION in said
    code, said = computer.run(["reg", "query", r"HKCU\Software\Classes\.mbbackup", "/ve"])
    assert "MemoryBook.Copy" in said
    assert not list(computer.drive.glob("Program Files/Memory*"))


def test_it_brings_the_licences_of_its_parts_and_a_list_of_them_lies_beside_it(installed: Path) -> None:
    lines = (installed / "program" / "licences" / "parts.txt").read_text(encoding="utf-8").splitlines()
    told = {line.partition("\t")[0] for line in lines}
    assert {"libiconv", "winpthreads", "Microsoft's C and C++ runtime"} <= told
    listed = sbom.hold((places.OUT / sbom.WINDOWS).read_text(encoding="utf-8"))
    assert {each["name"] for each in json.loads(listed)["components"]} >= {"Python", "winpthreads"}


def test_the_installed_program_does_all_that_it_is_for(computer: Prefix, installed: Path) -> None:
    code, said = computer.run([installed / "program" / "memorybook.com", "self-test"], seconds=600)
    assert said.rstrip().endswith("All of it holds."), said
    assert code == 0
    code, said = computer.run([installed / "program" / "memorybook.com", "--version"])
    assert (code, said) == (0, f"Memory Book {places.VERSION}\n")


def test_a_secret_is_kept_in_the_credential_store_on_this_computer_alone(
    computer: Prefix, python: Path
) -> None:
    code, said = computer.run([python, "-c", KEYRING])
    assert said.splitlines() == [f"WinVaultKeyring {LOCAL_MACHINE} a secret of the test", "None"], said
    assert code == 0


def test_a_second_start_finds_the_first_whatever_has_become_of_it(computer: Prefix, python: Path) -> None:
    script = Path(__file__).with_name("second_starts_windows.py")
    code, said = computer.run([python, as_windows_sees(script)], seconds=PATIENCE_S)
    assert said == SECOND_STARTS
    assert code == 0


def test_a_second_start_brings_the_window_to_the_front_with_what_it_was_given(
    computer: Prefix, installed: Path
) -> None:
    start = installed / "program" / "memorybook.exe"
    (computer.drive / "Our book.mbbackup").write_bytes(b"no copy")
    program = computer.start([start])
    try:
        _until(lambda: _is_shown() and _windows(), "a window")
        (window,) = _windows()
        subprocess.run(["xdotool", "windowminimize", window], check=True)
        _until(lambda: not _is_shown(), "a window that is put away")
        assert computer.run([start]) == (0, "")
        _until(_is_shown, "the window back again")
        before = _screen()
        assert computer.run([start, r"C:\Our book.mbbackup"]) == (0, "")
        _until(lambda: _changed(before, _screen()) > A_CURSOR, "what the second start was given")
        _screen().save(places.BUILD / "windows" / "second-start.png")
        assert _windows() == [window]
        _, said = computer.run(["taskkill", "/IM", "memorybook.exe"])
        assert said.count("PID") == 1, "one process alone has a window"
        assert program.wait(PATIENCE_S) == 0
    finally:
        Prefix.give_up(program)


def test_a_window_opens_and_while_it_is_there_nothing_is_put_in_its_place(
    computer: Prefix, installed: Path, tmp_path: Path
) -> None:
    program = computer.start([installed / "program" / "memorybook.exe"])
    try:
        _until(_is_shown, "no window with the colour of paper")
        _screen().save(places.BUILD / "windows" / "window.png")
        before = _files(installed)
        code, _ = computer.run([INSTALLER, "/S"])
        assert code == IS_OPEN
        code, _ = computer.run(["cmd", "/c", _removal(computer, installed)])
        assert code == IS_OPEN
        assert _files(installed) == before
        computer.run(["taskkill", "/IM", "memorybook.exe"])
        assert program.wait(PATIENCE_S) == 0
    finally:
        Prefix.give_up(program)
    (installed / "program" / "of an older version.txt").write_text("", encoding="ascii")
    code, said = computer.run([INSTALLER, "/S"])
    assert code == 0, said
    assert _files(installed / "program") == _files(windows.PROGRAM), "nothing of an older version is left"


def test_when_it_is_taken_away_every_book_stays(computer: Prefix, installed: Path) -> None:
    home = installed.parents[4]
    for folder in (home / "Documents" / "Memory Book", home / "AppData" / "Local" / "memorybook"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "book.db").write_bytes(b"what somebody wrote")
    beside = installed / "put here by somebody.txt"
    beside.write_bytes(b"theirs")
    code, said = computer.run([installed / "uninstall.exe", "/S"])
    assert code == 0, said
    _until(lambda: not (installed / "uninstall.exe").exists(), "the program is still there")
    assert _files(installed) == {beside.name: b"theirs"}
    for folder in (home / "Documents" / "Memory Book", home / "AppData" / "Local" / "memorybook"):
        assert (folder / "book.db").read_bytes() == b"what somebody wrote"
    assert not list(computer.drive.glob(LINKS))
    for key in (UNINSTALL, r"HKCU\Software\Classes\.mbbackup", r"HKCU\Software\org.memorybook.memorybook"):
        assert computer.run(["reg", "query", key])[0] != 0


def _removal(computer: Prefix, installed: Path) -> str:
    """A script that uninstalls and waits for it. By itself the uninstaller goes on in a copy of its own."""
    folder = "C:\\" + str(installed.relative_to(computer.drive)).replace("/", "\\")
    script = computer.drive / "remove.bat"
    script.write_bytes(f'@"{folder}\\uninstall.exe" /S _?={folder}\r\n@exit %ERRORLEVEL%\r\n'.encode("ascii"))
    return "C:\\remove.bat"
