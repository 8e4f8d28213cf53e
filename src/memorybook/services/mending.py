"""Single things of the open book that are damaged, found whole in a copy and brought back from there."""

import re
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from memorybook.domain.backup import BackupPlace, Step, Told
from memorybook.domain.changes import ChangeSet
from memorybook.domain.health import LINKS, SMALL_PICTURE, WORDS, DamagedThing, HealthReport, Thing
from memorybook.domain.ids import EntryId, KeepsakeId, OccasionId, PhotoId, RecordingId
from memorybook.domain.mending import BRINGING, LOOKING, How, Mended, Offer
from memorybook.domain.restoring import Copy
from memorybook.errors import BookClosed, BookDamaged, MediaDamaged, MemoryBookError, RestoreStopped
from memorybook.files import private_folder
from memorybook.services import copy_keys, markup
from memorybook.services.copy_keys import BySeed
from memorybook.services.pools import submit
from memorybook.services.times import stamp
from memorybook.storage import finding, media_names, mending, restoring
from memorybook.storage.book import DATABASE
from memorybook.storage.connection import Connection, connect_to_check
from memorybook.storage.media import MediaStore
from memorybook.storage.media_names import Named
from memorybook.storage.mending import NoPlaceError, Rows
from memorybook.storage.replicas import Unlocked
from memorybook.storage.restoring import Pace
from memorybook.storage.restoring_media import MediaTaking
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock

T = TypeVar("T")

_WORKSHOP = ".mending-"
_OURS = re.compile(rf"{re.escape(_WORKSHOP)}[0-9a-f]{{16}}")


class Places(Protocol):
    """Where copies of the open book are kept."""

    def places(self) -> Future[tuple[BackupPlace, ...]]:
        """All of them, those that cannot be reached now too."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A copy whose words were verified, beside the open book until it is let go of."""

    copy: Copy
    connection: Connection
    media: MediaTaking

    def rows(self, thing: DamagedThing) -> Rows | None:
        return mending.read(self.connection, thing.thing, thing.id)


