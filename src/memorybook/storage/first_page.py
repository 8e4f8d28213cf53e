"""Putting a damaged first page back from the copy that is kept of it, once everything fits with that."""

import os
import secrets

from memorybook.errors import MemoryBookError
from memorybook.files import translate_os_error, write_atomically
from memorybook.storage import connection as connections
from memorybook.storage import header, survey, trial
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection, for_upkeep
from memorybook.storage.faults import DatabaseFault
from memorybook.storage.migrate import newest

DAMAGED = ".damaged-"
"""Behind the name of the copy: what stood in its place."""


def restore(book: BookFile) -> bool:
    """Put the first page back; ``False``, and nothing is changed, when that does not make the book whole.

    The book's lock has to be held, and the file closed. It is tried with a copy of the database first, in a
    temporary folder and as encrypted as the book: every page, every table and every thing in it has to be
    right. The damaged page is kept beside the book. Blocks for a second or more. Raises StorageFull,
    BookReadOnly or StorageFailed from the writing itself; what was damaged is so still then.
    """
    try:
        page, copy = header.first_page(book.path), header.first_page(book.folder / header.COPY_NAME)
        if header.page_fits(page, 1, book.key, book.salt):
            return False
        if not header.page_fits(copy, 1, book.key, book.salt):
            return False
        whole = header.whole_pages(book.path, book.key, book.salt)
        if not all(each for number, each in enumerate(whole, 1) if number > 1) or not _fits(book, copy):
            return False
    except (OSError, MemoryBookError, *DatabaseFault):
        return False
    kept = book.folder / f"{header.COPY_NAME}{DAMAGED}{secrets.token_hex(4)}"
    write_atomically(kept, page)
    try:
        with book.path.open("r+b") as file:
            file.write(book.salt + copy[header.SALT_BYTES :])
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise translate_os_error(error) from None
    return True


def _fits(book: BookFile, copy: bytes) -> bool:
    with trial.copied(book) as tried:
        with tried.path.open("r+b") as file:
            file.write(book.salt + copy[header.SALT_BYTES :])
        connection = connections.connect(tried.path, book.key, book.salt, newest=newest())
        try:
            return _is_whole(connection)
        finally:
            connection.close()


def _is_whole(connection: Connection) -> bool:
    with for_upkeep(connection):
        if [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()] != ["ok"]:
            return False
    return not survey.look(survey.on(connection)).things
