"""Which parts of the wheels for Windows are shipped: by the rules of the Linux bundle, under other names."""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any, Final

import places

_SPEC: Final = places.PACKAGING / "memorybook.spec"
_QT: Final = places.PACKAGING / "qt-modules.txt"

LINUX_ALONE: Final = {
    "QtDBus": "the way to the session of a Linux desktop",
    "libQt6DBus": "the same",
    "libQt6XcbQpa": "windows on X",
    "libQt6WaylandClient": "windows on Wayland",
    "libicui18n": "on Windows it is a part of the system",
    "libicuuc": "on Windows it is a part of the system",
    "libicudata": "on Windows it is a part of the system",
    "platforms/libqwayland": "windows on Wayland",
    "wayland-shell-integration/libxdg-shell": "windows on Wayland",
    "wayland-decoration-client/libadwaita": "windows on Wayland",
    "wayland-decoration-client/libbradient": "windows on Wayland",
    "platforminputcontexts/libcomposeplatforminputcontextplugin": "on Windows it is a part of the system",
    "platforminputcontexts/libibusplatforminputcontextplugin": "on Windows it is a part of the system",
}
"""What packaging/qt-modules.txt names and Windows does not have, or has itself."""

_CALLED_OTHERWISE: Final = {"platforms/libqxcb": "platforms/qwindows"}

_NOT_OF_PYTHON: Final = {
    "python.exe", "pythonw.exe", "python.cat",  # the program has its own start
    "_ssl.pyd", "libssl-3.dll", "_sqlite3.pyd", "sqlite3.dll",
    "_socket.pyd",  # nothing here speaks to another computer, and so nothing can
    "_asyncio.pyd", "_overlapped.pyd", "_multiprocessing.pyd", "winsound.pyd",
    "_wmi.pyd",  # asks another process for the name of Windows; Python knows it without
}  # fmt: skip
_NO_PROGRAM: Final = {
    ".pyi", ".pxd", ".pxi", ".pyx", ".h", ".hpp", ".c", ".cpp", ".lib", ".a", ".obj", ".exe", ".typed",
    ".md", ".rst", ".pyc", ".cmake", ".bash", ".zsh",
}  # fmt: skip
_NO_FOLDERS: Final = {"tests", "test", "__pycache__", "include", "includes", "bin"}
_TRANSLATIONS: Final = re.compile(r"qtbase_(es|de|fr|it)\.qm")

OF_WINDOWS: Final = frozenset({
    "advapi32", "authz", "bcrypt", "bcryptprimitives", "combase", "comdlg32", "crypt32", "d3d11", "d3d12",
    "d3d9", "dwmapi", "dwrite", "dxgi", "gdi32", "icuuc", "imm32", "iphlpapi", "kernel32", "mpr", "mscms",
    "msvcrt", "ncrypt", "netapi32", "ntdll", "ole32", "oleaut32", "psapi", "rpcrt4", "secur32", "setupapi",
    "shell32", "shlwapi", "uiautomationcore", "user32", "userenv", "uxtheme", "version", "winmm", "ws2_32",
    "wtsapi32",
})  # fmt: skip
"""What every Windows 10 since 1809 has. Microsoft's C++ library is not in it, and is shipped."""

_OF_WINDOWS_TOO: Final = re.compile(r"api-ms-win-[a-z0-9-]+")
_NETWORK: Final = re.compile(
    r"Qt6?(Network|Qml|Quick|Pdf|VirtualKeyboard|Sql|WebEngine)|libssl|_ssl\b|opengl32sw|qopenssl|qschannel"
)
_SITE: Final = "site"
_WHEELS: Final = {"hunspell": "chunspell"}
"""Where a package is not called like its wheel."""

_QT_FOLDERS: Final = ("PySide6", "shiboken6")


@dataclass(frozen=True)
class Qt:
    """Files below the PySide6 package."""

    modules: frozenset[str]
    libraries: frozenset[str]
    plugins: frozenset[str]


def qt(text: str | None = None) -> Qt:
    """What packaging/qt-modules.txt means on Windows."""
    found: dict[str, set[str]] = {"module": set(), "library": set(), "plugin": set()}
    for line in (_QT.read_text(encoding="utf-8") if text is None else text).splitlines():
        if line and not line.startswith("#"):
            kind, name = line.split()
            if name not in LINUX_ALONE:
                found[kind].add(_on_windows(kind, name))
    return Qt(frozenset(found["module"]), frozenset(found["library"]), frozenset(found["plugin"]))


