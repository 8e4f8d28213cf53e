"""One run of the benchmark of printing: a process that opens a book, saves a PDF and tells how long it took.

    python -m tests.benchmarks.printing_ours book|command|letter FOLDER

A "book" is saved as in the window, where its pages are in view when the button is pressed, and are set for
the PDF while somebody looks for a place for it; by "command" they were never set before.
"""

import datetime
import json
import sys
import time
from pathlib import Path

from memorybook.domain.book import Edition, PageSize
from memorybook.domain.ids import EntryId
from memorybook.rendering.pdf import Typesetter
from memorybook.rendering.preview import Preview
from memorybook.rendering.saving import save_book, save_entry
from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder

PASSPHRASE = "seven slow boats at anchor"
QUICK = KdfCost(8192, 1, 1)
_PPI = 110
CREATED = datetime.datetime(2026, 11, 1, 9, 30, tzinfo=datetime.UTC)


def main() -> None:
    """The book as a whole, or its first page as the first thing that is typeset."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    chosen = tuple(EntryId(number) for number in json.loads((folder / "chosen.json").read_text()))
    with Decoder() as decoder:
        vault = Library(decoder=decoder, clock=SystemClock(), kdf=QUICK).open(folder / "book", PASSPHRASE)
        edition = Edition("Ours", chosen, page_size=PageSize.A4, with_dates=False)
        if what == "book":
            plan = vault.books.plan(edition).result()
            pages = Preview(plan, lambda photo: vault.album.thumbnail(photo).result())
            pages.png(pages.page_count // 2, _PPI)
            Typesetter().prepare(plan)
        began = time.perf_counter()
        if what != "letter":
            save_book(vault, vault.books.plan(edition).result(), folder / "ours.pdf", created=CREATED)
        else:
            save_entry(vault, chosen[0], folder / "letter.pdf", created=CREATED)
        print(time.perf_counter() - began)
        vault.close()


if __name__ == "__main__":
    main()
