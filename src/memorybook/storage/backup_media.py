"""The originals of a book in a place for copies: each is carried there once, and opened there to be sure.

A media file is random by its name and never changes, so all copies in a place share it. What proves a file is
not that it could be copied but that what lies in the place opens with the book's key and says what the book
says it has to.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.ids import MediaId
from memorybook.errors import CopyNotMade, MediaDamaged, MemoryBookError
from memorybook.files import open_to_read, put_in_place
from memorybook.storage import carrying
from memorybook.storage.backup_format import Part, media_file
from memorybook.storage.carrying import GoOn
from memorybook.storage.media_names import Named
from memorybook.storage.mediafile import Opened

Known = Mapping[MediaId, Part]
"""What verified manifests of the place say of the files in it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A media file of a copy. ``digest`` is the SHA-256 of what is in it, where the book knows that."""

    media: MediaId
    digest: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Brought:
    """The files a copy has in its place, and those that could not be read in the book itself."""

    parts: Known = field(repr=False)
    lacking: tuple[MediaId, ...] = field(repr=False)


def wanted(named: Sequence[Named]) -> tuple[Wanted, ...]:
    """Every file that belongs to these photos and recordings, each once, sorted."""
    found: dict[MediaId, bytes | None] = {}
    for each in named:
        found[each.original] = each.digest
        for made in each.made:
            found.setdefault(made, None)
    return tuple(Wanted(media, digest) for media, digest in sorted(found.items()))


def still_to_come(files: Sequence[Wanted], source: Path, target: Path, known: Known) -> int:
    """Bytes of the files that are not in the place yet, as far as they are in the book."""
    total = 0
    sizes = _sizes(target)
    for each in files:
        if not _is_there(each, sizes, known):
            with suppress(OSError):
                total += (source / media_file(each.media)).stat().st_size
    return total


def largest(files: Sequence[Wanted], source: Path) -> int:
    """Bytes of the longest of these files; 0 when there is none."""
    most = 0
    for each in files:
        with suppress(OSError):
            most = max(most, (source / media_file(each.media)).stat().st_size)
    return most


def bring(
    files: Sequence[Wanted], source: Path, target: Path, key: bytes, known: Known, go_on: GoOn
) -> Brought:
    """Have every one of ``files`` in the folder ``target``, whole and on the disk.

    ``go_on`` is told of bytes, three times those of a file: read, read back and opened. One that is damaged
    or missing in the book is ``lacking``, unless the place has a whole one already.
    Raises CopyNotMade when the drive gives back something else; ``OSError`` of the drive; CopyStopped.
    """
    parts: dict[MediaId, Part] = {}
    lacking = []
    sizes = _sizes(target)
    for each in files:
        if _is_there(each, sizes, known):
            parts[each.media] = known[each.media]
            continue
        path = target / media_file(each.media)
        part = examine(path, each, key, go_on) if path.exists() else None
        part = part or _carried(each, source, target, key, go_on)
        if part is None:
            lacking.append(each.media)
        else:
            parts[each.media] = part
    carrying.settle(target)
    return Brought(parts, tuple(lacking))


def mend(each: Wanted, source: Path, target: Path, part: Part, go_on: GoOn) -> bool:
    """Put a damaged file of the place right from the book's own, when that is the very same one.

    Raises CopyNotMade, CopyStopped, and ``OSError`` of the drive.
    """
    path = source / media_file(each.media)
    if not carrying.is_what_it_was(path, part.sha256, go_on):
        return False
    carrying.write_in_place(target / path.name, carrying.pieces(path, go_on), go_on)
    carrying.settle(target)
    return True


def examine(path: Path, each: Wanted, key: bytes, go_on: GoOn) -> Part | None:
    """Size and SHA-256 of a media file that opens and says what it has to; ``None`` for any other.

    Raises CopyStopped.
    """
    try:
        sha256 = carrying.digest_of(path, go_on)
        if not says(path, each, key, go_on):
            return None
        return Part(path.stat().st_size, sha256)
    except OSError:
        return None


def says(path: Path, each: Wanted, key: bytes, go_on: GoOn) -> bool:
    """Whether this file opens with ``key`` and holds what the book says. Raises CopyStopped, ``OSError``."""
    digest = hashlib.sha256()
    try:
        with open_to_read(path) as file:
            for chunk in Opened(file, each.media, key):
                go_on(len(chunk))
                digest.update(chunk)
    except MediaDamaged:
        return False
    return each.digest is None or digest.digest() == each.digest


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of each file in a folder of thousands, by its name. Raises ``OSError``."""
    with os.scandir(folder) as items:
        return {item.name: item.stat().st_size for item in items}


def _is_there(each: Wanted, sizes: Mapping[str, int], known: Known) -> bool:
    """Whether the place has the file that its manifests speak of, as far as that is known unread."""
    part = known.get(each.media)
    return part is not None and sizes.get(media_file(each.media)) == part.size


def _carried(each: Wanted, source: Path, target: Path, key: bytes, go_on: GoOn) -> Part | None:
    """Copy one file. ``None`` when the book itself has no whole one."""
    path = target / media_file(each.media)
    new = carrying.unfinished(target)
    try:
        try:
            size, sha256 = carrying.write(new, _from_the_book(source / path.name, go_on), go_on)
        except _SourceBrokenError:
            return None
        if not says(new, each, key, go_on):
            if says_in_book(source / path.name, each, key, go_on):
                raise CopyNotMade
            return None
        put_in_place(new, path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    return Part(size, sha256)


def says_in_book(path: Path, each: Wanted, key: bytes, go_on: GoOn) -> bool:
    """As :func:`says`, where a disk that does not give the file out is damage too."""
    try:
        return says(path, each, key, go_on)
    except OSError:
        return False


class _SourceBrokenError(Exception):
    """The book's own disk does not give out a media file; no word about the drive it was to go to."""


def _from_the_book(path: Path, go_on: GoOn) -> Iterator[bytes]:
    try:
        yield from carrying.pieces(path, go_on)
    except MemoryBookError:
        raise
    except OSError:
        raise _SourceBrokenError from None
