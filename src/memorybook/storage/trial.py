"""A copy of a book's database to look at or to try something with: as encrypted as the book itself."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from memorybook.storage.book import BookFile

_LOG = "-wal"


@contextmanager
def copied(book: BookFile) -> Iterator[BookFile]:
    """The database and its log in a folder of their own, for the owner alone, which goes at the end.

    Never beside the book: that may be a drive that cannot be written to. What an ended process leaves shows
    nothing. The book has to be closed. Raises ``OSError``.
    """
    with tempfile.TemporaryDirectory(prefix="memorybook-") as folder:
        copy = replace(book, folder=Path(folder))
        shutil.copyfile(book.path, copy.path)
        if book.has_log():
            name = book.path.name + _LOG
            shutil.copyfile(book.folder / name, copy.folder / name)
        yield copy
