"""Where an archive is read from: a folder or a zip file. What is in it was made by nobody knows whom."""

import contextlib
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from memorybook.domain.archive import BOOK, PAGE, SUMS
from memorybook.errors import ArchiveDamaged, ArchiveLocked, ArchivePasswordWrong, NotAnArchive
from memorybook.files import open_to_read

_ENTRIES = 64 << 20
"""Bytes of the list of what is in a zip file; a million files have about as much."""

_GROWTH = 300
_SMALL = 64 << 20
"""What a zip file may unpack to: so many times its own size, or as much, whichever is more."""

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_END_REACH = (1 << 16) + _END.size


BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What reading a file of a zip file raises when it is not as it was written."""


class Source(Protocol):
    """An archive that is being read. One thread at a time."""

    is_locked: bool

    def open(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
        """The file of this name, from its beginning.

        Raises LookupError when there is none; reading raises ``OSError`` or ArchiveDamaged.
        """
        ...

    def size(self, name: str) -> int:
        """How many bytes it says it has. LookupError when there is none."""
        ...

    def close(self) -> None:
        """Let go of it."""


@contextmanager
def opened(path: Path, password: str = "") -> Iterator[Source]:
    """The archive that a person points at: its folder, a file at the top of that, or a zip file.

    Raises NotAnArchive, ArchiveDamaged, ArchiveLocked or ArchivePasswordWrong; ``OSError`` from the disk.
    """
    source = _source(path, password)
    try:
        yield source
    except BROKEN:
        raise ArchiveDamaged from None
    finally:
        source.close()


def _source(path: Path, password: str) -> Source:
    if path.is_dir():
        return _Folder(path)
    if path.name in {PAGE, SUMS, "README.txt"} and (path.parent / BOOK).is_file():
        return _Folder(path.parent)
    if path.name == Path(BOOK).name and (path.parent.parent / BOOK).is_file():
        return _Folder(path.parent.parent)
    if not path.is_file():
        raise NotAnArchive
    return _Zip(path, password)


def is_safe(name: str) -> bool:
    """Whether a name stays within the archive, on every system."""
    parts = name.split("/")
    return (
        0 < len(name) <= 1024
        and not any(part in {"", ".", ".."} for part in parts)
        and not any(each in "\\:" or ord(each) < 32 or ord(each) == 127 for each in name)
    )


class _Folder:
    is_locked = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        if not (self._folder / BOOK).is_file():
            raise NotAnArchive

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        with open_to_read(self._path(name)) as file:
            yield file

    def size(self, name: str) -> int:
        return self._path(name).stat().st_size

    def close(self) -> None:
        pass

    def _path(self, name: str) -> Path:
        """Without following a link on the way: what is outside of the archive is not in it."""
        if not is_safe(name):
            raise LookupError("no such file")
        path, mode = self._folder, 0
        for part in name.split("/"):
            path, mode = _there(path, part)
            if stat.S_ISLNK(mode):
                raise LookupError("no such file")
        if not stat.S_ISREG(mode):
            raise LookupError("no such file")
        return path


def _there(folder: Path, name: str) -> tuple[Path, int]:
    """What is called so, also where another system has written letters and their marks apart."""
    for form in (name, unicodedata.normalize("NFD", name)):
        with contextlib.suppress(OSError):
            return folder / form, os.lstat(folder / form).st_mode
    raise LookupError("no such file")


class _Zip:
    def __init__(self, path: Path, password: str) -> None:
        _check_list(path)
        try:
            self._zip: Any = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
            raise NotAnArchive from None
        try:
            self._entries = self._listed(path)
            if self.is_locked:
                self._unlock(path, password)
        except BaseException:
            self._zip.close()
            raise

    def _listed(self, path: Path) -> dict[str, Any]:
        infos = self._zip.infolist()
        if sum(info.file_size for info in infos) > max(_SMALL, path.stat().st_size * _GROWTH):
            raise ArchiveDamaged
        books = [info.filename for info in infos if f"/{info.filename}".endswith(f"/{BOOK}")]
        if not books:
            raise NotAnArchive
        top = min(books, key=len).removesuffix(BOOK)  # somebody may have put the folder into a zip file
        inside = [info for info in infos if info.filename.startswith(top) and not info.is_dir()]
        names = {unicodedata.normalize("NFC", info.filename.removeprefix(top)): info for info in inside}
        if len(names) != len(inside):
            raise ArchiveDamaged  # two files of one name
        self.is_locked = bool(names[BOOK].flag_bits & 1)
        return names

    def _unlock(self, path: Path, password: str) -> None:
        if not password:
            raise ArchiveLocked
        import pyzipper

        self._zip.close()
        self._zip = pyzipper.AESZipFile(path)
        self._zip.setpassword(password.encode("utf-8"))
        listed = {info.filename: info for info in self._zip.infolist()}
        self._entries = {name: listed[info.filename] for name, info in self._entries.items()}
        try:
            with self._zip.open(self._entries[BOOK]) as file:
                file.read(1)
        except RuntimeError:
            raise ArchivePasswordWrong from None

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        entry = self._entry(name)
        try:
            with self._zip.open(entry) as file:
                yield cast("BinaryIO", file)
        except RuntimeError:  # one file has another password than the rest
            raise ArchiveDamaged from None

    def size(self, name: str) -> int:
        return int(self._entry(name).file_size)

    def close(self) -> None:
        self._zip.close()

    def _entry(self, name: str) -> Any:
        if not is_safe(name) or name not in self._entries:
            raise LookupError("no such file")
        return self._entries[name]


def _check_list(path: Path) -> None:
    """Refuse a zip file whose list of files would fill the memory, before it is read."""
    with open_to_read(path) as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _END_REACH))
        tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise NotAnArchive
    listed = _END.unpack_from(tail, at)[5]
    if listed != 0xFFFFFFFF and listed > _ENTRIES:
        raise ArchiveDamaged
    if listed == 0xFFFFFFFF:  # in the zip64 record before it, 40 bytes in, of 56
        record = tail.rfind(b"PK\x06\x06", 0, at)
        if record < 0 or int.from_bytes(tail[record + 40 : record + 48], "little") > _ENTRIES:
            raise ArchiveDamaged
