"""An archive as a folder: made beside its place under a name that says nothing, and then given its own."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from memorybook.errors import FolderInUse
from memorybook.files import UNFINISHED, put_in_place, write_new
from memorybook.services.archiving.originals import ArchivedFile
from memorybook.services.leftovers import Leftovers
from memorybook.storage.carrying import settle


def save(folder: Path, files: Iterator[ArchivedFile], leftovers: Leftovers) -> None:
    """Write all files. Blocks. When anything fails, nothing is left.

    When the process ends in the middle, the next opening of the book takes away what there is.
    Raises FolderInUse, ``OSError``, and what ``files`` raises.
    """
    check_free(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    with leftovers.noted(unfinished):
        try:
            _fill(unfinished, files)
            give_its_name(unfinished, folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise


def give_its_name(unfinished: Path, folder: Path) -> None:
    """Put what was made where it belongs, as lastingly as the drive knows how: some sync no folders.

    What was asked for and is said to have failed is not there. Raises FolderInUse, ``OSError``.
    """
    check_free(folder)
    if folder.is_dir():
        folder.rmdir()
    put_in_place(unfinished, folder)
    try:
        settle(folder.parent)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def check_free(folder: Path) -> None:
    """Raise FolderInUse when something is there already."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FolderInUse
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderInUse


def _fill(unfinished: Path, files: Iterator[ArchivedFile]) -> None:
    # Not made private once more when they are there: drives that know no rights refuse that.
    unfinished.mkdir(mode=0o700)
    made = {unfinished}
    for file in files:
        path = unfinished / file.name
        if path.parent not in made:
            path.parent.mkdir(mode=0o700)
            made.add(path.parent)
        write_new(path, file.chunks)
    for each in made:
        settle(each)
