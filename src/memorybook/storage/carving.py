"""The pages of a damaged database, decrypted one by one outside SQLite and SQLCipher: nothing is written.

A page is 4,096 bytes: AES-256-CBC in the first 4,016, the IV behind them, and 64 bytes of HMAC-SHA512 (see
:mod:`memorybook.storage.header`). In place of the first 16 bytes of page 1 stands the salt, which only the
HMAC needs. The write-ahead log is SQLite's own, with such pages in it; a page is taken from its last commit
that can be verified, and otherwise as it was before.
"""

import struct
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from memorybook.errors import BookMissing, BookUnreadable
from memorybook.files import open_to_read, translate_os_error
from memorybook.storage import header
from memorybook.storage.header import PAGE_BYTES, PLAIN_SQLITE, SALT_BYTES

USABLE = PAGE_BYTES - 80
"""Bytes of a page that SQLite uses."""

_IV_BYTES = 16
_LOCK_PAGE = (1 << 30) // PAGE_BYTES + 1  # SQLite never writes it
_MOST_PAGES = 1 << 28  # a terabyte: more is what a damaged number says
_LOG_MAGIC = (0x377F0682, 0x377F0683)
_LOG_HEADER = struct.Struct(">IIIIII8x")
_FRAME = struct.Struct(">IIII8x")
_KEPT = 512

Glance = Callable[[int], object]
"""Called often with how many pages are done."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as SQLite sees it, ``USABLE`` bytes long; one that ``is_sure`` is as it was written."""

    number: int
    content: bytes = field(repr=False)
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Place:
    file: BinaryIO | bytes
    start: int
    is_sure: bool


