"""Writing media files so that a process that is ended in the middle leaves nothing for good."""

from collections.abc import Iterable
from contextlib import suppress

from memorybook.domain.ids import MediaId
from memorybook.errors import MemoryBookError
from memorybook.storage import unfinished
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.worker import VaultWorker


class MediaWriting:
    """Blocks: for threads that may wait. Any number of them at once.

    Names are asked for, files are written under them, and the transaction that names them in rows calls
    ``unfinished.settle``.
    """

    def __init__(self, worker: VaultWorker, media: MediaStore) -> None:
        self._worker = worker
        self._media = media

    def names(self, count: int) -> tuple[MediaId, ...]:
        """So many names for new files, noted in the book. Raises what the disk said, or BookClosed."""
        names = tuple(unfinished.fresh() for _ in range(count))

        def work(connection: Connection) -> tuple[None, None]:
            unfinished.note(connection, names)
            return None, None

        self._worker.write(work).result()
        return names

    def discard(self, names: Iterable[MediaId]) -> None:
        """Destroy files that no row names (any more). What cannot be done now is done at the next opening."""
        chosen = tuple(names)
        if not chosen:
            return

        def work(connection: Connection) -> tuple[None, None]:
            unfinished.settle(connection, chosen)
            return None, None

        with suppress(MemoryBookError):
            for name in chosen:
                self._media.destroy(name)
            self._worker.write(work).result()

    def sweep(self) -> None:
        """Destroy what a process left that was ended. At the opening of the book; waits for nothing."""
        self._media.sweep()
        self._worker.write(
            lambda connection: (unfinished.sweep(connection, self._media.destroy), None)
        )
