"""What Windows programs and libraries say of themselves: the libraries they ask for, and the names."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import places

_RUNS: Final = 0x20000000
_EXPORTS, _IMPORTS, _LATE_IMPORTS = 0, 1, 13
_SUFFIXES: Final = {".dll", ".pyd", ".exe", ".com"}
_ADDRESS: Final = 1 << 63
"""Set where a name is asked for by number."""


@dataclass(frozen=True)
class Pe:
    """One 64-bit program or library."""

    file: Path
    imports: dict[str, frozenset[str]] = field(repr=False)
    """Library, in lower case, and the names that are asked of it."""
    exports: dict[str, bool] = field(repr=False)
    """The names it has for others, and whether each can be called; else it is data."""
    stamp: int
    """When it was linked, as it says itself; many write something else there."""


@dataclass(frozen=True)
class _Section:
    start: int
    length: int
    offset: int
    runs: bool


def below(folder: Path) -> dict[Path, Pe]:
    """Every program and library in a folder. Raises ``Stopped``."""
    files = (file for file in sorted(folder.rglob("*")) if file.suffix.lower() in _SUFFIXES)
    return {file: read(file) for file in files}


def read(file: Path) -> Pe:
    """What a file says of itself. Raises ``Stopped`` where it is none of these."""
    data = file.read_bytes()
    try:
        return _read(file, data)
    except (struct.error, ValueError, IndexError, UnicodeDecodeError):
        raise places.Stopped(f"{file.name} is no 64-bit program or library for Windows") from None


def _read(file: Path, data: bytes) -> Pe:
    (start,) = struct.unpack_from("<I", data, 0x3C)
    machine, count, stamp, _, _, optional, _ = struct.unpack_from("<HHIIIHH", data, start + 4)
    if data[start : start + 4] != b"PE\0\0" or machine != 0x8664:
        raise ValueError
    (magic,) = struct.unpack_from("<H", data, start + 24)
    if magic != 0x20B:
        raise ValueError
    sections = []
    for each in range(count):
        at = start + 24 + optional + 40 * each
        size, address, held, offset = struct.unpack_from("<IIII", data, at + 8)
        (kind,) = struct.unpack_from("<I", data, at + 36)
        sections.append(_Section(address, max(size, held), offset, bool(kind & _RUNS)))
    image = _Image(data, tuple(sections), start + 24 + 112)
    imports: dict[str, set[str]] = {}
    for library, names in [*image.imports(), *image.late_imports()]:
        imports.setdefault(library.lower(), set()).update(names)
    return Pe(file, {name: frozenset(asked) for name, asked in imports.items()}, dict(image.exports()), stamp)


@dataclass(frozen=True)
class _Image:
    data: bytes
    sections: tuple[_Section, ...]
    directories: int

    def imports(self) -> Iterator[tuple[str, list[str]]]:
        at = self._directory(_IMPORTS)
        while at:
            names, _, _, library, places_ = struct.unpack_from("<IIIII", self.data, at)
            if not library:
                return
            yield self._text(library), list(self._asked(names or places_))
            at += 20

    def late_imports(self) -> Iterator[tuple[str, list[str]]]:
        at = self._directory(_LATE_IMPORTS)
        while at:
            _, library, _, _, names = struct.unpack_from("<IIIII", self.data, at)
            if not library:
                return
            yield self._text(library), list(self._asked(names))
            at += 32

    def exports(self) -> Iterator[tuple[str, bool]]:
        at = self._directory(_EXPORTS)
        if not at:
            return
        count, functions, names, numbers = struct.unpack_from("<IIII", self.data, at + 24)
        for each in range(count):
            (name,) = struct.unpack_from("<I", self.data, self._offset(names) + 4 * each)
            (number,) = struct.unpack_from("<H", self.data, self._offset(numbers) + 2 * each)
            (address,) = struct.unpack_from("<I", self.data, self._offset(functions) + 4 * number)
            yield self._text(name), self._section(address).runs

    def _asked(self, table: int) -> Iterator[str]:
        at = self._offset(table)
        while True:
            (entry,) = struct.unpack_from("<Q", self.data, at)
            if not entry:
                return
            if not entry & _ADDRESS:
                yield self._text(entry + 2)
            at += 8

    def _directory(self, number: int) -> int:
        (address,) = struct.unpack_from("<I", self.data, self.directories + 8 * number)
        return self._offset(address) if address else 0

    def _section(self, address: int) -> _Section:
        for each in self.sections:
            if each.start <= address < each.start + each.length:
                return each
        raise ValueError

    def _offset(self, address: int) -> int:
        section = self._section(address)
        return address - section.start + section.offset

    def _text(self, address: int) -> str:
        at = self._offset(address)
        return self.data[at : self.data.index(b"\0", at)].decode("ascii")
