"""Puts a book that was written anew in the place of the old one, so that a kill leaves one of them whole.

The new book is made in ``.renewing-<hex>`` inside the book's folder. Renaming that to ``.renewed-<hex>``
decides: until then the old book is the book, and the workshop is rubbish; from then on the new one is, and
whoever opens the book goes on where it was left. What was there moves into ``.old-<hex>``, what is new moves
up. Nothing of that needs a key, and nothing of it destroys anything: whoever can write into the folder can
make folders with such names, put another book into them or lead them elsewhere. The old files are destroyed
last, once the new book was opened and it is plain that they are what it took the place of.

How far destroying goes: the key files, the database and the header of every media file are overwritten before
they are unlinked, since the withdrawn sheet opens them; a media file without its header opens with nothing.
On an SSD, on a file system that never writes in place (btrfs, ZFS, APFS), in snapshots and synchronised
folders the old bytes may outlast that, and copies and backups made before are not reached at all. Pictures
that a link leads to are destroyed by the process that wrote them anew, which read them with the old key; a
later one takes the link away and leaves them.
"""

import os
import re
import shutil
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from memorybook.errors import BookEmpty, MemoryBookError
from memorybook.files import (
    UNFINISHED,
    private_folder,
    put_in_place,
    sync_file,
    sync_folder,
    translate_os_error,
)
from memorybook.storage import header, replicas
from memorybook.storage.book import DATABASE, MEDIA, RENEWED
from memorybook.storage.lock import BookLock
from memorybook.storage.media import ENDING
from memorybook.storage.mediafile import HEADER_BYTES
from memorybook.storage.replicas import Unlocked

_WORKSHOP, _OLD = ".renewing-", ".old-"
_OURS = re.compile(rf"({re.escape(_WORKSHOP)}|{re.escape(RENEWED)}|{re.escape(_OLD)})[0-9a-f]{{16}}")
_MEDIA_FILE = re.compile(rf"[0-9a-f]{{32}}{re.escape(ENDING)}|\.[0-9a-f]{{16}}{re.escape(UNFINISHED)}")

_LOGS = tuple(f"{DATABASE}{ending}" for ending in ("-wal", "-shm", "-journal"))
_NEW = (*replicas.NAMES, header.COPY_NAME, MEDIA, DATABASE)
"""What a new book consists of: all of these are in the workshop before anything is decided."""

_BLOCK = 1 << 20

Leave = Callable[[], bool]
"""Whether destroying the old files may be left to the next time."""


def begin(folder: Path, name: str) -> Path:
    """The workshop for a new book; ``name`` is 16 random hex digits. Raises what the disk said."""
    return private_folder(folder / f"{_WORKSHOP}{name}")


def give_up(workshop: Path) -> None:
    """Take a workshop away again."""
    shutil.rmtree(workshop, ignore_errors=True)


def decide(workshop: Path) -> None:
    """From here on the book in the workshop, which is complete and synced, is the book.

    Raises StorageFailed or BookReadOnly, having decided nothing.
    """
    try:
        put_in_place(workshop, workshop.with_name(workshop.name.replace(_WORKSHOP, RENEWED)))
    except OSError as error:
        raise translate_os_error(error) from None


def hold(folder: Path) -> BookLock:
    """The lock of the book in ``folder``, taken before anything of it is read, with any renewal finished.

    Raises as :class:`~memorybook.storage.lock.BookLock` and :func:`finish_swap`.
    """
    lock = BookLock(folder)
    try:
        finish_swap(folder, alone=lock.keeps_out)
    except BaseException:
        lock.release()
        raise
    return lock


def finish_swap(folder: Path, *, alone: bool = True) -> None:
    """Bring to its end what a renewal began, whichever way it had been decided; the old files stay aside.

    Call it with the :class:`~memorybook.storage.lock.BookLock` held, before anything of the book is read.
    Where there is nothing to do it reads the folder's names and no more. A workshop that was given up stays
    while nobody can be sure to be ``alone``: it may be in use.
    Raises StorageFull, BookReadOnly or StorageFailed when a decided book cannot be put in its place; every
    file is still there then, and the next call goes on. What else the disk refuses is left for the next time.
    """
    try:
        for name in sorted(_ours(folder)):
            if name.startswith(_WORKSHOP) and alone:
                give_up(folder / name)
            elif name.startswith(RENEWED):
                _put_in_place(folder, folder / name)
    except OSError as error:
        raise translate_os_error(error) from None


