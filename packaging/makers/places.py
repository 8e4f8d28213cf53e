"""Where packaging takes things from and puts them, and what it says of their version and time."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
"""The checkout."""

PACKAGING: Final = ROOT / "packaging"
LOCKED: Final = PACKAGING / "locked"

BUILD: Final = ROOT / "build" / "package"
"""What is made on the way; may be removed at any time."""

FROZEN: Final = BUILD / "memorybook"
"""The program as one folder that needs no Python. Every package is made from it."""

VENV: Final = BUILD / "venv"
"""Holds what the program needs to run and what it is frozen with, and nothing else."""

OUT: Final = ROOT / "dist"
"""The finished packages, and what lies beside them."""

NAME: Final = "memorybook"
"""The program, and everything that is called like it."""

APP_ID: Final = "org.memorybook.memorybook"
"""What desktops know the program by. Lower case, as AppStream wants it."""

TITLE: Final = "Memory Book"


def _version() -> str:
    said = (ROOT / "src" / NAME / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', said, re.MULTILINE)
    if found is None:
        raise Stopped("src/memorybook/__init__.py says no version")
    return found[1]


class Stopped(Exception):
    """A package cannot be made; the message says why, for the person at the terminal."""


VERSION: Final = _version()


@contextmanager
def workshop(name: str, frozen: Path = FROZEN) -> Iterator[Path]:
    """A folder to make a package in out of the frozen one, gone at the end. Raises ``Stopped``."""
    if not frozen.is_dir():
        raise Stopped("The program is not there as a folder: please give `make freeze` first.")
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{name}.", dir=BUILD) as work:
        yield Path(work)


def hand_over(made: Path, folder: Path) -> Path:
    """Put a finished package into ``folder``, which is made when it is missing; where it is then."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.move(made, folder / made.name))


def source_date_epoch() -> int:
    """The one time that is written into packages, in seconds: of the environment, else of the last commit.

    Raises ``Stopped`` where there is neither.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return int(given)
    done = subprocess.run(
        ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or not done.stdout.strip().isdecimal():
        raise Stopped("This is no git checkout: please say a time in seconds in SOURCE_DATE_EPOCH.")
    return int(done.stdout)


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    more: Mapping[str, str] | None = None,
    quiet: bool = False,
) -> None:
    """Run a program with the time of the sources in its environment, and ``more``.

    ``quiet`` keeps what it says until it fails. Raises ``Stopped`` when it fails or is not there.
    """
    said = subprocess.PIPE if quiet else None
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=cwd or ROOT,
            env=environment(more),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT if quiet else None,
            check=False,
        )
    except FileNotFoundError:
        raise Stopped(f"{command[0]} is not installed.") from None
    if done.returncode != 0:
        if done.stdout:
            sys.stderr.buffer.write(done.stdout)
        raise Stopped(f"{Path(command[0]).name} ended with {done.returncode}.")


def output(command: Sequence[str | Path], *, cwd: Path | None = None) -> str:
    """What a program writes to its standard output. Raises ``Stopped`` as ``run``."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=cwd or ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise Stopped(f"{command[0]} is not installed.") from None
    if done.returncode != 0:
        raise Stopped(f"{Path(command[0]).name} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of everything that makes a part of a package: nothing of it depends on the person."""
    given = {
        "SOURCE_DATE_EPOCH": str(source_date_epoch()),
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    return {**os.environ, **given, **(more or {})}


def is_elf(file: Path) -> bool:
    """Whether a file, and not a link to one, is a Linux program or library."""
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"
