"""The command that brings a book back from a copy, without a window."""

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from memorybook.app import terminal
from memorybook.app.telling import local_time, named, without_file
from memorybook.app.terminal import Ask
from memorybook.domain.restoring import Copy, Restored
from memorybook.errors import CopyDamaged, FolderInUse
from memorybook.services import copy_rest
from memorybook.services.restoring import ByPassphrase, ByWords, Restoring
from memorybook.services.salvaging_book import BookSalvage
from memorybook.storage.placing import is_free
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder

PARTLY = 3
"""What the program ends with when less than the whole book came back, as it was agreed to."""


def run(arguments: Sequence[str], ask: Ask) -> int:
    """Carry out ``memorybook restore``. 0 when the book is in its place with all that the copy had,
    :data:`PARTLY` when something of that is missing, 1 when it is not in its place.
    """
    given = _parser().parse_args(arguments)
    restoring = Restoring(SystemClock())
    found = restoring.find(given.source)
    if given.list:
        for number, copy in enumerate(found, 1):
            print(f"{number:3}  {_told(copy)}")
        return 0
    if given.to is None:
        print("Please say with --to which folder the book goes into.", file=sys.stderr)
        return 2
    chosen = _chosen(found, given.number)
    if chosen is None:
        return 1
    target = given.to.absolute()
    if not given.replace and not is_free(target):
        raise FolderInUse
    print(f"Bringing back: {_told(chosen)}")
    secret = terminal.secret(ask, words=given.words)
    way = ByWords(secret) if given.words else ByPassphrase(secret)
    try:
        restored = restoring.take(chosen, target, way, terminal.progress(), threading.Event())
    except CopyDamaged:
        if not given.partly:
            raise
        return _rest(chosen, target, way)
    return _settled(restoring, restored, partly=given.partly)


def _rest(copy: Copy, target: Path, way: ByPassphrase | ByWords) -> int:
    """The words themselves are damaged: what is left of them is looked for page by page."""
    print("The words in this copy are damaged. What is left of them is looked for.", file=sys.stderr)
    with Decoder() as decoder:
        salvaging = BookSalvage(decoder, SystemClock())
        to = target if is_free(target) else salvaging.free_folder(target)
        report = copy_rest.gather(
            salvaging,
            copy,
            to,
            terminal.progress(),
            threading.Event(),
            passphrase=way.text if isinstance(way, ByPassphrase) else None,
            words=way.text if isinstance(way, ByWords) else None,
        )
    print(f"What could be read is in a new book in {report.folder}.")
    tallies = {"Pages": report.pages, "Photos": report.photos, "Recordings": report.recordings}
    for name, tally in tallies.items():
        print(f"{name}: whole {tally.whole}, in part {tally.in_part}, lost {tally.lost}")
    return 0 if report.is_whole else PARTLY


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="memorybook restore",
        description="Bring a book back from a copy. All of it is checked first. The copy is only read, and a "
        "book that is in the folder already is kept beside it under another name.",
    )
    parser.add_argument(
        "source",
        type=Path,
        metavar="SOURCE",
        help="a folder of copies, a file ending in .mbbackup, or a copied book",
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="the folder the book is to have")
    parser.add_argument("--list", action="store_true", help="only say which copies there are")
    parser.add_argument("--number", type=int, metavar="N", help="which of them; 1 is the newest")
    parser.add_argument("--words", action="store_true", help="open it with the twelve words, or the code")
    parser.add_argument(
        "--partly",
        action="store_true",
        help=f"also when something is missing or damaged: have what there is, and end with {PARTLY} then",
    )
    parser.add_argument(
        "--replace", action="store_true", help="take the place of a book that is in the folder, and keep that"
    )
    return parser


def _chosen(found: Sequence[Copy], number: int | None) -> Copy | None:
    if number is not None:
        if not 1 <= number <= len(found):
            print(f"No copy here has this number. --list names all {len(found)}.", file=sys.stderr)
            return None
        return found[number - 1]
    if len({copy.book for copy in found}) > 1:
        print("There are copies of more than one book here. Choose one with --number:", file=sys.stderr)
        for each, copy in enumerate(found, 1):
            print(f"{each:3}  {_told(copy)}", file=sys.stderr)
        return None
    return next((copy for copy in found if copy.looks_complete), found[0])


def _told(copy: Copy) -> str:
    looks = "" if copy.looks_complete else ", not complete"
    newer = ", made by a newer Memory Book" if copy.is_newer else ""
    size = f"{copy.size / 1e6:.1f} MB"
    return f"{local_time(copy.made_at)}  {copy.kind.value}, {size}{looks}{newer}  {copy.path.name}"


def _settled(restoring: Restoring, restored: Restored, *, partly: bool) -> int:
    for thing in restored.missing:
        print(named(thing), file=sys.stderr)
    if not restored.is_whole and not partly:
        restoring.discard(restored)
        print(
            "This copy is not as it was made, so nothing was put in place. With --partly, what there is of "
            "it is brought back. Another copy may be whole: --list names them.",
            file=sys.stderr,
        )
        return 1
    kept = restoring.put_in_place(restored)
    counted = terminal.counted(restored.counts)
    print(f"The book is in {restored.target}: {counted}.{without_file(restored.missing)}")
    if restored.counts.newest:
        print(f"Something was last written or added {local_time(restored.counts.newest)}.")
    if kept is not None:
        print(f"The book that was there is kept in {kept}.")
    if not restored.has_passphrase:
        print("It opens with the twelve recovery words. A passphrase can be chosen then.")
    if not restored.is_whole:
        named_above = " What is missing is named above." if restored.missing else ""
        print(
            f"This is not all that was in the book when it was copied.{named_above} "
            "Another copy may have all of it: --list names them.",
            file=sys.stderr,
        )
        return PARTLY
    return 0
