"""The copy of a book that is made before a newer program changes its tables, for the older program to open.

It is the files of the book byte for byte, in a folder inside the book's own, so that whoever goes back to the
older program has what that program left. Photos and recordings are not in it: their files never
change and stay where they are. Nothing takes the copy away again but the person whose book it is.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from memorybook.errors import StorageFailed, StorageFull, UpdateNeedsRoom
from memorybook.files import (
    free_bytes,
    open_to_read,
    private_folder,
    put_in_place,
    sync_folder,
    translate_os_error,
    write_new,
)
from memorybook.storage import header, replicas
from memorybook.storage.connection import check_sentinel, connect_to_check
from memorybook.storage.faults import DatabaseFault

README = "README.txt"

_DATABASE = "book.db"
_LOG = "book.db-wal"
_NAME = "Before update {version}"
_UNFINISHED = re.compile(r"\.before-[0-9a-f]{16}\.part")
_SPARE_BYTES = 4 << 20
_BLOCK = 1 << 20
_MOST = 100

_WORDS = """\
This folder is a copy of a Memory Book as it was before a newer version of the program brought it up to date.

It was made by itself and compared with the book byte for byte. It holds the words, the dates and the small
pictures, all of them encrypted. The photos and recordings themselves are not in it: they are in the folder
"media" of the book, one level above this one, and an update does not change them.

You do not need this copy as long as the book opens and everything is there. Nothing takes it away by itself.
Once you are sure that all is well, this folder can be deleted. It opens with the passphrases and the twelve
words the book had when the copy was made, and it also still has what has been deleted in the book since.

To go back to the version of the program before the update:
 1. Close the book and copy its whole folder to another drive.
 2. In the folder of the book, give "book.db" another name. Move "book.db-wal" away too, if it is there.
 3. Copy "book.db" from this folder to where the other one was.
 4. Open the book with the older version of Memory Book.
What was written after the update is in the file that has another name now.
"""


def keep(folder: Path, key: bytes, salt: bytes, version: int) -> Path:
    """Copy the closed book in ``folder`` before it is brought to ``version``; where the copy is.

    A copy of the same bytes that is there already is the copy. Every page that is whole in the book is whole
    in the copy. With the book's lock held, and no connection to it in this process.
    Raises UpdateNeedsRoom, BookReadOnly or StorageFailed; then the book is as it was and no copy is left.
    """
    try:
        _sweep(folder)
        digest = _digest(folder / _DATABASE)
        for name in _names(version):
            place = folder / name
            if not os.path.lexists(place):
                return _made(folder, place, digest, key, salt)
            if _is_copy(place, digest) and not _log_bytes(folder):
                return place
    except StorageFull:
        raise UpdateNeedsRoom from None
    except OSError as error:
        problem = translate_os_error(error)
        raise (UpdateNeedsRoom() if isinstance(problem, StorageFull) else problem) from None
    raise StorageFailed


def _names(version: int) -> Iterator[str]:
    """A person may have put other things under the first name: then there is a second."""
    first = _NAME.format(version=version)
    yield first
    for number in range(2, _MOST):
        yield f"{first} ({number})"


def _sweep(folder: Path) -> None:
    """Remove copies that an ended process left unfinished; the book they were made of is still here."""
    for path in [item for item in folder.iterdir() if _UNFINISHED.fullmatch(item.name)]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _is_copy(place: Path, digest: bytes) -> bool:
    try:
        return _digest(place / _DATABASE) == digest
    except OSError:
        return False


def _made(folder: Path, place: Path, digest: bytes, key: bytes, salt: bytes) -> Path:
    taken = (folder / _DATABASE).stat().st_size + _log_bytes(folder)
    if free_bytes(folder) < 2 * taken + _SPARE_BYTES:  # the update itself may write every page once more
        raise UpdateNeedsRoom
    workshop = private_folder(folder / f".before-{secrets.token_hex(8)}.part")
    try:
        names = [name for name in (*replicas.NAMES, _LOG) if (folder / name).is_file()]
        for name in (*names, _DATABASE):
            write_new(workshop / name, _blocks(folder / name))
        write_new(workshop / README, _WORDS.encode())
        sync_folder(workshop)
        _check(workshop / _DATABASE, folder / _DATABASE, digest, key, salt)
        put_in_place(workshop, place)
        sync_folder(folder)
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        raise
    return place


def _check(copy: Path, original: Path, digest: bytes, key: bytes, salt: bytes) -> None:
    """Raise StorageFailed unless the copy reads as what was copied, and opens wherever that does.

    A page that is damaged in the book is as damaged in the copy. That is no reason to keep somebody out.
    """
    if _digest(copy) != digest or _digest(original) != digest:
        raise StorageFailed
    if all(header.whole_pages(copy, key, salt)) and not (copy.parent / _LOG).exists():
        try:
            connection = connect_to_check(copy, key, salt)
            try:
                check_sentinel(connection)
            finally:
                connection.close()
        except DatabaseFault:
            raise StorageFailed from None


def _log_bytes(folder: Path) -> int:
    try:
        return (folder / _LOG).stat().st_size
    except FileNotFoundError:
        return 0


def _digest(path: Path) -> bytes:
    digest = hashlib.blake2b(digest_size=32)
    for block in _blocks(path):
        digest.update(block)
    return digest.digest()


def _blocks(path: Path) -> Iterator[bytes]:
    with open_to_read(path) as file:
        while block := file.read(_BLOCK):
            yield block