class Mending:
    """Every method returns at once; futures resolve on a thread of its own, one piece of work at a time.

    A future fails with RestoreStopped within 100 ms once ``stop`` is set, with BookClosed once the book is
    closed, or what the disk of the book said. Copies that cannot be read are passed over.
    """

    def __init__(
        self,
        worker: VaultWorker,
        media: MediaStore,
        clock: Clock,
        folder: Path,
        way: Callable[[], Unlocked],
        *,
        places: Places,
        changed: Callable[[], object],
    ) -> None:
        self._worker = worker
        self._media = media
        self._clock = clock
        self._folder = folder
        self._way = way
        self._places = places
        self._changed = changed
        self._closing = threading.Event()
        self._threads = ThreadPoolExecutor(1, "memorybook-mending")
        self._sweep()

    def search(
        self, report: HealthReport, told: Told = lambda _: None, stop: threading.Event | None = None
    ) -> Future[tuple[Offer, ...]]:
        """For each damaged thing the newest copy in which it is whole, in all places that can be reached.

        Things of which there is none are not among these. Nothing is changed.
        """

        def work(pace: "_Work") -> tuple[Offer, ...]:
            places = [place.folder for place in self._places.places().result() if place.is_there]
            return self._search(places, report.damaged, pace)

        return self._submit(work, told, stop)

    def search_in(
        self,
        where: Path | Sequence[Path],
        report: HealthReport,
        told: Told = lambda _: None,
        stop: threading.Event | None = None,
    ) -> Future[tuple[Offer, ...]]:
        """As :meth:`search`, in copies that a person points at. Fails with NoCopyHere, too."""
        places = [path.absolute() for path in ((where,) if isinstance(where, Path) else where)]

        def work(pace: "_Work") -> tuple[Offer, ...]:
            for place in places:
                finding.find(place)
            return self._search(places, report.damaged, pace)

        return self._submit(work, told, stop)

    def bring_back(
        self,
        offers: Sequence[Offer],
        told: Told = lambda _: None,
        stop: threading.Event | None = None,
    ) -> Future[tuple[Mended, ...]]:
        """Have these things be in the book as they are in their copies; what became of each.

        What can still be read of a damaged page becomes an earlier version of it. A media file counts once
        it was read back and compared. What was done before ``stop`` is done.
        """
        chosen = tuple(offers)
        return self._submit(lambda pace: self._bring_back(chosen, pace), told, stop)

    def close(self) -> None:
        """Give up what runs, and take nothing more. Blocks for a moment; may be called again."""
        self._closing.set()
        self._threads.shutdown()

    def _sweep(self) -> None:
        """Take away what a process that was ended left of copies; the copies are where they were."""
        with suppress(OSError):
            for item in list(self._folder.iterdir()):
                if _OURS.fullmatch(item.name) and item.is_dir() and not item.is_symlink():
                    shutil.rmtree(item, ignore_errors=True)

    def _submit(
        self, work: Callable[["_Work"], T], told: Told, stop: threading.Event | None
    ) -> Future[T]:
        pace = _Work(told, stop or threading.Event(), self._closing)

        def run() -> T:
            if self._closing.is_set():
                raise BookClosed
            try:
                return work(pace)
            except RestoreStopped:
                if self._closing.is_set():
                    raise BookClosed from None
                raise

        return submit(self._threads, run)

    def _search(
        self, places: Sequence[Path], damaged: Sequence[DamagedThing], pace: "_Work"
    ) -> tuple[Offer, ...]:
        copies = self._copies(places)
        left, found = list(dict.fromkeys(damaged)), dict[DamagedThing, Offer]()
        for number, copy in enumerate(copies):
            pace.tell(LOOKING, number, len(copies))
            if left:
                with _passing_over(), self._opened(copy, pace) as opened:
                    for thing in tuple(left):
                        rows = opened.rows(thing)
                        if rows is not None and self._is_good(opened, thing, rows):
                            found[thing] = Offer(thing, copy, rows.title, rows.day)
                            left.remove(thing)
        pace.tell(LOOKING, len(copies), len(copies))
        return tuple(found[thing] for thing in dict.fromkeys(damaged) if thing in found)

    def _copies(self, places: Sequence[Path]) -> list[Copy]:
        """Those of this book, the newest first as far as clocks and numbers tell."""
        found: list[Copy] = []
        for place in places:
            with suppress(MemoryBookError):
                found += finding.find(place)
        ours = [copy for copy in found if copy.book in {"", self._way().key_file.book_id}]
        return sorted(dict.fromkeys(ours), key=lambda copy: (copy.made_at, copy.sequence), reverse=True)

    @contextmanager
    def _opened(self, copy: Copy, pace: "_Work") -> Iterator[_Opened]:
        """The words of a copy, verified, in a folder within the book's; encrypted as they are everywhere.

        Raises CopyDamaged, RecoveryWordsOther for the copy of another book, or what the disks said.
        """
        folder = private_folder(self._folder / f"{_WORKSHOP}{secrets.token_hex(8)}")
        try:
            contents = finding.contents_of(copy)
            restoring.copy_keys(contents, folder, pace)
            open_copy = copy_keys.begin(folder, BySeed(self._way().seed))
            restoring.copy_database(contents, folder, pace)
            key = open_copy(folder)
            restoring.verify_database(folder, key.seed, key.salt, pace)
            connection = connect_to_check(folder / DATABASE, key.seed.database_key(), key.salt)
            with closing(connection):
                media = MediaTaking(folder, key.seed.media_key(), [contents.media], pace)
                yield _Opened(copy, connection, media)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _is_good(self, opened: _Opened, thing: DamagedThing, rows: Rows) -> bool:
        """Whether the copy has all that this one lacks, and is not of another thing with the same number.

        In a book that was set back to an earlier day, numbers were given out a second time.
        """
        known = self._asked(lambda connection: mending.made_at(connection, thing.thing, thing.id))
        if known is not None and known != rows.row.get("created_at"):
            return False
        if thing.lost == LINKS:
            # What it says is whole here, and may have been written since: the copy must say the same.
            digest = self._asked(lambda connection: mending.digest_of(connection, thing.thing, thing.id))
            return digest is not None and digest == rows.row.get("digest")
        if thing.lost == WORDS or thing.thing not in {Thing.PHOTO, Thing.RECORDING}:
            return True
        files = self._files(opened, thing)
        if files is None:
            return False
        if thing.lost == SMALL_PICTURE:
            return True
        return opened.media.fetch(files.original, files.digest) is not None

    def _files(self, opened: _Opened, thing: DamagedThing) -> Named | None:
        """The files as the book itself names them, or where that cannot be read, as the copy does."""
        named = self._asked(lambda connection: media_names.of(connection, thing.thing, thing.id))
        return named or media_names.of(opened.connection, thing.thing, thing.id)

    def _asked(self, work: Callable[[Connection], T]) -> T | None:
        """``None`` too where the book is damaged."""
        try:
            return self._worker.read(work).result()
        except BookDamaged:
            return None

    def _bring_back(self, offers: Sequence[Offer], pace: "_Work") -> tuple[Mended, ...]:
        mended: dict[Offer, Mended] = {}
        try:
            for copy in dict.fromkeys(offer.copy for offer in offers):
                with _passing_over(), self._opened(copy, pace) as opened:
                    for offer in offers:
                        if offer.copy == copy and offer not in mended:
                            pace.tell(BRINGING, len(mended), len(offers))
                            mended[offer] = Mended(offer.thing, self._bring(opened, offer.thing))
        finally:
            if mended:
                self._changed()
        pace.tell(BRINGING, len(offers), len(offers))
        return tuple(mended.get(offer, Mended(offer.thing, "not")) for offer in offers)

    def _bring(self, opened: _Opened, thing: DamagedThing) -> How:
        rows = opened.rows(thing)
        if rows is None:
            return "not"
        how: How = "put back"
        if thing.lost in {WORDS, LINKS}:
            how = self._bring_words(rows, beside=thing.lost == WORDS)
        elif thing.lost == SMALL_PICTURE and not self._bring_small(rows):
            how = "not"
        if how == "put back" and not self._bring_files(opened, thing):
            how = "not"
        return how

    def _bring_words(self, rows: Rows, *, beside: bool) -> How:
        at = stamp(self._clock)
        changes = _changes(rows.thing, int(rows.row["id"]))
        for aside in (True, False):
            put_back = partial(mending.put_back, rows=rows, at=at, plain=markup.composed, aside=aside)
            if self._written(put_back, changes):
                return "put back"
        if beside and self._written(
            lambda connection: mending.put_beside(connection, rows, markup.composed), changes
        ):
            return "beside"
        return "not"

    def _bring_small(self, rows: Rows) -> bool:
        changes = _changes(rows.thing, int(rows.row["id"]))
        return self._written(lambda connection: mending.put_small(connection, rows), changes)

    def _written(self, work: Callable[[Connection], object], changes: ChangeSet) -> bool:
        """Whether it could be written: where a page of the file is damaged it cannot."""

        def write(connection: Connection) -> tuple[None, ChangeSet]:
            work(connection)
            return None, changes

        try:
            self._worker.write(write).result()
        except (BookDamaged, NoPlaceError):
            return False
        return True

    def _bring_files(self, opened: _Opened, thing: DamagedThing) -> bool:
        """Have the files of a photo or recording be whole, those of them that are not."""
        files = self._files(opened, thing)
        if files is None:
            return True
        wanted = {files.original: files.digest, **dict.fromkeys(files.made)}
        for media, digest in wanted.items():
            if self._media.is_whole(media, digest):
                continue
            taken = opened.media.fetch(media, digest)
            if taken is None:
                return False
            try:
                self._media.put_back(media, taken, digest)
            except MediaDamaged:
                return False
        return True


