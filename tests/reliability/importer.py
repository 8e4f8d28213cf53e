"""Brings pictures into a book and tells which photos are kept; without a window.

    python -m tests.reliability.importer BOOK PASSPHRASE FOLDER [--edit]

After "begun" each line is the id of a photo that has changed, told when the change has been committed. With
``--edit`` each is turned once all are in, over and over, until the process is ended.
"""

import argparse
import sys
from pathlib import Path

from memorybook.domain.changes import ChangeSet
from memorybook.domain.edit import Edit
from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder


def main() -> int:
    """Run until all is brought in, or for ever."""
    parser = argparse.ArgumentParser()
    parser.add_argument("book", type=Path)
    parser.add_argument("passphrase")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--edit", action="store_true")
    given = parser.parse_args()
    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=KdfCost(8192, 1, 1))
        vault = library.open(given.book, given.passphrase)
        vault.changes.subscribe(say)
        print("begun", flush=True)
        account = vault.album.bring([given.folder], told=lambda _: None).done.result()
        turn = 0
        while given.edit:
            turn += 90
            for photo in account.ids:
                vault.album.edit(photo, Edit(turn=turn % 360)).result()
        vault.close()
    return 0


def say(changes: ChangeSet) -> None:
    """Tell what was committed."""
    for photo in changes.photos:
        print(photo, flush=True)


if __name__ == "__main__":
    sys.exit(main())
