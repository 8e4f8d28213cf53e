"""The pictures of the book: taking them in, showing them, and handing back the very file that came in."""

import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

from memorybook.domain import jpeg
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import EntryId, MediaId, PhotoId
from memorybook.domain.photo import BYTE_LIMIT, DecodedPicture, Photo
from memorybook.errors import (
    BookClosed,
    MediaDamaged,
    MediaMissing,
    MemoryBookError,
    PictureTooManyBytes,
    PictureUnreadable,
    PictureWorkerStopped,
    StorageFull,
)
from memorybook.services.times import stamp
from memorybook.storage import entries, photos
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder

T = TypeVar("T")

PRINT_QUALITY = 92
"""JPEG quality of a picture that has to be made anew for the printed book."""

_GLANCE_SECONDS = 0.05


class Album:
    """Pictures are read and decoded on threads of their own, never on the vault's or the caller's.

    Futures fail with the errors of :mod:`memorybook.errors`, or LookupError for an id that is not there.
    """

    def __init__(self, worker: VaultWorker, media: MediaStore, decoder: Decoder, clock: Clock) -> None:
        self._worker = worker
        self._media = media
        self._decoder = decoder
        self._clock = clock
        # One thread, so that pictures dropped together come in the order they were dropped.
        self._intake = ThreadPoolExecutor(1, thread_name_prefix="memorybook-intake")
        self._showing = ThreadPoolExecutor(2, thread_name_prefix="memorybook-showing")
        self._adding: set[Future[Photo]] = set()
        self._giving_up = False

    def add(self, entry_id: EntryId, source: Path | bytes, *, origin: str = "") -> Future[Photo]:
        """Take a picture in and put it behind the others of a page; the file it came from is not touched.

        The original is kept byte for byte. A picture that is in the book already is not stored twice; if
        its file there is damaged or gone, this one takes its place.
        Raises the PictureErrors, StorageFull, BookReadOnly or StorageFailed; then nothing is left behind.
        """
        future = _submit(self._intake, lambda: self._take_in(entry_id, source, origin))
        self._adding.add(future)
        future.add_done_callback(self._adding.discard)
        return future

    def photos(self, ids: Sequence[PhotoId]) -> Future[tuple[Photo, ...]]:
        """What is known of these pictures, in this order."""
        wanted = tuple(ids)
        return self._worker.read(lambda connection: photos.get_many(connection, wanted))

    def thumbnail(self, photo_id: PhotoId) -> Future[bytes]:
        """A JPEG with its longest side at 640 pixels at most."""
        return self._worker.read(lambda connection: photos.thumbnail(connection, photo_id))

    def rendition(self, photo_id: PhotoId) -> Future[bytes]:
        """A JPEG with its longest side at 2,048 pixels at most."""
        return _submit(self._showing, lambda: self._media.read(self._media_of(photo_id)[1]))

    def original(self, photo_id: PhotoId) -> Future[bytes]:
        """The file as it came in, compared with its digest. Raises MediaDamaged or MediaMissing."""
        return _submit(self._showing, lambda: self.original_now(photo_id))

    def original_now(self, photo_id: PhotoId) -> bytes:
        """As :meth:`original`, blocking: for threads that may wait, never the window's."""
        photo = self.photos([photo_id]).result()[0]
        data = self._media.read(photo.media)
        if hashlib.sha256(data).hexdigest() != photo.digest:
            raise MediaDamaged
        return data

    def printable(self, photo_id: PhotoId, *, longest: int) -> bytes:
        """A JPEG for the printed book, blocking: for threads that may wait, never the window's.

        It is the original, unchanged, when that is an upright RGB or grey JPEG in sRGB; if it tells where it
        was taken, with its pixels unchanged and its descriptions left out. Otherwise it is one made from the
        original, upright, in sRGB, without descriptions, no side longer than ``longest`` pixels.
        """
        data = self.original_now(photo_id)
        passes = self._worker.read(lambda connection: photos.passes_unchanged(connection, photo_id)).result()
        facts = jpeg.read(data) if passes else None
        if facts is not None and facts.stands_in_pdf and facts.orientation == 1:
            return jpeg.without_place(data)
        return self._decoder.printable(data, longest=longest, quality=PRINT_QUALITY)

    def describe(
        self, photo_id: PhotoId, *, caption: str, description: str, origin: str = ""
    ) -> Future[Photo]:
        """Put words to a picture: those under it, and those for people who cannot see it."""

        def work(connection: Connection) -> tuple[Photo, ChangeSet | None]:
            photo = photos.get(connection, photo_id)
            if (photo.caption, photo.description) == (caption, description):
                return photo, None
            photos.describe(connection, photo_id, caption, description)
            changes = ChangeSet(photos=frozenset({photo_id}), origin=origin)
            return photos.get(connection, photo_id), changes

        return self._worker.write(work)

    def close(self) -> None:
        """Finish what was asked for and take nothing more. Blocks; call before the worker is closed."""
        self._intake.shutdown()
        self._showing.shutdown()

    def give_up(self) -> int:
        """Take nothing more, and nothing of what has not begun; how many pictures were not taken in.

        The picture that is being decoded is given up too; one that is being written to the disk is finished.
        Blocks for as long as that takes; call before the worker is closed.
        """
        adding = tuple(self._adding)
        self._giving_up = True
        self._intake.shutdown(wait=False, cancel_futures=True)
        self._showing.shutdown(wait=False, cancel_futures=True)
        self._decoder.interrupt()
        begun = [future for future in adding if not future.cancelled()]
        while wait(begun, timeout=_GLANCE_SECONDS).not_done:
            self._decoder.interrupt()  # it may have begun with one while it was told not to
        self.close()
        return sum(_was_given_up(future) for future in adding)

    def _media_of(self, photo_id: PhotoId) -> tuple[MediaId, MediaId]:
        return self._worker.read(lambda connection: photos.media_of(connection, photo_id)).result()

    def _take_in(self, entry_id: EntryId, source: Path | bytes, origin: str) -> Photo:
        data = source if isinstance(source, bytes) else _contents(source)
        if len(data) > BYTE_LIMIT:
            raise PictureTooManyBytes
        digest = hashlib.sha256(data).digest()
        known = self._worker.read(lambda connection: photos.find(connection, digest)).result()
        if known is not None and self._is_whole(known):
            return self._worker.write(self._attaching(entry_id, known, origin)).result()
        if self._giving_up:
            raise BookClosed
        picture = self._decoder.decode(data)
        original = self._media.write(data)
        try:
            if self._giving_up:
                raise BookClosed
            rendition = self._media.write(picture.rendition)
        except MemoryBookError:
            self._media.remove(original)
            raise
        media = (original, rendition)
        if known is None:
            work = self._storing(entry_id, picture, media, digest, len(data), origin)
        else:
            work = self._renewing(entry_id, known, media, origin)
        try:
            return self._worker.write(work).result()
        except (StorageFull, BookClosed, LookupError):
            # Nothing was committed. After any other error that is not certain, and the files stay.
            self._media.remove(original)
            self._media.remove(rendition)
            raise

    def _is_whole(self, photo_id: PhotoId) -> bool:
        try:
            self.original_now(photo_id)
            self._media.read(self._media_of(photo_id)[1])
        except (MediaDamaged, MediaMissing):
            return False
        return True

    def _renewing(
        self, entry_id: EntryId, photo_id: PhotoId, media: tuple[MediaId, MediaId], origin: str
    ) -> Callable[[Connection], tuple[Photo, ChangeSet | None]]:
        """Name whole files in the place of damaged ones, which stay where they are."""
        attach = self._attaching(entry_id, photo_id, origin)

        def work(connection: Connection) -> tuple[Photo, ChangeSet | None]:
            photos.renew(connection, photo_id, *media)
            attach(connection)
            changes = ChangeSet(entries=frozenset({entry_id}), photos=frozenset({photo_id}), origin=origin)
            return photos.get(connection, photo_id), changes

        return work

    def _storing(
        self,
        entry_id: EntryId,
        picture: DecodedPicture,
        media: tuple[MediaId, MediaId],
        digest: bytes,
        byte_size: int,
        origin: str,
    ) -> Callable[[Connection], tuple[Photo, ChangeSet | None]]:
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Photo, ChangeSet | None]:
            photo_id = photos.insert(
                connection,
                picture,
                media=media[0],
                rendition=media[1],
                digest=digest,
                byte_size=byte_size,
                at=at,
            )
            return self._attaching(entry_id, photo_id, origin)(connection)

        return work

    def _attaching(
        self, entry_id: EntryId, photo_id: PhotoId, origin: str
    ) -> Callable[[Connection], tuple[Photo, ChangeSet | None]]:
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Photo, ChangeSet | None]:
            attached = entries.attach(connection, entry_id, photo_id, at)
            changes = ChangeSet(entries=frozenset({entry_id}), photos=frozenset({photo_id}), origin=origin)
            return photos.get(connection, photo_id), changes if attached else None

        return work


def _submit(pool: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    try:
        return pool.submit(work)
    except RuntimeError:  # shut down
        refused: Future[T] = Future()
        refused.set_exception(BookClosed())
        return refused


def _was_given_up(future: Future[Photo]) -> bool:
    return future.cancelled() or isinstance(future.exception(), BookClosed | PictureWorkerStopped)


def _contents(path: Path) -> bytes:
    """The bytes of a picture's file, after looking at how many there are.

    Raises PictureTooManyBytes, or PictureUnreadable for what cannot be read or is no file.
    """
    try:
        # Not blocking: a pipe with nobody at its other end would hold the picture thread for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise PictureUnreadable
            if found.st_size > BYTE_LIMIT:
                raise PictureTooManyBytes
            return file.read(BYTE_LIMIT + 1)
    except (OSError, ValueError):
        raise PictureUnreadable from None