class _Work(Pace):
    """Two reasons to end, and steps that are told as they are counted here: copies and things."""

    def __init__(self, told: Told, stop: threading.Event, closing: threading.Event) -> None:
        super().__init__(lambda _: None, stop)
        self._tell = told
        self._closing = closing

    def tell(self, stage: str, done: int, total: int) -> None:
        """So many are done. Raises RestoreStopped."""
        self.check()
        self._tell(Step(stage, done, total))

    def check(self) -> None:
        """Raise RestoreStopped once either was asked for."""
        if self.is_over():
            raise RestoreStopped

    def is_over(self) -> bool:
        """Whether either was asked for."""
        return super().is_over() or self._closing.is_set()


@contextmanager
def _passing_over() -> Iterator[None]:
    """A copy that cannot be read is no help, and no reason to end."""
    try:
        yield
    except (RestoreStopped, BookClosed):
        raise
    except MemoryBookError:
        pass


def _changes(thing: Thing, row_id: int) -> ChangeSet:
    if thing is Thing.PAGE:
        return ChangeSet(entries=frozenset({EntryId(row_id)}), tags=True)
    if thing is Thing.PHOTO:
        return ChangeSet(photos=frozenset({PhotoId(row_id)}))
    if thing is Thing.RECORDING:
        return ChangeSet(recordings=frozenset({RecordingId(row_id)}))
    if thing is Thing.KEEPSAKE:
        return ChangeSet(keepsakes=frozenset({KeepsakeId(row_id)}))
    if thing is Thing.DAY:
        return ChangeSet(occasions=frozenset({OccasionId(row_id)}))
    return ChangeSet(people=True, record=True, editions=True)
