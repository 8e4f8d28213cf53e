"""Looking through a whole open book: whether everything is as it was kept, and what is not."""

import datetime
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from memorybook.domain.backup import Step, Told
from memorybook.domain.changes import ChangeSet
from memorybook.domain.health import PICTURES, SMALL_PICTURE, DamagedThing, HealthReport, PutRight
from memorybook.errors import BookClosed, CheckStopped, MemoryBookError, StorageFull
from memorybook.files import translate_os_error
from memorybook.services.pools import submit
from memorybook.services.redrawing import Redrawing
from memorybook.services.times import stamp
from memorybook.services.ways_in import WaysIn
from memorybook.storage import header, inspection, preferences
from memorybook.storage.book import MEDIA, BookFile
from memorybook.storage.connection import Connection
from memorybook.storage.inspection import Inspection
from memorybook.storage.media import MediaStore
from memorybook.storage.survey import Survey
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock

CHECKED = "health.checked"
"""The key of when the book was looked through to its end and its files with it, ISO 8601 in UTC."""

OFTEN = datetime.timedelta(days=7)


class Health:
    """Any thread may call, but for the vault's own. One look at a time; another waits for it."""

    def __init__(
        self,
        worker: VaultWorker,
        media: MediaStore,
        folder: Path,
        ways: WaysIn,
        clock: Clock,
        *,
        redrawing: Redrawing,
    ) -> None:
        self._worker = worker
        self._redrawing = redrawing
        self._media = media
        self._folder = folder
        self._ways = ways
        self._clock = clock
        self._given_up = threading.Event()
        self._threads = ThreadPoolExecutor(1, "memorybook-health")

    def check(
        self,
        told: Told = lambda _: None,
        stop: threading.Event | None = None,
        *,
        deep: bool = False,
        media: bool = True,
    ) -> Future[HealthReport]:
        """Look through everything. Returns at once; ``told`` is called on a thread of the book's own.

        Without ``deep`` a media file counts as whole when its beginning and its end open and its length is
        right; with it every one is read. Without ``media`` they are left out. Writing goes on meanwhile, but
        for the fraction of a second in which the pages of the file are read. A damaged key file is put right
        from the other, the copy of the first page is made again, small pictures are made again from their
        originals. When nothing that people keep is lost, a file with damaged pages is written anew from it,
        which writing waits for. Nothing else is changed, whatever is found.
        Fails with CheckStopped within 100 ms once ``stop`` is set, with BookClosed, or what the disk said.
        """
        return submit(self._threads, lambda: self._check(told, stop or threading.Event(), deep, media))

    def last(self) -> Future[str | None]:
        """When the book was looked through to its end, ISO 8601 in UTC; ``None`` when it never was."""
        return self._worker.read(lambda connection: preferences.get(connection, CHECKED))

    def is_due(self) -> Future[bool]:
        """Whether that is a week ago, or in a time that has not come: the clock was wrong then."""
        now = self._clock.now().astimezone(datetime.UTC)

        def work(connection: Connection) -> bool:
            try:
                checked = datetime.datetime.fromisoformat(preferences.get(connection, CHECKED) or "")
                return not datetime.timedelta(0) <= now - checked < OFTEN
            except (ValueError, TypeError):
                return True

        return self._worker.read(work)

    def left_out(self) -> tuple[DamagedThing, ...]:
        """What lists leave out since it cannot be read, as far as it is known. Waits for nothing.

        It is published as ``damage`` when that changes.
        """
        return self._worker.browsing.things

    def put_right(self) -> frozenset[PutRight]:
        """What was damaged and is whole again, in this session. Waits for nothing.

        It is published as ``damage`` when that changes.
        """
        return self._worker.put_right

    def forget(self) -> None:
        """Something was brought back: what is damaged is looked for anew when it is met. Any thread."""
        self._worker.browsing.adopt(Survey())

    def close(self) -> None:
        """Give up what runs, and take nothing more. Blocks for a moment; may be called again."""
        self._given_up.set()
        self._threads.shutdown()

    def _check(self, told: Told, stop: threading.Event, deep: bool, media: bool) -> HealthReport:
        def stopped() -> bool:
            if self._given_up.is_set():
                raise BookClosed
            return stop.is_set()

        stopped()  # asked in time, but the book was closed before the thread came to it
        found = self._inspected(told, stopped, deep, media)
        if self._put_things_right(found, told, stopped):
            found = self._inspected(told, stopped, deep, media)
        self._worker.browsing.adopt(found.survey)
        mended, damaged = self._ways.look_over().result()
        now = stamp(self._clock)
        if media:
            with suppress(MemoryBookError):  # what was found counts, whether that can be kept or not
                self._worker.write(lambda connection: _remember(connection, now), is_note=True).result()
        return HealthReport(
            checked_at=now,
            counts=found.counts,
            damaged=found.things,
            bad_pages=found.bad_pages,
            keys_mended=mended and not damaged,
            keys_damaged=damaged,
            unknown_schema=found.unknown_schema,
            strays=found.strays,
            is_deep=deep,
        )

    def _inspected(self, told: Told, stopped: inspection.Stopped, deep: bool, media: bool) -> Inspection:
        bad, pages = self._worker.aside(lambda book: _pages(book, told, stopped)).result()
        return inspection.inspect(
            lambda work, veil: self._worker.read(work, veil).result(),
            bad,
            pages,
            self._media if media else None,
            self._folder / MEDIA,
            deep=deep,
            told=told,
            stopped=stopped,
        )

    def _put_things_right(self, found: Inspection, told: Told, stopped: inspection.Stopped) -> bool:
        """Whether something of what was found is whole again: what can be made from the rest of the book."""
        small = [each for each in found.things if each.lost == SMALL_PICTURE]
        done = False
        if found.bad_pages and len(small) == len(found.things) and not found.unknown_schema:
            in_tables = [each for each in found.survey.things if each.lost == SMALL_PICTURE]
            with suppress(StorageFull):  # it is as readable as before
                done = self._worker.write_file_anew(told, stopped, in_tables).result()
        for number, thing in enumerate(small):
            if stopped():
                raise CheckStopped
            told(Step(PICTURES, number, len(small)))
            done = bool(self._redrawing.redraw([thing])) or done
        return done


def _pages(book: BookFile, told: Told, stopped: inspection.Stopped) -> tuple[tuple[int, ...], int]:
    """The bad pages, and how many there are. A whole first page is copied once more, for the next time."""
    try:
        bad = inspection.bad_pages(book.path, book.key, book.salt, told, stopped)
        if 1 not in bad:
            header.keep_copy(book.folder, book.path)
        return bad, -(-book.path.stat().st_size // header.PAGE_BYTES)
    except OSError as error:
        raise translate_os_error(error) from None


def _remember(connection: Connection, now: str) -> tuple[None, ChangeSet | None]:
    return None, ChangeSet(preferences=True) if preferences.put(connection, CHECKED, now) else None