class Pages:
    """Every page there is of a book, wherever its newest whole version lies. One thread; close it.

    Without a ``salt`` nothing can be verified, and no page is sure. ``spare`` is a copy of page 1. The
    constructor reads everything once. Raises BookMissing, BookUnreadable, or what the disk said; a place of
    the disk that cannot be read is a page that is not there. ``glance`` is called while it reads, ``look``
    whenever a page is asked for later; what they raise passes through.
    """

    def __init__(
        self,
        database: Path,
        key: bytes,
        salt: bytes | None,
        *,
        spare: bytes = b"",
        glance: Glance = lambda _: None,
        look: Callable[[], object] = lambda: None,
    ) -> None:
        self._key = key
        self._look = look
        self._check = None if salt is None else header.checker(key, salt)
        self._kept: OrderedDict[int, Page] = OrderedDict()
        self._places: dict[int, _Place] = {}
        self._files: list[BinaryIO] = []
        self.bad: set[int] = set()
        """Pages that are there, in any version, and of which none can be verified; and those that are not."""
        try:
            self._locate(database, spare, glance)
        except BaseException:
            self.close()
            raise
        first = self.page(1)
        told = int.from_bytes(first.content[28:32], "big") if first is not None and first.is_sure else 0
        self.count = max([self._last, told if told < 2 * self._last + 1024 else 0])
        """How many pages the database had, as far as that is known."""
        self.bad.update(number for number in range(self._last + 1, self.count + 1))
        self.bad.discard(_LOCK_PAGE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the files go."""
        for file in self._files:
            file.close()
        self._kept.clear()

    @property
    def can_verify(self) -> bool:
        """Whether the salt is known, without which no page is sure."""
        return self._check is not None

    @property
    def version(self) -> int | None:
        """The ``user_version`` of the database, when page 1 is left."""
        first = self.page(1)
        return int.from_bytes(first.content[60:64], "big") if first is not None and first.is_sure else None

    def numbers(self) -> Iterator[int]:
        """Every page that is there, sure or not."""
        return iter(sorted(self._places))

    def page(self, number: int) -> Page | None:
        """One page, ``None`` when it is not there at all."""
        self._look()
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        place = self._places.get(number)
        data = b"" if place is None else _read(place.file, place.start)
        if place is None or len(data) != PAGE_BYTES:
            return None
        page = Page(number, self._plain(data, number), place.is_sure)
        self._kept[number] = page
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return page

    def trusted(self, number: int) -> Page | None:
        """One page, unless it is known not to be as it was written."""
        page = self.page(number)
        return page if page is not None and (page.is_sure or not self.can_verify) else None

    def _plain(self, data: bytes, number: int) -> bytes:
        start = SALT_BYTES if number == 1 else 0
        iv = data[USABLE : USABLE + _IV_BYTES]
        decryptor = Cipher(algorithms.AES256(self._key), modes.CBC(iv)).decryptor()
        plain = decryptor.update(data[start:USABLE]) + decryptor.finalize()
        return (PLAIN_SQLITE if number == 1 else b"") + plain

    def _locate(self, database: Path, spare: bytes, glance: Glance) -> None:
        file = self._open(database)
        length = file.seek(0, 2)
        frames = self._frames(database)
        inside = -(-length // PAGE_BYTES)
        self._last = max([inside, *frames])
        for number in (*range(1, inside + 1), *sorted(each for each in frames if each > inside)):
            glance(number)
            places: list[tuple[BinaryIO | bytes, int]] = [*reversed(frames.get(number, []))]
            if (number - 1) * PAGE_BYTES < length:
                places.append((file, (number - 1) * PAGE_BYTES))
            if number == 1 and spare:
                places.append((spare, 0))
            self._choose(number, places)
        if 1 not in self._places and spare:
            self._choose(1, [(spare, 0)])

    def _choose(self, number: int, places: list[tuple[BinaryIO | bytes, int]]) -> None:
        """Take the newest version that verifies; without one the newest, of which nothing is sure."""
        doubtful: _Place | None = None
        for age, (file, start) in enumerate(places):
            data = _read(file, start)
            if len(data) != PAGE_BYTES:
                continue
            if self._check is not None and self._check(data, number):
                self._places[number] = _Place(file, start, is_sure=True)
                if age:  # there was a newer one
                    self.bad.add(number)
                return
            doubtful = doubtful or _Place(file, start, is_sure=False)
        if number != _LOCK_PAGE:
            self.bad.add(number)
            if doubtful is not None:
                self._places[number] = doubtful

    def _open(self, path: Path) -> BinaryIO:
        try:
            file = open_to_read(path)
        except (FileNotFoundError, NotADirectoryError):
            raise BookMissing from None
        except PermissionError:
            raise BookUnreadable from None
        except OSError as error:
            raise translate_os_error(error) from None
        self._files.append(file)
        return file

    def _frames(self, database: Path) -> dict[int, list[tuple[BinaryIO | bytes, int]]]:
        """Where the log has a page, by its number, the oldest version first; what was committed alone."""
        log = database.with_name(f"{database.name}-wal")
        found: dict[int, list[tuple[BinaryIO | bytes, int]]] = {}
        if not log.is_file():
            return found
        file = self._open(log)
        head = _read(file, 0, _LOG_HEADER.size)
        marks = _LOG_HEADER.unpack(head)[4:6] if len(head) == _LOG_HEADER.size else None
        if marks is None or _LOG_HEADER.unpack(head)[0] not in _LOG_MAGIC:
            marks = None  # its first frame tells as well which ones belong together
        waiting: list[tuple[int, int]] = []
        start, length = _LOG_HEADER.size, file.seek(0, 2)
        while start + _FRAME.size + PAGE_BYTES <= length:
            frame = _read(file, start, _FRAME.size)
            start += _FRAME.size
            if len(frame) == _FRAME.size:
                number, committed, *own = _FRAME.unpack(frame)
                marks = marks or tuple(own)
                if tuple(own) == marks and 0 < number < _MOST_PAGES:
                    waiting.append((number, start))
                    if committed:
                        for each, place in waiting:
                            found.setdefault(each, []).append((file, place))
                        waiting = []
            start += PAGE_BYTES
        return found


def _read(file: BinaryIO | bytes, start: int, length: int = PAGE_BYTES) -> bytes:
    """What is there; less, or nothing, where the disk cannot read it."""
    if isinstance(file, bytes):
        return file[start : start + length]
    with suppress(OSError):
        file.seek(start)
        return file.read(length)
    return b""
