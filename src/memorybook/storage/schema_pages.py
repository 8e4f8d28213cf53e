"""Damaged pages that hold nothing but the definitions of the tables, put back: what they say is known.

Where they lie and what they say down to the bit follows from how the file was made, and there are few ways:
begun, copied by ``VACUUM INTO``, or written anew. Each is done once more with an empty book, same key.
"""

import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from memorybook.errors import MemoryBookError
from memorybook.files import sync_file, translate_os_error, write_atomically
from memorybook.storage import connection as connections
from memorybook.storage import inspection, survey, transcript, trial
from memorybook.storage.book import BookFile
from memorybook.storage.btree import node
from memorybook.storage.carving import Pages
from memorybook.storage.connection import for_upkeep
from memorybook.storage.faults import DatabaseFault
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.migrate import migrate, newest

_PREFIX = "book.page"
_DAMAGED = ".damaged"


def restore(book: BookFile) -> bool:
    """Put the pages with the definitions back; ``False``, and nothing is changed, when the book is not whole
    with that.

    As :func:`memorybook.storage.first_page.restore`: the lock is held, the file is closed, it is tried with a
    copy first, and the damaged pages are kept beside the book. Raises StorageFull, BookReadOnly or
    StorageFailed from the writing itself.
    """
    try:
        bad = inspection.bad_pages(book.path, book.key, book.salt, lambda _: None, lambda: False)
        here = _leaves(book)
        if not bad or book.has_log() or not set(bad) <= set(here):
            return False
        with trial.copied(book) as tried, closing(_made(tried.folder, book)) as ways:
            pages = next((made for leaves, made in ways if leaves == here and _fits(tried, made, bad)), None)
    except (OSError, MemoryBookError, *DatabaseFault):
        return False
    if pages is None:
        return False
    try:
        with book.path.open("r+b") as file:
            for number in bad:
                file.seek((number - 1) * PAGE_BYTES)
                write_atomically(book.folder / f"{_PREFIX}{number}{_DAMAGED}", file.read(PAGE_BYTES))
            _write(book.path, pages, bad)
    except OSError as error:
        raise translate_os_error(error) from None
    return True


def _leaves(book: BookFile) -> tuple[int, ...]:
    """The pages below page 1, which are all about definitions. Empty where that is the only one."""
    with Pages(book.path, book.key, book.salt) as pages:
        first = pages.trusted(1)
        root = None if first is None else node(first)
        return () if root is None or not root.is_table else tuple(root.children)


Made = tuple[tuple[int, ...], bytes]


def _made(folder: Path, book: BookFile) -> Generator[Made, None, None]:
    """An empty book of the newest version in each of the ways: its pages of definitions, and its bytes."""
    begun = BookFile(_new(folder / "begun"), book.key, book.salt)
    opened = connections.begin(begun.path, book.key, book.salt)
    try:
        migrate(opened)
    finally:
        opened.close()
    yield _leaves(begun), begun.path.read_bytes()
    opened = connections.connect(begun.path, book.key, book.salt, newest=newest())
    try:
        for name, write in (("copied", _copy), ("written", _transcribe)):
            made = BookFile(_new(folder / name), book.key, book.salt)
            write(opened, made)
            yield _leaves(made), made.path.read_bytes()
    finally:
        opened.close()


def _copy(opened: connections.Connection, made: BookFile) -> None:
    os.close(os.open(made.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connections.copy_into(opened, made.path)


def _transcribe(opened: connections.Connection, made: BookFile) -> None:
    transcript.write(opened, made.path, made.key, made.salt, lambda: False)


def _new(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder


def _fits(tried: BookFile, pages: bytes, bad: tuple[int, ...]) -> bool:
    """Whether the book is whole with these pages: every page, every table, every thing."""
    with _put_back_after(tried.path):
        _write(tried.path, pages, bad)
        try:
            connection = connections.connect(tried.path, tried.key, tried.salt, newest=newest())
            try:
                with for_upkeep(connection):
                    checked = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()]
                return checked == ["ok"] and not survey.look(survey.on(connection)).things
            finally:
                connection.close()
        except (MemoryBookError, *DatabaseFault):
            return False


@contextmanager
def _put_back_after(path: Path) -> Iterator[None]:
    """Have the file be as it was, for the next try."""
    kept = path.with_name("kept")
    shutil.copyfile(path, kept)
    try:
        yield
    finally:
        for ending in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).unlink()
        kept.replace(path)


def _write(path: Path, pages: bytes, numbers: tuple[int, ...]) -> None:
    with path.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE_BYTES)
            file.write(pages[(number - 1) * PAGE_BYTES : number * PAGE_BYTES])
    sync_file(path)
