"""Pictures for the screen made anew from a whole original, when the files that hold them are damaged or gone.

They are gone also beside an older copy of the database, which names files that were replaced since.
"""

from contextlib import suppress
from dataclasses import replace

from memorybook.domain.edit import UNTOUCHED
from memorybook.domain.ids import MediaId
from memorybook.domain.photo import DecodedPicture, Photo
from memorybook.errors import BookClosed, MemoryBookError, StorageFull
from memorybook.services.media_writing import MediaWriting
from memorybook.services.times import stamp
from memorybook.storage import photo_files, photos, unfinished
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.photo_files import PhotoFiles
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder


class Remaking:
    """Blocks: for threads that may wait. Any number of them at once."""

    def __init__(self, worker: VaultWorker, media: MediaStore, decoder: Decoder, clock: Clock) -> None:
        self._worker = worker
        self._media = media
        self._decoder = decoder
        self._clock = clock
        self._writing = MediaWriting(worker, media)

    def remake(self, photo: Photo, files: PhotoFiles, original: bytes, *, with_edit: bool) -> bytes:
        """The picture for the screen, made from ``original`` and kept in the place of the one in ``files``.

        Where it cannot be kept it is given all the same. Raises the PictureErrors.
        """
        is_view = with_edit and files.view is not None
        picture = self._decoder.decode(original, photo.edit if is_view else UNTOUCHED)
        with suppress(MemoryBookError, LookupError):
            self._keep(photo, files, picture, is_view=is_view)
        return picture.rendition

    def _keep(self, photo: Photo, files: PhotoFiles, picture: DecodedPicture, *, is_view: bool) -> None:
        new = self._writing.names(1)
        (name,) = new
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[tuple[MediaId, ...], None]:
            now = photo_files.of(connection, photo.id)
            if is_view:
                old = files.view
                if old is None or now.view != old or photos.get(connection, photo.id).edit != photo.edit:
                    return new, None  # it was edited or made anew meanwhile
                photo_files.put_view(connection, photo.id, photo.edit, name, picture.thumbnail, at)
            else:
                old = files.rendition
                if now.rendition != old:
                    return new, None
                photo_files.renew(connection, photo.id, replace(now, rendition=name), at)
            unfinished.settle(connection, new)
            unfinished.note(connection, [old])
            return (old,), None

        try:
            self._media.write(picture.rendition, name)
            unneeded = self._worker.write(work).result()
        except (StorageFull, BookClosed, LookupError):
            # Nothing was committed. After any other error that is not certain until the next opening.
            self._writing.discard(new)
            raise
        self._writing.discard(unneeded)
