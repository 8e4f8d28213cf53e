"""Small pictures that are damaged, made again from whole originals and kept in their places."""

import hashlib
from collections.abc import Iterable
from typing import BinaryIO, cast

from memorybook.domain.changes import ChangeSet
from memorybook.domain.health import DamagedThing, PutRight, Thing
from memorybook.domain.ids import PhotoId, RecordingId
from memorybook.domain.photo import Photo
from memorybook.errors import BookClosed, BookDamaged, MediaDamaged, MemoryBookError
from memorybook.services.remaking import Remaking
from memorybook.storage import photo_files, photos, recordings
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.photo_files import PhotoFiles
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder
from memorybook.system.player import probe


class Redrawing:
    """Blocks: for threads that may wait, never the window's or the vault's own."""

    def __init__(self, worker: VaultWorker, media: MediaStore, decoder: Decoder, clock: Clock) -> None:
        self._worker = worker
        self._media = media
        self._decoder = decoder
        self._remaking = Remaking(worker, media, decoder, clock)

    def redraw(self, things: Iterable[DamagedThing]) -> int:
        """Make the small pictures of these again; of how many. What cannot be made stays as it is.

        Raises BookClosed.
        """
        done = sum(self._redrawn(thing) for thing in things)
        if done:
            self._worker.tell_put_right(PutRight.PICTURES)
        return done

    def thumbnail(self, photo_id: PhotoId) -> bytes:
        """The small JPEG of a photo, made from its original and kept where that can be written.

        Raises MediaDamaged, MediaMissing, BookDamaged, the PictureErrors; LookupError for no photo.
        """
        photo, _, original = self._known(photo_id)
        picture = self._decoder.decode(original, photo.edit)

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            if photos.get(connection, photo_id).edit != photo.edit:
                return None, None  # it was edited meanwhile, and has a small picture of that
            photo_files.put_thumbnail(connection, photo_id, picture.thumbnail)
            return None, ChangeSet(photos=frozenset({photo_id}))

        self._worker.write(work).result()
        return picture.thumbnail

    def _redrawn(self, thing: DamagedThing) -> bool:
        try:
            if thing.thing is Thing.PHOTO:
                return self._redraw_photo(PhotoId(thing.id))
            return thing.thing is Thing.RECORDING and self._redraw_recording(RecordingId(thing.id))
        except BookClosed:
            raise
        except (MemoryBookError, LookupError):
            return False

    def _redraw_photo(self, photo_id: PhotoId) -> bool:
        photo, files, original = self._known(photo_id)
        if not self._media.is_whole(files.rendition, None):
            self._remaking.remake(photo, files, original, with_edit=False)
            files = self._files(photo_id)
        if files.view is not None and not self._media.is_whole(files.view, None):
            self._remaking.remake(photo, files, original, with_edit=True)
        try:
            self._worker.read(lambda connection: photo_files.thumbnail(connection, photo_id)).result()
        except (BookDamaged, LookupError):
            self.thumbnail(photo_id)
        made = self._files(photo_id)
        return all(self._media.is_whole(name, None) for name in made.all if name != made.media)

    def _redraw_recording(self, recording_id: RecordingId) -> bool:
        name = self._worker.read(lambda connection: recordings.media_of(connection, recording_id)).result()
        with self._media.open(name) as file:
            probed = probe(cast("BinaryIO", file), file.length)

        def work(connection: Connection) -> tuple[None, ChangeSet]:
            recordings.put_picture(connection, recording_id, probed)
            recordings.picture(connection, recording_id)
            return None, ChangeSet(recordings=frozenset({recording_id}))

        self._worker.write(work).result()
        return True

    def _known(self, photo_id: PhotoId) -> tuple[Photo, PhotoFiles, bytes]:
        photo, files = self._worker.read(
            lambda connection: (photos.get(connection, photo_id), photo_files.of(connection, photo_id))
        ).result()
        original = self._media.read(photo.media)
        if hashlib.sha256(original).hexdigest() != photo.digest:
            raise MediaDamaged
        return photo, files, original

    def _files(self, photo_id: PhotoId) -> PhotoFiles:
        return self._worker.read(lambda connection: photo_files.of(connection, photo_id)).result()
