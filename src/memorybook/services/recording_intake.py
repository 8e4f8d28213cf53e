"""Taking recordings in: one file after the other, read once from its beginning to its end, however long."""

import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import EntryId, MediaId, RecordingId
from memorybook.domain.recording import Probed, Recording, RecordingDraft, Sort
from memorybook.errors import (
    BookClosed,
    MediaDamaged,
    MediaMissing,
    MemoryBookError,
    PlayerStopped,
    RecordingEmpty,
    RecordingError,
    RecordingIsPicture,
    RecordingUnreadable,
    SourceChanged,
    StorageFailed,
    StorageFull,
    TakingInStopped,
)
from memorybook.services.bringing import Brought
from memorybook.services.media_writing import MediaWriting
from memorybook.services.preferences import COVER_NEW
from memorybook.services.sources import Found, Source, open_file
from memorybook.services.times import stamp
from memorybook.storage import attachments, entries, preferences, recordings, unfinished
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_NOT_KNOWN = Probed(Sort.UNKNOWN, "", playable=False, milliseconds=None, width=0, height=0)
_HEAD = 16
_PIECE = 1 << 20

Probe = Callable[[BinaryIO, int], Probed]


Taken = Brought[RecordingId]


@dataclass(frozen=True, slots=True)
class Looked:
    """One file that can be kept: what it is to the player, and how many bytes it has."""

    source: Source = field(repr=False)
    length: int
    probed: Probed


class RecordingIntake:
    """Blocks for as long as reading and writing take: for threads of its own."""

    def __init__(self, worker: VaultWorker, media: MediaStore, clock: Clock, probe: Probe) -> None:
        self._worker = worker
        self._media = media
        self._writing = MediaWriting(worker, media)
        self._clock = clock
        self._probe = probe

    def look(self, found: Found, stopped: Callable[[], bool]) -> Looked | None:
        """See what a file is. One that was chosen is kept whatever it is; of a folder, sound and videos are.

        ``None`` for a file of a folder that is neither. ``stopped`` is asked before each part that is read.
        Raises the RecordingErrors or TakingInStopped. Several threads may ask.
        """
        with _opened(found.source) as file:
            length = _length(file)
            problem: RecordingError | None = None
            if not length:
                problem = RecordingEmpty()
            elif _is_picture(_read(file, _HEAD)):
                problem = RecordingIsPicture()
            if problem is not None:
                if found.chosen:
                    raise problem
                return None
            probed = self._probed(cast("BinaryIO", _Asking(file, stopped)), length)
        if probed.sort is Sort.UNKNOWN and not found.chosen:
            return None
        return Looked(found.source, length, probed)

    def take_in(
        self,
        looked: Looked,
        *,
        entry: EntryId | None,
        told: Callable[[int], object],
        stopped: Callable[[], bool],
        origin: str,
    ) -> Taken:
        """Keep one file byte for byte; on a page too with ``entry``. The file itself is not touched.

        ``told`` is called with how many of its bytes are done, ``stopped`` asked now and then.
        Raises RecordingUnreadable, TakingInStopped, StorageFull, BookReadOnly, StorageFailed or BookClosed;
        LookupError without such a page. Then nothing is left behind.
        """
        with _opened(looked.source) as file:
            kept = self._known(file, looked.length, stopped)
            if kept is not None and self._is_whole(kept, stopped):
                return self._attach(kept.id, entry, origin)
            file.seek(0)
            (media,) = self._writing.names(1)
            try:
                _, digest = self._media.write_stream(
                    file, looked.length, media=media, told=told, stopped=stopped
                )
            except MemoryBookError as error:
                self._writing.discard([media])
                if isinstance(error, SourceChanged):
                    raise RecordingUnreadable from None
                raise
        try:
            if kept is not None and digest.hex() != kept.digest:
                self._writing.discard([media])
                raise RecordingUnreadable  # it is not what it was a moment ago
            if kept is not None:
                return self._renew(kept.id, media, entry, origin)
            return self._insert(looked, media, digest, entry, origin)
        except (StorageFull, BookClosed, LookupError):
            # Nothing was committed. After any other error that is not certain until the next opening.
            self._writing.discard([media])
            raise

    def _known(self, file: BinaryIO, length: int, stopped: Callable[[], bool]) -> Recording | None:
        """The recording that this file is, if it is in the book already."""
        if not self._worker.read(lambda connection: recordings.has_size(connection, length)).result():
            return None
        file.seek(0)
        digest = _digest(file, stopped)

        def work(connection: Connection) -> Recording | None:
            known = recordings.find(connection, digest)
            return None if known is None else recordings.get(connection, known)

        return self._worker.read(work).result()

    def _is_whole(self, kept: Recording, stopped: Callable[[], bool]) -> bool:
        try:
            with self._media.open(kept.media) as reader:
                return _digest(reader, stopped).hex() == kept.digest
        except (MediaDamaged, MediaMissing, StorageFailed):  # the last one: a bad place of the disk
            return False

    def _probed(self, file: BinaryIO, length: int) -> Probed:
        """What it is; what the player cannot make out, or dies of, is kept all the same."""
        file.seek(0)
        try:
            return self._probe(file, length)
        except PlayerStopped:
            return _NOT_KNOWN
        except OSError:
            raise RecordingUnreadable from None

    def _attach(self, known: RecordingId, entry: EntryId | None, origin: str) -> Taken:
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Taken, ChangeSet | None]:
            back = recordings.set_away(connection, known, None)
            attached = entry is not None and attachments.attach_recording(connection, entry, known, at)
            changes = _changes(connection, known, entry, origin, drawer=back)
            for page in changes.entries if back else ():
                entries.refresh(connection, page)
            return Brought(known, known=True, back=back), changes if back or attached else None

        return self._worker.write(work).result()

    def _renew(self, known: RecordingId, media: MediaId, entry: EntryId | None, origin: str) -> Taken:
        """Name the whole file in the place of a damaged one, which is destroyed then."""
        at = stamp(self._clock)
        damaged: list[MediaId] = []

        def work(connection: Connection) -> tuple[Taken, ChangeSet | None]:
            damaged.append(recordings.media_of(connection, known))
            unfinished.note(connection, damaged)
            recordings.renew(connection, known, media)
            unfinished.settle(connection, [media])
            back = recordings.set_away(connection, known, None)
            if entry is not None:
                attachments.attach_recording(connection, entry, known, at)
            changes = _changes(connection, known, entry, origin, drawer=back)
            for page in changes.entries if back else ():
                entries.refresh(connection, page)
            return Brought(known, known=True, back=back), changes

        taken = self._worker.write(work).result()
        self._writing.discard(damaged)
        return taken

    def _insert(
        self, looked: Looked, media: MediaId, digest: bytes, entry: EntryId | None, origin: str
    ) -> Taken:
        at, probed = stamp(self._clock), looked.probed

        def work(connection: Connection) -> tuple[Taken, ChangeSet | None]:
            covered = probed.sort is Sort.VIDEO and preferences.get(connection, COVER_NEW) == "1"
            made = recordings.insert(
                connection,
                probed,
                replace(RecordingDraft(taken=probed.taken), covered=covered),
                media=media,
                digest=digest,
                byte_size=looked.length,
                file_name=looked.source.name if isinstance(looked.source, Path) else "",
                at=at,
            )
            unfinished.settle(connection, [media])
            if entry is not None:
                attachments.attach_recording(connection, entry, made, at)
            return Brought(made), _changes(connection, made, entry, origin)

        return self._worker.write(work).result()


