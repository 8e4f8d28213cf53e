"""Makes the archive with an installer for one account: no root, no package manager."""

import hashlib
import platform
import shutil
from collections.abc import Sequence
from pathlib import Path

import desktop_tree
import elf
import places
import renewing

INSTALLER = places.PACKAGING / "linux" / "install.sh"
_README = """\
Memory Book {version}, for one account on this computer.

Open a terminal in this folder and give:    sh install.sh
It is then in the menu of programs. To take it away again, books staying where they are:
    sh install.sh --uninstall
"""


def main(arguments: Sequence[str]) -> int:
    """Carry out ``tar``."""
    return renewing.command("tar", __doc__, arguments, build, file_name())


def name() -> str:
    """Of the folder in the archive, and of the archive but for its ending."""
    return f"{places.NAME}-{places.VERSION}-linux-{platform.machine()}"


def file_name() -> str:
    """With the version and the kind of computer."""
    return f"{name()}.tar.xz"


def build(folder: Path, frozen: Path = places.FROZEN, *, level: int = 9) -> Path:
    """Make the archive in ``folder``. The same sources give the same bytes. Raises ``Stopped``."""
    with places.workshop("tar", frozen) as work:
        top = work / name()
        lay_out(top, frozen)
        plain = work / f"{name()}.tar"
        places.run(
            ["tar", "--create", "--file", plain, "--directory", work, "--sort=name", "--format=gnu",
             "--owner=0", "--group=0", "--numeric-owner", f"--mtime=@{places.source_date_epoch()}", name()]
        )  # fmt: skip
        # As many threads everywhere: the packed bytes are not those of one thread.
        code = ["--x86"] if platform.machine() == "x86_64" else []  # as the .deb
        places.run(["xz", "--threads=2", *code, f"--lzma2=preset={level}", plain])
        return places.hand_over(work / file_name(), folder)


def lay_out(top: Path, frozen: Path) -> None:
    """What is in the archive: the program, what desktops want of it, the installer, and what it checks."""
    shutil.copytree(frozen, top / "program", symlinks=True)
    desktop_tree.install_share(top / "share")
    shutil.copy2(INSTALLER, top / INSTALLER.name)
    (top / "README.txt").write_text(_README.format(version=places.VERSION), encoding="utf-8")
    needs = {"version": places.VERSION, "machine": platform.machine(), "glibc": glibc(frozen)}
    (top / "needs").write_text("".join(f"{key}={value}\n" for key, value in needs.items()), encoding="utf-8")
    desktop_tree.settle(top)
    (top / INSTALLER.name).chmod(0o755)
    files = [file for file in sorted(top.rglob("*")) if file.is_file() and not file.is_symlink()]
    sums = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(top)}\n" for file in files)
    (top / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def glibc(frozen: Path) -> str:
    """The oldest C library that everything in the folder runs with."""
    asked = {said for each in elf.below(frozen).values() for kind, said in each.versions if kind == "GLIBC"}
    return ".".join(map(str, max(asked, default=(2, 0))))
