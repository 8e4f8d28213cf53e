"""Holds the program for Windows to packaging/shipped-windows.txt, as gate.py holds that for Linux."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import gate
import places
import windows_libraries

SHIPPED: Final = places.PACKAGING / "shipped-windows.txt"

_SITE: Final = "site/"
_OWN: Final = "memorybook"
_LICENCES: Final = "licences/"
_LIBRARIES: Final = {".dll", ".exe", ".com"}
_TIME_ZONES: Final = "tzdata/zoneinfo/"
_COMPILED: Final = ".pyc"
_OF_THIS_PYTHON: Final = re.compile(r"\.(cp3\d+-win_amd64|abi3)(?=\.)")


def modules_in(folder: Path) -> list[str]:
    """The full names of all Python modules in the program, without those that are libraries."""
    (library,) = folder.glob("python3*.zip")
    with zipfile.ZipFile(library) as packed:
        names = packed.namelist()
    site = folder / _SITE
    names += [file.relative_to(site).as_posix() for file in site.rglob(f"*{_COMPILED}")]
    modules = (re.sub(r"(/__init__)?\.pyc?$", "", name).replace("/", ".") for name in names)
    return sorted(set(modules))


def shipped(folder: Path, modules: Iterable[str]) -> Iterator[str]:
    """The list, line by line. What is the app's own is named once: it changes with every commit."""
    (python,) = folder.glob("python3*.zip")
    yield f"# {python.stem}, win_amd64"
    yield "# Written by `python packaging/makers gate --windows --write`: what is in the program for Windows."
    zones = 0
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        name = file.relative_to(folder).as_posix()
        below = name.removeprefix(_SITE)
        if name.startswith(_LICENCES) or below.startswith(f"{_OWN}/") or file.suffix == _COMPILED:
            continue
        if below.startswith(_TIME_ZONES):
            zones += 1
            continue
        yield f"{_kind(file):8}{_OF_THIS_PYTHON.sub('', below if name != below else f'./{name}')}"
    yield f"{'data':8}{_OWN}/..."
    yield f"{'data':8}{_TIME_ZONES}... ({zones})"
    yield from gate.counted(modules)


def refused(folder: Path, modules: Iterable[str]) -> list[str]:
    """What may not be there at all."""
    names = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if file.is_file()]
    programs = [name.removeprefix(_SITE) for name in names if not name.startswith(_LICENCES)]
    found = gate.refused_names(programs, modules)
    for name in programs:
        file = folder / (_SITE if (folder / _SITE / name).is_file() else "") / name
        if windows_libraries.is_uncalled(name) and file.stat().st_size > gate.STAND_IN_BYTES:
            found.append(f"no stand-in, but the library itself: {name}")
    return found


def faults(folder: Path, *, write: bool = False) -> list[str]:
    """What is there and must not be, or is not as the list says, which ``write`` renews before."""
    modules = modules_in(folder)
    return gate.held(SHIPPED, shipped(folder, modules), refused(folder, modules), write=write)


def hold(folder: Path) -> None:
    """Raise ``Stopped`` when something is there that must not be, or that the list does not say."""
    wrong = faults(folder)
    if wrong:
        raise places.Stopped("\n".join(wrong))


def _kind(file: Path) -> str:
    if "plugins" in file.parts:
        return "plugin"
    if file.suffix.lower() == ".pyd":
        return "module"
    return "library" if file.suffix.lower() in _LIBRARIES else "data"
