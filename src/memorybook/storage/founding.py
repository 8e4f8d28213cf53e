"""Makes the files of a new book, all of them or none.

They are made in a folder of their own inside the book's folder and moved up when they are complete,
``book.db`` last: without it there is no book, so a process that is ended on the way leaves none.
"""

import os
import re
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from memorybook.errors import FolderInUse, MemoryBookError
from memorybook.files import private_folder, sync_folder, translate_os_error
from memorybook.storage import connection, header, keyfile, origin, replicas, ways
from memorybook.storage.book import DATABASE, MEDIA
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.kdf import SALT_BYTES, Stretch
from memorybook.storage.lock import NAME as LOCK
from memorybook.storage.lock import BookLock
from memorybook.storage.migrate import migrate
from memorybook.storage.origin import Origin
from memorybook.storage.seed import SEED_BYTES, Seed

T = TypeVar("T")

_WORKSHOP = re.compile(r"\.beginning-[0-9a-f]{16}")


def found(folder: Path, passphrase: str, stretch: Stretch, created: str, verify: Callable[[], T]) -> T:
    """Make a book in ``folder``, which has to be absent or empty; returns what ``verify`` returns.

    ``verify`` opens the finished book. When it or anything before it fails, everything made here is taken
    away again, and missing folders above too. Takes as long as ``stretch`` beside ``verify``.
    Raises FolderInUse, BookOpenElsewhere, BookReadOnly, StorageFull, StorageFailed, what ``verify`` raises.
    """
    missing = [place for place in (folder, *folder.parents) if not os.path.lexists(place)]
    if not missing:
        _check_unused(folder)
    try:
        private_folder(folder)
        with BookLock(folder):
            _check_unused(folder)
            try:
                workshop = _make(folder, passphrase, stretch, created)
                _check_unused(folder)  # a service that copies folders may have brought a book meanwhile
            except BaseException:
                _clear_workshops(folder)
                with suppress(OSError):
                    (folder / LOCK).unlink()
                raise
            try:
                _put_in_place(workshop, folder)
            except BaseException:
                _take_back(folder)
                raise
        try:
            return verify()
        except BaseException:
            _take_back(folder)
            raise
    except BaseException:
        for place in missing:
            with suppress(OSError):
                place.rmdir()
        raise


def _check_unused(folder: Path) -> None:
    """Raise FolderInUse when anything is here but what an unfinished beginning left."""
    try:
        names = [item.name for item in folder.iterdir()]
    except NotADirectoryError:
        raise FolderInUse from None
    except OSError as error:
        raise translate_os_error(error) from None
    if any(name != LOCK and not _WORKSHOP.fullmatch(name) for name in names):
        raise FolderInUse


def _make(folder: Path, passphrase: str, stretch: Stretch, created: str) -> Path:
    """The folder inside ``folder`` that holds the whole new book."""
    _clear_workshops(folder)
    workshop = private_folder(folder / f".beginning-{secrets.token_hex(8)}")
    seed = Seed.fresh()
    book_id, salt = os.urandom(SEED_BYTES), os.urandom(header.SALT_BYTES)
    slot = _slot(seed, book_id, passphrase, stretch)
    body = {**keyfile.begin(book_id=book_id, db_salt=salt, created=created), "slots": [slot]}
    _make_database(workshop / DATABASE, seed, body)
    replicas.save(workshop, keyfile.seal(body, seed), seed)
    private_folder(workshop / MEDIA)
    return workshop


def _put_in_place(workshop: Path, folder: Path) -> None:
    try:
        for name in (*replicas.NAMES, MEDIA, DATABASE):
            (workshop / name).rename(folder / name)
        workshop.rmdir()
        sync_folder(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise translate_os_error(error) from None


def _make_database(database: Path, seed: Seed, body: dict[str, Any]) -> None:
    salt = bytes.fromhex(body["db_salt"])
    try:
        opened = connection.begin(database, seed.database_key(), salt)
        try:
            migrate(opened)
            with connection.transaction(opened):
                origin.put(opened, Origin(body["book_id"], body["created"]))
                for slot in body["slots"]:
                    ways.put(opened, keyfile.slot_id(slot), ways.Note(created=body["created"]))
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            opened.close()
        connection.verify_encrypted(database, salt)
    except DatabaseFault as error:
        problem = translate(error, database)
        if problem is None:
            raise
        raise problem from None
    except OSError as error:
        raise translate_os_error(error) from None


def _slot(seed: Seed, book_id: bytes, passphrase: str, stretch: Stretch) -> dict[str, Any]:
    salt = os.urandom(SALT_BYTES)
    try:
        key, cost = stretch(passphrase, salt)
    except MemoryError:
        raise MemoryBookError from None
    return keyfile.stretched_slot(seed, book_id, salt, cost, key)


def _take_back(folder: Path) -> None:
    for name in (DATABASE, f"{DATABASE}-wal", *replicas.NAMES, header.COPY_NAME, LOCK):
        with suppress(OSError):
            (folder / name).unlink()
    shutil.rmtree(folder / MEDIA, ignore_errors=True)
    _clear_workshops(folder)


def _clear_workshops(folder: Path) -> None:
    with suppress(OSError):
        for item in folder.iterdir():
            if _WORKSHOP.fullmatch(item.name):
                shutil.rmtree(item, ignore_errors=True)
