"""Packs the sources of the packages: whoever gets the program gets them from the same place."""

import lzma
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import places

FILE: Final = f"{places.NAME}-{places.VERSION}-source.tar.xz"


def main(arguments: Sequence[str]) -> int:
    """Carry out ``source``."""
    target = Path(arguments[0]) if arguments else places.OUT / FILE
    print(write(target))
    if places.output(["git", "-C", places.ROOT, "status", "--porcelain", "--untracked-files=no"]):
        print("Files were changed since the last commit: these are not the sources of what is packaged now.")
    return 0


def write(target: Path) -> Path:
    """Pack what the last commit holds, always the same for one. Raises ``Stopped`` outside a checkout."""
    target.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["git", "-C", str(places.ROOT), "-c", "core.autocrlf=false", "archive", "--format=tar",
         f"--prefix={places.NAME}-{places.VERSION}/", "HEAD"],
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise places.Stopped("The sources are packed from a git checkout, and this is none.")
    target.write_bytes(lzma.compress(done.stdout, preset=6))
    return target
