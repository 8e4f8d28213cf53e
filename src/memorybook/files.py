"""Writing files so that they are whole or not there, readable by their owner alone."""

import errno
import os
import secrets
import shutil
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

from memorybook.errors import BookReadOnly, MemoryBookError, StorageFailed, StorageFull

UNFINISHED = ".part"
"""Ending of a file that is being written. Whatever still has it was left by a process that was ended."""

_ON_ITS_WAY = 16 * 1024 * 1024

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_RETRY_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8) if sys.platform == "win32" else ()
"""On Windows a virus scanner may hold a new file, and a backup program the old one, for a moment."""

_NOT_ALLOWED = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_NAMELESS = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT}
_DESCRIPTORS = "/proc/self/fd"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_readable: set[Path] = set()  # unfinished files that are not encrypted, while they have a name
_naming = threading.Lock()


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
            put_in_place(unfinished, path)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise translate_os_error(error) from None


def write_readable(
    path: Path,
    data: Iterable[bytes],
    mode: int = 0o600,
    *,
    noted: Callable[[Path], AbstractContextManager[object]] = nullcontext,
    last: Callable[[], object] | None = None,
) -> None:
    """As :func:`write_atomically`, for what is not encrypted: while it is written it has no name.

    However the process ends, nothing of an unfinished file is left then. Where the file system knows no
    files without a name (most do on Linux, none elsewhere) it has one, that
    :func:`nothing_readable_unfinished` takes away; so it has for a moment, finished, where a file is
    replaced. ``noted`` is entered with that name before the file has it, and left when it has it no more.
    ``last`` is called when all of it is on the disk and nothing but its name is missing: what belongs beside
    it can be put in its place there. Raises what :func:`write_atomically` does, and what ``last`` raises.
    """
    unfinished = path.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    try:
        if not _write_nameless(path, unfinished, data, mode, noted, last):
            with noted(unfinished):
                _write_named(path, unfinished, data, mode, last)
        sync_folder(path.parent)
    except OSError as error:
        raise translate_os_error(error) from None


def _write_named(
    path: Path, unfinished: Path, data: Iterable[bytes], mode: int, last: Callable[[], object] | None
) -> None:
    with _naming:
        _readable.add(unfinished)
        descriptor = _open_removable(unfinished, mode)
    try:
        _fill(descriptor, data)
        if last is not None:
            last()
        put_in_place(unfinished, path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    finally:
        _readable.discard(unfinished)


def _open_removable(path: Path, mode: int) -> int:
    """A new file, to be written to, that another thread can take away meanwhile. Raises ``OSError``.

    On Windows no file can be while it is open, unless it was opened so.
    """
    if sys.platform == "win32":
        import _winapi
        import msvcrt

        write, share_all, create_new = _winapi.GENERIC_WRITE, 0x1 | 0x2 | 0x4, 1
        handle = _winapi.CreateFile(str(path), write, share_all, 0, create_new, 0, 0)
        return msvcrt.open_osfhandle(handle, _NEW_FILE)
    return os.open(path, _NEW_FILE, mode)


@contextmanager
def nothing_readable_unfinished() -> Iterator[None]:
    """Take unfinished readable files away, and let none begin while this lasts.

    For the moment before this process gives way to another: threads that still write end with it.
    """
    with _naming:
        for unfinished in tuple(_readable):
            with suppress(OSError):
                unfinished.unlink()
        yield


def _write_nameless(
    path: Path,
    between: Path,
    data: Iterable[bytes],
    mode: int,
    noted: Callable[[Path], AbstractContextManager[object]],
    last: Callable[[], object] | None,
) -> bool:
    """Write to a file without a name, then give it one; ``False`` when there are none here.

    A file that is there already has to be replaced by a second name: for that moment ``between`` is the
    name of the finished file.
    """
    if sys.platform != "linux" or not Path(_DESCRIPTORS).is_dir():
        return False
    try:
        descriptor = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, mode)
    except OSError as error:
        if error.errno in _NO_NAMELESS:
            return False
        raise
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        kept = os.dup(descriptor)
        try:
            _fill(descriptor, data)
            if last is not None:
                last()
            _name(kept, folder, path, between, noted)
        finally:
            os.close(kept)
    finally:
        os.close(folder)
    return True


def _name(
    descriptor: int,
    folder: int,
    path: Path,
    between: Path,
    noted: Callable[[Path], AbstractContextManager[object]],
) -> None:
    # A descriptor for the folder makes Python call linkat(), which alone follows the link in /proc.
    nameless = f"{_DESCRIPTORS}/{descriptor}"
    try:
        os.link(nameless, path.name, src_dir_fd=folder, dst_dir_fd=folder)
    except FileExistsError:
        with noted(between):
            os.link(nameless, between.name, src_dir_fd=folder, dst_dir_fd=folder)
            try:
                between.replace(path)
            except BaseException:
                with suppress(OSError):
                    between.unlink()
                raise


def open_to_read(path: Path) -> BinaryIO:
    """Open a file. What is none, such as a pipe, is not waited for. Raises ``OSError``."""

    def opener(name: str, flags: int) -> int:
        descriptor = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a file")

    return open(path, "rb", opener=opener)


def put_in_place(unfinished: Path, path: Path) -> None:
    """Rename a file or a folder to ``path``; a file replaces one that is there.

    On Windows it blocks up to two seconds for another program to let go of it. Raises ``OSError``.
    """
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
    _fill(os.open(path, _NEW_FILE, mode), data)


def _fill(descriptor: int, data: bytes | Iterable[bytes]) -> None:
    """Write ``data`` down to the disk, and close."""
    written = begun = 0
    with os.fdopen(descriptor, "wb") as file:
        for piece in (data,) if isinstance(data, bytes) else data:
            file.write(piece)
            written += len(piece)
            if written - begun >= _ON_ITS_WAY:
                _begin_to_sync(file.fileno(), begun, written - begun)
                begun = written
        file.flush()
        _sync(file.fileno())


def _begin_to_sync(descriptor: int, start: int, length: int) -> None:
    """Have the disk begin with a part of a large file, so that there is little to wait for at its end."""
    if sys.platform == "linux":
        with suppress(OSError):  # it is a hint
            os.posix_fadvise(descriptor, start, length, os.POSIX_FADV_DONTNEED)


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
        return shutil.disk_usage(path).free
    except OSError:
        raise StorageFailed from None
