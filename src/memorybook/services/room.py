"""Looks at how much room is left for the open book, so that it can be said before there is none."""

from concurrent.futures import Future
from pathlib import Path

from memorybook.domain.room import Room
from memorybook.files import free_bytes
from memorybook.storage import ballast
from memorybook.storage.connection import Connection
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.worker import VaultWorker

HEADROOM = 64 << 20
"""Beside what a copy of the words takes: a few photographs, the log, what the system itself needs."""


class RoomLeft:
    """Any thread may ask; the vault's own thread looks, since a drive may be slow to answer."""

    def __init__(self, worker: VaultWorker, folder: Path) -> None:
        self._worker = worker
        self._folder = folder

    def look(self) -> Future[Room]:
        """The room there is now, and what is wanted: 64 MiB beside a copy of the words.

        Fails with StorageFailed when the disk does not answer, with BookClosed, or as every read.
        """

        def work(connection: Connection) -> Room:
            free = free_bytes(self._folder)
            is_full = bool(ballast.owed(self._folder)) and free < ballast.BYTES + ballast.HEADROOM
            return Room(free=free, wanted=HEADROOM + _database_bytes(connection), is_full=is_full)

        return self._worker.read(work)


def _database_bytes(connection: Connection) -> int:
    row = connection.execute("PRAGMA page_count").fetchone()
    return int(row[0]) * PAGE_BYTES if row is not None else 0
