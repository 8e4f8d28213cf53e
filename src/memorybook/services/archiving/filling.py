"""Putting what an archive holds into a book that is new and empty."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, TypeVar, cast

from memorybook.domain.archive import ArchiveReport
from memorybook.domain.backup import Step, Told
from memorybook.domain.edit import Edit
from memorybook.domain.health import DamagedThing
from memorybook.domain.ids import MediaId
from memorybook.domain.photo import BYTE_LIMIT
from memorybook.domain.recording import Probed, Sort
from memorybook.errors import (
    ArchiveDamaged,
    ArchiveStopped,
    BookDamaged,
    MediaDamaged,
    PictureError,
    PlayerStopped,
    SourceChanged,
    TakingInStopped,
)
from memorybook.services import markup
from memorybook.services.archiving.checking import Book
from memorybook.services.archiving.gathering import NOT_OF_THE_BOOK
from memorybook.services.archiving.source import BROKEN, Source
from memorybook.services.media_writing import MediaWriting
from memorybook.services.times import stamp
from memorybook.storage import archive_fill, preferences, unfinished
from memorybook.storage.archive_kinds import PHOTOS, PREFERENCES, RECORDINGS, VERSIONS, Kind
from memorybook.storage.archive_rows import Item
from memorybook.storage.connection import Connection
from memorybook.storage.counts import counts
from memorybook.storage.media import MediaStore
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder
from memorybook.system.player import probe

T = TypeVar("T")

READING = "reading"
_AT_ONCE = 100
_PIECE = 1 << 18
_NOT_KNOWN = Probed(Sort.UNKNOWN, "", playable=False, milliseconds=None, width=0, height=0)


class Filling:
    """Reads one archive into one book. Blocks: for a thread that may wait."""

    def __init__(
        self,
        worker: VaultWorker,
        media: MediaStore,
        decoder: Decoder,
        clock: Clock,
        *,
        told: Told,
        stop: threading.Event,
    ) -> None:
        self._worker = worker
        self._media = media
        self._decoder = decoder
        self._clock = clock
        self._writing = MediaWriting(worker, media)
        self._told = told
        self._stop = stop
        self._left_out: list[DamagedThing] = []
        self._done = self._total = self._files = 0

    def fill(self, source: Source, book: Book) -> ArchiveReport:
        """Everything, down to the drawer. The book has to be empty: ``ValueError`` otherwise.

        A photo or a recording whose file is damaged or gone is left out and named, as is what was left out
        when the archive was made. Raises ArchiveDamaged when the words are not what they were,
        ArchiveStopped, and what the disk says; then the book is not one to be kept.
        """
        if not self._worker.read(archive_fill.is_new).result():
            raise ValueError("the book is not new")
        self._left_out += book.left_out
        self._total = book.seen.counts.media_bytes
        for name in book.parts:
            self._files += 1
            for several in _groups(book.items(name)):
                self._go_on()
                self._put(source, several)
        numbers = book.numbers
        self._write(lambda connection: archive_fill.go_on_from(connection, numbers))
        found = self._worker.read(counts).result()
        return ArchiveReport(found, self._files, self._done, tuple(dict.fromkeys(self._left_out)))

    def _put(self, source: Source, several: list[tuple[Kind, Item]]) -> None:
        kind = several[0][0]
        if kind in {PHOTOS, RECORDINGS}:
            for _, item in several:
                self._put_media(kind, item, source)
            return
        at = stamp(self._clock)

        def work(connection: Connection) -> list[DamagedThing]:
            items = [item for _, item in several]
            gone = [item for item in items if not _put_words(connection, kind, item, at)]
            return [_lost(kind, item, "words") for item in gone]

        self._left_out += self._write(work)

    def _put_media(self, kind: Kind, item: Item, source: Source) -> None:
        put = self._put_photo if kind is PHOTOS else self._put_recording
        if item["file"] is None:
            return  # it was left out when the archive was made, and is named
        try:
            put(item, source)
        except (LookupError, MediaDamaged, SourceChanged, PictureError, *BROKEN):
            self._left_out.append(_lost(kind, item, "original"))
        self._files += 1
        self._done += item["byte_size"]
        self._told(Step(READING, min(self._done, self._total), self._total))

    def _put_photo(self, item: Item, source: Source) -> None:
        size = source.size(item["file"])
        if size > BYTE_LIMIT or size != item["byte_size"]:
            raise MediaDamaged
        with source.open(item["file"]) as file:
            data = file.read(size + 1)
        if len(data) != size or hashlib.sha256(data).hexdigest() != item["sha256"]:
            raise MediaDamaged
        self._go_on()
        edit = _edit(item["edit"])
        picture = self._decoder.decode(data)
        view = None if edit.is_untouched else self._decoder.decode(data, edit)
        contents = [data, picture.rendition] + ([] if view is None else [view.rendition])
        names = self._writing.names(len(contents))
        for name, content in zip(names, contents, strict=True):
            self._media.write(content, name)
        at = stamp(self._clock)

        def work(connection: Connection) -> None:
            _stand_in(connection, item, at)
            archive_fill.put_photo(
                connection,
                item,
                picture,
                (view or picture).thumbnail,
                media=names[0],
                rendition=names[1],
                view=names[2] if view is not None else None,
            )
            unfinished.settle(connection, names)

        self._write(work)

    def _put_recording(self, item: Item, source: Source) -> None:
        size = source.size(item["file"])
        if size != item["byte_size"]:
            raise MediaDamaged
        (name,) = self._writing.names(1)
        try:
            with source.open(item["file"]) as file:
                _, digest = self._media.write_stream(
                    cast("BinaryIO", _Whole(file)), size, media=name, stopped=self._stop.is_set
                )
            if digest.hex() != item["sha256"]:
                raise MediaDamaged
        except TakingInStopped:
            raise ArchiveStopped from None
        except (MediaDamaged, SourceChanged):
            self._writing.discard([name])
            raise
        probed = self._probed(name, size)
        at = stamp(self._clock)

        def work(connection: Connection) -> None:
            _stand_in(connection, item, at)
            archive_fill.put_recording(connection, item, probed, media=name)
            unfinished.settle(connection, [name])

        self._write(work)

    def _probed(self, name: MediaId, size: int) -> Probed:
        try:
            with self._media.open(name) as file:
                return probe(cast("BinaryIO", file), size)
        except PlayerStopped:
            return _NOT_KNOWN

    def _write(self, work: Callable[[Connection], T]) -> T:
        try:
            return self._worker.write(lambda connection: (work(connection), None)).result()
        except BookDamaged:  # it is new: what does not fit came out of the archive
            raise ArchiveDamaged from None

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise ArchiveStopped


class _Whole:
    """A stream whose ``read`` raises what a file that breaks off raises, whatever sort of file it is in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, length: int) -> bytes:
        try:
            return self._file.read(min(length, _PIECE))
        except BROKEN:
            raise ValueError("it breaks off") from None


