"""The media files of photos and recordings, looked at one after the other."""

import hashlib
from collections.abc import Callable

from memorybook.domain.health import FILE, SMALL_PICTURE, DamagedThing
from memorybook.domain.ids import MediaId
from memorybook.errors import CheckStopped, MediaDamaged, MediaMissing, StorageFailed
from memorybook.storage.media import MediaStore
from memorybook.storage.media_names import KeptMedia
from memorybook.storage.mediafile import CHUNK_BYTES


def first_lost(
    media: MediaStore, kept: KeptMedia, *, deep: bool, stopped: Callable[[], bool]
) -> DamagedThing | None:
    """What is lost of it: the original before what was made from that; ``None`` when all of it is there.

    Blocks; any thread. Without ``deep`` a file counts as whole when its first and its last bytes open and
    its length is right. Raises CheckStopped within a chunk, and what the disk said
    when the folder itself does not answer: a file alone that the disk does not give out is lost.
    """
    if not _is_whole(media, kept.files.original, kept, deep=deep, stopped=stopped):
        return kept.without(FILE)
    for each in kept.files.made:
        if not _is_whole(media, each, None, deep=deep, stopped=stopped):
            return kept.without(SMALL_PICTURE)
    return None


def _is_whole(
    media: MediaStore, name: MediaId, kept: KeptMedia | None, *, deep: bool, stopped: Callable[[], bool]
) -> bool:
    """With ``kept`` it has to be that original, and not only a file that is whole."""
    digest = hashlib.sha256()
    try:
        with media.open(name) as reader:
            if kept is not None and reader.length != kept.length:
                return False
            while deep and (chunk := reader.read(CHUNK_BYTES)):
                digest.update(chunk)
                if stopped():
                    raise CheckStopped
    except (MediaMissing, MediaDamaged):
        return False
    except StorageFailed:
        if not media.is_there:
            raise
        return False
    return not deep or kept is None or digest.digest() == kept.files.digest
