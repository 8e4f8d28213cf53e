"""Makes every package twice and tells each difference, with the place it comes from."""

import hashlib
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import places

_KEPT = places.BUILD / "twice"


def main(arguments: Sequence[str]) -> int:
    """Carry out ``twice``; 0 when both times gave the same. ``--again`` takes what is there as the first."""
    if "--again" not in arguments:
        _make()
    first = {"folder": state(places.FROZEN), "packages": state(places.OUT)}
    shutil.rmtree(_KEPT, ignore_errors=True)
    shutil.copytree(places.OUT, _KEPT)
    _make()
    found = differences(first["folder"], state(places.FROZEN), first["packages"], state(places.OUT))
    same = f"Twice the same: {len(first['packages'])} files, and the folder they are made from."
    print("\n".join(found) or same)
    return 1 if found else 0


def differences(
    folder: Mapping[str, str],
    folder_again: Mapping[str, str],
    made: Mapping[str, str],
    made_again: Mapping[str, str],
) -> list[str]:
    """A line for each file that is not the same in both, the program first: packages are made from it."""
    inner = _unlike(folder, folder_again)
    outer = _unlike(made, made_again)
    lines = [f"in the program: {name}: {how}" for name, how in inner]
    cause = "because the program differs" if inner else "though the program is the same, so by its own maker"
    return lines + [f"{name}: {how}, {cause}" for name, how in outer]


def _unlike(first: Mapping[str, str], second: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for name in sorted(first.keys() | second.keys()):
        if name not in first or name not in second:
            found.append((name, "only the second time" if name not in first else "only the first time"))
        elif first[name] != second[name]:
            found.append((name, "other bytes, rights or time"))
    return found


def state(folder: Path) -> dict[str, str]:
    """What each file of a folder is: its bytes and rights; of the folder the times as well."""
    found = {}
    for file in sorted(folder.rglob("*")):
        about = file.lstat()
        told = hashlib.sha256(f"{about.st_mode:o}".encode())
        if file.is_symlink():
            told.update(bytes(file.readlink()))
        elif file.is_file():
            told.update(file.read_bytes())
        if folder == places.FROZEN and not file.is_dir():
            told.update(str(int(about.st_mtime)).encode())
        found[file.relative_to(folder).as_posix()] = told.hexdigest()
    return found


def _make() -> None:
    shutil.rmtree(places.OUT, ignore_errors=True)
    places.run([sys.executable, Path(__file__).parent, "all"])