def _on_windows(kind: str, name: str) -> str:
    name = _CALLED_OTHERWISE.get(name, name)
    if kind == "module":
        return f"{name}.pyd"
    if kind == "library":
        return f"{name.removeprefix('lib')}.dll"
    folder, _, plugin = name.partition("/")
    return f"plugins/{folder}/{plugin.removeprefix('lib')}.dll"


def unwanted_modules() -> frozenset[str]:
    """The Python modules that memorybook.spec leaves out on Windows."""
    return frozenset(_in_spec()["UNWANTED"])


def instead() -> dict[str, Path]:
    """The modules of our own that memorybook.spec puts in the place of others."""
    found: dict[str, Path] = _in_spec()["INSTEAD"]
    return found


@cache
def _in_spec() -> dict[str, Any]:
    """What the spec says of modules when it is read on Windows. Raises ``Stopped``."""
    names = ("STORES", "UNWANTED", "INSTEAD")
    said = {
        ast.unparse(node.targets[0]): node
        for node in ast.parse(_SPEC.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
    }
    if not said.keys() >= set(names):
        raise places.Stopped(f"memorybook.spec does not say {' or '.join(names)}")
    found: dict[str, Any] = {"sys": SimpleNamespace(platform="win32"), "HERE": places.PACKAGING}
    module = ast.Module([said[name] for name in names], type_ignores=[])
    exec(compile(module, _SPEC, "exec"), found)  # noqa: S102 - three lists out of a file of our own
    return found


def is_of_python(name: str) -> bool:
    """Whether a file of the embeddable Python is shipped. Raises nothing."""
    unwanted = name in _NOT_OF_PYTHON or is_unwanted_module(name)
    return not unwanted and not name.endswith("._pth")


def is_wanted(name: str) -> bool:
    """Whether a file of the installed wheels is shipped; ``name`` is its path below them, with ``/``."""
    path = PurePosixPath(name)
    if path.parts[0].endswith(".dist-info") or _NO_FOLDERS.intersection(path.parts[:-1]):
        return False
    if path.suffix in _NO_PROGRAM or path.name.startswith(".") or is_unwanted_module(name):
        return False
    if path.parts[0] == "PySide6":
        return _is_wanted_of_qt(path)
    return True


def is_unwanted_module(name: str) -> bool:
    """Whether a file is, or lies in, a Python module that is shipped nowhere."""
    path = PurePosixPath(name)
    module = ".".join([*path.parts[:-1], path.name.split(".")[0]])
    parts = module.split(".")
    unwanted = unwanted_modules()
    return any(".".join(parts[:length]) in unwanted for length in range(1, len(parts) + 1))


def _is_wanted_of_qt(path: PurePosixPath) -> bool:
    chosen, name = qt(), "/".join(path.parts[1:])
    if path.parts[1] == "translations":
        return bool(_TRANSLATIONS.fullmatch(path.name))
    if len(path.parts) > 2:
        return name in chosen.plugins
    if path.suffix == ".pyd":
        return name in chosen.modules
    if path.name.startswith("Qt6"):
        return name in chosen.libraries
    return path.suffix == ".py" or path.name == "pyside6.abi3.dll" or _is_c_library(path.name)


def _is_c_library(name: str) -> bool:
    """Microsoft's C++ library, which Windows does not have."""
    return bool(re.fullmatch(r"(msvcp140(_[12])?|vcruntime140(_1)?)\.dll", name.lower()))


def missing(user: str, asked: Collection[str], shipped: Collection[str]) -> Iterator[str]:
    """Of the libraries ``asked`` for by ``user``, those that it would not find.

    Names are paths in the program's folder. A library is found beside the one that asks, beside the program,
    in the folder that a wheel keeps its libraries in, or in Windows.
    """
    there = {name.lower() for name in shipped}
    folders = {"", f"{PurePosixPath(user).parent}/", *_folders_of_wheel(PurePosixPath(user))}
    for name in sorted(asked):
        plain = name.lower().removesuffix(".dll")
        if plain in OF_WINDOWS or _OF_WINDOWS_TOO.fullmatch(plain):
            continue
        if not any(f"{folder.lower()}{name.lower()}" in there for folder in folders):
            yield name


def _folders_of_wheel(user: PurePosixPath) -> Iterator[str]:
    if len(user.parts) > 2 and user.parts[0] == _SITE:
        yield f"{_SITE}/{_WHEELS.get(user.parts[1], user.parts[1])}.libs/"
        if user.parts[1] in _QT_FOLDERS:
            yield from (f"{_SITE}/{folder}/" for folder in _QT_FOLDERS)


def reaches_out(file: Path) -> bool:
    """Whether the name of a file is one of those that must never be shipped."""
    return bool(_NETWORK.search(file.name))
