"""What is done with copies that are there: listed, read from beginning to end, and taken away on request."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from memorybook.domain.backup import Snapshot, Told, Verified
from memorybook.domain.ids import MediaId
from memorybook.services.copying import Copying, check_newest, counting
from memorybook.storage import backup_media, carrying, older_places
from memorybook.storage.backup_format import media_file
from memorybook.storage.backup_media import Wanted
from memorybook.storage.book import MEDIA
from memorybook.storage.replicas import Unlocked
from memorybook.storage.snapshots import Kept, Place


class CopyCare:
    """Blocks. ``way`` gives how the book is opened now."""

    def __init__(self, folder: Path, way: Callable[[], Unlocked], copying: Copying) -> None:
        self._folder = folder
        self._way = way
        self._copying = copying

    def count(self, folder: Path) -> int:
        """How many copies there are."""
        with carrying.on_the_drive(folder):
            return self._place(folder).count()

    def has(self, folder: Path, sequence: int) -> bool:
        """Whether a copy with this number is there. It is not looked at."""
        return self._place(folder).manifest_of(sequence).is_file()

    def snapshots(self, folder: Path) -> tuple[Snapshot, ...]:
        """Every copy, the newest first, as its manifest says."""
        with carrying.on_the_drive(folder):
            return tuple(_said(each) for each in self._place(folder).look().kept)

    def verify(self, folder: Path, told: Told, stop: threading.Event) -> Verified:
        """Read all of the newest copy, and put right from the book what is damaged of its files.

        ``LookupError`` when there is none. Raises CopyStopped and the errors of the drive.
        """
        place = self._place(folder)
        with carrying.on_the_drive(folder):
            kept = self._newest(place)
            go_on = counting(kept.manifest.size, told, stop)
            damaged = 0
            for path, part in (
                (kept.folder / "book.db", kept.manifest.database),
                (kept.folder / "book.keys", kept.manifest.keys),
            ):
                damaged += not carrying.is_what_it_was(path, part.sha256, go_on)
            broken = [
                media
                for media, part in sorted(kept.manifest.media.items())
                if not carrying.is_what_it_was(
                    place.media / media_file(media), part.sha256, go_on
                )
            ]
            mended = self._mended(place, broken, kept, stop)
        files = 2 + len(kept.manifest.media)
        return Verified(_said(kept), files, mended, damaged + len(broken) - mended)

    def _mended(self, place: Place, broken: list[MediaId], kept: Kept, stop: threading.Event) -> int:
        """A media file is the same in the book: whatever is damaged here is whole there, most likely."""
        mended = 0
        if broken:
            with place.held():
                for media in broken:
                    part = kept.manifest.media[media]
                    mended += backup_media.mend(
                        Wanted(media, None),
                        self._folder / MEDIA,
                        place.media,
                        part,
                        carrying.stopping(stop.is_set),
                    )
        return mended

    def keep_only_newest(self, folder: Path, stop: threading.Event) -> int:
        """Take all copies away but the newest, when that is whole. How many went."""
        place = self._place(folder)
        with self._held(place, folder):
            kept = place.look().kept
            if not kept or not check_newest(place, kept[0], carrying.stopping(stop.is_set)):
                return 0
            return place.remove(kept[1:])

    def older_sheet(self, folder: Path) -> int:
        """How many copies of this book there open with a withdrawn sheet."""
        way = self._way()
        with carrying.on_the_drive(folder):
            found = older_places.found(folder, self._place(folder).root, way.key_file.book_id)
            return sum(each.copies for each in found)

    def remove_older_sheet(self, folder: Path, stop: threading.Event) -> int:
        """Take them away, when there is a whole copy that opens with the sheet of today. How many went."""
        place, way = self._place(folder), self._way()
        with self._held(place, folder):
            kept = place.look().kept
            if not kept or not check_newest(place, kept[0], carrying.stopping(stop.is_set)):
                return 0
            return sum(
                older_places.remove(each)
                for each in older_places.found(folder, place.root, way.key_file.book_id)
            )

    def _place(self, folder: Path) -> Place:
        return self._copying.place(folder, self._way())

    @contextmanager
    def _held(self, place: Place, folder: Path) -> Iterator[None]:
        with carrying.on_the_drive(folder), place.held():
            yield

    @staticmethod
    def _newest(place: Place) -> Kept:
        newest, _ = place.newest()
        if newest is None:
            raise LookupError("there is no copy here")
        return newest


def _said(kept: Kept) -> Snapshot:
    manifest = kept.manifest
    return Snapshot(manifest.sequence, manifest.made_at, manifest.checked_at, None)
