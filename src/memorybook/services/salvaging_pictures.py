"""Photos and recordings of a damaged book of which no row is left, brought in by looking at their files.

Looking at a picture gives the same pictures for the screen again, byte for byte. By them is known which files
belong together, and which number a photo had whose small picture is still there.
"""

import hashlib
import io
import threading
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, BinaryIO, cast

from memorybook.domain.edit import UNTOUCHED, Edit
from memorybook.domain.ids import MediaId, PhotoId, RecordingId
from memorybook.domain.photo import BYTE_LIMIT, DecodedPicture
from memorybook.domain.recording import Probed
from memorybook.errors import (
    MediaDamaged,
    MediaMissing,
    PictureError,
    PictureNotRecognised,
    PlayerStopped,
    SalvageStopped,
)
from memorybook.storage import media_names, photo_files, recordings, unfinished
from memorybook.storage.media import MediaReader, MediaStore
from memorybook.storage.rebuilding import File, Files, Rebuilding
from memorybook.storage.rebuilding_media import (
    NOTHING_KNOWN,
    Missing,
    Unsure,
    add_photo,
    add_recording,
    note_facts,
    put_sound_picture,
    small_picture,
)
from memorybook.system.decoder import Decoder
from memorybook.system.decoder.recognising import recognise
from memorybook.system.player import probe

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class PicturesLeft:
    """Blocks, for seconds with each file. Raises database errors, what the disk said, and SalvageStopped."""

    def __init__(
        self,
        new: Rebuilding,
        media: MediaStore,
        files: Files,
        decoder: Decoder,
        *,
        stop: threading.Event,
        told: Callable[[int, int], object],
    ) -> None:
        """``told`` is called with how many files are done and of how many."""
        self._new = new
        self._media = media
        self._files = files
        self._decoder = decoder
        self._stop = stop
        self._told = told
        self.strays = 0
        """Files that were copied and of which nothing could be made."""

    def bring(self, missing: Missing, unwanted: Collection[MediaId]) -> None:
        """Look at what is unsure, then at every file that no row names; ``unwanted`` were to be destroyed."""
        known = {name for each in media_names.named(self._new.connection) for name in each.names}
        loose = [name for name in self._files if name not in known and name not in unwanted]
        total = len(missing.photos) + len(missing.recordings) + len(loose)
        done = 0
        for photo in missing.photos:
            self._look_again(photo)
            self._told(done := done + 1, total)
        for recording in missing.recordings:
            self._listen_again(recording)
            self._told(done := done + 1, total)
        pictures = [name for name in loose if _is_picture(self._files[name])]
        self._pair(pictures, missing, lambda: self._told(min(total, done + 1), total))
        for name in loose:
            if name not in pictures:
                self._bring_recording(name, missing)
                self._told(done := min(total, done + 1), total)
        for digest, number in missing.thumbnails.items():
            if not self._new.has("photo", number):
                self._bring_small(number, small_picture(self._new, number), digest)

    def _pair(self, names: list[MediaId], missing: Missing, told: Callable[[], object]) -> None:
        """Originals first, each with its picture for the screen where that is there too."""
        used: set[MediaId] = set()
        made = {name for name in names if name in missing.made}
        by_digest = {self._files[name].digest: name for name in names}
        alone: list[MediaId] = []
        originals = sorted(
            (name for name in names if name not in made),
            key=lambda name: (name not in missing.originals, -self._files[name].length),
        )
        for name in originals:
            picture = None if name in used else self._decoded(name)
            rendition = None if picture is None else by_digest.get(hashlib.sha256(picture.rendition).digest())
            if picture is not None and rendition is not None and rendition != name:
                used |= {name, rendition}
                self._bring_photo(name, rendition, picture, missing)
            elif picture is not None and name in missing.originals:
                used.add(name)
                self._bring_photo(name, self._kept(picture), picture, missing)
            elif name not in used:
                alone.append(name)
            told()
        for name in (*(name for name in alone if name not in used), *sorted(made - used)):
            if name in made and self._new.has("photo", missing.made[name]):
                self._media.remove(name)  # how an original was shown that is shown anew
                continue
            picture = self._decoded(name)
            if picture is None:
                self.strays += 1
            else:
                self._bring_photo(name, self._kept(picture), picture, missing)
            told()

    def _kept(self, picture: DecodedPicture) -> MediaId:
        name = unfinished.fresh()
        self._media.write(picture.rendition, name)
        return name

    def _bring_photo(
        self, name: MediaId, rendition: MediaId, picture: DecodedPicture, missing: Missing
    ) -> None:
        number = (
            missing.originals.get(name)
            or missing.made.get(name)
            or missing.thumbnails.get(hashlib.sha256(picture.thumbnail).digest())
        )
        file = self._files[name]

        def add() -> int:
            return add_photo(
                self._new,
                picture,
                number=number,
                media=name,
                rendition=rendition,
                digest=file.digest,
                length=file.length,
            )

        made = self._new.attempt(add)
        self._count("photo", made)

    def _count(self, table: str, made: int | None) -> None:
        if made is None:
            self.strays += 1
        else:
            self._new.counts[table].known.add(made)
            self._new.counts[table].in_part.add(made)
        self._new.step()

    def _bring_small(self, number: int, jpeg: bytes, digest: bytes) -> None:
        """A photo of which the small picture alone is left is that picture now."""
        picture = self._picture(jpeg, UNTOUCHED)
        if picture is None:
            return
        media, rendition = unfinished.fresh(), self._kept(picture)
        self._media.write(jpeg, media)

        def add() -> int:
            return add_photo(
                self._new,
                picture,
                number=number,
                media=media,
                rendition=rendition,
                digest=digest,
                length=len(jpeg),
            )

        if self._new.attempt(add) is not None:
            self._new.counts["photo"].in_part.add(number)
        self._new.step()

    def _bring_recording(self, name: MediaId, missing: Missing) -> None:
        file = self._files[name]
        probed = None
        if file.digest:
            try:
                probed = self._probed(name)
            except PlayerStopped:
                probed = NOTHING_KNOWN
        made = None
        if probed is not None:
            found = probed

            def add() -> int:
                return add_recording(
                    self._new,
                    found,
                    number=missing.originals.get(name),
                    numbers=missing.pictures,
                    media=name,
                    digest=file.digest,
                    length=file.length,
                )

            made = self._new.attempt(add)
        self._count("recording", made)

    def _look_again(self, photo: Unsure) -> None:
        picture = self._decoded(photo.media, photo.edit)
        if picture is not None and photo.facts:
            note_facts(self._new, photo.id, picture)
        if photo.picture:
            if picture is None:
                files = photo_files.of(self._new.connection, PhotoId(photo.id))
                picture = self._decoded(files.shown)
            # A photo has a small picture, if only an empty one: who goes through all of them relies on it.
            thumbnail = b"" if picture is None else picture.thumbnail
            photo_files.put_thumbnail(self._new.connection, PhotoId(photo.id), thumbnail)
        self._new.step()

    def _listen_again(self, recording: Unsure) -> None:
        file = self._files.get(recording.media)
        if file is not None and file.digest:
            try:
                probed = self._probed(recording.media)
            except PlayerStopped:
                return
            if recording.picture:
                put_sound_picture(self._new, recording.id, probed)
            recordings.note(self._new.connection, RecordingId(recording.id), probed)
        self._new.step()

    def _probed(self, name: MediaId) -> Probed:
        with self._media.open(name) as reader:
            return probe(cast("BinaryIO", _Asked(reader, self._stop)), reader.length)

    def _decoded(self, name: MediaId, edit: Edit = UNTOUCHED) -> DecodedPicture | None:
        file = self._files.get(name)
        if file is None or not file.digest or file.length > BYTE_LIMIT:
            return None
        try:
            return self._picture(self._media.read(name), edit)
        except (MediaDamaged, MediaMissing):
            return None

    def _picture(self, data: bytes, edit: Edit) -> DecodedPicture | None:
        if self._stop.is_set():
            raise SalvageStopped
        try:
            return self._decoder.decode(data, edit)
        except PictureError:
            if self._stop.is_set():  # it may have been our own doing
                raise SalvageStopped from None
            return None


class _Asked(io.RawIOBase):
    """A recording that asks before each part whether it is still wanted: a long one takes a while."""

    def __init__(self, reader: MediaReader, stop: threading.Event) -> None:
        super().__init__()
        self._reader = reader
        self._stop = stop

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._reader.seek(offset, whence)

    def tell(self) -> int:
        return self._reader.tell()

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if self._stop.is_set():
            raise SalvageStopped
        return self._reader.readinto(buffer)


def _is_picture(file: File) -> bool:
    try:
        return bool(file.digest and recognise(file.head))
    except PictureNotRecognised:
        return False
