"""Makes the program as one folder that needs no Python: with PyInstaller, in an environment of its own."""

import argparse
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import faces
import lean
import licences
import parts
import places

_SPEC: Final = "packaging/memorybook.spec"
_LISTS: Final = (places.LOCKED / "runtime.txt", places.LOCKED / "package.txt")
_MADE_OF: Final = (
    "src/memorybook",
    "resources",
    "LICENSE",
    _SPEC,
    "packaging/qt-modules.txt",
    "packaging/instead",
    "packaging/licences",
    "packaging/locked/runtime.txt",
    "packaging/locked/package.txt",
    "packaging/makers/elf.py",
    "packaging/makers/faces.py",
    "packaging/makers/frozen.py",
    "packaging/makers/icons.py",
    "packaging/makers/lean.py",
    "packaging/makers/licences.py",
    "packaging/makers/macos.py",
    "packaging/makers/parts.py",
    "packaging/makers/places.py",
    "packaging/macos/Info.plist",
)
_LEFT_OUT = {"__pycache__"}


def main(arguments: Sequence[str]) -> int:
    """Carry out ``freeze``."""
    parser = argparse.ArgumentParser(prog="packaging/makers freeze", description=__doc__)
    parser.add_argument("--if-needed", action="store_true", help="not when nothing it is made of has changed")
    parser.add_argument("--to", type=Path, default=places.FROZEN, metavar="DIR", help="the folder")
    given = parser.parse_args(arguments)
    with _alone():
        if given.if_needed and is_made_of(given.to, digest()):
            print(f"{given.to} is there, and nothing it is made of has changed.")
            return 0
        freeze(given.to)
    print(f"{given.to}: {size(given.to) / 1e6:.1f} MB")
    return 0


def digest(root: Path = places.ROOT) -> str:
    """One number for everything that the folder is made of: when it is the same, so is the folder."""
    told = hashlib.sha256(f"{sys.version} {sys.platform} {_python()}".encode())
    for name in _MADE_OF:
        for file in _files(root / name):
            told.update(f"{file.relative_to(root)}\0".encode())
            told.update(hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()


def is_made_of(folder: Path, key: str) -> bool:
    """Whether the folder is there and was made of what ``digest`` said."""
    stamp = _stamp(folder)
    return folder.is_dir() and stamp.is_file() and stamp.read_text(encoding="utf-8") == key


def size(folder: Path) -> int:
    """What the files of a folder take, in bytes, without what a file system adds."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def freeze(target: Path) -> None:
    """Make ``target`` anew. It is put into its place when it is whole. Raises ``Stopped``.

    What it is made of is copied first: a file that is saved in the meantime goes in wholly or not at all.
    """
    python = environment()
    work = target.with_name(f"{target.name}.making")
    shutil.rmtree(work, ignore_errors=True)
    _copy(work / "source")
    key = digest(work / "source")
    places.run(
        [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR",
         "--workpath", work / "work", "--distpath", work / "made", work / "source" / _SPEC],
        cwd=work / "source",
        more={"PYINSTALLER_CONFIG_DIR": str(work / "config")},
    )  # fmt: skip
    made = work / "made" / places.NAME
    if sys.platform == "linux":
        lean.trim(made)
        _strip(made)
        faces.trim(made / "_internal")
        licences.write(made, parts.site_packages())
    _settle(made)
    _stamp(target).unlink(missing_ok=True)
    if target.exists():
        target.rename(work / "before")
    made.rename(target)
    app = f"{places.TITLE}.app"
    if sys.platform == "darwin":
        shutil.rmtree(target.with_name(app), ignore_errors=True)
        (work / "made" / app).rename(target.with_name(app))
    _stamp(target).write_text(key, encoding="utf-8")
    shutil.rmtree(work)


def environment() -> Path:
    """The Python of the environment that the program is frozen in, made or renewed when its lists changed."""
    told = hashlib.sha256(b"".join(each.read_bytes() for each in _LISTS) + _python().encode()).hexdigest()
    stamp = places.VENV / ".made-of"
    python = places.VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != told:
        print(f"Making {places.VENV}", flush=True)
        places.run([_python(), "-m", "venv", "--clear", places.VENV])
        places.run(
            [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes",
             "--only-binary", ":all:", *(word for each in _LISTS for word in ("-r", str(each)))]
        )  # fmt: skip
        stamp.write_text(told, encoding="utf-8")
    return python


@contextmanager
def _alone() -> Iterator[None]:
    """Inside, no other freezing of this checkout goes on: that is waited for, and may have done it all."""
    places.BUILD.mkdir(parents=True, exist_ok=True)
    with (places.BUILD / ".freezing").open("w") as held:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _python() -> str:
    """The Python that this environment was made with: the new one has nothing to do with this one."""
    base: str = getattr(sys, "_base_executable", sys.executable)
    return base


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for file in sorted(place.rglob("*")):
        if file.is_file() and not _LEFT_OUT.intersection(file.parts):
            yield file


def _copy(to: Path) -> None:
    for name in _MADE_OF:
        place = places.ROOT / name
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        if place.is_file():
            shutil.copyfile(place, to / name)
        else:
            shutil.copytree(place, to / name, ignore=shutil.ignore_patterns(*_LEFT_OUT), dirs_exist_ok=True)


def _strip(folder: Path) -> None:
    """Take the symbols out of the libraries. Never out of the program: its archive hangs on its end."""
    libraries = [file for file in sorted(folder.rglob("*.so*")) if places.is_elf(file)]
    places.run(["strip", "--strip-unneeded", "--enable-deterministic-archives", *libraries])


def _settle(folder: Path) -> None:
    """Let rights and times say nothing of the machine or of the person."""
    epoch = places.source_date_epoch()
    for file in [*folder.rglob("*"), folder]:
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() or os.access(file, os.X_OK) else 0o644)
        os.utime(file, (epoch, epoch), follow_symlinks=False)


def _stamp(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.made-of")
