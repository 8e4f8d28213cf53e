"""A copy of the database beside the open book: written, opened again and compared, before it goes anywhere.

It is made on the book's own disk, so that the vault's thread never waits for a memory stick, and one copy
serves every place it is carried to. A copy that others follow is written anew, without the room that nothing
needs; those that follow it take the pages of the book as they are, which takes a fraction of the time.
"""

import hashlib
import os
import re
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from types import MappingProxyType

from memorybook.domain.backup import CHECKING, WORDS, BookCounts, Step, Told
from memorybook.errors import BookDamaged, CopyStopped, StorageFailed, StorageFull
from memorybook.files import free_bytes, open_to_read, private_folder, translate_os_error
from memorybook.storage import changes, counts, header, keyfile, media_names, readable, transcript, unfinished
from memorybook.storage import connection as connections
from memorybook.storage.backup_format import DATABASE, Part
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.keyfile import KeyFile
from memorybook.storage.media_names import Named
from memorybook.storage.replicas import Unlocked
from memorybook.storage.transcript import Contents

OWN = "copies."
"""How the keys of preferences begin in which a book remembers its copies."""

_NO_CHANGE = (OWN, "health.")
"""Beginnings of preferences that the program writes down for itself: no copy is due because of them."""

_FOLDER = re.compile(r"\.copying-[0-9a-f]{16}")
_NOTES = (unfinished.KEY, readable.KEY)
_LITTLE = 16 << 20
_LOOK_S = 0.02
_PIECE = 256 * header.PAGE_BYTES  # two milliseconds


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy on its way. It is to have the ``contents`` of the book, where these were read; else it has the
    very bytes of it, of whose pieces ``pieces`` are the digests.
    """

    folder: Path
    contents: Contents | None = field(default=None, repr=False)
    pieces: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def database(self) -> Path:
        """The copied database."""
        return self.folder / DATABASE


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy that was opened again and found whole. ``named`` are the media files that belong to it.

    ``mark`` is a digest of what it says, ``changes`` how often the book had been changed.
    """

    database: Path
    part: Part
    schema: int
    counts: BookCounts
    named: tuple[Named, ...] = field(repr=False)
    mark: str
    changes: str
    contents: Contents = field(repr=False)


def begin(folder: Path) -> Path:
    """A new folder for a copy, in the book's ``folder``. Raises StorageFull and what the disk said."""
    database = folder / DATABASE
    try:
        size = database.stat().st_size
    except OSError as error:
        raise translate_os_error(error) from None
    if free_bytes(folder) < size + size // 4 + _LITTLE:
        raise StorageFull
    return private_folder(folder / f".copying-{secrets.token_hex(8)}")


