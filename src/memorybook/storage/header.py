"""What the first page of ``book.db`` shows without any key, and the copy that is kept of it.

Nothing here may be called while this process has the book open: closing a file drops SQLite's locks.
"""

import stat
from contextlib import suppress
from pathlib import Path

from memorybook.errors import BookEmpty, BookMissing, MemoryBookError, NotABook
from memorybook.files import translate_os_error, write_atomically

PAGE_BYTES = 4096
SALT_BYTES = 16
PLAIN_SQLITE = b"SQLite format 3\x00"
COPY_NAME = "book.page1"

_FOREIGN = (
    PLAIN_SQLITE,
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b\x08",
    b"7z\xbc\xaf",
    b"Rar!",
    b"{\\rtf",
    b"<!DOCTYPE",
    b"<html",
    b"<?xml",
    b"\xd0\xcf\x11\xe0",
    b"MBKEYS",
    b"MBMEDIA",
)
_FEWEST_VALUES = 240  # of 256: a random page lacks one of them once in thirty thousand, sixteen never


def first_page(path: Path) -> bytes:
    """Up to 4,096 bytes. Raises BookMissing, BookEmpty, NotABook for what is no file, or the disk's error."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotABook
        with path.open("rb") as file:
            page = file.read(PAGE_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise BookMissing from None
    except OSError as error:
        raise translate_os_error(error) from None
    if not page:
        raise BookEmpty
    return page


def is_foreign(page: bytes) -> bool:
    """Whether this is plainly the beginning of something else, or running text."""
    if page.startswith(_FOREIGN):
        return True
    readable = sum(byte >= 0x20 or byte in b"\t\r\n\f" for byte in page)
    return readable == len(page) and b"\x00" not in page and _decodes(page)


def looks_encrypted(page: bytes) -> bool:
    """Whether nothing at all can be recognised in this page, as it has to be."""
    return len(page) == PAGE_BYTES and not is_foreign(page) and len(set(page)) >= _FEWEST_VALUES


def _decodes(page: bytes) -> bool:
    try:
        page[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(page) - 8 and len(page) > 8
    return True


def keep_copy(folder: Path, database: Path) -> None:
    """Copy the first page to ``book.page1``: with it, a book whose first page is damaged opens again.

    Call after a clean close only. What the disk refuses is left for the next time.
    """
    copy = folder / COPY_NAME
    with suppress(MemoryBookError):
        page = first_page(database)
        try:
            same = copy.read_bytes() == page
        except OSError:
            same = False
        if len(page) == PAGE_BYTES and not same:
            write_atomically(copy, page)
