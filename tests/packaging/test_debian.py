"""In a bare Debian without Python and without network: install it, use it, go to other versions, purge it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import deb
from tests.packaging.debian_root import HOME, PERSON, DebianRoot
from tests.packaging.made import made, other_deb
from tests.packaging.people import sums

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.slow,
    pytest.mark.desktop,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(os.geteuid() != 0, reason="a bare Debian is made and entered by root alone"),
]

PASSPHRASE = "willow harbour quiet lantern"
WORDS = "Under the willow"
OLDER, NEWER = "0.0.9", "9.9.9"
INSTALL = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")


@pytest.fixture(params=["bookworm", "trixie"])
def debian(request: pytest.FixtureRequest) -> Iterator[DebianRoot]:
    with tempfile.TemporaryDirectory(prefix="memorybook-debian-", dir="/var/tmp") as folder:
        yield DebianRoot(request.param, Path(folder, "root"))


def test_installed_used_renewed_and_purged(debian: DebianRoot, frozen: Path, tmp_path: Path) -> None:
    package = made("deb", deb.file_name())
    assert nothing_to_build_with(debian)
    debian.administer("apt-get", "update", "-qq")
    installed(debian, other_deb(tmp_path, OLDER, f"of {OLDER}"), OLDER)
    assert of_versions(debian) == {f"of {OLDER}"}
    assert nothing_to_build_with(debian), "the package needs none of it either"
    debian.administer("useradd", "--create-home", PERSON)

    told = debian.give("memorybook", "self-test")
    assert told.endswith("All of it holds.\n")
    assert "keyring: this computer has none, or it does not answer, which does no harm" in told

    book = debian.home / "Memory Book"
    write_in_the_window(debian, book)
    words = ("memorybook", "export", f"{HOME}/Memory Book", "--pdf", f"{HOME}/b.pdf")
    debian.give(*words, told=f"{PASSPHRASE}\n")
    pdf = shutil.copy(debian.home / "b.pdf", tmp_path)
    assert WORDS in subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout

    before = sums(debian.home)
    installed(debian, package, deb.version())
    assert of_versions(debian) == set()
    assert is_whole(debian)
    installed(debian, other_deb(tmp_path, NEWER, f"of {NEWER}"), NEWER)
    assert of_versions(debian) == {f"of {NEWER}"}
    installed(debian, package, deb.version(), "--allow-downgrades")
    assert of_versions(debian) == set()
    assert is_whole(debian)
    assert sums(debian.home) == before
    files = debian.administer("dpkg-query", "--listfiles", "memorybook").splitlines()
    debian.administer("apt-get", "purge", "-y", "-qq", "memorybook")
    assert sums(debian.home) == before
    assert {"Memory Book/book.db", "Memory Book/book.keys"} <= set(before)
    left = [name for name in files if (debian.folder / name.lstrip("/")).is_file()]
    assert left == []
    assert not (debian.folder / "usr/lib/memorybook").exists()


def installed(debian: DebianRoot, package: Path, version: str, *allowed: str) -> None:
    """Install a package over what is there, which then is as the package has it."""
    inside = f"/mnt/{package.name}"
    debian.administer(*INSTALL, *allowed, inside, lend=(package, inside))
    told = debian.administer("dpkg-query", "--show", "--showformat", "${Version}", "memorybook")
    assert told.removesuffix("-1") == version.removesuffix("-1")
    assert debian.administer("dpkg", "--verify", "memorybook") == ""


def of_versions(debian: DebianRoot) -> set[str]:
    """The files there that only one of the versions has."""
    return {file.name for file in (debian.folder / "usr" / "lib" / "memorybook").glob("of *")}


def is_whole(debian: DebianRoot) -> bool:
    """Whether the program that is installed opens the book and finds everything in it."""
    looked = debian.give("memorybook", "health", f"{HOME}/Memory Book", told=f"{PASSPHRASE}\n")
    return "Everything is whole." in looked


def nothing_to_build_with(debian: DebianRoot) -> bool:
    """Whether there is neither Python nor a compiler, nor a package for developers."""
    there = debian.administer("dpkg-query", "--show", "--showformat", "${Package}\n").split()
    programs = [name for name in ("python3", "cc", "make") if (debian.folder / "usr/bin" / name).exists()]
    return not programs and not [
        name for name in there if name.startswith(("python", "g++")) or name.endswith("-dev")
    ]


def write_in_the_window(debian: DebianRoot, book: Path) -> None:
    """Begin a book, write on its first page, and close it: a fresh start takes the place of the first."""
    with debian.window() as window:
        window.wait_closed()
        window.type(PASSPHRASE)
        window.key("Tab", "Tab")
        window.type(PASSPHRASE)
        window.key("Return")
        window.wait_open()  # the recovery sheet comes first
        assert (book / "book.db").is_file()
        window.key("ctrl+1")
        window.type(WORDS)
        if "MEMORYBOOK_PICTURES" in os.environ:
            window.picture(Path(os.environ["MEMORYBOOK_PICTURES"], f"{debian.folder.parent.name}.png"))
        window.key("ctrl+l")
        window.wait(lambda: "--locked" in window.process())
        window.wait_closed()
