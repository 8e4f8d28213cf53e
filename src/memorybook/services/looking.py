"""Looking through a book that is closed, or that cannot be opened: nothing of it is changed, or mended."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from memorybook.domain.backup import Told
from memorybook.domain.health import HealthReport
from memorybook.errors import BookDamaged, BookReadOnly, CopyDamaged, MemoryBookError
from memorybook.files import translate_os_error
from memorybook.services.copy_keys import ByWords, Key, Way, begin
from memorybook.services.times import stamp
from memorybook.storage import book, header, inspection, replicas, trial
from memorybook.storage import connection as connections
from memorybook.storage.book import MEDIA, BookFile
from memorybook.storage.connection import Connection, check_sentinel
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.inspection import Inspection, Stopped
from memorybook.storage.lock import BookLock
from memorybook.storage.media import MediaStore
from memorybook.storage.migrate import newest
from memorybook.storage.veil import Veil, draw
from memorybook.system.clock import Clock

T = TypeVar("T")


def look(folder: Path, way: Way, clock: Clock, told: Told, stopped: Stopped, *, deep: bool) -> HealthReport:
    """Look through the book in ``folder``, whether it can be opened or not. Blocks for as long as that takes.

    The database is read from a copy in a temporary folder, as encrypted: SQLite writes to what it opens.
    A folder that cannot be written to will do. Raises CheckStopped, BookOpenElsewhere, and as opening it does
    where there is no book or ``way`` does not open it.
    """
    folder = folder.absolute()
    book.look(folder, without_keys=isinstance(way, ByWords))
    with _alone(folder):
        try:
            key = begin(folder, way)(folder)
        except CopyDamaged:
            raise BookDamaged from None
        found = _inspected(BookFile(folder, key.seed.database_key(), key.salt), key, told, stopped, deep=deep)
        damaged = key.way is None or replicas.differ(folder, key.way)
    return HealthReport(
        checked_at=stamp(clock),
        counts=found.counts,
        damaged=found.things,
        bad_pages=found.bad_pages,
        keys_mended=False,
        keys_damaged=damaged,
        unknown_schema=found.unknown_schema,
        strays=found.strays,
        is_deep=deep,
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Where nothing can be written nobody has it open either."""
    try:
        lock = BookLock(folder)
    except BookReadOnly:
        yield
        return
    with lock:
        yield


def _inspected(file: BookFile, key: Key, told: Told, stopped: Stopped, *, deep: bool) -> Inspection:
    try:
        with trial.copied(file) as copy, closing(_Reader(copy)) as reader:
            reader.fold()
            bad = inspection.bad_pages(copy.path, copy.key, copy.salt, told, stopped)
            pages = -(-copy.path.stat().st_size // header.PAGE_BYTES)
            return inspection.inspect(
                reader.run,
                bad,
                pages,
                MediaStore(file.folder / MEDIA, key.seed.media_key()),
                file.folder / MEDIA,
                deep=deep,
                told=told,
                stopped=stopped,
            )
    except OSError as error:
        raise translate_os_error(error) from None


class _Reader:
    """Reads a copy, on a new connection after every failure."""

    def __init__(self, copy: BookFile) -> None:
        self._copy = copy
        self._connection: Connection | None = None
        self._veil: Veil | None = None

    def fold(self) -> None:
        """Have SQLite take up the log: a page that is torn in the file may be whole in it."""
        try:
            self.run(lambda _: None, None)
        except BookDamaged:
            return
        finally:
            self.close()

    def run(self, work: Callable[[Connection], T], veil: Veil | None) -> T:
        """As :class:`~memorybook.storage.survey.Run`."""
        try:
            connection = self._connected(veil)
            result = work(connection)
            check_sentinel(connection)
        except (*DatabaseFault, BookDamaged) as error:
            self.close()
            problem = error if isinstance(error, MemoryBookError) else translate(error, self._copy.path)
            raise problem or BookDamaged() from None
        return result

    def _connected(self, veil: Veil | None) -> Connection:
        if self._connection is not None and self._veil is not veil:
            self.close()
        if self._connection is None:
            copy = self._copy
            self._connection = connections.connect(copy.path, copy.key, copy.salt, newest=newest())
            self._veil = veil
            if veil is not None:
                draw(self._connection, veil)
        return self._connection

    def close(self) -> None:
        """Let the copy go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