def destroy_old(
    folder: Path, way: Unlocked, leave: Leave = lambda: False, *, read: Collection[str] = ()
) -> None:
    """Destroy the files that a book written anew took the place of, now that ``way`` has opened it.

    Files of the same seed, of another book, or that are newer stay: no renewal has put them there. ``read``
    are the names of the media that were opened with the old key, without their ending. What the disk
    refuses is left for the next time.
    """
    with suppress(OSError):
        for name in sorted(_ours(folder)):
            if name.startswith(_OLD) and _is_whole(folder) and _is_behind(folder / name, way):
                _destroy(folder / name, leave, {f"{each}{ENDING}" for each in read})


def _is_behind(aside: Path, way: Unlocked) -> bool:
    """Whether nothing speaks against these being the old files; some of them may be destroyed already."""
    key, salt = way.seed.database_key(), way.key_file.db_salt
    try:
        return not _has_database(aside, key, salt) and all(
            each.book_id == way.key_file.book_id
            and each.generation < way.generation
            and not each.is_genuine(way.seed)
            for each in replicas.whole(aside)
        )
    except MemoryBookError:
        return False


def _has_database(aside: Path, key: bytes, salt: bytes) -> bool:
    """Whether the database there is one of the open book, or that book's very file."""
    database = aside / DATABASE
    if database.is_symlink() or not database.exists():
        return False
    if database.samefile(aside.parent / DATABASE):  # closing it would drop the open book's locks
        return True
    try:
        return header.fits(database, key, salt)
    except BookEmpty:
        return False


def _ours(folder: Path) -> Iterator[str]:
    """The folders that a renewal makes. A link of such a name leads to something else, and is left."""
    with os.scandir(folder) as items:
        yield from [
            item.name
            for item in items
            if _OURS.fullmatch(item.name) and item.is_dir(follow_symlinks=False)
        ]


def _is_whole(folder: Path) -> bool:
    return all(os.path.lexists(folder / name) for name in _NEW)


def _put_in_place(folder: Path, ready: Path) -> None:
    aside = folder / ready.name.replace(RENEWED, _OLD)
    if aside.is_symlink():
        return
    if not aside.is_dir():
        if not _is_whole(ready):  # no renewal leaves this: something else took files out of it
            return
        private_folder(aside)
    sync_folder(folder)  # also the decision, which may not have reached the disk
    for name in (*_LOGS, *_NEW):
        new = ready / name
        # The log of the old book has no successor; it must never be read together with the new database.
        # Once that is in its place, the log beside it is its own.
        if os.path.lexists(new) or (name in _LOGS and os.path.lexists(ready / DATABASE)):
            if os.path.lexists(folder / name):
                put_in_place(folder / name, aside / name)
                sync_folder(aside)
            if os.path.lexists(new):
                put_in_place(new, folder / name)
                sync_folder(folder)
    _bring_back(aside / MEDIA, folder / MEDIA)
    with suppress(OSError):  # something is in it that no renewal has put there
        ready.rmdir()
    sync_folder(folder)


def _bring_back(old: Path, new: Path) -> None:
    """What a person put among the media files stays there."""
    if old.is_dir() and not old.is_symlink():
        for item in sorted(old.iterdir()):
            if not _MEDIA_FILE.fullmatch(item.name) and not os.path.lexists(new / item.name):
                put_in_place(item, new / item.name)
        sync_folder(new)


def _destroy(aside: Path, leave: Leave, read: Collection[str]) -> None:
    """Overwrite and unlink the old files. What the disk refuses to overwrite is unlinked all the same."""
    for name in (*replicas.NAMES, header.COPY_NAME, *_LOGS, DATABASE):
        _wipe(aside / name, leave)
    media = aside / MEDIA
    is_link = media.is_symlink()
    with suppress(OSError):
        # Pictures may have been put elsewhere: from the place it was moved to, a link can lead astray.
        for item in sorted((aside.parent / media.readlink() if is_link else media).iterdir()):
            if item.name in read if is_link else _MEDIA_FILE.fullmatch(item.name):
                _wipe(item, leave, HEADER_BYTES)
    with suppress(OSError):
        if is_link and not leave():
            media.unlink()
        elif not is_link:
            media.rmdir()
    with suppress(OSError):
        aside.rmdir()


def _wipe(path: Path, leave: Leave, most: int | None = None) -> None:
    """Overwrite a file, or ``most`` bytes of it, and unlink it.

    A file with another name somewhere is a copy that a person made without using room: it is left whole.
    """
    with suppress(OSError):
        found = path.lstat()
        if found.st_nlink == 1 and stat.S_ISREG(found.st_mode):
            with suppress(OSError), path.open("r+b") as file:
                length = found.st_size if most is None else min(most, found.st_size)
                for start in range(0, length, _BLOCK):
                    if leave():
                        return
                    file.write(os.urandom(min(_BLOCK, length - start)))
                file.flush()
                sync_file(path)
        if not leave():
            path.unlink()
