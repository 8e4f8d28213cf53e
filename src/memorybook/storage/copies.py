"""Copies of books as they lie there: found by their looks, and opened as stretches of bytes without any key.

Nothing that is read here is trusted: sizes are those of the files themselves, names are given by this module,
and what a manifest says counts once it is known to be genuine. Nothing here is ever written to.
"""

import datetime
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from memorybook.domain.ids import MediaId
from memorybook.errors import NoCopyHere
from memorybook.files import translate_os_error
from memorybook.storage import backup_format, header, keyfile, replicas
from memorybook.storage.backup_format import Manifest, NotAManifestError
from memorybook.storage.book import DATABASE, MEDIA, RENEWED
from memorybook.storage.media import ENDING

LOG = f"{DATABASE}-wal"

_MEDIA_NAME = re.compile(rf"([0-9a-f]{{32}}){re.escape(ENDING)}")
_LENGTH = re.compile(rb"[0-9]{10}\n")
_MAC_BYTES = 32
_PIECE_BYTES = 1 << 20
_MOST_TEXT = 1 << 20
_MOST_RECORDS = 1_000_000
_COMMA_EVERY, _LIST_EVERY = 24, 64
"""Bytes of a manifest for each comma and each bracket; there are 35 and 100 of them in real ones."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a copy, or a stretch of one, as it lies there."""

    path: Path = field(repr=False)
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy consists of. ``keys`` are its key files by the names they have in a book's folder.

    ``manifest`` are bytes that nobody has vouched for. ``signed`` is the whole of a single file without its
    last 32 bytes, which sign it; ``None`` when there is no such end. ``is_intact`` is whether its parts lie
    there as they should.
    """

    keys: Mapping[str, Piece]
    database: Piece | None
    log: Piece | None = None
    first_page: Piece | None = None
    media: Mapping[MediaId, Piece] = field(default_factory=dict, repr=False)
    manifest: bytes | None = field(default=None, repr=False)
    signed: Piece | None = None
    is_intact: bool = True

    @property
    def size(self) -> int:
        """Bytes of everything but the media."""
        pieces = [*self.keys.values(), self.database, self.log]
        return sum(piece.size for piece in pieces if piece is not None)


def chunks(piece: Piece, stopped: Callable[[], object]) -> Iterator[bytes]:
    """The bytes of ``piece``, a mebibyte at a time. ``stopped`` is called before each and may raise.

    A file that has become shorter ends earlier. Raises ``OSError``; links are not followed.
    """
    with open_plain(piece.path) as file:
        file.seek(piece.start)
        left = piece.size
        while left > 0:
            stopped()
            data = file.read(min(_PIECE_BYTES, left))
            if not data:
                return
            left -= len(data)
            yield data


def as_far_as_it_goes(piece: Piece, advance: Callable[[int], object]) -> Iterator[bytes]:
    """As :func:`chunks`, and its end where the disk gives no more. ``advance`` is told of each, may raise."""
    waiting = chunks(piece, lambda: None)
    while True:
        try:
            chunk = next(waiting, None)
        except OSError:
            return
        if chunk is None:
            return
        advance(len(chunk))
        yield chunk


def open_plain(path: Path) -> BinaryIO:
    """Open a regular file, and nothing that leads elsewhere or that one would have to wait for."""

    def opener(name: str, flags: int) -> int:
        extra = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(name, flags | extra)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
        raise FileNotFoundError(name)

    return open(path, "rb", opener=opener)


def piece_of(path: Path) -> Piece | None:
    """A whole regular file; ``None`` when there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return Piece(path, 0, found.st_size) if stat.S_ISREG(found.st_mode) else None


def media_beside(folder: Path) -> dict[MediaId, Piece]:
    """The media files in a folder, by id; none where there is no such folder."""
    found = {}
    try:
        with os.scandir(folder) as items:
            for item in items:
                match = _MEDIA_NAME.fullmatch(item.name)
                if match and item.is_file(follow_symlinks=False):
                    size = item.stat(follow_symlinks=False).st_size
                    found[MediaId(match[1])] = Piece(Path(item.path), 0, size)
    except OSError:
        return found
    return found


# One of the copies of a place


def snapshot(folder: Path) -> Contents:
    """The copy in the folder of a snapshot; its media lie two levels up."""
    keys = piece_of(folder / backup_format.KEYS)
    return Contents(
        keys={} if keys is None else {replicas.NAMES[0]: keys},
        database=piece_of(folder / backup_format.DATABASE),
        media=media_beside(folder.parent.parent / backup_format.MEDIA),
        manifest=manifest_in(folder),
    )


def manifest_in(folder: Path) -> bytes | None:
    """The bytes of a snapshot's manifest, ``None`` when there are none of a size that can be right."""
    try:
        with open_plain(folder / backup_format.MANIFEST) as file:
            return _plausible(file.read(backup_format.MANIFEST_LIMIT + 1))
    except OSError:
        return None


def _plausible(data: bytes) -> bytes | None:
    """The bytes, unless reading them as JSON would take far more room than a manifest ever does."""
    if (
        len(data) > backup_format.MANIFEST_LIMIT
        or data.count(b"[") + data.count(b"{") > 64 + len(data) // _LIST_EVERY
        or data.count(b",") > 64 + len(data) // _COMMA_EVERY
    ):
        return None
    return data


