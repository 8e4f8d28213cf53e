"""What an export leaves on a drive when the process is ended in the middle of it, and taking that away."""

import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path

from memorybook.errors import MemoryBookError
from memorybook.files import UNFINISHED
from memorybook.storage import readable
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker

_OURS = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(UNFINISHED)}")


class Leftovers:
    """Remembers unfinished readable files inside the book, where a drive cannot keep them without a name."""

    def __init__(self, worker: VaultWorker) -> None:
        self._worker = worker

    @contextmanager
    def noted(self, file: Path) -> Iterator[None]:
        """While this lasts there may be an unfinished file of this name. Blocks for the disk.

        Raises what the disk said, or BookClosed, when it cannot be noted. When the note cannot be taken
        back the next opening does that. Not for the vault's own thread.
        """
        whole = file.absolute()
        self._write(readable.note, whole)
        try:
            yield
        finally:
            self._settle(whole)

    def sweep(self) -> None:
        """Remove what an ended process left, at the opening of the book. Waits for nothing.

        Nothing but files and folders of the names that exports are given is removed. A folder that is not
        there now, such as a memory stick's, is looked for again at the next opening.
        """

        def begin(left: Future[tuple[Path, ...]]) -> None:
            if left.exception() is None and left.result():
                # On a thread of its own: the drive may be one that does not answer.
                threading.Thread(
                    target=self._remove, args=(left.result(),), name="memorybook-leftovers", daemon=True
                ).start()

        self._worker.read(readable.left).add_done_callback(begin)

    def _remove(self, left: Iterable[Path]) -> None:
        for file in left:
            with suppress(OSError):
                if _OURS.fullmatch(file.name) and file.parent.is_dir():
                    if file.is_dir() and not file.is_symlink():
                        shutil.rmtree(file)  # an archive that was to be a folder
                    file.unlink(missing_ok=True)
                    self._settle(file)

    def _settle(self, file: Path) -> None:
        """Forget a name, unless its file is still there, or where it would be is not: a stick pulled out."""
        with suppress(MemoryBookError, OSError):
            if file.parent.is_dir() and not file.exists():
                self._write(readable.settle, file)

    def _write(self, work: Callable[[Connection, Path], None], file: Path) -> None:
        def write(connection: Connection) -> tuple[None, None]:
            work(connection, file)
            return None, None

        self._worker.write(write, is_note=True).result()
