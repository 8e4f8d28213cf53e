"""Makes the AppImage: the program with its own start in front, one file that runs where it lies."""

import hashlib
import os
import platform
import shutil
from collections.abc import Sequence
from pathlib import Path

import desktop_tree
import places
import renewing

SOURCES = places.PACKAGING / "linux" / "appimage"
_MAGIC_AT, _MAGIC = 8, b"AI\x02"  # of AppImages of type 2: in a part of the ELF header that nobody reads
_LINKED = ("libsquashfuse-dev", "libzstd-dev", "libc6-dev")
"""Debian's packages of what is linked into the start; their terms want to be told."""

_COPYRIGHTS = Path("/usr/share/doc")
_COMPILER = [
    "gcc", "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-D_FILE_OFFSET_BITS=64", "-D_FORTIFY_SOURCE=2",
    "-fstack-protector-strong", "-static", "-s", "-Wl,--build-id=none", "-Wl,-z,relro,-z,now",
]  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Carry out ``appimage``."""
    return renewing.command("appimage", __doc__, arguments, build, file_name())


def file_name() -> str:
    """With the kind of computer, as those who offer AppImages expect it."""
    return f"Memory_Book-{places.VERSION}-{platform.machine()}.AppImage"


def build(folder: Path, frozen: Path = places.FROZEN) -> Path:
    """Make the AppImage in ``folder``. The same sources give the same bytes. Raises ``Stopped``."""
    with places.workshop("appimage", frozen) as work:
        tree = work / "tree"
        desktop_tree.install_tree(tree, frozen)
        _to_the_top(tree)
        _tell_terms(tree)
        desktop_tree.settle(tree)
        return places.hand_over(join(tree, work / file_name()), folder)


def join(tree: Path, target: Path, *, level: int = 19) -> Path:
    """Put the start and the image of a folder, which has an ``AppRun``, into one file. Raises ``Stopped``."""
    image = target.with_name(f"{target.name}.image")
    try:
        # In large blocks: all of it is read one time, in order.
        places.run(
            ["mksquashfs", tree, image, "-noappend", "-root-owned", "-no-xattrs", "-no-exports", "-b", "1M",
             "-comp", "zstd", "-Xcompression-level", str(level), "-no-progress", "-quiet"],
            quiet=True,
        )  # fmt: skip
        _compile(image, target)
        with target.open("r+b") as file:
            file.seek(_MAGIC_AT)
            file.write(_MAGIC)
            file.seek(0, os.SEEK_END)
            with image.open("rb") as source:
                shutil.copyfileobj(source, file, 1 << 20)
    finally:
        image.unlink(missing_ok=True)
    target.chmod(0o755)
    return target


def _compile(image: Path, target: Path) -> None:
    """The start of this very image: it knows the length and the digest of what follows it."""
    with image.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).hexdigest()
    told = [f'-DIMAGE_DIGEST="{digest}"', f"-DIMAGE_SIZE={image.stat().st_size}"]
    sources = sorted(SOURCES.glob("*.c"))
    places.run([*_COMPILER, *told, "-o", target, *sources, "-lsquashfuse", "-lzstd"], cwd=SOURCES)


def _to_the_top(tree: Path) -> None:
    """What the start runs, and what file managers and menus look for at the top of an AppImage."""
    share = Path("usr", "share")
    icon = share / "icons" / "hicolor" / "256x256" / "apps" / f"{places.APP_ID}.png"
    entry = share / "applications" / f"{places.APP_ID}.desktop"
    links = {"AppRun": Path("usr", "bin", places.NAME), entry.name: entry, icon.name: icon, ".DirIcon": icon}
    for name, target in links.items():
        if not (tree / target).exists():
            raise places.Stopped(f"{target} is missing.")
        (tree / name).symlink_to(target)


def _tell_terms(tree: Path) -> None:
    documents = tree / "usr" / "share" / "doc" / places.NAME / "appimage"
    documents.mkdir(parents=True)
    for package in _LINKED:
        told = _COPYRIGHTS / package / "copyright"
        if not told.is_file():
            raise places.Stopped(f"{package} is not installed.")
        shutil.copyfile(told, documents / f"{package.removesuffix('-dev')}.copyright")
