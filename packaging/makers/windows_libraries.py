"""Takes out of the program for Windows what the app never calls, by the list that lean.py has for Linux."""

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import lean
import pe
import places

GCC: Final = "x86_64-w64-mingw32-gcc"
_DATA: Final = 4096
_FOLDERS: Final = {"av.libs": "av.libs", "pillow_heif.libs": "."}
"""Where the wheels for Windows have the same; Pillow's has everything inside its modules."""

_NOT_HERE: Final = {"gnutls"}
"""On Windows FFmpeg takes the system's TLS."""

_LIBRARY: Final = re.compile(r"(?:lib)?(\w+?)(?:-\d+)*-[0-9a-f]{32}\.dll")


def trim(folder: Path) -> None:
    """Put stand-ins into ``folder``, and remove what is then needed by nothing. Raises ``Stopped``."""
    site = folder / "site"
    there = pe.below(site)
    for library in _uncalled(site):
        exports = there[library].exports
        asked = asked_of(library.name, there.values())
        unknown = asked - exports.keys()
        if unknown:
            raise places.Stopped(f"{library.name} does not have {min(unknown)}")
        stand_in(library, {name: exports[name] for name in asked})
    _remove_unneeded(site)


def asked_of(library: str, users: Iterable[pe.Pe]) -> frozenset[str]:
    """Every name that any of them asks a library for."""
    return frozenset(name for user in users for name in user.imports.get(library.lower(), ()))


def stand_in(file: Path, names: Mapping[str, bool]) -> None:
    """Make a library that has these names and answers 0; each is said with whether it can be called."""
    lines = [_function(name) if names[name] else f"char {name}[{_DATA}];\n" for name in sorted(names)]
    exports = [f"    {name}{'' if names[name] else ' DATA'}" for name in sorted(names)]
    with tempfile.TemporaryDirectory(prefix="stand-in-") as name:
        source, definition = Path(name) / "stand-in.c", Path(name) / "stand-in.def"
        begin = "int __stdcall begin(void *a, unsigned b, void *c) { return 1; }\n"
        source.write_text(begin + "".join(lines), encoding="ascii")
        said = [f'LIBRARY "{file.name}"', "EXPORTS", *exports]
        definition.write_text("\n".join(said) + "\n", encoding="ascii")
        places.run(
            [GCC, "-shared", "-O2", "-w", "-fno-builtin", "-nostdlib", "-s", "-Wl,-e,begin",
             "-Wl,--no-insert-timestamp", "-o", file, source, definition],
            quiet=True,
        )  # fmt: skip


def is_uncalled(name: str) -> bool:
    """Whether a file is called like a library that has a stand-in; ``name`` is its path below the wheels."""
    folder, _, file = name.rpartition("/")
    called = _LIBRARY.fullmatch(file)
    where = next((each for each, place in _FOLDERS.items() if place == (folder or ".")), None)
    return called is not None and where is not None and called[1] in lean.UNCALLED[where]


def _function(name: str) -> str:
    if name.endswith(("_configuration", "_license")):  # asked when PyAV is imported: texts
        return f'const char *{name}(void) {{ return ""; }}\n'
    return f"void *{name}(void) {{ return 0; }}\n"


def _uncalled(site: Path) -> list[Path]:
    found: list[Path] = []
    for where, folder in _FOLDERS.items():
        files = (site / folder).iterdir()
        there = {name[1]: file for file in files if (name := _LIBRARY.fullmatch(file.name))}
        names = lean.UNCALLED[where].keys() - _NOT_HERE
        if not names <= there.keys():
            gone = ", ".join(sorted(names - there.keys()))
            raise places.Stopped(f"no wheel for Windows brings these any more: {gone}")
        found += [there[name] for name in sorted(names)]
    return found


def _remove_unneeded(site: Path) -> None:
    """A library that only others need is kept when one of them is. Modules and plugins are all kept."""
    there = pe.below(site)
    by_name: dict[str, list[pe.Pe]] = {}
    for each in there.values():
        by_name.setdefault(each.file.name.lower(), []).append(each)
    first = [each for each in there.values() if not _is_library(each.file, site)]
    kept = lean.reached(first, by_name, lambda each: each.imports)
    for file in there.keys() - kept:
        file.unlink()


def _is_library(file: Path, site: Path) -> bool:
    """Brought by a wheel for others alone. Modules end otherwise, and plugins have a folder of theirs."""
    return file.suffix.lower() == ".dll" and "plugins" not in file.relative_to(site).parts
