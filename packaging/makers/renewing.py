"""Makes a package only when something it is made of has changed since the last time."""

import argparse
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import frozen
import places

_BESIDE = ("CHANGELOG.md", "LICENSE", "pyproject.toml")


def command(
    name: str,
    about: str | None,
    arguments: Sequence[str],
    build: Callable[[Path], Path],
    file: str,
    *,
    also: str = "",
) -> int:
    """Carry out the command ``name``, which makes ``file`` in a folder with ``build``. Raises ``Stopped``.

    ``also`` is what goes into it beside what the checkout holds.
    """
    parser = argparse.ArgumentParser(prog=f"packaging/makers {name}", description=about)
    parser.add_argument("--to", type=Path, default=places.OUT, metavar="DIR", help="where it goes")
    parser.add_argument("--if-needed", action="store_true", help="not when nothing it is made of has changed")
    given = parser.parse_args(arguments)
    stamp = places.BUILD / f"{name}.made-of"
    made: Path = given.to / file
    key = _key(made, also)
    if given.if_needed and made.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == key:
        print(f"{made} is there, and nothing it is made of has changed.")
        return 0
    stamp.unlink(missing_ok=True)
    made = build(given.to)
    stamp.write_text(key, encoding="utf-8")
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


def _key(made: Path, also: str) -> str:
    told = hashlib.sha256(f"{made.resolve()} {frozen.digest()} {places.source_date_epoch()} {also}".encode())
    for file in [*(places.ROOT / name for name in _BESIDE), *sorted(places.PACKAGING.rglob("*"))]:
        if file.is_file() and "__pycache__" not in file.parts:
            told.update(f"{file.relative_to(places.ROOT)}\0".encode() + file.read_bytes())
    return told.hexdigest()
