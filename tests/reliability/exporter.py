"""Saves a book as a PDF, over and over, until it is ended; without a window.

    python -m tests.reliability.exporter BOOK PASSPHRASE TARGET [--named] [--cover]

After "begun" each line is a piece that was written, or "saved" when a file is whole. With ``--named`` the
drive knows no files without a name, as most memory sticks. With ``--cover`` each is for a print service, with
its cover beside it.
"""

import argparse
import datetime
import errno
import os
import sys
from pathlib import Path

from memorybook.domain.book import Edition, Paper, Preset
from memorybook.rendering.saving import save_book, save_with_cover
from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder

CREATED = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)


def without_nameless_files() -> None:
    real = os.open

    def refuse(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        return real(path, flags, mode, dir_fd=dir_fd)

    os.open = refuse  # type: ignore[assignment]


def tell(done: int, total: int) -> None:
    print(f"{done} of {total}", flush=True)


def main() -> int:
    """Run for ever."""
    parser = argparse.ArgumentParser()
    parser.add_argument("book", type=Path)
    parser.add_argument("passphrase")
    parser.add_argument("target", type=Path)
    parser.add_argument("--named", action="store_true")
    parser.add_argument("--cover", action="store_true")
    given = parser.parse_args()
    if given.named:
        without_nameless_files()
    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=KdfCost(8192, 1, 1))
        vault = library.open(given.book, given.passphrase)
        chosen = tuple(row.id for row in vault.journal.all_for_book().result())
        preset = Preset.PRESS if given.cover else Preset.KEEP
        plan = vault.books.plan(Edition("Ours", chosen, preset=preset)).result()
        print("begun", flush=True)
        while True:
            if given.cover:
                cover = given.target.with_name("cover.pdf")
                save_with_cover(
                    vault, plan, 8, Paper.STANDARD, given.target, cover, created=CREATED, progress=tell
                )
            else:
                save_book(vault, plan, given.target, created=CREATED, progress=tell)
            print("saved", flush=True)


if __name__ == "__main__":
    sys.exit(main())
