"""Withdrawing a sheet: it is the seed of the book, so the book is written anew under another one."""

import threading
from collections.abc import Callable
from pathlib import Path

from memorybook.errors import BookClosed
from memorybook.storage import renewal
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.renewal import NewWay, Progress, Renewed
from memorybook.storage.replicas import Unlocked
from memorybook.storage.worker import VaultWorker


class Withdrawing:
    """Writes an open book anew. Any thread may call, but for the vault's own."""

    def __init__(self, worker: VaultWorker, media: MediaStore, folder: Path) -> None:
        self._worker = worker
        self._media = media
        self._folder = folder
        self._gate = threading.Lock()
        self._given_up = False
        self._stop: threading.Event | None = None

    def run(self, way: Unlocked, new_way: NewWay, progress: Progress, stop: threading.Event) -> Renewed:
        """Write the book that ``way`` opened anew. Blocks; afterwards the vault's worker takes nothing more.

        Raises as :func:`memorybook.storage.renewal.renew`; BookClosed.
        """
        with self._gate:
            if self._given_up:
                raise BookClosed
            self._stop = stop

        def work(connection: Connection, let_go: Callable[[], None]) -> Renewed:
            return renewal.renew(
                connection,
                let_go,
                book=BookFile(self._folder, way.seed.database_key(), way.key_file.db_salt),
                way=way,
                media=self._media,
                new_way=new_way,
                progress=progress,
                stop=stop,
            )

        return self._worker.hand_over(work, lambda renewed: renewed.book).result()

    def give_up(self) -> None:
        """Have what runs stop at its next piece, and nothing begin any more. Returns at once."""
        with self._gate:
            self._given_up = True
            if self._stop is not None:
                self._stop.set()
