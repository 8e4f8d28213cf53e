"""Takes out of the frozen folder what the app never calls: encoders, TLS, microphones, what nothing needs.

The wheels of FFmpeg and of libheif are made for everybody: half of what they weigh writes video, which this
app never does, and a part reaches the network and the microphone, which it must not do. Libraries that stay
name those that go, and would not load without them. In the place of each stands one of the same name, a few
kilobytes large, whose functions do nothing and answer 0. What then is needed by nothing is removed.

tests/packaging decodes every picture and recording of the project's collection with what is left.
"""

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, Protocol, TypeVar

import elf
import places


class OneFile(Protocol):
    """What is known of a program or library, of whatever system."""

    @property
    def file(self) -> Path:
        """Where it lies."""


T = TypeVar("T", bound=OneFile)

UNCALLED: Final = {
    "av.libs": {
        "x265": "writes H.265; reading it is FFmpeg's own",
        "x264": "writes H.264",
        "SvtAv1Enc": "writes AV1",
        "vpx": "writes VP8 and VP9; reading them is FFmpeg's own",
        "mp3lame": "writes MP3",
        "webp": "writes WebP",
        "webpmux": "writes WebP",
        "vpl": "video on Intel's processors, with drivers of the computer",
        "gnutls": "TLS, for protocols of the network",
        "avdevice": "microphones, cameras and the screen as a source",
    },
    "pillow_heif.libs": {"x265": "writes HEIC; reading it is libde265's"},
    "pillow.libs": {"xcb": "pictures of the screen", "openjp2": "JPEG 2000, which the app refuses"},
}
"""The libraries of wheels that a stand-in takes the place of, and what each was there for."""

_SAYS: Final = {"avdevice_configuration", "avdevice_license", "opj_version"}
"""Asked for a text when PyAV and Pillow are imported, where none at all would end the program."""

_ICU: Final = "libicudata.so."
_ICU_KEPT: Final = re.compile(
    r"coll/.+|zone/(root|pool|res_index|tzdbNames)\.res|[^/]+\.(icu|nrm)"
    r"|(root|pool|res_index|icuver|icustd|keyTypeData|likelySubtags|numberingSystems|supplementalData"
    r"|metaZones|timezoneTypes|windowsZones|zoneinfo64)\.res"
)
"""What the app has Qt ask ICU for: the order of words and the capitals of every language. How dates and
numbers are written Qt knows by itself. What is left out are the words of 800 regions for units, money,
languages, numbers and time zones, and the tables for old ways to write text as bytes."""

_DATA: Final = """\
    .section .note.GNU-stack,"",@progbits
    .section .rodata
    .globl {name}
    .type {name}, @object
    .balign 16
{name}:
    .incbin "{file}"
    .size {name}, . - {name}
"""

_LIBRARY: Final = re.compile(r"lib(.+?)-[0-9a-f]{8}\.so")


def trim(folder: Path) -> None:
    """Put the stand-ins into ``folder``, and remove what is then needed by nothing. Raises ``Stopped``."""
    inside = folder / "_internal"
    there = elf.below(folder)
    for library in _uncalled(inside):
        users = [each.file for each in there.values() if there[library].soname in each.needed]
        stand_in(library, there[library].soname, users)
    for library in inside.rglob(f"{_ICU}*"):
        if not library.is_symlink():
            cut_icu(library)
    _remove_unneeded(folder)


def stand_in(library: Path, soname: str, users: Iterable[Path]) -> None:
    """Replace a library by one that has every name that ``users`` ask it for, and answers 0 to each."""
    asked = {symbol.name for user in users for symbol in elf.symbols(user) if not symbol.defined}
    has = {symbol.name: symbol for symbol in elf.symbols(library) if symbol.defined}
    names = [has[name] for name in sorted(asked & has.keys())]
    with tempfile.TemporaryDirectory(prefix="stand-in-") as name:
        source, versions = Path(name) / "stand-in.c", Path(name) / "versions"
        source.write_text("".join(map(_defined, names)), encoding="utf-8")
        versions.write_text(_version_script(names), encoding="utf-8")
        _link(library, soname, source, f"-Wl,--version-script={versions}")


