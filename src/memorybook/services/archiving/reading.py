"""Reading an archive back into a new book, with nothing lost. Hostile ones are refused."""

import secrets
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from memorybook.domain.archive import ArchiveReport, ArchiveSeen
from memorybook.domain.backup import Step, Told
from memorybook.errors import (
    ArchiveDamaged,
    ArchiveStopped,
    NotAnArchive,
    RestoreNeedsRoom,
    StorageFull,
)
from memorybook.files import UNFINISHED, free_bytes, translate_os_error
from memorybook.services.archiving import folder as folders
from memorybook.services.archiving import source as sources
from memorybook.services.archiving.checking import Book
from memorybook.services.vault import Library, Vault

CHECKING = "checking"
_SPARE = 64 << 20


def look(source: Path, password: str = "") -> ArchiveSeen:
    """What an archive says of itself. ``source`` is its folder, a file at the top of that, or a zip file.

    Blocks for the disk; reads little, changes nothing. Raises NotAnArchive, ArchiveNewer, ArchiveDamaged,
    ArchiveLocked when it needs a password, ArchivePasswordWrong, or what the disk said.
    """
    try:
        with sources.opened(source, password) as opened:
            return Book(opened).seen
    except (FileNotFoundError, NotADirectoryError):
        raise NotAnArchive from None
    except OSError as error:
        raise translate_os_error(error) from None


def into_new_book(
    library: Library,
    source: Path,
    folder: Path,
    passphrase: str,
    *,
    password: str = "",
    told: Told,
    stop: threading.Event,
) -> ArchiveReport:
    """Make a book of an archive in ``folder``, which has to be absent or empty; it is closed at the end.

    The book has keys of its own, and is opened by this passphrase alone until a sheet of recovery words is
    printed. Blocks: for a thread of its own. ``stop`` ends it within a moment with ArchiveStopped. Then, as
    after every error, nothing is left; where the process ends in the middle a hidden folder beside the place
    is, which is encrypted. Raises FolderInUse, RestoreNeedsRoom, BookReadOnly and StorageFailed too,
    and as :func:`look`; ``ValueError`` for no passphrase.
    """
    folder = folder.absolute()
    try:
        folders.check_free(folder)
        with sources.opened(source, password) as opened:
            book = Book(opened)
            _check_words(book, told, stop)
            _check_room(folder, book.seen.counts.media_bytes)
            return _made(
                folder,
                lambda place: library.create(place, passphrase),
                lambda vault: vault.archive.fill(opened, book, told=told, stop=stop),
            )
    except StorageFull:
        raise RestoreNeedsRoom from None
    except (FileNotFoundError, NotADirectoryError):
        raise NotAnArchive from None
    except OSError as error:
        problem = translate_os_error(error)
        raise (RestoreNeedsRoom() if isinstance(problem, StorageFull) else problem) from None


def _check_words(book: Book, told: Told, stop: threading.Event) -> None:
    """See that all the data have their shape and their checksum, before anything is made of them."""
    for number, name in enumerate(book.parts):
        told(Step(CHECKING, number, len(book.parts)))
        for _ in book.items(name):
            if stop.is_set():
                raise ArchiveStopped


def _made(
    folder: Path, begin: Callable[[Path], Vault], fill: Callable[[Vault], ArchiveReport]
) -> ArchiveReport:
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = folder.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    try:
        vault = begin(workshop)
        try:
            report = fill(vault)
        finally:
            vault.close()
        folders.give_its_name(workshop, folder)
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        raise
    return report


def _check_room(folder: Path, needed: int) -> None:
    if needed < 0:
        raise ArchiveDamaged
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    if free_bytes(there) < needed + _SPARE:
        raise RestoreNeedsRoom
