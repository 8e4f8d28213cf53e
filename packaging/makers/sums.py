"""SHA-256 sums of everything in dist, and a signature of them by the key of whoever publishes it."""

import argparse
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import places

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = f"{SUMS}.asc"
_FLATPAK: Final = f"{places.APP_ID}.yml"
"""Named after the program alone, as Flatpak wants it; which version it is for stands in it."""


def main(arguments: Sequence[str]) -> int:
    """Carry out ``sums``."""
    parser = argparse.ArgumentParser(prog="packaging/makers sums", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--sign", metavar="KEY", help="sign the sums that are there with this key of gpg")
    what.add_argument("--check", action="store_true", help="hold the files to the sums")
    parser.add_argument("--in", dest="folder", type=Path, default=places.OUT, metavar="DIR")
    given = parser.parse_args(arguments)
    if given.sign:
        check(given.folder)
        print(sign(given.folder, given.sign))
    elif given.check:
        print(f"{check(given.folder)} files are as {given.folder / SUMS} says.")
    else:
        print(write(given.folder))
    return 0


def write(folder: Path) -> Path:
    """Sum up every file in ``folder``. A signature of earlier sums is removed: it would not be of these.

    Raises ``Stopped`` when there is nothing, or something of another version.
    """
    files = _files(folder)
    if not files:
        raise places.Stopped(f"{folder} holds no package.")
    strange = [file.name for file in files if places.VERSION not in _said_of(file)]
    if strange:
        raise places.Stopped(f"Not of version {places.VERSION}, so not for these sums: {', '.join(strange)}")
    (folder / SIGNATURE).unlink(missing_ok=True)
    sums = folder / SUMS
    sums.write_text("".join(f"{_sum(file)}  {file.name}\n" for file in files), encoding="utf-8", newline="\n")
    return sums


def check(folder: Path) -> int:
    """How many files are as the sums say. Raises ``Stopped`` when one is not, is missing or is not listed."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise places.Stopped(f"{folder / SUMS} is not there: `packaging/makers sums` makes it.") from None
    told = {}
    for line in lines:
        said = re.fullmatch(r"([0-9a-f]{64})  ([^/\0]+)", line)
        if said is None:
            raise places.Stopped(f"{folder / SUMS} has a line that is no sum.")
        told[said[2]] = said[1]
    found = {file.name: _sum(file) for file in _files(folder)}
    wrong = sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name))
    if wrong:
        raise places.Stopped(f"Not as {SUMS} says: {', '.join(wrong)}")
    return len(told)


def sign(folder: Path, key: str) -> Path:
    """Sign the sums with a key of gpg, apart from them. Raises ``Stopped`` when gpg does not."""
    signature = folder / SIGNATURE
    made = signature.with_name(f"{SIGNATURE}.making")
    made.unlink(missing_ok=True)
    places.run(
        ["gpg", "--batch", "--local-user", key, "--armor", "--detach-sign", "--output", made, folder / SUMS],
        quiet=True,
    )
    made.replace(signature)
    return signature


def _files(folder: Path) -> list[Path]:
    beside = {SUMS, SIGNATURE, f"{SIGNATURE}.making"}
    return sorted(file for file in folder.glob("*") if file.is_file() and file.name not in beside)


def _said_of(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.name == _FLATPAK else file.name


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
