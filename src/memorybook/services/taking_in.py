"""Takes one picture into the book: read, looked at, written, and put where it belongs."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.bringing import BringAccount
from memorybook.domain.changes import ChangeSet
from memorybook.domain.edit import UNTOUCHED, Edit
from memorybook.domain.ids import EntryId, KeepsakeId, MediaId, PhotoId
from memorybook.domain.photo import BYTE_LIMIT, DecodedPicture, Photo
from memorybook.errors import (
    BookClosed,
    MediaDamaged,
    MediaMissing,
    MemoryBookError,
    PictureIsFolder,
    PictureNotRecognised,
    PictureTooManyBytes,
    PictureUnreadable,
    StorageFailed,
    StorageFull,
)
from memorybook.services.bringing import Brought
from memorybook.services.media_writing import MediaWriting
from memorybook.services.preferences import COVER_NEW
from memorybook.services.sources import Found, Source, beginning, is_folder, open_file
from memorybook.services.times import stamp
from memorybook.storage import (
    attachments,
    keepsakes,
    photo_drawer,
    photo_files,
    photos,
    preferences,
    unfinished,
)
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.photo_files import PhotoFiles
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder
from memorybook.system.decoder.recognising import recognise

PhotoAccount = BringAccount[PhotoId]

_BEGINNING = 16

_ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff", ".gif", ".bmp"}
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture that was read and looked at. ``picture`` is ``None`` when the book has it, and has it whole.

    ``mends`` is the photo in the book whose files are damaged or gone; ``view`` is the picture with its
    ``edit``, where it has one. ``original`` is its file when that one is whole, and stays: an older copy of
    the database may name it, too.
    """

    data: bytes = field(repr=False)
    digest: bytes
    picture: DecodedPicture | None = None
    mends: PhotoId | None = None
    edit: Edit = UNTOUCHED
    view: DecodedPicture | None = None
    original: MediaId | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture goes besides the album, and who asked."""

    entry: EntryId | None = None
    keepsake: KeepsakeId | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of one. No row names the ``unneeded`` files: these ones, or those whose place they took."""

    photo: Photo
    known: bool
    back: bool
    unneeded: tuple[MediaId, ...]


