"""One copy of an open book: taken, opened again, carried to where it is kept, and only then named."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook import __version__
from memorybook.domain.backup import FILES, Snapshot, Step, Told
from memorybook.domain.ids import MediaId
from memorybook.errors import (
    BookDamaged,
    BookNotCopied,
    CheckStopped,
    CopyFileExists,
    CopyFileTooLarge,
    CopyPlaceGone,
    CopyStopped,
    StorageFailed,
)
from memorybook.files import translate_os_error
from memorybook.services.times import stamp
from memorybook.storage import backup_file, backup_media, carrying, changes, inspection, media_names, staging
from memorybook.storage.backup_format import Manifest, Part, place_name
from memorybook.storage.backup_media import Wanted
from memorybook.storage.book import MEDIA, BookFile
from memorybook.storage.carrying import GoOn
from memorybook.storage.replicas import Unlocked
from memorybook.storage.snapshots import Kept, Place
from memorybook.storage.staging import Staged, Taken
from memorybook.storage.transcript import Contents
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock

_SPARE = 8 << 20  # manifests, key files, names, and what a drive needs for itself
_SPARE_BESIDE = 64 << 20  # on the book's own disk what is written next has to fit, too
_NO_PART = Part(0, "0" * 64)


class OvertakenError(Exception):
    """Something was deleted for ever in the book while it was copied. Handled within services."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A checked copy of the database that waits to be carried to places, and when it was made."""

    staged: Staged
    way: Unlocked
    made_at: str
    checked_at: str
    files: tuple[Wanted, ...] = field(repr=False)

    @property
    def mark(self) -> str:
        """What the copy says, and under which sheet, as a digest."""
        return _under(self.way, self.staged.mark)

    @property
    def state(self) -> str:
        """How often the book had been changed, and under which sheet."""
        return _under(self.way, self.staged.changes)

    def snapshot(self, sequence: int) -> Snapshot:
        """As people are told of it."""
        return Snapshot(sequence, self.made_at, self.checked_at, self.staged.counts)


