"""Makes the package for Fedora and openSUSE with nfpm: from the same tree as the .deb, without scripts."""

import datetime
import json
import platform
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import desktop_tree
import elf
import places
import renewing

_RELEASE: Final = "1"
_NFPM: Final = places.VENV / "bin" / "nfpm"
_ARCHITECTURES: Final = {"x86_64": "amd64", "aarch64": "arm64"}
"""nfpm's words for what ``uname -m`` says."""

_OWN: Final = ("usr/lib/memorybook", "usr/share/doc/memorybook", "usr/share/licenses/memorybook")
"""Folders that are there for this package alone, and go with it."""

_OF_THE_C_LIBRARY: Final = {
    "libm.so.6", "libmvec.so.1", "libdl.so.2", "librt.so.1", "libpthread.so.0", "libutil.so.1",
}  # fmt: skip
"""Always come with libc.so.6, which is required by its version."""

_VERSIONED: Final = {"libc.so.6": "GLIBC", "libstdc++.so.6": "GLIBCXX", "libgcc_s.so.1": "GCC"}
"""Libraries that are told apart by the versions of their symbols, as RPM writes them down."""

_FILES: Final = ("xkeyboard-config",)
"""What is read and not linked: the keyboards' layouts."""

_WELCOME: Final = ("at-spi2-core", "libpulse.so.0()(64bit)")
"""Reading aloud, and sound; the program starts without."""

_SUMMARY: Final = "Private, encrypted memory book for bereaved parents"
_DESCRIPTION: Final = """\
A place on this computer to keep the memory of a baby: letters and pages,
photographs, recordings, keepsakes, days that matter. What is put in is
encrypted and never leaves the computer. When it is wanted, it becomes a PDF
to be printed.

Books belong to those who made them and are no part of this package. When it
is removed, every book and every copy stays where it is: in the folder that
was chosen, at first "Memory Book" and "Memory Book copies" among the
documents."""


def main(arguments: Sequence[str]) -> int:
    """Carry out ``rpm``."""
    return renewing.command("rpm", __doc__, arguments, build, file_name())


def file_name() -> str:
    """As RPM names packages."""
    return f"{places.NAME}-{places.VERSION}-{_RELEASE}.{platform.machine()}.rpm"


def build(folder: Path, frozen: Path = places.FROZEN) -> Path:
    """Make the package in ``folder``. The same sources give the same bytes. Raises ``Stopped``."""
    with places.workshop("rpm", frozen) as work:
        tree = work / "tree"
        desktop_tree.install_tree(tree, frozen)
        terms = tree / _OWN[-1]
        terms.mkdir(parents=True)
        shutil.copyfile(places.ROOT / "LICENSE", terms / "LICENSE")
        desktop_tree.settle(tree)
        told = work / "nfpm.yaml"
        told.write_text(json.dumps(description(tree, frozen)), encoding="utf-8")  # JSON is YAML
        made = work / file_name()
        places.run([_NFPM, "package", "--config", told, "--packager", "rpm", "--target", made], quiet=True)
        return places.hand_over(made, folder)


def description(tree: Path, frozen: Path) -> dict[str, Any]:
    """What nfpm is told: the package, what it needs, and every file with its rights and time."""
    time = datetime.datetime.fromtimestamp(places.source_date_epoch(), datetime.UTC).isoformat()
    told: dict[str, Any] = {
        "name": places.NAME,
        "arch": _ARCHITECTURES.get(platform.machine(), platform.machine()),
        "platform": "linux",
        "version": places.VERSION,
        "release": _RELEASE,
        "maintainer": "The people who make Memory Book <maintainers@memorybook.invalid>",
        "vendor": "The people who make Memory Book",
        "description": _DESCRIPTION,
        "license": "GPL-3.0-or-later",
        "mtime": time,
        "disable_globbing": True,
        "depends": requires(elf.below(frozen).values()),
        "recommends": list(_WELCOME),
        "contents": list(_contents(tree, time)),
        "rpm": {
            "group": "Applications/Productivity",
            "summary": _SUMMARY,
            "compression": "zstd:19",
            "buildhost": "reproducible",
        },
    }
    homepage = desktop_tree.project_addresses().get("Homepage")
    return {**told, "homepage": homepage} if homepage else told


def requires(found: Iterable[elf.Elf]) -> list[str]:
    """The libraries that are taken from the computer, by their names: these are the same on every system."""
    parts = list(found)
    inside = {each.soname for each in parts} | {each.file.name for each in parts}
    outside = {name for each in parts for name in each.needed} - inside - _OF_THE_C_LIBRARY
    asked: dict[str, tuple[int, ...]] = {}
    for each in parts:
        for kind, number in each.versions:
            asked[kind] = max(number, asked.get(kind, ()))
    lines = set(_FILES)
    for name in outside:
        if name.startswith("ld-linux"):
            continue
        kind = _VERSIONED.get(name, "")
        version = f"{kind}_{'.'.join(map(str, asked[kind]))}" if kind in asked else ""
        lines.add(f"{name}({version})(64bit)")
    return sorted(lines)


def _contents(tree: Path, time: str) -> Iterator[dict[str, Any]]:
    for file in sorted(tree.rglob("*")):
        name = str(file.relative_to(tree))
        rights = {"owner": "root", "group": "root", "mtime": time}
        if file.is_symlink():
            yield {"src": str(file.readlink()), "dst": f"/{name}", "type": "symlink", "file_info": rights}
        elif file.is_file():
            rights_of_file = {**rights, "mode": file.stat().st_mode & 0o777}
            yield {"src": str(file), "dst": f"/{name}", "file_info": rights_of_file}
        elif name.startswith(_OWN):
            yield {"dst": f"/{name}", "type": "dir", "file_info": {**rights, "mode": 0o755}}