class TakingIn:
    """Blocks: for threads that may wait. Any number of them at once.

    ``stopped`` says that the book is being closed: then nothing more is begun.
    """

    def __init__(
        self,
        worker: VaultWorker,
        media: MediaStore,
        decoder: Decoder,
        clock: Clock,
        stopped: Callable[[], bool],
    ) -> None:
        self._worker = worker
        self._media = media
        self._decoder = decoder
        self._clock = clock
        self._stopped = stopped
        self._writing = MediaWriting(worker, media)

    def look_at(self, found: Found, _stopped: Callable[[], bool]) -> Prepared | None:
        """Read and look at one of many files; ``None`` for one of a folder that is no picture.

        One that is called like a picture is refused by its name instead: somebody believes it is one.
        """
        if isinstance(found.source, Path) and not found.chosen and not _is_called_picture(found.source):
            start = beginning(found.source, _BEGINNING)
            if start is not None and not _is_picture(start):
                return None
        return self.prepare(found.source)

    def prepare(self, source: Source) -> Prepared:
        """Read and look at a picture. Raises the PictureErrors, and BookClosed."""
        data = source if isinstance(source, bytes) else _contents(source)
        if len(data) > BYTE_LIMIT:
            raise PictureTooManyBytes
        digest = hashlib.sha256(data).digest()
        known = self._known(digest)
        original, is_whole = (None, False) if known is None else self._what_is_whole(known)
        if is_whole:
            return Prepared(data, digest)
        if self._stopped():
            raise BookClosed
        picture = self._decoder.decode(data)
        if known is None:
            return Prepared(data, digest, picture)
        view = None if known.edit.is_untouched else self._decoder.decode(data, known.edit)
        return Prepared(data, digest, picture, known.id, known.edit, view, original)

    def keep(self, prepared: Prepared, place: Place) -> Photo:
        """Put a picture into the book and where it belongs.

        One that is in the book already is not stored twice; if its files are damaged or gone, these take
        their place, and if it was put away it comes back. Raises StorageFull, BookReadOnly, StorageFailed,
        BookClosed, or LookupError when the place is not there; then nothing is left behind.
        """
        return self._keep(prepared, place).photo

    def bring(self, prepared: Prepared, place: Place) -> Brought[PhotoId]:
        """As :meth:`keep`, for the account."""
        done = self._keep(prepared, place)
        return Brought(done.photo.id, known=done.known, back=done.back)

    def _keep(self, prepared: Prepared, place: Place) -> _Done:
        if self._stopped():
            raise BookClosed
        if prepared.picture is None or self._came_meanwhile(prepared):
            try:
                return self._worker.write(self._placing(prepared, place, None, ())).result()
            except _GoneMeanwhileError:
                return self._keep(self.prepare(prepared.data), place)
        files, new = self._write(prepared)
        try:
            done = self._worker.write(self._placing(prepared, place, files, new)).result()
        except _GoneMeanwhileError:
            self._writing.discard(new)
            return self._keep(self.prepare(prepared.data), place)
        except (StorageFull, BookClosed, LookupError):
            # Nothing was committed. After any other error that is not certain until the next opening.
            self._writing.discard(new)
            raise
        self._writing.discard(done.unneeded)
        return done

    def _known(self, digest: bytes) -> Photo | None:
        def work(connection: Connection) -> Photo | None:
            known = photos.find(connection, digest)
            return None if known is None else photos.get(connection, known)

        return self._worker.read(work).result()

    def _came_meanwhile(self, prepared: Prepared) -> bool:
        """Whether the same picture came twice, one close behind the other: that one is whole."""
        known = self._known(prepared.digest)
        return known is not None and self._what_is_whole(known)[1]

    def _what_is_whole(self, photo: Photo) -> tuple[MediaId | None, bool]:
        """The file of the original, if that one can be read, and whether all of its files can."""
        original = None
        try:
            files = self._worker.read(lambda connection: photo_files.of(connection, photo.id)).result()
            data = self._media.read(files.media)
            if hashlib.sha256(data).hexdigest() != photo.digest:
                return None, False
            original = files.media
            for shown in files.all[1:]:
                self._media.read(shown)
        except (MediaDamaged, MediaMissing, StorageFailed, LookupError):  # also a bad place of the disk
            return original, False
        return original, True

    def _write(self, prepared: Prepared) -> tuple[PhotoFiles, tuple[MediaId, ...]]:
        """The files it has then, and those of them that are new."""
        contents = [each.rendition for each in (prepared.picture, prepared.view) if each is not None]
        if prepared.original is None:
            contents.insert(0, prepared.data)
        names = self._writing.names(len(contents))
        try:
            for name, content in zip(names, contents, strict=True):
                if self._stopped():
                    raise BookClosed
                self._media.write(content, name)
        except MemoryBookError:
            self._writing.discard(names)
            raise
        kept = () if prepared.original is None else (prepared.original,)
        return PhotoFiles(*kept, *names), names

    def _placing(
        self, prepared: Prepared, place: Place, files: PhotoFiles | None, new: tuple[MediaId, ...]
    ) -> Callable[[Connection], tuple[_Done, ChangeSet | None]]:
        """Put it where it belongs. ``files`` are on the disk, for a picture that is new or to be mended."""
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[_Done, ChangeSet | None]:
            known = photos.find(connection, prepared.digest)
            pages, things = set[EntryId](), set[KeepsakeId]()
            is_used = is_back = False
            unneeded = new
            if known is None:
                photo_id = self._insert(connection, prepared, files, at)
                is_used, unneeded = True, ()
            else:
                photo_id = known
                moved = photo_drawer.bring_back(connection, [known])
                is_back = bool(moved.photos)
                pages |= moved.entries
                things |= moved.keepsakes
                edit = photos.get(connection, known).edit
                now = photo_files.of(connection, known)
                is_same = (prepared.mends, prepared.edit) == (known, edit)
                if files is not None and is_same and prepared.original in {None, now.media}:
                    unneeded = tuple(each for each in now.all if each not in files.all)
                    unfinished.note(connection, unneeded)
                    photo_files.renew(connection, known, files, at)
                    is_used = True
            if is_used:
                unfinished.settle(connection, new)
            if place.entry is not None and attachments.attach(connection, place.entry, photo_id, at):
                pages.add(place.entry)
            if place.keepsake is not None and keepsakes.attach(connection, place.keepsake, photo_id, at):
                things.add(place.keepsake)
            changes = ChangeSet(
                entries=frozenset(pages),
                photos=frozenset({photo_id}),
                keepsakes=frozenset(things),
                drawer=is_back,
                origin=place.origin,
            )
            done = _Done(photos.get(connection, photo_id), known is not None, is_back, unneeded)
            return done, changes if is_used or is_back or pages or things else None

        return work

    def _insert(
        self, connection: Connection, prepared: Prepared, files: PhotoFiles | None, at: str
    ) -> PhotoId:
        if files is None or prepared.picture is None or prepared.original is not None:
            raise _GoneMeanwhileError
        return photos.insert(
            connection,
            prepared.picture,
            media=files.media,
            rendition=files.rendition,
            digest=prepared.digest,
            byte_size=len(prepared.data),
            at=at,
            covered=preferences.get(connection, COVER_NEW) == "1",
        )


class _GoneMeanwhileError(Exception):
    """It was in the book when it was looked at, and has been deleted for ever since."""


def _is_picture(start: bytes) -> bool:
    try:
        recognise(start)
    except PictureNotRecognised:
        return False
    return True


def _is_called_picture(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS


def _contents(path: Path) -> bytes:
    """The bytes of a picture's file, after looking at how many there are.

    Raises PictureTooManyBytes, PictureIsFolder, or PictureUnreadable for what cannot be read or is no file.
    """
    if is_folder(path):
        raise PictureIsFolder
    try:
        with os.fdopen(open_file(path), "rb") as file:
            if os.fstat(file.fileno()).st_size > BYTE_LIMIT:
                raise PictureTooManyBytes
            return file.read(BYTE_LIMIT + 1)
    except (OSError, ValueError):
        raise PictureUnreadable from None