def give_up(staging: Path) -> None:
    """Remove what :func:`begin` made. What the disk refuses is swept later."""
    shutil.rmtree(staging, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what ended processes left. With the book's lock held, and no copy being made."""
    with suppress(OSError):
        for item in list(folder.iterdir()):
            if _FOLDER.fullmatch(item.name) and not item.is_symlink():
                give_up(item)


def take(connection: Connection, staging: Path, told: Told, stop: threading.Event) -> Taken:
    """Write the open book anew into ``staging``. The vault's thread, outside a transaction.

    Raises CopyStopped within 100 ms of ``stop``, BookDamaged, StorageFull, StorageFailed; what was written
    is left to :func:`give_up`.
    """
    database = staging / DATABASE
    live = staging.parent / DATABASE
    with _told(database, stop):
        database.unlink(missing_ok=True)  # from a first try
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with _interrupted(connection, stop, _growing(database, live.stat().st_size, told)):
            connections.copy_into(connection, database)
        if stop.is_set():
            raise CopyStopped
        return Taken(staging, _said(connection, stop))


def take_pages(book: BookFile, staging: Path, told: Told, stop: threading.Event) -> Taken:
    """Copy the pages of the closed book into ``staging``, each once it is seen to be as it was written.

    Raises CopyStopped within milliseconds of ``stop``, BookDamaged, StorageFull, StorageFailed; what was
    written is left to :func:`give_up`.
    """
    database = staging / DATABASE
    is_whole = header.checker(book.key, book.salt)
    pieces: list[bytes] = []
    with _told(database, stop), open_to_read(book.path) as source, database.open("xb", 0) as target:
        database.chmod(0o600)
        total = os.fstat(source.fileno()).st_size
        while piece := source.read(_PIECE):
            first = 1 + len(pieces) * (_PIECE // header.PAGE_BYTES)
            if not header.are_whole(piece, first, is_whole):
                raise BookDamaged
            _write(target, piece)
            pieces.append(hashlib.sha256(piece).digest())
            told(Step(WORDS, min(len(pieces) * _PIECE, total), total))
            if stop.is_set():
                raise CopyStopped
    if not pieces:
        raise BookDamaged
    return Taken(staging, pieces=tuple(pieces))


def check(
    taken: Taken,
    book: BookFile,
    told: Told,
    stop: threading.Event,
    read_before: Contents = MappingProxyType({}),
) -> Staged:
    """Finish the copy, open it again and go through all of it. Not the vault's thread.

    ``read_before`` are the contents of a copy that was found whole: what is the same is not read row by row.
    Raises CopyStopped, StorageFull or StorageFailed; BookDamaged when it is not what the book said.
    """
    database, key, salt = taken.database, book.key, book.salt
    with _told(database, stop):
        _finish(database, key, salt)
        part = _read_back(taken, key, salt, told, stop)
        connections.verify_encrypted(database, salt)
        opened = connections.connect_to_check(database, key, salt)
        try:
            contents = transcript.check_copy(opened, taken.contents, read_before, stop.is_set)
            row = opened.execute("PRAGMA user_version").fetchone()
            if row is None:
                raise BookDamaged
            return Staged(
                database,
                part,
                int(row[0]),
                counts.counts(opened),
                media_names.named(opened),
                _mark(opened, contents, stop),
                changes.number(opened),
                contents,
            )
        finally:
            opened.close()


def keys_of(way: Unlocked) -> KeyFile:
    """The key file as it goes into copies: without what only this computer's password store opens."""
    slots = [slot for slot in way.key_file.slots if keyfile.slot_id(slot) != keyfile.KEYRING]
    return keyfile.seal({**way.key_file.body, "slots": slots}, way.seed)


def _finish(database: Path, key: bytes, salt: bytes) -> None:
    """Take out what concerns files of this computer alone; and let no log belong to it any more."""
    opened = connections.connect_to_finish(database, key, salt)
    try:
        for beginning in _NOTES:
            opened.execute("DELETE FROM meta WHERE key GLOB :pattern", {"pattern": f"{beginning}*"})
    finally:
        opened.close()


def _read_back(taken: Taken, key: bytes, salt: bytes, told: Told, stop: threading.Event) -> Part:
    """Size and SHA-256 of a finished copy, each page of which is as it was taken, or whole and written since.

    Raises BookDamaged, CopyStopped, ``OSError``.
    """
    is_whole = header.checker(key, salt)
    digest, size = hashlib.sha256(), 0
    with open_to_read(taken.database) as file:
        total = os.fstat(file.fileno()).st_size
        told(Step(CHECKING, 0, total))
        for number, piece in enumerate(iter(lambda: file.read(_PIECE), b"")):
            as_taken = taken.pieces[number : number + 1] == (hashlib.sha256(piece).digest(),)
            first = 1 + number * (_PIECE // header.PAGE_BYTES)
            if not as_taken and not header.are_whole(piece, first, is_whole):
                raise BookDamaged
            digest.update(piece)
            size += len(piece)
            told(Step(CHECKING, min(size, total), total))
            if stop.is_set():
                raise CopyStopped
    if taken.pieces and len(taken.pieces) != -(-size // _PIECE):
        raise BookDamaged
    return Part(size, digest.hexdigest())


def _write(file: FileIO, data: bytes) -> None:
    """All of it: the system may take a part only, as before a limit."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _said(connection: Connection, stop: threading.Event) -> Contents:
    """All that the book says, but for the notes that concern files of this computer alone."""
    said = dict(transcript.contents(connection, stop.is_set))
    return said | {"meta": transcript.contents_but(connection, "meta", _NOTES, stop.is_set)}


def _mark(connection: Connection, said: Contents, stop: threading.Event) -> str:
    """A digest of what people put into the book, and nothing else."""
    own = transcript.contents_but(connection, "preference", _NO_CHANGE, stop.is_set)
    meta = transcript.contents_but(connection, "meta", (*_NOTES, changes.KEY), stop.is_set)
    digest = hashlib.blake2b(digest_size=16)
    for name, each in sorted({**said, "preference": own, "meta": meta}.items()):
        digest.update(name.encode() + b"\n" + each)
    return digest.hexdigest()


def _growing(database: Path, total: int, told: Told) -> Callable[[], None]:
    """Tells how far the copy is by the size of its file: the database itself says too little."""

    def look() -> None:
        with suppress(OSError):
            told(Step(WORDS, min(database.stat().st_size, total), total))

    return look


@contextmanager
def _interrupted(connection: Connection, stop: threading.Event, look: Callable[[], None]) -> Iterator[None]:
    """While this lasts ``stop`` ends the statement that is running, and ``look`` is called now and then."""
    gate = threading.Lock()
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            if stop.is_set():
                with gate:
                    if not over.is_set():
                        connection.interrupt()
            look()
            over.wait(_LOOK_S)

    watcher = threading.Thread(target=watch, name="memorybook-copy-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with gate:  # an interrupt that comes later would end another statement
            over.set()
        watcher.join()


@contextmanager
def _told(database: Path, stop: threading.Event) -> Iterator[None]:
    try:
        yield
    except DatabaseFault as error:
        if stop.is_set():
            raise CopyStopped from None
        problem = translate(error, database)
        if problem is None:
            raise
        raise (problem if isinstance(problem, BookDamaged | StorageFull) else StorageFailed()) from None
    except OSError as error:
        raise translate_os_error(error) from None
