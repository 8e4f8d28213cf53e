"""The pictures of the book as they are shown, printed and handed back."""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from memorybook.domain import jpeg
from memorybook.domain.edit import Edit
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import RENDITION_EDGE, Photo, PhotoFilter, PhotoRow
from memorybook.errors import (
    BookClosed,
    BookDamaged,
    MediaDamaged,
    MediaMissing,
    MemoryBookError,
    StorageFailed,
)
from memorybook.services.exporting import save_copy
from memorybook.services.leftovers import Leftovers
from memorybook.services.pools import submit
from memorybook.services.redrawing import Redrawing
from memorybook.services.remaking import Remaking
from memorybook.storage import photo_drawer, photo_files, photos
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.photo_files import PhotoFiles
from memorybook.storage.worker import VaultWorker, carry_out
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder

PRINT_QUALITY = 95
"""JPEG quality of a picture that has to be made anew for the printed book."""

SHARP_QUALITY = 92
"""JPEG quality of a picture to be looked at closely."""

ALL_PHOTOS = PhotoFilter()


@dataclass(frozen=True, slots=True)
class Printing:
    """A photo to be printed. ``orientation`` as EXIF counts, if its own pixels are what is shown of it."""

    photo: Photo
    orientation: int | None


class Showing:
    """Pictures are read and decrypted on threads of their own, never on the vault's or the caller's.

    Futures fail with the errors of :mod:`memorybook.errors`, or LookupError for an id that is not there.
    """

    def __init__(self, worker: VaultWorker, media: MediaStore, decoder: Decoder, clock: Clock) -> None:
        self._worker = worker
        self._media = media
        self._decoder = decoder
        self._remaking = Remaking(worker, media, decoder, clock)
        self._redrawing = Redrawing(worker, media, decoder, clock)
        self._showing = ThreadPoolExecutor(2, thread_name_prefix="memorybook-showing")

    def rows(self, only: PhotoFilter = ALL_PHOTOS) -> Future[tuple[PhotoRow, ...]]:
        """All photos that are not put away, or those asked for; the newest day first.

        A photo without a date stands where the day it came into the book is.
        """
        return self._worker.browse(lambda connection: photos.rows(connection, only))

    def photos(self, ids: Sequence[PhotoId]) -> Future[tuple[Photo, ...]]:
        """What is known of these pictures, in this order; put away or not.

        Those that are damaged are left out; BookDamaged when all of them are.
        """
        wanted = tuple(ids)
        return self._worker.browse(
            lambda connection: photos.get_many(connection, wanted),
            lambda connection: photos.get_present(connection, wanted),
        )

    def put_away_rows(self) -> Future[tuple[Photo, ...]]:
        """The photos that were put away, the last one first. None leaves by itself, however long it waits."""
        return self._worker.browse(photo_drawer.rows)

    def thumbnail(self, photo_id: PhotoId) -> Future[bytes]:
        """A JPEG with its longest side at 640 pixels at most; the edit is in it.

        One that is damaged is made anew from the original, as :meth:`rendition`.
        """
        shown: Future[bytes] = Future()

        def read(kept: Future[bytes]) -> None:
            problem = kept.exception()
            if isinstance(problem, BookDamaged):
                again = submit(self._showing, lambda: self._redrawn(photo_id))
                again.add_done_callback(lambda made: carry_out(shown, made.result))
            else:
                carry_out(shown, kept.result)

        kept = self._worker.read(lambda connection: photo_files.thumbnail(connection, photo_id))
        kept.add_done_callback(read)
        return shown

    def _redrawn(self, photo_id: PhotoId) -> bytes:
        try:
            return self._redrawing.thumbnail(photo_id)
        except BookClosed:
            raise
        except MemoryBookError:
            raise BookDamaged from None

    def rendition(self, photo_id: PhotoId) -> Future[bytes]:
        """A JPEG with its longest side at 2,048 pixels at most; the edit is in it.

        One that is damaged or gone is made anew from the original. Raises MediaDamaged or MediaMissing when
        that is, too.
        """
        return submit(self._showing, lambda: self._read_shown(photo_id, with_edit=True))

    def original_rendition(self, photo_id: PhotoId) -> Future[bytes]:
        """As :meth:`rendition`, of the picture as it came."""
        return submit(self._showing, lambda: self._read_shown(photo_id, with_edit=False))

    def uncut(self, photo_id: PhotoId, edit: Edit) -> Future[bytes]:
        """As :meth:`original_rendition`, as grey and as soft as ``edit`` says; neither cut nor turned."""
        tones = Edit(grey=edit.grey, soft=edit.soft)
        if tones.is_untouched:
            return self.original_rendition(photo_id)

        def work() -> bytes:
            original = self.original_now(photo_id)
            return self._decoder.printable(
                original, longest=RENDITION_EDGE, quality=SHARP_QUALITY, edit=tones
            )

        return submit(self._showing, work)

    def original(self, photo_id: PhotoId) -> Future[bytes]:
        """The file as it came in, compared with its digest. Raises MediaDamaged or MediaMissing."""
        return submit(self._showing, lambda: self.original_now(photo_id))

    def original_now(self, photo_id: PhotoId) -> bytes:
        """As :meth:`original`, blocking: for threads that may wait, never the window's."""
        return self._read_original(self.photos([photo_id]).result()[0])

    def sharp(self, photo_id: PhotoId, *, longest: int, with_edit: bool = True) -> Future[bytes]:
        """A JPEG of the original's own pixels, no side longer than ``longest``: for looking closely.

        The edit is in it unless ``with_edit`` is false. Raises as :meth:`original`, and the PictureErrors.
        """

        def work() -> bytes:
            photo = self.photos([photo_id]).result()[0]
            edit = photo.edit if with_edit else Edit()
            return self._decoder.printable(
                self._read_original(photo), longest=longest, quality=SHARP_QUALITY, edit=edit
            )

        return submit(self._showing, work)

    def printing(self, ids: Sequence[PhotoId]) -> Future[Mapping[PhotoId, Printing]]:
        """What :meth:`printable` needs to know of each of these, as it is at one moment."""
        wanted = tuple(ids)

        def work(connection: Connection) -> Mapping[PhotoId, Printing]:
            return {
                photo.id: Printing(photo, photos.orientation_as_it_is(connection, photo.id))
                for photo in photos.get_many(connection, wanted)
            }

        return self._worker.read(work)

    def printable(
        self, photo_id: PhotoId, *, longest: int, fits: int | None = None, known: Printing | None = None
    ) -> bytes:
        """A JPEG for the printed book, blocking: for threads that may wait, never the window's.

        It has the pixels of the original as they are coded there when that is an RGB or grey JPEG in sRGB
        that is shown whole: it may still have to be turned as its orientation says, and says nothing else.
        Otherwise, and when a side of it is longer than ``fits``, it is one made from the original, edited,
        upright, in sRGB, without descriptions, no side longer than ``longest`` pixels.

        What is read is what was written: every part of a media file is authenticated. So its digest is not
        worked out once more here, where hundreds of photos are waited for. ``known`` is what :meth:`printing`
        said of it; without it that is asked for.
        """
        known = known or self.printing([photo_id]).result()[photo_id]
        photo, turn = known.photo, known.orientation
        data = self._media.read(photo.media)
        if turn is not None and (fits is None or max(photo.width, photo.height) <= fits):
            bare = jpeg.bare(data, turn)
            facts = jpeg.read(bare)
            if facts is not None and facts.stands_in_pdf:
                return bare
        return self._decoder.printable(data, longest=longest, quality=PRINT_QUALITY, edit=photo.edit)

    def export(self, photo_id: PhotoId, target: Path, *, clean: bool = True) -> Future[None]:
        """Save a copy of the original where it was asked for; what is there already is replaced.

        A ``clean`` one says nothing of place, camera, time or people: its pixels are those of the original,
        but for HEIC, which becomes a JPEG. Otherwise it is the file as it came in, byte for byte. The copy is
        not protected any more.
        Raises StorageFull, CopyNotSaved, the PictureErrors, MediaDamaged or MediaMissing; then nothing is
        left behind.
        """

        def work() -> None:
            data = self.original_now(photo_id)
            pieces = [self._decoder.clean(data)[0] if clean else data]
            save_copy(target, pieces, leftovers=Leftovers(self._worker))

        return submit(self._showing, work)

    def _read_original(self, photo: Photo) -> bytes:
        data = self._media.read(photo.media)
        if hashlib.sha256(data).hexdigest() != photo.digest:
            raise MediaDamaged
        return data

    def _read_shown(self, photo_id: PhotoId, *, with_edit: bool) -> bytes:
        files = self._files(photo_id)
        try:
            return self._media.read(files.shown if with_edit else files.rendition)
        except (MediaDamaged, MediaMissing, StorageFailed) as error:
            now = self._files(photo_id)
            if now != files:  # it was edited or made anew meanwhile
                return self._media.read(now.shown if with_edit else now.rendition)
            try:
                photo = self.photos([photo_id]).result()[0]
                original = self._read_original(photo)
                return self._remaking.remake(photo, files, original, with_edit=with_edit)
            except BookClosed:
                raise
            except MemoryBookError:
                raise error from None

    def _files(self, photo_id: PhotoId) -> PhotoFiles:
        return self._worker.read(lambda connection: photo_files.of(connection, photo_id)).result()
