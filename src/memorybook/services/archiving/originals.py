"""The photos and recordings of an archive: each is checked before a byte of it is given out."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from memorybook.domain.archive_names import Names, ending_of, is_shown_by_browsers, picture_ending
from memorybook.domain.dates import VagueDate
from memorybook.domain.health import DamagedThing
from memorybook.domain.ids import MediaId
from memorybook.errors import ArchiveStopped, MediaDamaged, MediaMissing, StorageFailed
from memorybook.services.archiving.gathering import Gathered
from memorybook.storage.archive_kinds import PHOTOS, RECORDINGS, Kind
from memorybook.storage.archive_rows import Item
from memorybook.storage.media import MediaStore

_PIECE = 1 << 18
PUT_AWAY = "put away"
"""The folder of what lies in the drawer."""


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One file of an archive, its content piece by piece. ``size`` is ``None`` where it is not known before.

    ``is_text`` tells that it is worth making smaller.
    """

    name: str
    chunks: Iterator[bytes] = field(repr=False)
    size: int | None = None
    is_text: bool = False


class Originals:
    """Goes through photos and recordings once. Afterwards each item says where its file is, or ``None``."""

    def __init__(self, found: Gathered, media: MediaStore, names: Names, stop: threading.Event) -> None:
        self._found = found
        self._media = media
        self._names = names
        self._stop = stop

    def files(self) -> Iterator[ArchivedFile]:
        """Every file that can be read whole; what cannot is added to what is damaged."""
        for item in self._found.of(PHOTOS):
            yield from self._photo(item)
        for item in self._found.of(RECORDINGS):
            yield from self._recording(item)

    @property
    def size(self) -> int:
        """How many bytes there are to be read, roughly: for the progress."""
        return sum(int(item["byte_size"]) for kind in (PHOTOS, RECORDINGS) for item in self._found.of(kind))

    def _photo(self, item: Item) -> Iterator[ArchivedFile]:
        item["file"] = item["shown"] = None
        media, shown = self._found.photos[item["id"]]
        if not self._is_whole(media, item["sha256"]):
            self._found.damaged.append(_lost(PHOTOS, item))
        else:
            folder = PUT_AWAY if item["deleted_at"] else "photos"
            words = item["caption"] or item["kind"] or "photo"
            name = self._names.of(folder, _day(item), words, picture_ending(item["format"]))
            item["file"] = name
            yield ArchivedFile(name, self._content(media), item["byte_size"])
        if item["edit"] or not is_shown_by_browsers(item["format"]) or item["file"] is None:
            yield from self._as_shown(item, shown)

    def _as_shown(self, item: Item, shown: MediaId | None) -> Iterator[ArchivedFile]:
        """The picture as the book shows it. It can be made anew from the original: without it, no matter."""
        if shown is None or not self._is_whole(shown, None):
            return
        folder = PUT_AWAY if item["deleted_at"] else "photos"
        item["shown"] = (
            self._names.of(folder, _day(item), f"{item['caption'] or 'photo'} as shown", ".jpg")
            if item["file"] is None
            else self._names.beside(item["file"], "as shown", ".jpg")
        )
        yield ArchivedFile(item["shown"], self._content(shown))

    def _recording(self, item: Item) -> Iterator[ArchivedFile]:
        item["file"] = None
        media, _ = self._found.recordings[item["id"]]
        if not self._is_whole(media, item["sha256"]):
            self._found.damaged.append(_lost(RECORDINGS, item))
            return
        folder = PUT_AWAY if item["deleted_at"] else "recordings"
        stem = item["file_name"].rpartition(".")[0]
        words = item["title"] or stem or item["kind"] or "recording"
        ending = ending_of(item["file_name"], f".{item['format']}" if item["format"].isalnum() else ".bin")
        item["file"] = self._names.of(folder, _day(item), words, ending)
        yield ArchivedFile(item["file"], self._content(media), item["byte_size"])

    def _is_whole(self, media: MediaId, sha256: str | None) -> bool:
        digest = hashlib.sha256()
        try:
            for chunk in self._content(media):
                digest.update(chunk)
        except (MediaDamaged, MediaMissing, StorageFailed):  # the last one: a bad place of the disk
            return False
        return sha256 is None or digest.hexdigest() == sha256

    def _content(self, media: MediaId) -> Iterator[bytes]:
        with self._media.open(media) as file:
            while chunk := file.read(_PIECE):
                if self._stop.is_set():
                    raise ArchiveStopped
                yield chunk


def _day(item: dict[str, Any]) -> VagueDate:
    return VagueDate.parse(item["taken"])


def _lost(kind: Kind, item: Item) -> DamagedThing:
    return DamagedThing(kind.thing, item["id"], item[kind.title], item["taken"], "original")
