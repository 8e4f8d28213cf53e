"""The AppImage itself: started without FUSE or rights, used, made whole again, taken away."""

import fcntl
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import IO

import pytest
from PySide6.QtWidgets import QApplication

import appimage
import places
from memorybook.services.vault import Library
from tests.books import PASSPHRASE
from tests.desktop.environment import private_folders
from tests.packaging.made import made, own_book, use
from tests.packaging.people import PATIENCE_S, Person, somebody, sums
from tests.reliability.program import Program

pytestmark = [pytest.mark.packaging, pytest.mark.slow]


@pytest.mark.desktop
@pytest.mark.timeout(1200)
def test_its_window_closes_the_book_and_opens_it_again(
    frozen: Path, library: Library, tmp_path: Path, qapp: QApplication
) -> None:
    """A fresh process takes the place of the first, out of the same unpacked copy."""
    package = made("appimage", appimage.file_name())
    book, person = tmp_path / "Memory Book", tmp_path / "person"
    library.create(book, PASSPHRASE).close()
    environment = os.environ | private_folders(person)
    unpacking = subprocess.run(
        [package, "--version"], env=environment, capture_output=True, text=True, check=False
    )
    assert (unpacking.stdout, unpacking.stderr) == (f"Memory Book {places.VERSION}\n", "")
    (in_use,) = person.rglob("memorybook-appimage/*/in-use")
    with Program(book, person, packaged=package) as window, in_use.open() as lock:
        number = window.pid
        window.unlock(PASSPHRASE)
        window.lock()
        assert window.pid == number
        assert window.arguments()[1:] == ["--locked", str(book)]
        assert _is_held(lock), "no other AppImage takes the copy away"
        window.unlock(PASSPHRASE)
        assert window.said() == ""


@pytest.mark.timeout(1200)
def test_it_is_used_where_it_lies_and_taken_away(frozen: Path, library: Library, tmp_path: Path) -> None:
    package = made("appimage", appimage.file_name())
    with somebody() as person:
        _whole_way(person, package, own_book(person, library, tmp_path / "Memory Book"))


def _is_held(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(lock, fcntl.LOCK_UN)
    return False


def _whole_way(person: Person, package: Path, book: Path) -> None:
    file = person.bring(package, "Down loads/Memory Book.AppImage")
    use(person, file, book)
    cache = person.home / ".cache" / "memorybook-appimage"
    (copy,) = set(cache.iterdir()) - {cache / "lock"}
    assert (copy / "tree" / "AppRun").resolve() == copy / "tree" / "usr" / "lib" / places.NAME / places.NAME
    terms = copy / "tree" / "usr" / "share" / "doc" / places.NAME / "appimage"
    assert {each.name for each in terms.iterdir()} >= {"libsquashfuse.copyright", "libzstd.copyright"}
    for name in (f"{places.APP_ID}.desktop", f"{places.APP_ID}.png", ".DirIcon"):
        assert (copy / "tree" / name).is_file()

    waiting = person.begin(file, "health", book)  # for a passphrase
    with (copy / "in-use").open() as lock:
        deadline = time.monotonic() + PATIENCE_S
        while not _is_held(lock):
            assert time.monotonic() < deadline
            assert waiting.poll() is None
            time.sleep(0.02)
    assert person.run(file, "--appimage-clear").returncode == 0
    assert copy.is_dir()
    waiting.kill()
    waiting.communicate()

    before = sums(book)
    shutil.rmtree(copy / "tree" / "usr" / "share")
    os.truncate(copy / "tree" / "usr" / "lib" / places.NAME / places.NAME, 1000)
    assert person.run(file, "--version").stdout == f"Memory Book {places.VERSION}\n"
    assert person.run(file, "--appimage-clear").returncode == 0
    assert set(cache.iterdir()) == {cache / "lock"}
    assert sums(book) == before