def told_by(manifest: bytes | None) -> Manifest | None:
    """What a manifest says, which need not be true. Raises BookNewer."""
    if manifest is None:
        return None
    try:
        return backup_format.parse(manifest)
    except NotAManifestError:
        return None


# A single file


def single_file(path: Path) -> Contents:
    """The copy in one file, as far as it goes. Raises NoCopyHere for another file, or what the disk said."""
    try:
        with open_plain(path) as file:
            size = os.fstat(file.fileno()).st_size
            text = _text_bytes(file)
            records, end = _records(file, path, size)
            manifest = records.pop(backup_format.MANIFEST, None)
            data = None
            if manifest is not None and manifest.size <= backup_format.MANIFEST_LIMIT:
                file.seek(manifest.start)
                data = _plausible(file.read(manifest.size))
    except FileNotFoundError:
        raise NoCopyHere from None
    except OSError as error:
        raise translate_os_error(error) from None
    keys = records.pop(backup_format.KEYS, None)
    is_whole = end is not None and end + _MAC_BYTES == size and text <= _MOST_TEXT
    return Contents(
        keys={} if keys is None else {replicas.NAMES[0]: keys},
        database=records.pop(backup_format.DATABASE, None),
        media={MediaId(_id(name)): piece for name, piece in records.items() if _id(name)},
        manifest=data,
        signed=Piece(path, 0, size - _MAC_BYTES) if is_whole else None,
        is_intact=is_whole and all(map(_id, records)),
    )


def signature(signed: Piece) -> bytes:
    """The bytes behind a single file's content. Raises ``OSError``."""
    with open_plain(signed.path) as file:
        file.seek(signed.size)
        return file.read(_MAC_BYTES + 1)


def _text_bytes(file: BinaryIO) -> int:
    start = file.read(len(backup_format.FILE_MAGIC) + 11)
    length = start[len(backup_format.FILE_MAGIC) :]
    if not start.startswith(backup_format.FILE_MAGIC) or not _LENGTH.fullmatch(length):
        raise NoCopyHere
    file.seek(int(length), os.SEEK_CUR)
    return int(length)


def _records(file: BinaryIO, path: Path, size: int) -> tuple[dict[str, Piece], int | None]:
    """The records as far as they are there, cut short at the end of the file; and where their end is."""
    found: dict[str, Piece] = {}
    for _ in range(_MOST_RECORDS):
        length = file.read(1)
        if length == b"\x00":
            return found, file.tell()
        head = file.read(length[0] + 8) if length else b""
        if not head or len(head) != length[0] + 8:
            return found, None
        name = head[:-8].decode("latin-1")
        start, told = file.tell(), int.from_bytes(head[-8:], "big")
        if name in found or (name not in _FILES and not _id(name)):
            return found, None  # whatever it is, nothing behind it can be told apart
        found[name] = Piece(path, start, min(told, max(0, size - start)))
        if told > size - start:
            return found, None
        file.seek(told, os.SEEK_CUR)
    return found, None


_FILES = {backup_format.KEYS, backup_format.MANIFEST, backup_format.DATABASE}


def _id(name: str) -> str:
    match = _MEDIA_NAME.fullmatch(name.removeprefix("media/"))
    return match[1] if match and name.startswith("media/") else ""


# The folder of a book, copied


def book_folder(folder: Path) -> Contents:
    """The copy of a book's whole folder, also one that was copied while a new book was put in its place."""
    newest = _newest_of(folder)
    keys = {name: piece for name in replicas.NAMES if (piece := piece_of(newest(name)))}
    database = newest(DATABASE)
    return Contents(
        keys=keys,
        database=piece_of(database),
        # The log of an old book must never be read together with a new one's database.
        log=piece_of(folder / LOG) if database.parent == folder else None,
        first_page=piece_of(newest(header.COPY_NAME)),
        media=media_beside(_media_of(folder, newest(MEDIA))),
    )


def _newest_of(folder: Path) -> Callable[[str], Path]:
    """Where each file of the book is: in the folder of a decided renewal, as long as it did not move up."""
    with suppress(OSError):
        for item in sorted(folder.iterdir()):
            if item.name.startswith(RENEWED) and item.is_dir() and not item.is_symlink():
                return lambda name: item / name if os.path.lexists(item / name) else folder / name
    return lambda name: folder / name


def _media_of(folder: Path, media: Path) -> Path:
    """A copy that was made before an update lies in the book's folder, whose media it shares."""
    beside = folder.parent / MEDIA
    return media if media.is_dir() or not beside.is_dir() else beside


def book_id(keys: Mapping[str, Piece]) -> str:
    """Which book it says it is, empty when no key file says so. Raises BookNewer."""
    for piece in keys.values():
        try:
            with open_plain(piece.path) as file:
                file.seek(piece.start)
                return keyfile.parse(file.read(min(piece.size, keyfile.SIZE_LIMIT))).book_id
        except (OSError, keyfile.ReplicaDamagedError):
            continue
    return ""


def written_at(pieces: list[Piece | None]) -> str:
    """When the newest of these files was written, ISO 8601 in UTC; empty when that is not known."""
    times = []
    for piece in pieces:
        with suppress(OSError, OverflowError, ValueError):
            if piece is not None:
                times.append(piece.path.stat().st_mtime)
    if not times:
        return ""
    try:
        return datetime.datetime.fromtimestamp(max(times), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return ""

