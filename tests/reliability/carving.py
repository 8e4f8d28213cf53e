"""Reads a book's file as somebody would who has its key and is after what was deleted: page by page.

Every page of the database and of its log is decrypted, those that are in use and those that are free, and the
bytes of each are looked through. Nothing of SQLite or SQLCipher takes part in it.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
_IV, _MAC = 16, 64
_SALT = 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def pages(database: Path, key: bytes) -> Iterator[bytes]:
    """The plain content of every page of the file, in order."""
    data = database.read_bytes()
    assert len(data) % PAGE == 0
    for start in range(0, len(data), PAGE):
        yield _plain(data[start : start + PAGE], key, _SALT if start == 0 else 0)


def frames(log: Path, key: bytes) -> Iterator[bytes]:
    """The plain content of every page in the write-ahead log, also of those that are void by now."""
    data = log.read_bytes() if log.exists() else b""
    step = _FRAME_HEADER + PAGE
    for start in range(_LOG_HEADER, len(data) - step + 1, step):
        number = int.from_bytes(data[start : start + 4], "big")
        yield _plain(data[start + _FRAME_HEADER : start + step], key, _SALT if number == 1 else 0)


def count(folder: Path, key: bytes, words: list[bytes]) -> dict[bytes, int]:
    """How many times each of these stands in a page of the book in ``folder`` or of its log."""
    found = dict.fromkeys(words, 0)
    for content in (*pages(folder / "book.db", key), *frames(folder / "book.db-wal", key)):
        for word in words:
            found[word] += content.count(word)
    return found


def _plain(page: bytes, key: bytes, salt: int) -> bytes:
    end = PAGE - _IV - _MAC
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(page[end : end + _IV])).decryptor()
    return decryptor.update(page[salt:end]) + decryptor.finalize()
