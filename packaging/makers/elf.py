"""What Linux programs and libraries say of themselves, as readelf reads it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import places

_FILE = re.compile(r"^File: (.+)$", re.MULTILINE)
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_SONAME = re.compile(r"\(SONAME\).*\[(.+)\]")
_VERSION = re.compile(r"Name: ([A-Z]\w+)_([0-9.]+)\s+Flags:")
_SECTION = re.compile(r"\bPROGBITS\s+(\w+) (\w+) (\w+)")
_SYMBOL = re.compile(r"^\s*\d+: (\w+)\s+(\w+) (\w+)\s+(\w+)\s+(\w+)\s+(\w+) (\S+)")


@dataclass(frozen=True)
class Elf:
    """One program or library."""

    file: Path
    soname: str
    needed: frozenset[str]
    versions: frozenset[tuple[str, tuple[int, ...]]]
    """Which versions of others' symbols it asks for: ("GLIBC", (2, 35))."""


@dataclass(frozen=True)
class Symbol:
    """A name that a library has, or asks for."""

    name: str
    version: str
    address: int
    kind: str
    """FUNC, OBJECT, ..."""
    size: int
    weak: bool
    defined: bool


def below(folder: Path) -> dict[Path, Elf]:
    """Every program and library in a folder, without links to them."""
    files = [file for file in sorted(folder.rglob("*")) if places.is_elf(file)]
    return {each.file: each for each in read(files)}


def read(files: Sequence[Path]) -> Iterator[Elf]:
    """What each of these files says."""
    if not files:
        return
    told = places.output(["readelf", "--dynamic", "--version-info", "--wide", *files])
    parts = _FILE.split(told)[1:] if len(files) > 1 else [str(files[0]), told]
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        soname = _SONAME.search(part)
        yield Elf(
            file=Path(name),
            soname=soname[1] if soname else Path(name).name,
            needed=frozenset(_NEEDED.findall(part)),
            versions=frozenset((kind, number(said)) for kind, said in _VERSION.findall(part)),
        )


def symbols(file: Path) -> list[Symbol]:
    """The names that a library has for others, and those it asks others for."""
    told = places.output(["readelf", "--dyn-syms", "--wide", file])
    return [_symbol(found) for found in map(_SYMBOL.match, told.splitlines()) if found]


def content(file: Path, symbol: Symbol) -> bytes:
    """The bytes that a library has under a name."""
    for line in places.output(["readelf", "--sections", "--wide", file]).splitlines():
        found = _SECTION.search(line)
        if found:
            address, offset, size = (int(part, 16) for part in found.groups())
            if address <= symbol.address and symbol.address + symbol.size <= address + size:
                with file.open("rb") as opened:
                    opened.seek(offset + symbol.address - address)
                    return opened.read(symbol.size)
    raise places.Stopped(f"{file.name} does not hold {symbol.name}")


def number(said: str) -> tuple[int, ...]:
    """``"2.35"`` as numbers that can be compared."""
    return tuple(int(part) for part in said.strip(".").split("."))


def _symbol(found: re.Match[str]) -> Symbol:
    address, size, kind, binding, _, section, said = found.groups()
    name, _, version = said.partition("@")
    return Symbol(
        name=name,
        version=version.strip("@"),
        address=int(address, 16),
        kind=kind,
        size=int(size, 0),
        weak=binding == "WEAK",
        defined=section != "UND",
    )
