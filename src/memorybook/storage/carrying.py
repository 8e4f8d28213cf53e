"""Files on a drive that somebody chose for copies: written to the disk, read back from it, and compared.

Such a drive may be a memory stick: without permissions, without a way to sync a folder, with 4 GB as the
longest file, and gone at any moment. Its troubles get sentences of their own, because the book has none.
"""

import errno
import hashlib
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from memorybook.errors import (
    CopyFileTooLarge,
    CopyNeedsRoom,
    CopyNotMade,
    CopyPlaceGone,
    CopyReadOnly,
    CopyStopped,
    MemoryBookError,
)
from memorybook.files import UNFINISHED, free_bytes, open_to_read, put_in_place, sync_folder, write_new

PIECE_BYTES = 1 << 20
UNFINISHED_NAME = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(UNFINISHED)}")
"""What has such a name, a file or a folder, is being written, or was when a process was ended."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_NOT_ALLOWED = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF}

GoOn = Callable[[int], object]
"""Told of so many bytes more; raises CopyStopped when the work is to end."""


@contextmanager
def on_the_drive(folder: Path) -> Iterator[None]:
    """Turn what the operating system says about the drive with ``folder`` into an error with a sentence."""
    try:
        yield
    except OSError as error:
        raise translate(error, folder) from None


def translate(error: OSError, folder: Path) -> MemoryBookError:
    """The error with a sentence for what happened on the drive with ``folder``."""
    if error.errno in _NO_ROOM:
        return CopyNeedsRoom()
    if error.errno == errno.EFBIG:
        return CopyFileTooLarge()
    if not folder.is_dir():
        return CopyPlaceGone()
    return CopyReadOnly() if error.errno in _NOT_ALLOWED else CopyNotMade()


def make_folder(path: Path) -> Path:
    """Make a folder for the owner alone, where a drive knows owners, and what is missing above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    return path


def unfinished(folder: Path) -> Path:
    """A new name for what is being written in ``folder``."""
    return folder / f".{secrets.token_hex(8)}{UNFINISHED}"


def settle(folder: Path) -> None:
    """Have new names in ``folder`` outlast a power cut, as far as the drive knows how. Raises ``OSError``."""
    try:
        sync_folder(folder)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def pieces(path: Path, go_on: GoOn = lambda _: None) -> Iterator[bytes]:
    """The content of a file, a piece at a time. Raises ``OSError``, and what ``go_on`` raises."""
    with open_to_read(path) as file:
        while piece := file.read(PIECE_BYTES):
            go_on(len(piece))
            yield piece


def digest_of(path: Path, go_on: GoOn = lambda _: None) -> str:
    """SHA-256 in hex of what the drive gives back, not of what the computer remembers having written."""
    forget(path)
    digest = hashlib.sha256()
    for piece in pieces(path, go_on):
        digest.update(piece)
    return digest.hexdigest()


def is_what_it_was(path: Path, sha256: str, go_on: GoOn) -> bool:
    """Whether the drive still gives back a file with this SHA-256. Raises what ``go_on`` raises."""
    try:
        return digest_of(path, go_on) == sha256
    except OSError:
        return False


def write(
    path: Path, content: Iterable[bytes], go_on: GoOn = lambda _: None, *, sha256: str = ""
) -> tuple[int, str]:
    """Write a new file at ``path``, down to the disk, and read it back: its size and SHA-256 in hex.

    ``sha256`` is what it has to be, where that is known. Raises ``OSError``; CopyNotMade when something else
    comes back; what ``content`` and ``go_on`` raise. Then what was written is left.
    """
    digest, size = hashlib.sha256(), 0

    def passing() -> Iterator[bytes]:
        nonlocal size
        for piece in content:
            if not sha256:
                digest.update(piece)
            size += len(piece)
            yield piece

    write_new(path, passing())
    sha256 = sha256 or digest.hexdigest()
    if digest_of(path, go_on) != sha256:
        raise CopyNotMade
    return size, sha256


def write_in_place(path: Path, content: Iterable[bytes], go_on: GoOn = lambda _: None) -> tuple[int, str]:
    """As :func:`write`, so that ``path`` is there when all of it is, or not at all; what was there goes.

    The name lasts once :func:`settle` was called for the folder.
    """
    new = unfinished(path.parent)
    try:
        written = write(new, content, go_on)
        put_in_place(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    return written


def check_room(folder: Path, needed: int) -> None:
    """Raise CopyNeedsRoom when the drive with ``folder`` has not so many bytes left."""
    if free_bytes(folder) < needed:
        raise CopyNeedsRoom


def stopping(stop: Callable[[], bool]) -> GoOn:
    """What raises CopyStopped once ``stop`` says so."""

    def go_on(_count: int) -> None:
        if stop():
            raise CopyStopped

    return go_on


def forget(path: Path) -> None:
    """Have the next read come from the drive."""
    if sys.platform == "linux":
        with suppress(OSError), path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
