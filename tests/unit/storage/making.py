"""Databases of their own for tests of the storage layer, without a library around them."""

import os
from pathlib import Path

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.storage import connection, entries
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection, transaction
from memorybook.storage.migrate import migrate, newest

KEY = bytes(range(32))
SALT = bytes(range(100, 116))
AT = "2026-10-03T18:04:05Z"


def book_in(folder: Path) -> BookFile:
    """A migrated, empty, closed database."""
    folder.mkdir(exist_ok=True)
    opened = connection.begin(folder / "book.db", KEY, SALT)
    migrate(opened)
    opened.close()
    return BookFile(folder, KEY, SALT)


def opened(book: BookFile) -> Connection:
    """Its connection, on this thread. Close it."""
    return connection.connect(book.path, KEY, SALT, newest=newest())


def write_entries(book: BookFile, number: int, length: int) -> dict[EntryId, EntryDraft]:
    """``number`` pages of ``length`` random letters each, in one transaction."""
    written = {}
    open_connection = opened(book)
    with transaction(open_connection):
        for n in range(number):
            draft = EntryDraft(
                title=f"page {n}", body=os.urandom(length // 2).hex(), day=VagueDate(2026, 1, 1 + n % 28)
            )
            written[entries.insert(open_connection, draft, draft.body, AT)] = draft
    open_connection.close()
    return written
