"""Takes photos and recordings of a book out of a copy: each is read back and compared before it counts."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from memorybook.domain.health import FILE, SMALL_PICTURE, DamagedThing
from memorybook.domain.ids import MediaId
from memorybook.domain.restoring import CHECKING_FILES
from memorybook.errors import MediaDamaged
from memorybook.files import private_folder, sync_folder, translate_os_error, write_new
from memorybook.storage import copies
from memorybook.storage.book import MEDIA
from memorybook.storage.copies import Piece
from memorybook.storage.media import ENDING
from memorybook.storage.media_names import KeptMedia
from memorybook.storage.mediafile import Broken, Opened
from memorybook.storage.restoring import Pace


class MediaTaking:
    """Takes media files into the folder of a book. ``sources`` are asked for each in their order."""

    def __init__(
        self, folder: Path, key: bytes, sources: Sequence[Mapping[MediaId, Piece]], pace: Pace
    ) -> None:
        self._folder = folder / MEDIA
        self._key = key
        self._sources = sources
        self._pace = pace

    def size(self, things: Collection[KeptMedia], others: Collection[MediaId] = ()) -> int:
        """About how many bytes there are to take."""
        names = [name for thing in things for name in thing.files.names]
        return sum(self._first(name) for name in (*names, *others))

    def _first(self, media: MediaId) -> int:
        return next((source[media].size for source in self._sources if media in source), 0)

    def take(self, things: Collection[KeptMedia], others: Collection[MediaId] = ()) -> list[DamagedThing]:
        """Take them all; what could not be had whole. Of ``others`` those that are this book's come along.

        An original that is damaged comes along as it is when its own key can still be had: parts of it may
        be saved one day. Raises what the disk said of the folder, or RestoreStopped.
        """
        private_folder(self._folder)
        self._pace.begin(CHECKING_FILES, self.size(things, others))
        missing = []
        try:
            for thing in things:
                original = self._take(thing.files.original, thing.files.digest)
                made = [self._take(name, None) for name in thing.files.made]
                if not original:
                    missing.append(thing.without(FILE))
                elif not all(made):
                    missing.append(thing.without(SMALL_PICTURE))
            for name in others:
                self._take(name, None)
            sync_folder(self._folder)
        except OSError as error:
            raise translate_os_error(error) from None
        return missing

    def fetch(self, media: MediaId, digest: bytes | None) -> Path | None:
        """One file, taken and whole, or ``None``. Raises as :meth:`take`."""
        try:
            private_folder(self._folder)
            return self._fetch(media, digest)
        except OSError as error:
            raise translate_os_error(error) from None

    def _take(self, media: MediaId, digest: bytes | None) -> bool:
        """Whether the file is there now, whole. An original that is damaged is there as it was found."""
        if self._fetch(media, digest) is not None:
            return True
        if digest is not None:
            self._take_damaged(self._folder / f"{media}{ENDING}", media)
        return False

    def _fetch(self, media: MediaId, digest: bytes | None) -> Path | None:
        target = self._folder / f"{media}{ENDING}"
        for piece in self._found(media):
            if self._copied(piece, target) and self._is_whole(target, media, digest):
                return target
            target.unlink(missing_ok=True)
        return None

    def _found(self, media: MediaId) -> list[Piece]:
        return [source[media] for source in self._sources if media in source]

    def _take_damaged(self, target: Path, media: MediaId) -> None:
        for piece in self._found(media):
            if self._copied(piece, target, silent=True) and _opens(target, media, self._key):
                return
            target.unlink(missing_ok=True)

    def _copied(self, piece: Piece, target: Path, *, silent: bool = False) -> bool:
        """Whether it could be read. What the disk says of the target is raised."""
        unreadable = False

        def pieces() -> Iterator[bytes]:
            nonlocal unreadable
            chunks = copies.chunks(piece, self._pace.check)
            while True:
                try:
                    chunk = next(chunks, None)
                except OSError:
                    unreadable = True
                    return
                if chunk is None:
                    return
                if not silent:
                    self._pace.advance(len(chunk))
                yield chunk

        write_new(target, pieces())
        return not unreadable

    def _is_whole(self, path: Path, media: MediaId, digest: bytes | None) -> bool:
        """Read back from the disk: whether it opens to its last byte, and holds what it is to hold."""
        held = hashlib.sha256()
        try:
            with path.open("rb") as file:
                for chunk in Opened(file, media, self._key):
                    self._pace.check()
                    held.update(chunk)
        except MediaDamaged:
            return False
        return digest is None or held.digest() == digest


def _opens(path: Path, media: MediaId, key: bytes) -> bool:
    """Whether the key of this file can be had, so that it is of this book at all."""
    try:
        with path.open("rb") as file:
            Broken(file, media, key)
    except MediaDamaged:
        return False
    return True
