"""Writes the description for Flatpak beside the archive it is made from, and has it read if possible."""

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import places
import tarball

MANIFEST = places.PACKAGING / "linux" / "flatpak" / f"{places.APP_ID}.yml"
_READER = "flatpak-builder"


def main(arguments: Sequence[str]) -> int:
    """Carry out ``flatpak``."""
    parser = argparse.ArgumentParser(prog="packaging/makers flatpak", description=__doc__)
    parser.add_argument("--to", type=Path, default=places.OUT, metavar="DIR", help="where the archive is")
    given = parser.parse_args(arguments)
    made = write(given.to)
    if shutil.which(_READER):
        read(made)
        print(f"{made}: read by {_READER}")
    else:
        print(f"{made}: not read, as there is no {_READER} here")
    return 0


def write(folder: Path) -> Path:
    """The description, with the archive's name and sum. Raises ``Stopped`` where there is no archive."""
    archive = folder / tarball.file_name()
    if not archive.is_file():
        raise places.Stopped(f"{archive} is not there: please make it first (tar).")
    with archive.open("rb") as file:
        told = hashlib.file_digest(file, "sha256").hexdigest()
    text = MANIFEST.read_text(encoding="utf-8").replace("@ARCHIVE@", archive.name).replace("@SHA256@", told)
    made = folder / MANIFEST.name
    made.write_text(text, encoding="utf-8")
    return made


def read(manifest: Path) -> dict[str, Any]:
    """What flatpak-builder understands of it. Raises ``Stopped`` when it refuses."""
    with tempfile.TemporaryDirectory(prefix="flatpak-") as place:  # it leaves a folder where it runs
        told = places.output([_READER, "--show-manifest", manifest.absolute()], cwd=Path(place))
    found: dict[str, Any] = json.loads(told)
    return found
