"""The parts of Qt named in packaging/qt-modules.txt: read, followed to what they need, and set up alone."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import PySide6
import shiboken6

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "packaging" / "qt-modules.txt"
INSTALLED = Path(PySide6.__file__).parent
LIBRARIES = INSTALLED / "Qt" / "lib"
PLUGINS = INSTALLED / "Qt" / "plugins"

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


@dataclass(frozen=True)
class QtSet:
    """Files of the installed PySide6 package."""

    modules: tuple[Path, ...]
    libraries: tuple[Path, ...]
    plugins: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        return (*self.modules, *self.libraries, *self.plugins)


def listed() -> QtSet:
    """What the list names; fails on a name that is not there."""
    found: dict[str, list[Path]] = {"module": [], "library": [], "plugin": []}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, name = line.split()
            found[kind].append(_file(kind, name))
    return QtSet(tuple(found["module"]), tuple(found["library"]), tuple(found["plugin"]))


def _file(kind: str, name: str) -> Path:
    if kind == "module":
        return INSTALLED / f"{name}.abi3.so"
    if kind == "plugin":
        return PLUGINS / f"{name}.so"
    (library,) = LIBRARIES.glob(f"{name}.so.*")
    return library


def needed(file: Path) -> set[str]:
    """The names of the libraries that a file asks the loader for."""
    done = subprocess.run(["readelf", "-dW", str(file)], capture_output=True, text=True, check=True)
    return set(_NEEDED.findall(done.stdout))


def sections(file: Path) -> str:
    """What a library consists of, as readelf lists it."""
    command = ["readelf", "--sections", "--wide", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def closure(files: tuple[Path, ...]) -> set[Path]:
    """Every library of the PySide6 package that these files need, directly or not."""
    found: set[Path] = set()
    waiting = list(files)
    while waiting:
        for name in needed(waiting.pop()):
            library = LIBRARIES / name
            if library.is_file() and library not in found:
                found.add(library)
                waiting.append(library)
    return found


def set_up(folder: Path, *, also: tuple[str, ...] = ()) -> Path:
    """A PySide6 package of the listed parts alone, in a folder for ``PYTHONPATH``; ``also`` more modules."""
    chosen = listed()
    more = tuple(_file("module", name) for name in also)
    package = folder / "PySide6"
    extra = closure(more) - set(chosen.libraries)
    support = [*INSTALLED.glob("*.py"), *INSTALLED.glob("libpyside6.*")]
    for file in (*chosen.files, *more, *extra, *support):
        target = package / file.relative_to(INSTALLED)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    shutil.copytree(Path(shiboken6.__file__).parent, folder / "shiboken6")
    return folder
