"""Media files sealed anew under another key: read, written and read back a piece at a time."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from memorybook.domain.ids import MediaId
from memorybook.errors import MediaDamaged, StorageFailed
from memorybook.files import private_folder, sync_folder, translate_os_error, write_new
from memorybook.storage.media import ENDING
from memorybook.storage.mediafile import CHUNK_BYTES, HEADER_BYTES, Opened, rewrap, seal_chunks

_NAME = re.compile(rf"([0-9a-f]{{32}}){re.escape(ENDING)}")

Advance = Callable[[int], None]
"""Told of so many bytes more; what it raises ends the work."""


def media_in(folder: Path) -> dict[MediaId, Path]:
    """The finished media files in ``folder``, by id and in its order; none when there is no such folder.

    Raises what the disk said.
    """
    try:
        found = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise translate_os_error(error) from None
    named = ((_NAME.fullmatch(path.name), path) for path in found)
    return {MediaId(match[1]): path for match, path in named if match and path.is_file()}


def reseal_all(old: Path, new: Path, key: bytes, new_key: bytes, advance: Advance) -> dict[MediaId, bytes]:
    """Seal every media file of the folder ``old`` anew in ``new``, under the same ids, with fresh keys.

    Returns the SHA-256 of what each of them holds. One that cannot be read is not among these; it comes
    along with its bytes as they are, readable under ``new_key`` as far as it was under ``key``.
    Raises StorageFull, BookReadOnly, StorageFailed, or what ``advance`` raises.
    """
    private_folder(new)
    digests = {}
    try:
        for media, source in media_in(old).items():
            target = new / source.name
            try:
                digests[media] = _reseal(source, target, media, key, new_key, advance)
            except MediaDamaged:
                target.unlink(missing_ok=True)
                write_new(target, _as_it_is(source, media, key, new_key, advance))
        sync_folder(new)
    except OSError as error:
        raise translate_os_error(error) from None
    return digests


def _reseal(
    source: Path, target: Path, media: MediaId, key: bytes, new_key: bytes, advance: Advance
) -> bytes:
    """The SHA-256 of the content, which was read back from ``target``. Raises MediaDamaged, ``OSError``."""
    with source.open("rb") as file:
        opened = Opened(file, media, key)
        given = hashlib.sha256()
        write_new(
            target, seal_chunks(_passing(opened, given.update, advance), opened.chunks, media, new_key)
        )
    taken = hashlib.sha256()
    try:
        with target.open("rb") as file:
            for chunk in Opened(file, media, new_key):
                taken.update(chunk)
    except MediaDamaged:
        raise StorageFailed from None
    if taken.digest() != given.digest():
        raise StorageFailed
    return given.digest()


def _passing(
    chunks: Iterable[bytes], note: Callable[[bytes], None], advance: Advance
) -> Iterator[bytes]:
    for chunk in chunks:
        note(chunk)
        advance(len(chunk))
        yield chunk


def _as_it_is(
    source: Path, media: MediaId, key: bytes, new_key: bytes, advance: Advance
) -> Iterator[bytes]:
    """The bytes of a damaged file; when its own key can still be had, wrapped under ``new_key``."""
    with source.open("rb") as file:
        header = file.read(HEADER_BYTES)
        try:
            yield rewrap(header, media, key, new_key)
        except MediaDamaged:
            yield header
        for piece in iter(lambda: file.read(CHUNK_BYTES), b""):
            advance(len(piece))
            yield piece
