"""The files of a damaged book, copied for the new one: what cannot be read of them is left out, or zeros."""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from memorybook.domain.ids import MediaId
from memorybook.errors import BookOpenElsewhere, FolderInUse, MediaDamaged, MemoryBookError
from memorybook.files import (
    open_to_read,
    private_folder,
    put_in_place,
    sync_file,
    sync_folder,
    translate_os_error,
    write_new,
)
from memorybook.storage.carrying import settle
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.lock import is_held
from memorybook.storage.media import ENDING
from memorybook.storage.mediafile import Opened
from memorybook.storage.rebuilding import File

_NAME = re.compile(rf"([0-9a-f]{{32}}){re.escape(ENDING)}")
_WORKSHOP = re.compile(r"\.salvaging-[0-9a-f]{16}")
_PIECE = 1 << 18
_HEAD = 64

Glance = Callable[[int], object]
"""Called with how many bytes more are done; what it raises ends the work."""


def workshop_for(target: Path) -> Path:
    """A new folder beside ``target``, in which the new book is made; those that killed processes left go.

    Raises FolderInUse when something is at ``target`` that is no empty folder, or what the disk said.
    """
    try:
        if os.path.lexists(target) and (target.is_symlink() or not target.is_dir() or any(target.iterdir())):
            raise FolderInUse
        target.parent.mkdir(parents=True, exist_ok=True)
        for item in target.parent.iterdir():
            if _WORKSHOP.fullmatch(item.name) and not item.is_symlink() and not is_held(item):
                shutil.rmtree(item, ignore_errors=True)
    except BookOpenElsewhere:
        raise
    except OSError as error:
        raise translate_os_error(error) from None
    return private_folder(target.parent / f".salvaging-{secrets.token_hex(8)}")


def give_up(workshop: Path) -> None:
    """Take a workshop away again."""
    shutil.rmtree(workshop, ignore_errors=True)


def put_new_book(workshop: Path, target: Path) -> None:
    """Give the finished book its name. Raises FolderInUse, or what the disk said, having changed nothing."""
    try:
        if target.is_dir():
            with suppress(FileNotFoundError):
                target.rmdir()  # refused unless it is empty
        elif os.path.lexists(target):
            raise FolderInUse
        put_in_place(workshop, target)
        try:
            settle(target.parent)
        except OSError:
            put_in_place(target, workshop)  # what is said to have failed is not there
            raise
    except OSError as error:
        if os.path.lexists(target) and workshop.is_dir():
            raise FolderInUse from None
        raise translate_os_error(error) from None


def media_in(folder: Path) -> list[tuple[MediaId, int]]:
    """The names and lengths of the media files there; none where the folder cannot be read."""
    found = []
    with suppress(OSError):
        for item in sorted(folder.iterdir()):
            match = _NAME.fullmatch(item.name)
            if match is not None:
                with suppress(OSError):
                    found.append((MediaId(match[1]), item.stat().st_size))
    return found


def copy_media(source: Path, target: Path, media: MediaId, key: bytes, glance: Glance) -> File | None:
    """Copy one media file as it is and read the copy back; ``None`` when nothing of it could be read.

    The copy outlasts a power cut once :func:`sync_media` has been called. Raises what the disk says of
    ``target``, and what ``glance`` raises.
    """
    unreadable = False

    def pieces() -> Iterator[bytes]:
        nonlocal unreadable
        while True:
            try:
                piece = file.read(_PIECE)
            except OSError:
                unreadable = True
                return
            if not piece:
                return
            glance(len(piece))
            yield piece

    path = target / f"{media}{ENDING}"
    try:
        file = open_to_read(source / f"{media}{ENDING}")
    except OSError:
        return None
    with file:
        try:
            with open(path, "xb", opener=_private) as copy:
                copy.writelines(pieces())
        except OSError as error:
            raise translate_os_error(error) from None
    if unreadable and not path.stat().st_size:
        path.unlink()
        return None
    return _looked_at(path, media, key, glance)


def sync_media(target: Path, glance: Glance) -> None:
    """See all copies onto the disk: at the end, many of them cost little more than one. Raises as above."""
    try:
        for item in sorted(target.iterdir()):
            glance(0)
            sync_file(item)
        sync_folder(target)
    except OSError as error:
        raise translate_os_error(error) from None


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _looked_at(path: Path, media: MediaId, key: bytes, glance: Glance) -> File:
    digest, length, head = hashlib.sha256(), 0, b""
    try:
        with open_to_read(path) as file:
            for chunk in Opened(file, media, key):
                head = head or chunk[:_HEAD]
                digest.update(chunk)
                length += len(chunk)
                glance(0)
    except MediaDamaged:
        return File(b"", 0, head)
    except OSError as error:
        raise translate_os_error(error) from None
    return File(digest.digest(), length, head)


def copy_database(source: Path, target: Path, page_one: bytes, glance: Glance) -> None:
    """Copy a database with its log for SQLite to read; zeros in the place of what the disk cannot read.

    ``page_one`` is put in the place of the first page unless it is empty.
    """
    for name in (source.name, f"{source.name}-wal"):
        if (source.parent / name).is_file():
            try:
                write_new(target.parent / name, _readable(source.parent / name, glance))
            except OSError as error:
                raise translate_os_error(error) from None
    if page_one:
        try:
            with target.open("r+b") as file:
                file.write(page_one)
        except OSError as error:
            raise translate_os_error(error) from None


def _readable(path: Path, glance: Glance) -> Iterator[bytes]:
    with open_to_read(path) as file:
        length = file.seek(0, os.SEEK_END)
        for start in range(0, length, PAGE_BYTES):
            expected = min(PAGE_BYTES, length - start)
            piece = b""
            with suppress(OSError):
                file.seek(start)
                piece = file.read(expected)
            glance(0)
            yield piece.ljust(expected, b"\0")


def readable_bytes(path: Path, most: int) -> bytes:
    """The beginning of a file, nothing when it cannot be read."""
    try:
        with open_to_read(path) as file:
            return file.read(most)
    except (OSError, MemoryBookError):
        return b""
