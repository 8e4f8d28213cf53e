"""One window at a time: a lock on ``book.lock`` that goes away with the process that held it.

SQLite's own exclusive lock is what protects the pages. This one stands before it, so that nobody
reads ``book.db`` while it is open elsewhere: closing a file drops the locks its process has on it.
"""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from memorybook.errors import BookOpenElsewhere
from memorybook.files import translate_os_error

NAME = "book.lock"


class BookLock:
    """Held from the constructor until :meth:`release`.

    The constructor raises BookOpenElsewhere when somebody holds it, in this process or another,
    BookReadOnly, StorageFull or StorageFailed. ``keeps_out`` is ``False`` on a drive that knows no locks.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._descriptor: int | None = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise translate_os_error(error) from None
        try:
            self.keeps_out = _lock(self._descriptor)
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Let others in. May be called more than once."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()


def is_held(folder: Path) -> bool:
    """Whether the book in ``folder`` is open somewhere. Creates nothing."""
    try:
        descriptor = os.open(folder / NAME, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        _lock(descriptor)
    except BookOpenElsewhere:
        return True
    finally:
        os.close(descriptor)
    return False


def _lock(descriptor: int) -> bool:
    """Whether anybody is kept out by it. Raises BookOpenElsewhere."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise BookOpenElsewhere from None
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BookOpenElsewhere from None
    except OSError:
        return False  # some network drives know no such lock; SQLite's own still stands
    return True
