"""What the first page of ``book.db`` shows without any key, and the copy that is kept of it.

Nothing here may be called while this process has the book open: closing a file drops SQLite's locks.
"""

import hashlib
import hmac
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from memorybook.errors import BookEmpty, BookMissing, BookUnreadable, MemoryBookError, NotABook
from memorybook.files import translate_os_error, write_atomically

PAGE_BYTES = 4096
SALT_BYTES = 16
PLAIN_SQLITE = b"SQLite format 3\x00"
COPY_NAME = "book.page1"

_MAC_BYTES = 64
_LOCK_PAGE = (1 << 30) // PAGE_BYTES + 1  # SQLite locks bytes there and never writes the page
_SALT_MASK = 0x3A
_PAGES_TRIED = 64

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
    """Up to 4,096 bytes.

    Raises BookMissing, BookEmpty, BookUnreadable, NotABook for what is no file, or the disk's error.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotABook
        with path.open("rb") as file:
            page = file.read(PAGE_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise BookMissing from None
    except PermissionError:
        raise BookUnreadable from None
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


def salts(folder: Path, database: Path) -> Iterator[bytes]:
    """Every salt the book's own files show: the one in front of ``book.db``, and the one of the copy."""
    found = set()
    for path in (database, folder / COPY_NAME):
        with suppress(MemoryBookError):
            salt = first_page(path)[:SALT_BYTES]
            if len(salt) == SALT_BYTES and salt not in found:
                found.add(salt)
                yield salt


def fits(database: Path, key: bytes, salt: bytes) -> bool:
    """Whether this raw key and salt belong to the file: one whole page among the first ones shows it.

    Raises BookMissing, BookEmpty, NotABook or the disk's error.
    """
    first_page(database)
    try:
        with database.open("rb") as file:
            pages = file.read(PAGE_BYTES * _PAGES_TRIED)
    except OSError as error:
        raise translate_os_error(error) from None
    return any(
        page_fits(pages[start : start + PAGE_BYTES], number, key, salt)
        for number, start in enumerate(range(0, len(pages), PAGE_BYTES), 1)
    )


def page_fits(page: bytes, number: int, key: bytes, salt: bytes) -> bool:
    """Whether SQLCipher wrote this page, counted from 1, with this raw key and salt.

    As SQLCipher 4 does it: HMAC-SHA512 over the ciphertext, the IV behind it and the number, with a key
    that is PBKDF2-HMAC-SHA512 of the raw key, two rounds, each byte of the salt XOR 0x3a.
    """
    return _is_signed(page, number, _mac_key(key, salt))


def checker(key: bytes, salt: bytes) -> Callable[[bytes, int], bool]:
    """As :func:`page_fits`, for many pages of one book."""
    mac_key = _mac_key(key, salt)
    return lambda page, number: _is_signed(page, number, mac_key)


def are_whole(pages: bytes, first: int, is_whole: Callable[[bytes, int], bool]) -> bool:
    """Whether pages that follow one another are as SQLCipher wrote them; the first has number ``first``."""
    return all(
        number == _LOCK_PAGE or is_whole(pages[start : start + PAGE_BYTES], number)
        for number, start in enumerate(range(0, len(pages), PAGE_BYTES), first)
    )


def whole_pages(database: Path, key: bytes, salt: bytes) -> Iterator[bool]:
    """For every page of the file, whether it is as SQLCipher wrote it with this raw key and salt.

    As ``PRAGMA cipher_integrity_check``, which nothing can stop before it has read the last page.
    Raises ``OSError``.
    """
    mac_key = _mac_key(key, salt)
    with database.open("rb") as file:
        for number, page in enumerate(iter(lambda: file.read(PAGE_BYTES), b""), 1):
            yield number == _LOCK_PAGE or _is_signed(page, number, mac_key)


def _mac_key(key: bytes, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ _SALT_MASK for byte in salt), 2, 32)


def _is_signed(page: bytes, number: int, mac_key: bytes) -> bool:
    if len(page) != PAGE_BYTES:
        return False
    start = SALT_BYTES if number == 1 else 0
    signed = page[start : PAGE_BYTES - _MAC_BYTES] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(mac_key, signed, "sha512"), page[PAGE_BYTES - _MAC_BYTES :])


def keep_copy(folder: Path, database: Path) -> None:
    """Copy the first page to ``book.page1``: it holds the salt, and shows whose book this is, once more.

    Call after a clean close only. What the disk refuses is left for the next time.
    """
    copy = folder / COPY_NAME
    with suppress(MemoryBookError):
        page = first_page(database)
        try:
            same = first_page(copy) == page
        except MemoryBookError:
            same = False
        if len(page) == PAGE_BYTES and not same:
            write_atomically(copy, page)
