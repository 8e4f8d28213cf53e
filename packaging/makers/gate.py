"""Holds the frozen folder to what may be in it, and to what it may take from the computer it runs on.

packaging/shipped.txt lists what is shipped: a library or module that comes in, or falls out, stops the
packages until the list says so (``--write``), and the commit shows its change. Some things are refused
whatever the list says. The program for Windows has a list of its own (``--windows``), and is held to it
whenever it is made.
"""

import argparse
import collections
import difflib
import platform
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import elf
import frozen
import lean
import places

SHIPPED: Final = places.PACKAGING / "shipped.txt"
HOST: Final = places.PACKAGING / "linux" / "host-libraries.txt"

NEWEST: Final = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13)}
"""What the oldest supported systems have: Ubuntu 22.04, Debian 12, Fedora 36."""

RELEASED_ON: Final = (2, 36)
"""The glibc of Debian 12, on which releases are made."""

STAND_IN_BYTES: Final = 64 << 10

REFUSED_FILES: Final = re.compile(
    r"Qt6?(Network|Qml|Quick|WebEngine|WebSockets|Multimedia|Pdf|Sql|Test|VirtualKeyboard)|lib(ssl|gtk|gdk|curl)[-.\d]"
    r"|(^|/)_?(ssl|sqlite3|tkinter)\.|/tls/|/networkinformation/|\.dist-info/|\.egg-info|/tests?/|\.(py|pyi|h|hpp|a|la)$"
)
"""What reaches a network, another SQLite, other windows, and what only building and testing need."""

_OWN_SQLITE: Final = "sqlcipher3/_sqlite3."

REFUSED_MODULES: Final = re.compile(
    r"(_?ssl|http|ftplib|smtplib|imaplib|poplib|nntplib|telnetlib|xmlrpc|socketserver|webbrowser|asyncio|requests"
    r"|urllib3|sqlite3|_sqlite3|tkinter|unittest|doctest|pdb|pydoc|test|tests|_?pytest|hypothesis|mypy|ruff"
    r"|PyInstaller|pip|setuptools|pkg_resources|hatchling|lxml|numpy)(\.|$)"
    r"|PySide6\.Qt(Network|Qml|Quick|Sql|Test|Web.*)$"
    r"|keyring\.(backends\.(?!SecretService$|Windows$|macOS(\.|$)|fail$)|cli$|testing(\.|$))"
)
"""Modules; of keyring all that would store a secret elsewhere than in the store of the system."""

_OWN: Final = "memorybook"
_READ: Final = """\
import sys
from PyInstaller.archive.readers import CArchiveReader
print(*CArchiveReader(sys.argv[1]).open_embedded_archive("PYZ.pyz").toc, sep="\\n")
"""


def main(arguments: Sequence[str]) -> int:
    """Carry out ``gate``; 0 when the folder is as it may be."""
    parser = argparse.ArgumentParser(prog="packaging/makers gate", description=__doc__)
    parser.add_argument("--in", dest="folder", type=Path, metavar="DIR")
    parser.add_argument("--windows", action="store_true", help="the program for Windows, as it was last made")
    parser.add_argument("--write", action="store_true", help="renew the list of what is shipped")
    given = parser.parse_args(arguments)
    if given.windows:
        import windows  # which is needed for nothing else here
        import windows_gate

        folder, listed = given.folder or windows.PROGRAM, windows_gate.SHIPPED
        found = windows_gate.faults(folder, write=given.write)
    else:
        folder, listed = given.folder or places.FROZEN, SHIPPED
        modules = modules_in(folder)
        wrong = [*refused(folder, modules), *host_faults(folder)]
        found = held(listed, shipped(folder, modules), wrong, write=given.write)
    lines = len(listed.read_text(encoding="utf-8").splitlines())
    print("\n".join(found) or f"{folder}: {lines - 1} lines as in {listed.name}")
    return 1 if found else 0


def held(listed: Path, lines: Iterable[str], found: Sequence[str], *, write: bool) -> list[str]:
    """What was ``found``, and what is not as the list says, which ``write`` renews before."""
    told = "\n".join(lines) + "\n"
    if write:
        listed.write_text(told, encoding="utf-8")
    if found and write:
        return [*found]
    before = listed.read_text(encoding="utf-8") if listed.is_file() else ""
    return [*found, *differences(before, told, listed.name)]


def modules_in(folder: Path) -> list[str]:
    """The full names of all Python modules in the program, without those that are libraries."""
    told = places.output([frozen.environment(), "-c", _READ, folder / places.NAME]).split()
    with zipfile.ZipFile(_inside(folder) / "base_library.zip") as library:
        base = [name.removesuffix(".pyc") for name in library.namelist() if name.endswith(".pyc")]
    return sorted({*told, *(name.removesuffix("/__init__").replace("/", ".") for name in base)})


