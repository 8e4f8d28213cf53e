"""The package for Debian and Ubuntu: what is in it, and what it and Debian's own checks say of it."""

import hashlib
import os
import re
import subprocess
from pathlib import Path

import pytest

import deb
import places
from tests.packaging.made import made
from tests.packaging.people import TIME_OF_SOURCES

pytestmark = [pytest.mark.packaging, pytest.mark.slow, pytest.mark.timeout(1500)]


@pytest.fixture(scope="session")
def package(frozen: Path) -> Path:
    return made("deb", deb.file_name())


def told(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_package_holds_the_program_and_no_scripts(package: Path, frozen: Path) -> None:
    about = told("dpkg-deb", "--info", package)
    control = re.findall(r"^ +\d+ bytes, +\d+ lines +(?:\* +)?(\S+)", about, re.MULTILINE)
    assert control == ["control", "md5sums"]
    lines = [line.split(None, 5) for line in told("dpkg-deb", "--contents", package).splitlines()]
    assert {line[1] for line in lines} == {"root/root"}
    assert {line[0] for line in lines} <= {"drwxr-xr-x", "-rw-r--r--", "-rwxr-xr-x", "lrwxrwxrwx"}
    names = {line[5].split(" -> ")[0] for line in lines}
    program = "./usr/lib/memorybook/"
    inside = {name.removeprefix(program) for name in names if name.startswith(program)}
    assert {str(file.relative_to(frozen)) for file in frozen.rglob("*") if file.is_file()} <= inside
    places_in_it = ("./", "./usr/", "./usr/bin/", "./usr/lib/", "./usr/share/")
    rest = {name for name in names if not name.startswith(program)} - set(places_in_it)
    assert all(name.startswith("./usr/share/") or name == "./usr/bin/memorybook" for name in rest)


def test_it_asks_for_what_it_takes_from_the_computer_and_says_where_books_stay(package: Path) -> None:
    names = ("Depends", "Description", "Version")
    field = {name: told("dpkg-deb", "--field", package, name) for name in names}
    assert tuple(field["Depends"].strip().split(", ")) == deb.depends()
    assert not re.search(r"python|qt6|-dev\b|ssl|curl", field["Depends"])
    assert field["Version"].strip() == f"{places.VERSION}-1"
    assert "every book and every copy stays where it is" in " ".join(field["Description"].split())


def test_debians_own_checks_find_nothing_that_is_not_explained(package: Path) -> None:
    done = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", "--display-info", "--pedantic", package],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "", "every remark has its reason among the overrides, and none is unused"
    for block in (deb.DEBIAN / "lintian-overrides").read_text().strip().split("\n\n"):
        assert block.startswith("# "), "each says its reason"


def test_the_same_sources_give_the_same_package(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*TIME_OF_SOURCES)
    first = hashlib.sha256(deb.build(tmp_path / "first", quick=True).read_bytes()).hexdigest()
    before = os.umask(0o027)
    try:
        second = hashlib.sha256(deb.build(tmp_path / "second", quick=True).read_bytes()).hexdigest()
    finally:
        os.umask(before)
    assert first == second
