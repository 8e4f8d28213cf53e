"""Writing files so that they are whole or not there, readable by their owner alone."""

import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from memorybook.errors import BookReadOnly, MemoryBookError, StorageFailed, StorageFull

UNFINISHED = ".part"
"""Ending of a file that is being written. Whatever still has it was left by a process that was ended."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_RETRY_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8) if sys.platform == "win32" else ()
"""On Windows a virus scanner may hold a new file, and a backup program the old one, for a moment."""

_NOT_ALLOWED = {errno.EROFS, errno.EACCES, errno.EPERM}


def translate_os_error(error: OSError) -> MemoryBookError:
    """The error with a sentence for what the operating system said. The path is left behind."""
    if error.errno in _NO_ROOM:
        return StorageFull()
    if error.errno in _NOT_ALLOWED:
        return BookReadOnly()
    return StorageFailed()


def write_atomically(
    path: Path,
    data: bytes | Iterable[bytes],
    mode: int = 0o600,
    *,
    check: Callable[[Path], None] | None = None,
) -> None:
    """Put ``data`` at ``path``, replacing what was there, so that a crash leaves the old or the new file.

    ``check`` is given the finished, synced temporary file and may refuse it by raising; then, as after
    every other failure, nothing new is left behind. ``data`` may be written piece by piece.
    Raises StorageFull, BookReadOnly or StorageFailed; errors of ``check`` and ``data`` pass through.
    """
    unfinished = path.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    try:
        try:
            write_new(unfinished, data, mode)
            if check is not None:
                check(unfinished)
            _put_in_place(unfinished, path)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise translate_os_error(error) from None


def _put_in_place(unfinished: Path, path: Path) -> None:
    for wait in _RETRY_SECONDS:
        try:
            unfinished.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    unfinished.replace(path)


def write_new(path: Path, data: bytes | Iterable[bytes], mode: int = 0o600) -> None:
    """Write a file that is not there yet, down to the disk; its name lasts once the folder is synced.

    Raises ``OSError``, and what ``data`` raises; then what was written so far is left.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        for piece in (data,) if isinstance(data, bytes) else data:
            file.write(piece)
        file.flush()
        _sync(file.fileno())


def _sync(descriptor: int) -> None:
    """Ask until the drive itself has it: on macOS fsync alone stops at the drive's own memory."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # network drives do not know it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_file(path: Path) -> None:
    """Make what others wrote into ``path`` outlast a power cut. Raises ``OSError``."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        _sync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make new and replaced names in ``folder`` outlast a power cut. Raises ``OSError``."""
    if sys.platform == "win32":
        return  # there a folder cannot be synced, and NTFS journals its names
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_folder(path: Path) -> Path:
    """Create ``path`` and what is missing above it, for the owner alone; an existing one is made private.

    Raises StorageFull, BookReadOnly or StorageFailed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
        if stat.S_IMODE(path.stat().st_mode) != 0o700:
            path.chmod(0o700)
    except OSError as error:
        raise translate_os_error(error) from None
    return path


def free_bytes(path: Path) -> int:
    """How many bytes this person may still write where ``path`` is. Raises StorageFailed."""
    try:
        found = os.statvfs(path)
    except OSError:
        raise StorageFailed from None
    return found.f_bavail * found.f_frsize