class _Asking(io.RawIOBase):
    """A file that asks before each part whether it is still wanted: looking at a long one takes a while."""

    def __init__(self, file: BinaryIO, stopped: Callable[[], bool]) -> None:
        super().__init__()
        self._file = file
        self._stopped = stopped

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if self._stopped():
            raise TakingInStopped
        view = memoryview(buffer).cast("B")
        part = self._file.read(len(view))
        view[: len(part)] = part
        return len(part)


def _changes(
    connection: Connection, changed: RecordingId, entry: EntryId | None, origin: str, *, drawer: bool = False
) -> ChangeSet:
    pages = set(recordings.entries_of(connection, (changed,)))
    if entry is not None:
        pages.add(entry)
    return ChangeSet(
        entries=frozenset(pages), recordings=frozenset({changed}), drawer=drawer, origin=origin
    )


def _opened(source: Source) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return os.fdopen(open_file(source), "rb")
    except (OSError, ValueError):
        raise RecordingUnreadable from None


def _length(file: BinaryIO) -> int:
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    return length


def _read(file: BinaryIO, count: int) -> bytes:
    try:
        return file.read(count)
    except OSError:
        raise RecordingUnreadable from None


def _digest(file: BinaryIO | io.RawIOBase, stopped: Callable[[], bool]) -> bytes:
    digest = hashlib.sha256()
    while True:
        if stopped():
            raise TakingInStopped
        try:
            piece = file.read(_PIECE)
        except OSError:
            raise RecordingUnreadable from None
        if not piece:
            return digest.digest()
        digest.update(piece)


def _is_picture(head: bytes) -> bool:
    """Whether it begins as a picture does that the photos take in."""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*")):
        return True
    if head.startswith(b"RIFF"):
        return head[8:12] == b"WEBP"
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    return brand in {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}