class Copying:
    """Makes copies of one open book. Blocks: for the thread of the copies alone.

    ``way`` gives how the book is opened now.
    """

    def __init__(
        self,
        worker: VaultWorker,
        clock: Clock,
        folder: Path,
        way: Callable[[], Unlocked],
    ) -> None:
        self._worker = worker
        self._clock = clock
        self._folder = folder
        self._way = way

    @contextmanager
    def ready(
        self, told: Told, stop: threading.Event, read_before: Contents, *, anew: bool
    ) -> Iterator[Ready]:
        """Copy the database beside the book, open that again and go through it; removed at the end.

        ``read_before`` are the contents of a copy that was found whole. With ``anew`` it is written anew, as
        small as it can be; else its pages are taken as they are, which takes a fraction of the time.
        Raises CopyStopped, BookDamaged, StorageFull, StorageFailed, BookClosed.
        """
        way = self._way()
        book = BookFile(self._folder, way.seed.database_key(), way.key_file.db_salt)
        made_at = stamp(self._clock)
        staging.sweep(self._folder)
        here = staging.begin(self._folder)
        try:
            taken = self._taken(book, here, told, stop, anew=anew)
            staged = staging.check(taken, book, told, stop, read_before)
            yield Ready(staged, way, made_at, stamp(self._clock), backup_media.wanted(staged.named))
        finally:
            staging.give_up(here)

    def _taken(
        self, book: BookFile, here: Path, told: Told, stop: threading.Event, *, anew: bool
    ) -> Taken:
        if not anew:
            with suppress(StorageFailed):  # a log that does not fit into the book: it is read with the log
                return self._worker.aside(lambda _: staging.take_pages(book, here, told, stop)).result()
        self._check_pages(stop)
        return self._worker.read(lambda connection: staging.take(connection, here, told, stop)).result()

    def _check_pages(self, stop: threading.Event) -> None:
        """Every page of the book, also those a copy would never read. Raises BookDamaged, CopyStopped."""

        def work(book: BookFile) -> bool:
            return bool(inspection.bad_pages(book.path, book.key, book.salt, lambda _: None, stop.is_set))

        try:
            with suppress(StorageFailed):  # as above: what is read is verified
                if self._worker.aside(work).result():
                    raise BookDamaged
        except CheckStopped:
            raise CopyStopped from None
        except OSError as error:
            raise translate_os_error(error) from None

    def state(self) -> str:
        """How often the book was changed, and under which sheet: nothing is new while that is the same."""
        return _under(self._way(), self._worker.read(changes.number).result())

    def place(self, folder: Path, way: Unlocked) -> Place:
        """The place of this book's copies in a folder somebody chose."""
        return Place(folder, way.key_file.book_id, way.key_file.db_salt, way.seed)

    def put(
        self,
        ready: Ready,
        folder: Path,
        *,
        after: int,
        allowed: frozenset[MediaId],
        longest: int | None,
        told: Told,
        stop: threading.Event,
    ) -> tuple[Snapshot, tuple[MediaId, ...]]:
        """Carry the copy into a place: its number is above ``after``. Also what it lacks.

        ``allowed`` may be lacking. Raises BookNotCopied when more is, CopyNeedsRoom, CopyPlaceGone,
        CopyPlaceBusy, CopyReadOnly, CopyFileTooLarge, CopyNotMade, CopyStopped, OvertakenError.
        """
        if not folder.parent.is_dir():
            raise CopyPlaceGone
        place = self.place(folder, ready.way)
        with carrying.on_the_drive(folder.parent), place.held():
            place.sweep()
            newest, highest = place.newest()
            known: backup_media.Known = {} if newest is None else newest.manifest.media
            source = self._folder / MEDIA
            to_come = backup_media.still_to_come(ready.files, source, place.media, known)
            carrying.check_room(place.root, ready.staged.part.size + to_come + self._spare(place.root))
            if longest is not None and backup_media.largest(ready.files, source) > longest:
                raise CopyFileTooLarge
            go_on = counting(3 * to_come + 2 * ready.staged.part.size, told, stop)
            brought = backup_media.bring(
                ready.files, source, place.media, ready.way.seed.media_key(), known, go_on
            )
            self._check_lacking(brought.lacking, allowed)
            manifest = self._manifest(ready, max(highest, after) + 1, brought.parts, brought.lacking)
            kept = place.put(manifest, ready.staged.database, staging.keys_of(ready.way), go_on)
            place.write_readme()
            place.thin(kept)
        return ready.snapshot(kept.manifest.sequence), brought.lacking

    def put_into_file(
        self,
        ready: Ready,
        file: Path,
        *,
        allowed: frozenset[MediaId],
        longest: int | None,
        told: Told,
        stop: threading.Event,
    ) -> tuple[Snapshot, tuple[MediaId, ...]]:
        """As :meth:`put`, for one file to be carried away. Raises CopyFileExists for one that is there."""
        if file.exists():
            raise CopyFileExists
        if not file.parent.is_dir():
            raise CopyPlaceGone
        source = self._folder / MEDIA
        total = sum(_size(source / f"{each.media}.mbm") for each in ready.files) + ready.staged.part.size
        carrying.check_room(file.parent, total + self._spare(file.parent))
        if longest is not None and total + _SPARE > longest:
            raise CopyFileTooLarge
        go_on = counting(4 * total, told, stop)
        key = ready.way.seed.media_key()
        parts: dict[MediaId, Part] = {}
        for each in ready.files:
            part = backup_media.examine(source / f"{each.media}.mbm", each, key, go_on)
            if part is not None:
                parts[each.media] = part
        lacking = tuple(each.media for each in ready.files if each.media not in parts)
        self._check_lacking(lacking, allowed)
        manifest = self._manifest(ready, 0, parts, lacking)
        with carrying.on_the_drive(file.parent):
            backup_file.write(
                file,
                manifest,
                ready.way.seed,
                database=ready.staged.database,
                media=source,
                key_file=staging.keys_of(ready.way),
                go_on=go_on,
                longest=longest,
            )
        return ready.snapshot(0), lacking

    def _spare(self, folder: Path) -> int:
        """Bytes that have to be left where the copy goes."""
        try:
            beside = folder.stat().st_dev == self._folder.stat().st_dev
        except OSError:
            beside = True
        return _SPARE_BESIDE if beside else _SPARE

    def _check_lacking(self, lacking: Sequence[MediaId], allowed: frozenset[MediaId]) -> None:
        """Raise unless the rest may be copied without these."""
        missing = set(lacking) - allowed
        if not missing:
            return
        named = self._worker.read(media_names.named).result()
        still = {name for each in named for name in each.names}
        if not missing <= still:
            raise OvertakenError
        raise BookNotCopied(may_go_on=True)

    def _manifest(
        self, ready: Ready, sequence: int, parts: backup_media.Known, lacking: tuple[MediaId, ...]
    ) -> Manifest:
        return Manifest(
            book_id=ready.way.key_file.book_id,
            sequence=sequence,
            made_at=ready.made_at,
            checked_at=ready.checked_at,
            app=__version__,
            schema=ready.staged.schema,
            database=ready.staged.part,
            keys=_NO_PART,
            media=parts,
            lacking=lacking,
        )


def check_newest(place: Place, kept: Kept, go_on: GoOn) -> bool:
    """Whether the database and the key file of a copy are what was written. Raises CopyStopped."""
    for name, part in (("book.db", kept.manifest.database), ("book.keys", kept.manifest.keys)):
        try:
            same = carrying.digest_of(kept.folder / name, go_on) == part.sha256
        except OSError:
            same = False
        if not same:
            return False
    return all(
        _size(place.media / f"{media}.mbm") == part.size for media, part in kept.manifest.media.items()
    )


def _under(way: Unlocked, said: str) -> str:
    """A book that was written anew under another sheet says the same, and is to be copied all the same."""
    return f"{place_name(way.key_file.book_id, way.key_file.db_salt)} {said}"


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def counting(total: int, told: Told, stop: threading.Event) -> GoOn:
    """Tells how much of ``total`` bytes is done, and ends the work once ``stop`` is set."""
    done = 0
    check = carrying.stopping(stop.is_set)

    def go_on(count: int) -> None:
        nonlocal done
        done += count
        told(Step(FILES, min(done, total), total))
        check(count)

    return go_on
