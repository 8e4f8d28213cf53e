"""The command that makes a copy of a book, without a window."""

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from memorybook import files
from memorybook.app import books, terminal
from memorybook.app.telling import local_time, named
from memorybook.app.terminal import Ask
from memorybook.domain.backup import Snapshot
from memorybook.domain.health import HealthReport
from memorybook.errors import BookNotCopied, BookReadOnly, CopyReadOnly, CopyStopped, PlaceInBook
from memorybook.services.vault import Vault

FILE_ENDING = ".mbbackup"


def run(arguments: Sequence[str], ask: Ask) -> int:
    """Carry out ``memorybook backup``. 0 when the copy is there and whole, 1 when it is not."""
    given = _parser().parse_args(arguments)
    target = given.to.absolute()
    with books.library() as library, terminal.stoppable(CopyStopped) as stop:
        vault = books.opened(library, given.book.absolute(), ask, words=given.words)
        try:
            snapshot = _copied(vault, target, stop, without_damaged=given.without_damaged)
        except BookNotCopied as refused:
            _name_damage(refused)
            raise
        finally:
            vault.close()
    print(f"The copy is in {target}: {_counted(snapshot)}. Checked {local_time(snapshot.checked_at)}.")
    if given.without_damaged:
        print("Originals that could not be read are not in it. \u201cmemorybook health\u201d names them.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="memorybook backup",
        description="Make a copy of a book, open it again and compare it. The copy is encrypted as the book "
        "is, and opens with the same passphrase and the same twelve words.",
    )
    parser.add_argument("book", type=Path, help="the folder of the book")
    parser.add_argument(
        "--to",
        required=True,
        type=Path,
        metavar="PLACE",
        help="a folder, which may hold copies of this book already: then only what is new is written; or a "
        f"file ending in {FILE_ENDING}, to be carried away",
    )
    parser.add_argument("--words", action="store_true", help="open it with the twelve words, or the code")
    parser.add_argument(
        "--without-damaged",
        action="store_true",
        help="also when the originals of some photos or recordings cannot be read: copy the rest",
    )
    return parser


def _copied(vault: Vault, target: Path, stop: threading.Event, *, without_damaged: bool) -> Snapshot:
    told = terminal.progress()
    if target.suffix == FILE_ENDING:
        return vault.backups.copy_to_file(target, told, stop, without_damaged=without_damaged).result()
    if vault.folder in target.parents:  # before anything is made in there
        raise PlaceInBook
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:  # a folder that is not there is said then
        if isinstance(files.translate_os_error(error), BookReadOnly):
            raise CopyReadOnly from None
    place = vault.backups.add_place(target).result()
    return vault.backups.copy(place.id, told, stop, without_damaged=without_damaged).result()


def _name_damage(refused: BookNotCopied) -> None:
    if isinstance(refused.report, HealthReport):
        for each in refused.report.damaged:
            print(named(each), file=sys.stderr)
        if refused.report.bad_pages:
            numbers = ", ".join(map(str, refused.report.bad_pages))
            print(f"Damaged pages of book.db: {numbers}", file=sys.stderr)
    if refused.may_go_on:
        print("With --without-damaged, everything else is copied.", file=sys.stderr)


def _counted(snapshot: Snapshot) -> str:
    return "everything" if snapshot.counts is None else terminal.counted(snapshot.counts)