def shipped(folder: Path, modules: Iterable[str]) -> Iterator[str]:
    """The list, line by line. What is the app's own is named once: it changes with every commit."""
    version = platform.python_version().rpartition(".")[0]
    yield f"# Python {version} of {sys.base_prefix}, {sys.platform} {platform.machine()}"
    yield "# Written by `python packaging/makers gate --write`: what is in the packaged program."
    inside = _inside(folder)
    for file in sorted(inside.rglob("*")):
        name = _named(file.relative_to(inside))
        if places.is_elf(file):
            yield f"{_kind(inside, file):8}{name}"
        elif file.is_file() and not file.is_symlink() and not name.startswith(f"{_OWN}/"):
            yield f"{'data':8}{name}"
    yield f"{'data':8}{_OWN}/..."
    yield from counted(modules)


def counted(modules: Iterable[str]) -> Iterator[str]:
    """A line for each package of Python, with how many modules of it there are."""
    tops = collections.Counter(name.partition(".")[0] for name in modules)
    for top, count in sorted(tops.items()):
        yield f"{'module':8}{top}" + (" ..." if top == _OWN else f" ({count})" if count > 1 else "")


def refused(folder: Path, modules: Iterable[str]) -> list[str]:
    """What may not be there at all."""
    inside = _inside(folder)
    names = [str(file.relative_to(inside)) for file in sorted(inside.rglob("*"))]
    found = refused_names(names, modules)
    for where, stems in lean.UNCALLED.items():
        for file in sorted((inside / where).iterdir()):
            stem = file.name.removeprefix("lib").partition("-")[0]
            if stem in stems and file.stat().st_size > STAND_IN_BYTES:
                found.append(f"no stand-in, but the library itself: {where}/{file.name}")
    return found


def refused_names(names: Iterable[str], modules: Iterable[str]) -> list[str]:
    """Of the files and modules with these names, those that may not be there."""
    files = [name for name in names if REFUSED_FILES.search(name) and not name.startswith(_OWN_SQLITE)]
    wrong = [f"the module {name}" for name in modules if REFUSED_MODULES.match(name)]
    return [f"may not be shipped: {name}" for name in [*files, *wrong]]


def host_faults(folder: Path) -> list[str]:
    """Libraries that are neither in the folder nor on the list of the computer's, and too new versions."""
    there = elf.below(folder)
    inside = {file.name for file in folder.rglob("*")} | {each.soname for each in there.values()}
    allowed = host_libraries()
    asked: dict[str, list[str]] = {}
    for each in there.values():
        for name in each.needed - inside:
            asked.setdefault(name, []).append(each.file.name)
    found = [
        f"taken from the computer, but not listed in {HOST.name}: {name}, by {', '.join(sorted(users)[:3])}"
        for name, users in sorted(asked.items())
        if name not in allowed
    ]
    if elf.number(platform.libc_ver()[1]) > RELEASED_ON:
        print("This system is newer than the one of releases: what is made here needs one like it.")
        return found
    idle = sorted(allowed.keys() - asked.keys())
    found += [f"listed in {HOST.name}, but nothing needs it: {name}" for name in idle]
    for file, each in sorted(there.items()):
        for kind, version in sorted(each.versions):
            if version > NEWEST.get(kind, version):
                said = ".".join(map(str, version))
                found.append(f"{file.name} needs {kind} {said}, which is newer than the oldest systems have")
    return found


def host_libraries() -> Mapping[str, str]:
    """What may be taken from the computer: each library, and the Debian package that brings it."""
    lines = HOST.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {library: package for library, package in pairs}  # noqa: C416 - says which is which


def differences(before: str, now: str, listed: str) -> list[str]:
    """What came in and what fell out.

    Nothing where the list for this system is of another Python, which has other modules; that for Windows is
    of the one Python which is shipped.
    """
    if listed == SHIPPED.name and before.partition("\n")[0] != now.partition("\n")[0]:
        print(f"{listed} is of another Python or system, so what is shipped is not compared with it.")
        return []
    lines = [line for line in difflib.ndiff(before.splitlines(), now.splitlines()) if line[0] in "+-"]
    words = {"+": "came in: ", "-": "fell out:"}
    found = [f"{words[line[0]]} {line[2:]}" for line in lines]
    windows = " --windows" if listed != SHIPPED.name else ""
    return [*found, f"If this is meant: python packaging/makers gate{windows} --write"] if found else []


def _inside(folder: Path) -> Path:
    return folder / "_internal"


def _named(file: Path) -> str:
    return re.sub(r"\.(cpython-\d+|abi3)[^/]*\.so$", ".so", str(file))


def _kind(inside: Path, file: Path) -> str:
    if "plugins" in file.parts:
        return "plugin"
    return "library" if lean.is_library(inside, file) else "module"
