"""The package for Fedora and openSUSE: what it needs, and its way in and out of a system."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import elf
import places
import rpm
from memorybook.services.vault import Library
from tests.packaging.made import made, own_book, use
from tests.packaging.people import TIME_OF_SOURCES, Person, somebody, sums

pytestmark = [pytest.mark.packaging]


def _rpm(root: Path, *words: str | Path) -> "subprocess.CompletedProcess[str]":
    """With a system of its own in ``root``; as one who is root there at least."""
    apart = [] if os.geteuid() == 0 else ["unshare", "--map-root-user"]
    command = [*apart, "rpm", "--root", str(root), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _asked(package: Path, *words: str) -> list[str]:
    command = ["rpm", "--query", "--package", *words, str(package)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_it_is_installed_used_renewed_and_taken_away(frozen: Path, library: Library, tmp_path: Path) -> None:
    package = made("rpm", rpm.file_name())
    with somebody() as person:
        book = own_book(person, library, tmp_path / "Memory Book")
        _whole_way(person, package, _small("0.0.9", tmp_path), _small("9.9.9", tmp_path), book)


def _small(version: str, folder: Path) -> Path:
    """A package of another version with a small program, and a file that no other version has."""
    program = folder / version
    program.mkdir()
    shutil.copy("/bin/true", program / places.NAME)
    (program / f"of {version}").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "VERSION", version)
        return rpm.build(folder, program)


def _whole_way(person: Person, package: Path, older: Path, newer: Path, book: Path) -> None:
    root = person.folder / "root"
    (root / "var" / "lib" / "rpm").mkdir(parents=True)
    refused = _rpm(root, "--install", package)
    assert refused.returncode != 0
    assert "libEGL.so.1()(64bit) is needed by memorybook" in refused.stderr
    assert _rpm(root, "--install", "--nodeps", older).returncode == 0  # there is nothing else in this system
    assert [file.name for file in root.rglob("of *")] == ["of 0.0.9"]
    done = _rpm(root, "--upgrade", "--nodeps", package)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert not list(root.rglob("of *"))
    assert _rpm(root, "--verify", "--nodeps", places.NAME).stdout == ""
    use(person, root / "usr" / "bin" / places.NAME, book)

    before = sums(person.home)
    done = _rpm(root, "--upgrade", "--replacepkgs", "--nodeps", package)
    assert done.returncode == 0, done.stderr
    renewed = person.run(root / "usr" / "bin" / places.NAME, "--version")
    assert renewed.stdout == f"Memory Book {places.VERSION}\n"
    assert _rpm(root, "--upgrade", "--nodeps", older).returncode != 0, "it does not go back unasked"
    assert _rpm(root, "--upgrade", "--nodeps", newer).returncode == 0
    assert {file.name for file in (root / "usr/lib/memorybook").iterdir()} == {places.NAME, "of 9.9.9"}
    done = _rpm(root, "--erase", "--nodeps", places.NAME)
    assert done.returncode == 0, done.stderr
    assert not [file for file in (root / "usr").rglob("*") if not file.is_dir() or "memorybook" in file.name]
    assert sums(person.home) == before

    told = "\n".join(_asked(package, "--info"))
    assert "every book and every copy stays where it is" in " ".join(told.split())
    assert not _asked(package, "--scripts")
    assert "Build Host  : reproducible" in told
    entries = _asked(package, "--queryformat", "[%{FILEUSERNAME}:%{FILEGROUPNAME} %{FILEMODES:perms}\n]")
    assert {entry.split()[0] for entry in entries} == {"root:root"}
    # nfpm writes no rights for links; Linux knows none.
    assert {entry.split()[1] for entry in entries} == {"-rw-r--r--", "-rwxr-xr-x", "l---------", "drwxr-xr-x"}
    folders = set(_asked(package, "--queryformat", "[%{FILEMODES:perms} %{FILENAMES}\n]"))
    assert "drwxr-xr-x /usr/lib/memorybook" in folders
    of_everybody = ("/usr", "/applications", "/apps", "/man1")
    assert not [line for line in folders if line.startswith("d") and line.endswith(of_everybody)]


def test_what_it_needs_is_what_its_libraries_ask_of_others() -> None:
    def part(name: str, needed: set[str], *versions: tuple[str, tuple[int, ...]]) -> elf.Elf:
        return elf.Elf(Path(name), name, frozenset(needed), frozenset(versions))

    parts = [
        part("program", {"libin.so.1", "libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"}, ("GLIBC", (2, 4))),
        part("libin.so.1", {"libX11.so.6", "libc.so.6"}, ("GLIBC", (2, 35)), ("GLIBC", (2, 9))),
        part("libother.so", {"libstdc++.so.6"}, ("GLIBCXX", (3, 4, 29)), ("CXXABI", (1, 3))),
    ]
    assert rpm.requires(parts) == [
        "libX11.so.6()(64bit)",
        "libc.so.6(GLIBC_2.35)(64bit)",
        "libstdc++.so.6(GLIBCXX_3.4.29)(64bit)",
        "xkeyboard-config",
    ]


@pytest.mark.slow
def test_the_same_folder_gives_the_same_package(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*TIME_OF_SOURCES)
    for name in ("one", "another"):
        (tmp_path / name / "of it").mkdir(parents=True)
        shutil.copy("/bin/true", tmp_path / name / places.NAME)
        (tmp_path / name / "of it" / "words").write_text("words")
        (tmp_path / name / "link").symlink_to("of it")
    one = rpm.build(tmp_path / "here", tmp_path / "one")
    another = rpm.build(tmp_path / "there", tmp_path / "another")
    assert one.read_bytes() == another.read_bytes()
    assert f"/usr/lib/{places.NAME}/of it/words" in _asked(one, "--list")
    inside = subprocess.run(["rpm2cpio", one], capture_output=True, check=True).stdout
    unpack = ["cpio", "--extract", "--make-directories", "--quiet", "--directory", str(tmp_path)]
    subprocess.run(unpack, input=inside, check=True)
    assert (tmp_path / "usr" / "lib" / places.NAME / "of it" / "words").read_text() == "words"
