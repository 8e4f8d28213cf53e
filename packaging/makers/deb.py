"""Makes the package for Debian and Ubuntu: no network, no root, no maintainer scripts."""

import hashlib
import lzma
import os
import platform
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import changelog
import desktop_tree
import elf
import gate
import licences
import places
import renewing

DEBIAN = places.PACKAGING / "linux" / "debian"

_FILES = ("xkb-data",)
"""Packages of files that the bundled libraries read: how keys are laid out."""

_COMPILERS: dict[tuple[int, ...], str] = {
    (3, 4, 29): "11", (3, 4, 30): "12", (3, 4, 31): "13", (3, 4, 32): "13.1", (3, 4, 33): "14",
}
"""The GCC that brought a version of the C++ library."""

_MAGIC: Final = b"!<arch>\n"
_HEADER: Final = 60

# For the code of these processors xz has a way of its own, which every dpkg reads and dpkg-deb cannot be
# asked for. It saves one byte in sixteen. Nothing of it depends on the computer: it is done in one thread.
_CODE: Final = [{"id": lzma.FILTER_X86}] if platform.machine() == "x86_64" else []
_PACKING: Final = [*_CODE, {"id": lzma.FILTER_LZMA2, "preset": 9}]  # takes 670 MB


def main(arguments: Sequence[str]) -> int:
    """Carry out ``deb``."""
    return renewing.command("deb", __doc__, arguments, build, file_name(), also=maintainer())


def build(folder: Path, *, quick: bool = False) -> Path:
    """Make the package in ``folder``. The same sources give the same bytes. Raises ``Stopped``.

    ``quick`` does not compress it, for a look at what is in it.
    """
    with places.workshop("deb") as work:
        root = work / places.NAME
        root.mkdir()
        desktop_tree.install_tree(root)
        _document(root)
        _control(root)
        desktop_tree.settle(root)
        made = work / file_name()
        places.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", root, made], quiet=True)
        if not quick:
            made.write_bytes(_MAGIC + b"".join(map(_compressed, _members(made.read_bytes()))))
        return places.hand_over(made, folder)


def _members(package: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of an ``ar`` archive, each with what is said before it."""
    place = len(_MAGIC)
    while place < len(package):
        head = package[place : place + _HEADER]
        size = int(head[48:58])
        place += _HEADER
        yield head, package[place : place + size]
        place += size + size % 2


def _compressed(member: tuple[bytes, bytes]) -> bytes:
    head, content = member
    name = head[:16].decode().strip().removesuffix("/")
    if name.endswith(".tar"):
        name += ".xz"
        content = lzma.compress(content, check=lzma.CHECK_CRC32, filters=_PACKING)
    said = f"{name:16}".encode() + head[16:48] + f"{len(content):<10}`\n".encode()
    return said + content + b"\n" * (len(content) % 2)


def file_name() -> str:
    """As Debian names packages."""
    return f"{places.NAME}_{version()}_{architecture()}.deb"


def version() -> str:
    """Of the package: the first one made of this version of the program."""
    return f"{places.VERSION}-1"


def architecture() -> str:
    """Debian's word for this kind of computer; the program is frozen for it alone."""
    return places.output(["dpkg", "--print-architecture"]).strip()


def maintainer() -> str:
    """Who stands behind the package, as Debian's tools are told it. The project has no public address yet."""
    name = os.environ.get("DEBFULLNAME") or "The people who make Memory Book"
    return f"{name} <{os.environ.get('DEBEMAIL') or 'maintainers@memorybook.invalid'}>"


def control(installed_kib: int) -> str:
    """The file that says what the package is and needs."""
    text = (DEBIAN / "control").read_text(encoding="utf-8")
    fields = {
        "VERSION": version(),
        "ARCHITECTURE": architecture(),
        "MAINTAINER": maintainer(),
        "SIZE": str(installed_kib),
        "DEPENDS": ", ".join(depends()),
    }
    for name, value in fields.items():
        text = text.replace(f"@{name}@", value)
    homepage = desktop_tree.project_addresses().get("Homepage")
    return text.replace("Description:", f"Homepage: {homepage}\nDescription:") if homepage else text


def depends(folder: Path = places.FROZEN) -> tuple[str, ...]:
    """What is taken from the computer, as Debian names it. Raises ``Stopped`` for an unnamed library."""
    parts = elf.below(folder).values()
    inside = {each.soname for each in parts} | {each.file.name for each in parts}
    outside = {name for each in parts for name in each.needed if not name.startswith("ld-linux")} - inside
    packages = gate.host_libraries()
    nameless = sorted(outside - packages.keys())
    if nameless:
        raise places.Stopped(f"{gate.HOST.name} names no package for {', '.join(nameless)}.")
    found = {packages[name] for name in outside} | set(_FILES)
    versions: dict[str, tuple[int, ...]] = {}
    for kind, number in (version for each in parts for version in each.versions):
        versions[kind] = max(number, versions.get(kind, ()))
    oldest = {"libc6": ".".join(map(str, versions["GLIBC"])), "libstdc++6": _COMPILERS[versions["GLIBCXX"]]}
    return tuple(sorted(f"{name} (>= {oldest[name]})" if name in oldest else name for name in found))


def _document(root: Path) -> None:
    documents = root / "usr" / "share" / "doc" / places.NAME
    documents.mkdir(parents=True)
    (documents / "changelog.Debian.gz").write_bytes(desktop_tree.packed(changelog.debian(maintainer())))
    (documents / "copyright").write_text(licences.copyright_text(), encoding="utf-8")
    overrides = root / "usr" / "share" / "lintian" / "overrides" / places.NAME
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(DEBIAN / "lintian-overrides", overrides)


def _control(root: Path) -> None:
    files = sorted(file for file in (root / "usr").rglob("*") if file.is_file() and not file.is_symlink())
    folders = sum(1 for file in (root / "usr").rglob("*") if file.is_dir() or file.is_symlink())
    kib = sum(-(-file.stat().st_size // 1024) for file in files) + folders  # as dpkg-gencontrol counts
    about = root / "DEBIAN"
    about.mkdir()
    (about / "control").write_text(control(kib), encoding="utf-8")
    sums = [f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(root)}\n" for file in files]  # noqa: S324
    (about / "md5sums").write_text("".join(sums), encoding="utf-8")
