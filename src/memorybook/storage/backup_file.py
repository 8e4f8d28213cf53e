"""A copy of a book as one file, to be carried away: written and read a piece at a time.

``FORMATS.md`` beside this module describes it. The manifest stands before what it lists, so that a reader
knows the name, size and digest of everything that may still come.
"""

import hashlib
import hmac
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Self

from memorybook.errors import CopyFileExists, CopyFileTooLarge, CopyNotMade
from memorybook.files import open_to_read, put_in_place, write_new
from memorybook.storage import backup_format as names
from memorybook.storage import backup_readme, carrying, keyfile
from memorybook.storage.backup_format import Manifest, Part, media_file
from memorybook.storage.carrying import PIECE_BYTES, GoOn
from memorybook.storage.keyfile import KeyFile
from memorybook.storage.seed import Seed

_NAME = struct.Struct(">B")
_LENGTH = struct.Struct(">Q")
_TEXT_DIGITS = 10
_TEXT_LIMIT = 1 << 20
_MAC_BYTES = 32


class NotACopyError(Exception):
    """These bytes are not a whole copy in one file. Handled within storage and services."""


def largest(manifest: Manifest) -> int:
    """About how many bytes the file for this manifest has; never too few."""
    return manifest.size + 256 * (len(manifest.media) + 4) + _TEXT_LIMIT