def cut_icu(library: Path) -> None:
    """Replace ICU's library of data by one with the part of them that Qt asks for."""
    (symbol,) = (each for each in elf.symbols(library) if each.defined and each.kind == "OBJECT")
    with tempfile.TemporaryDirectory(prefix="icu-") as name:
        whole = Path(name) / f"{symbol.name.removesuffix('_dat')}l.dat"
        part, gone, source = Path(name) / "part" / whole.name, Path(name) / "gone.lst", Path(name) / "data.s"
        whole.write_bytes(elf.content(library, symbol))
        listed = places.output(["icupkg", "--list", whole]).split()
        gone.write_text("\n".join(each for each in listed if not _ICU_KEPT.fullmatch(each)), encoding="utf-8")
        part.parent.mkdir()
        places.run(["icupkg", "--remove", gone, whole, part], quiet=True)
        source.write_text(_DATA.format(name=symbol.name, file=part), encoding="utf-8")
        _link(library, library.name, source)


def _link(library: Path, soname: str, source: Path, *more: str) -> None:
    places.run(
        ["gcc", "-shared", "-fPIC", "-O2", "-fno-builtin", "-nostdlib", "-w", "-Wl,--build-id=none",
         f"-Wl,-soname,{soname}", "-Wl,-z,noexecstack,-z,relro,-z,now", *more, "-o", library, source],
        quiet=True,
    )  # fmt: skip


def _uncalled(inside: Path) -> list[Path]:
    found: list[Path] = []
    for where, names in UNCALLED.items():
        files = {file: _LIBRARY.match(file.name) for file in sorted((inside / where).iterdir())}
        there = {name[1]: file for file, name in files.items() if name}
        if not names.keys() <= there.keys():
            gone = ", ".join(sorted(names.keys() - there.keys()))
            raise places.Stopped(f"lean.py names libraries that {where} does not have any more: {gone}")
        found += [there[name] for name in names]
    return found


def _defined(symbol: elf.Symbol) -> str:
    if symbol.kind == "OBJECT":
        return f"char {symbol.name}[{max(symbol.size, 8)}] __attribute__((aligned(16)));\n"
    if symbol.name in _SAYS:
        return f'const char *{symbol.name}(void) {{ return ""; }}\n'
    return f"void *{symbol.name}(void) {{ return 0; }}\n"


def _version_script(names: Iterable[elf.Symbol]) -> str:
    versions: dict[str, list[str]] = {}
    for symbol in names:
        versions.setdefault(symbol.version, []).append(symbol.name)
    plain = versions.pop("", [])
    if not versions:
        return f"{{ global: {' '.join(f'{name};' for name in sorted(plain))} local: *; }};\n"
    parts = [
        f"{version} {{ global: {' '.join(f'{name};' for name in sorted(versions[version]))} }};\n"
        for version in sorted(versions)
    ]
    return "".join(parts)


def _remove_unneeded(folder: Path) -> None:
    """A library is kept when something that is kept needs it. Modules, plugins and programs are all kept."""
    there = elf.below(folder)
    by_name: dict[str, list[elf.Elf]] = {}
    for each in there.values():
        for name in {each.file.name, each.soname}:
            by_name.setdefault(name, []).append(each)
    inside = folder / "_internal"
    at_first = [file for file in there if inside not in file.parents or not is_library(inside, file)]
    kept = reached([there[file] for file in at_first], by_name, lambda each: each.needed)
    for file in there.keys() - kept:
        file.unlink()
    for link in folder.rglob("*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def reached(
    first: Iterable[T], by_name: Mapping[str, Iterable[T]], needs: Callable[[T], Iterable[str]]
) -> set[Path]:
    """The files of these, and of everything that they need by its name, directly or not."""
    waiting = list(first)
    found = {each.file for each in waiting}
    while waiting:
        for name in needs(waiting.pop()):
            for each in by_name.get(name, ()):
                if each.file not in found:
                    found.add(each.file)
                    waiting.append(each)
    return found


def is_library(inside: Path, file: Path) -> bool:
    """Whether it is there for others to load; a module, a plugin and Python itself are loaded by name."""
    place = file.relative_to(inside).parent
    at_top = place == Path() and file.name.startswith("lib") and not file.name.startswith("libpython")
    return at_top or place.name.endswith(".libs") or place == Path("PySide6/Qt/lib")
