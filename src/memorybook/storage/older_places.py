"""Copies of the same book that open with a sheet which was withdrawn: a folder beside those of today."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.errors import BookNewer
from memorybook.files import put_in_place
from memorybook.storage import backup_format as names
from memorybook.storage.backup_format import NotAManifestError
from memorybook.storage.lock import NAME as LOCK
from memorybook.storage.mediafile import HEADER_BYTES

_OURS = {names.README, names.MEDIA, names.SNAPSHOTS, LOCK}
_IN_SNAPSHOT = {names.DATABASE, names.KEYS, names.MANIFEST}


@dataclass(frozen=True, slots=True)
class OlderPlace:
    """A folder with so many copies, all of which say that they are this book's."""

    root: Path = field(repr=False)
    copies: int


def found(folder: Path, own: Path, book_id: str) -> tuple[OlderPlace, ...]:
    """The folders beside ``own`` in which every copy says it is this book's. Raises ``OSError``.

    With the key of today nothing there can be verified: it was written under the seed before. That is why
    they are only ever taken away on request, and none that holds anything else.
    """
    places = []
    for root in sorted(folder.iterdir()):
        if names.is_place_name(root.name) and root != own and not root.is_symlink() and root.is_dir():
            copies = _copies(root, book_id)
            if copies:
                places.append(OlderPlace(root, copies))
    return tuple(places)


def _copies(root: Path, book_id: str) -> int:
    """How many copies are in a folder; 0 when there is anything that is none of this book's."""
    if any(item.name not in _OURS or item.is_symlink() for item in root.iterdir()):
        return 0
    snapshots = root / names.SNAPSHOTS
    count = 0
    for item in snapshots.iterdir() if snapshots.is_dir() else ():
        try:
            is_ours = names.parse(names.read_manifest(item)).book_id == book_id
        except (OSError, NotAManifestError, BookNewer):
            return 0
        if not is_ours or item.is_symlink() or {each.name for each in item.iterdir()} != _IN_SNAPSHOT:
            return 0
        count += 1
    return count


def remove(place: OlderPlace) -> int:
    """Take the folder away, the keys of its media first. How many copies went. Raises ``OSError``."""
    aside = place.root.with_name(f".going-{place.root.name[-8:]}")
    put_in_place(place.root, aside)
    media = aside / names.MEDIA
    for path in media.iterdir() if media.is_dir() else ():
        with suppress(OSError):
            if path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1:
                with path.open("r+b") as file:
                    file.write(os.urandom(HEADER_BYTES))
                    file.flush()
                    os.fsync(file.fileno())
    shutil.rmtree(aside, ignore_errors=True)
    return place.copies