def write(
    path: Path,
    manifest: Manifest,
    seed: Seed,
    *,
    database: Path,
    media: Path,
    key_file: KeyFile,
    go_on: GoOn,
    longest: int | None = None,
) -> None:
    """Write the copy that ``manifest`` lists, see it onto the disk, and read all of it back before it counts.

    ``manifest`` says nothing of the key file yet. ``longest`` is what the drive holds in one file.
    Raises CopyFileExists, CopyFileTooLarge, CopyNotMade when something else comes back or a media file is not
    what the manifest says any more, CopyStopped, and ``OSError``; then nothing is left.
    """
    keys = Part(len(key_file.data), hashlib.sha256(key_file.data).hexdigest())
    manifest = replace(manifest, sequence=0, keys=keys)
    if longest is not None and largest(manifest) > longest:
        raise CopyFileTooLarge
    new = carrying.unfinished(path.parent)
    try:
        write_new(new, _signed(manifest, seed, database, media, key_file, go_on))
        _read_back(new, seed, go_on)
        if path.exists():
            raise CopyFileExists
        put_in_place(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    try:
        carrying.settle(path.parent)
    except OSError:
        with suppress(OSError):  # nobody was here before, and this one is said not to count
            path.unlink()
        raise


def _signed(
    manifest: Manifest, seed: Seed, database: Path, media: Path, key_file: KeyFile, go_on: GoOn
) -> Iterator[bytes]:
    mac = hmac.new(seed.backup_key(), digestmod="sha256")
    for piece in _content(manifest, names.seal(manifest, seed), database, media, key_file, go_on):
        mac.update(piece)
        yield piece
    yield mac.digest()


def _content(
    manifest: Manifest, sealed: bytes, database: Path, media: Path, key_file: KeyFile, go_on: GoOn
) -> Iterator[bytes]:
    text = backup_readme.of_a_file().encode()
    yield names.FILE_MAGIC + f"{len(text):0{_TEXT_DIGITS}d}\n".encode() + text
    yield _head(names.KEYS, len(key_file.data)) + key_file.data
    yield _head(names.MANIFEST, len(sealed)) + sealed
    yield from _record(names.DATABASE, manifest.database, database, go_on)
    for each, part in sorted(manifest.media.items()):
        name = media_file(each)
        yield from _record(f"{names.MEDIA}/{name}", part, media / name, go_on)
    yield _NAME.pack(0)


def _record(name: str, part: Part, path: Path, go_on: GoOn) -> Iterator[bytes]:
    digest = hashlib.sha256()
    yield _head(name, part.size)
    for piece in carrying.pieces(path, go_on):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != part.sha256:
        raise CopyNotMade


def _head(name: str, length: int) -> bytes:
    return _NAME.pack(len(name)) + name.encode("ascii") + _LENGTH.pack(length)


def _read_back(path: Path, seed: Seed, go_on: GoOn) -> None:
    carrying.forget(path)
    try:
        with Reader(path) as reader:
            reader.unlock(seed)
            for record in reader.records():
                for piece in record.pieces:
                    go_on(len(piece))
    except NotACopyError:
        raise CopyNotMade from None


@dataclass(frozen=True, slots=True)
class Record:
    """One file of the copy; ``pieces`` have to be taken before the next record is asked for."""

    name: str
    part: Part
    pieces: Iterator[bytes] = field(repr=False)


class Reader:
    """Reads a copy in one file, from its beginning to its end, once. One thread at a time; close it.

    The constructor reads the text, the key file and the manifest, of which nothing is proved yet. Everything
    raises NotACopyError for what is none, is damaged or was cut short, and ``OSError``; the manifest may
    raise BookNewer. Memory stays below a piece and the manifest.
    """

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = open_to_read(path)
        self._mac: Callable[[bytes], object] = lambda _: None
        self._head = b""
        self._unlocked: Seed | None = None
        try:
            self._begin()
        except BaseException:
            self._file.close()
            raise

    def _begin(self) -> None:
        start = self._take(len(names.FILE_MAGIC) + _TEXT_DIGITS + 1)
        digits = start[len(names.FILE_MAGIC) : -1]
        if not start.startswith(names.FILE_MAGIC) or not start.endswith(b"\n") or not digits.isdigit():
            raise NotACopyError
        text = self._take(self._within(int(digits), _TEXT_LIMIT))
        self.readme = text.decode("utf-8", "replace")
        """The text for people."""
        self.key_data = self._small(names.KEYS, keyfile.SIZE_LIMIT)
        """The bytes of the key file, for :func:`memorybook.storage.keyfile.parse`."""
        self.manifest_data = self._small(names.MANIFEST, names.MANIFEST_LIMIT)
        try:
            self.manifest = names.parse(self.manifest_data)
        except names.NotAManifestError:
            raise NotACopyError from None

    def unlock(self, seed: Seed) -> None:
        """From here on what is read is compared with what this book's manifest says. Raises NotACopyError."""
        keys = self.manifest.keys
        if (
            not names.is_genuine(self.manifest_data, seed)
            or len(self.key_data) != keys.size
            or hashlib.sha256(self.key_data).hexdigest() != keys.sha256
        ):
            raise NotACopyError
        mac = hmac.new(seed.backup_key(), self._head, "sha256")
        self._mac, self._head = mac.update, b""
        self._digest = mac.digest
        self._unlocked = seed

    def records(self) -> Iterator[Record]:
        """The database and then every media file. Call :meth:`unlock` before.

        The copy is whole once this has come to its end: the last thing it does is to compare the signature
        over all of the file. A record that is not as the manifest says raises when its last piece is taken.
        """
        if self._unlocked is None:
            raise ValueError("unlock it first")
        coming = [(names.DATABASE, self.manifest.database)]
        media = sorted(self.manifest.media.items())
        coming += [(f"{names.MEDIA}/{media_file(each)}", part) for each, part in media]
        for name, part in coming:
            if self._header() != (name, part.size):
                raise NotACopyError
            left = _Left(part.size)
            yield Record(name, part, self._pieces(part, left))
            if left.bytes:
                raise NotACopyError
        if self._take(_NAME.size) != _NAME.pack(0):
            raise NotACopyError
        expected = self._digest()
        if not hmac.compare_digest(self._file.read(_MAC_BYTES), expected) or self._file.read(1):
            raise NotACopyError

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _pieces(self, part: Part, left: "_Left") -> Iterator[bytes]:
        digest = hashlib.sha256()
        while left.bytes:
            piece = self._take(min(PIECE_BYTES, left.bytes))
            digest.update(piece)
            left.bytes -= len(piece)
            if not left.bytes and digest.hexdigest() != part.sha256:
                left.bytes = -1
                raise NotACopyError
            yield piece

    def _small(self, name: str, limit: int) -> bytes:
        found, length = self._header()
        if found != name:
            raise NotACopyError
        return self._take(self._within(length, limit))

    def _header(self) -> tuple[str, int]:
        (count,) = _NAME.unpack(self._take(_NAME.size))
        name = self._take(count)
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        return name.decode("ascii", "replace"), int(length)

    def _within(self, length: int, limit: int) -> int:
        if length > limit:
            raise NotACopyError
        return length

    def _take(self, length: int) -> bytes:
        data = self._file.read(length)
        if len(data) != length:
            raise NotACopyError
        if self._unlocked is None:
            self._head += data
        else:
            self._mac(data)
        return data


@dataclass(slots=True)
class _Left:
    """Bytes of a record that were not taken yet; below zero for one that was not what it had to be."""

    bytes: int