def _put_words(connection: Connection, kind: Kind, item: Item, at: str) -> bool:
    if kind is PREFERENCES:
        if not item["key"].startswith(NOT_OF_THE_BOOK):
            preferences.put(connection, item["key"], item["value"])
        return True
    if kind is VERSIONS and not archive_fill.is_there(connection, "entry", item["page"]):
        return False  # the page itself could not be read when the archive was made
    _stand_in(connection, item, at)
    archive_fill.put(connection, kind, item, markup.composed)
    return True


def _stand_in(connection: Connection, item: Item, at: str) -> None:
    """Whoever is named and was left out is there, without a name."""
    for number in (item.get("author"),):
        if number is not None and not archive_fill.is_there(connection, "person", number):
            archive_fill.stand_in(connection, "person", number, at)
    for number in (item.get("baby"), *item.get("babies", ())):
        if number is not None and not archive_fill.is_there(connection, "baby", number):
            archive_fill.stand_in(connection, "baby", number, at)


def _edit(text: str) -> Edit:
    try:
        return Edit.parse(text)
    except ValueError:
        raise ArchiveDamaged from None


def _groups(items: Iterable[tuple[Kind, Item]]) -> Iterator[list[tuple[Kind, Item]]]:
    rest = iter(items)
    while several := list(islice(rest, _AT_ONCE)):
        yield several


def _lost(kind: Kind, item: Item, lost: str) -> DamagedThing:
    title = str(item.get(kind.title, "")) if kind.title else ""
    day = str(item.get(kind.day, "")) if kind.day else ""
    return DamagedThing(kind.thing, int(item.get("id", 0)), title, day, lost)
