"""Taking everything out of a book, in formats that any program reads."""

import errno
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from memorybook.domain.archive import ArchiveForm, ArchiveReport
from memorybook.domain.backup import Step, Told
from memorybook.errors import (
    ArchiveNotSaved,
    ArchiveStopped,
    ArchiveTooLargeHere,
    BookClosed,
    BookReadOnly,
    ExportNeedsRoom,
    StorageFailed,
    StorageFull,
)
from memorybook.files import free_bytes, translate_os_error
from memorybook.services.archiving import folder, zipped
from memorybook.services.archiving.checking import Book
from memorybook.services.archiving.files import Archived
from memorybook.services.archiving.filling import Filling
from memorybook.services.archiving.gathering import gather
from memorybook.services.archiving.source import Source
from memorybook.services.exporting import save_archive
from memorybook.services.leftovers import Leftovers
from memorybook.services.pools import submit
from memorybook.services.times import stamp
from memorybook.storage.media import MediaStore
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder

T = TypeVar("T")

LOOKING = "looking"
_MOST_ON_FAT = (1 << 32) - (1 << 24)
_SOME_ROOM = 64 << 20


class Archive:
    """Writes archives, one at a time, on a thread of its own."""

    def __init__(self, worker: VaultWorker, media: MediaStore, decoder: Decoder, clock: Clock) -> None:
        self._worker = worker
        self._media = media
        self._decoder = decoder
        self._clock = clock
        self._leftovers = Leftovers(worker)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="memorybook-archive")
        self._gate = threading.Lock()
        self._stops: set[threading.Event] = set()
        self._closed = False

    def save(
        self, to: Path, form: ArchiveForm, *, password: str = "", told: Told, stop: threading.Event
    ) -> Future[ArchiveReport]:
        """Write everything to ``to``: the new folder, or the zip file, which is replaced if there is one.

        ``told`` is called on the thread that writes. Once ``stop`` is set the future fails with
        ArchiveStopped within a moment. However it fails nothing is left: with FolderInUse, ArchiveNotSaved,
        ArchiveTooLargeHere, ExportNeedsRoom, BookClosed, or BookDamaged when not even a list of what there is
        can be read. Raises ``ValueError`` at once for a locked zip without a password, or one for another
        form.
        """
        if bool(password) != (form is ArchiveForm.LOCKED_ZIP):
            raise ValueError("a password is for a locked zip")
        with self._gate:
            if self._closed:
                refused: Future[ArchiveReport] = Future()
                refused.set_exception(BookClosed())
                return refused
            self._stops.add(stop)
        future = submit(self._writing, lambda: self._save(to.absolute(), form, password, told, stop))
        future.add_done_callback(lambda _: self._stops.discard(stop))
        return future

    def fill(self, source: Source, book: Book, *, told: Told, stop: threading.Event) -> ArchiveReport:
        """Put what an archive holds into this book, which has to be new. As :meth:`Filling.fill`; blocks."""
        filling = Filling(self._worker, self._media, self._decoder, self._clock, told=told, stop=stop)
        return filling.fill(source, book)

    def close(self) -> None:
        """Give up what is being written, and wait for that. May be called again."""
        with self._gate:
            self._closed = True
            for stop in tuple(self._stops):
                stop.set()
        self._writing.shutdown(wait=True)

    def _save(
        self, to: Path, form: ArchiveForm, password: str, told: Told, stop: threading.Event
    ) -> ArchiveReport:
        try:
            if form is ArchiveForm.FOLDER:
                _on_disk(lambda: folder.check_free(to))
            told(Step(LOOKING, 0, 1))
            made_at = stamp(self._clock)
            archived = Archived(gather(self._worker, stop), self._media, form, made_at, told=told, stop=stop)
            with closing(archived):
                if form is ArchiveForm.FOLDER:
                    _on_disk(lambda: folder.save(to, archived.files(), self._leftovers))
                else:
                    self._save_zip(to, zipped.pieces(archived.files(), made_at, password))
        except ArchiveStopped:
            if self._closed:
                raise BookClosed from None
            raise
        return archived.report

    def _save_zip(self, to: Path, pieces: Iterator[bytes]) -> None:
        written = 0

        def counted() -> Iterator[bytes]:
            nonlocal written
            for piece in pieces:
                written += len(piece)
                yield piece

        try:
            save_archive(to, counted(), leftovers=self._leftovers)
        except StorageFull:
            if written >= _MOST_ON_FAT and free_bytes(to.parent) > _SOME_ROOM:
                raise ArchiveTooLargeHere from None
            raise


def _on_disk(work: Callable[[], T]) -> T:
    try:
        return work()
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise ArchiveTooLargeHere from None
        problem = translate_os_error(error)
        raise (ExportNeedsRoom() if isinstance(problem, StorageFull) else ArchiveNotSaved()) from None
    except (BookReadOnly, StorageFailed):
        raise ArchiveNotSaved from None
