"""Types into the real window while the disk refuses, and tells as JSON what was seen.

    python -m tests.reliability.window_faults BOOK

Under the layer of shim.py, with the book's folder. Each time: everything is refused until the window says so,
then nothing is, and the page is kept in the same window without anybody doing anything.
"""

import json
import sys
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLabel

from memorybook import errors
from memorybook.services import markup
from memorybook.ui.kit.editor import PageText
from tests.books import PASSPHRASE
from tests.flows.driver import Driver, running
from tests.reliability.shim import Call, failing, no_faults

FOR_EVER = 1 << 30


def text_of(driver: Driver) -> str:
    return markup.plain(markup.write(driver.find("entry-text", PageText).blocks()))


def is_kept(driver: Driver) -> bool:
    return driver.find("kept-state", QLabel).text().startswith("Kept at")


def main() -> int:
    seen = []
    with running() as driver:
        driver.show(Path(sys.argv[1]))
        driver.type_into("passphrase", PASSPHRASE)
        driver.press("open-book")
        driver.type_into("entry-text", "Kept before. ")
        driver.wait(lambda: is_kept(driver))
        typed = "Kept before. "
        for number, call in enumerate((Call.WRITE, Call.SYNC, Call.WRITE)):
            with failing(call, 1, FOR_EVER):
                driver.type_into_focused(f"Typed {number}. ")
                typed += f"Typed {number}. "
                driver.wait(lambda: driver.sees(errors.StorageFailed.sentence))
                seen.append(driver.find("kept-state", QLabel).text())
                assert text_of(driver).strip() == typed.strip()
            driver.wait(lambda: is_kept(driver) and not driver.sees(errors.StorageFailed.sentence))
        for n in range(1, 13):
            with failing(Call.WRITE, n):
                driver.type_into_focused(f"Once {n}. ")
                typed += f"Once {n}. "
                driver.wait(partial(says, driver, f"Once {n}."))
        no_faults()
        assert text_of(driver).strip() == typed.strip()
        driver.press("place-close-book")
        driver.wait(lambda: driver.find("open-book").isEnabled())
    print(json.dumps({"seen": seen, "typed": typed.strip()}))
    return 0


def says(driver: Driver, words: str) -> bool:
    """Whether the page in the book ends with these words."""
    try:
        (row,) = driver.book.vault.journal.page(None).result().rows
        body = driver.book.vault.journal.entry(row.id).result().draft.body
    except errors.MemoryBookError:
        return False
    return markup.plain(body).strip().endswith(words)


if __name__ == "__main__":
    sys.exit(main())
