"""The real window in the middle of something, from where it is closed by real keys and replaced for good.

    python -m tests.reliability.busy WHAT BOOK PLACE

Opens BOOK, types what is to be kept, and begins WHAT as a person would; PLACE holds the pictures that come
in and takes the PDFs. "busy" is told once it is on its way.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from memorybook.domain.ids import PhotoId
from memorybook.system import replacement
from tests.books import PASSPHRASE
from tests.flows.driver import Driver
from tests.flows.locking import opened

WORDS = "the words before Nachtigall9K7XW and not finis"
SOME = 4
"""So many media files of pictures are there when it is in the middle of an import."""

ADDED = "a passphrase that is being added"


def importing(driver: Driver, place: Path) -> None:
    pictures = sorted(place.iterdir())
    driver.drop("entry-text", *pictures)
    driver.wait(lambda: driver.find("kept-state", QLabel).text().startswith("Kept at"))
    media = driver.book.vault.folder / "media"
    before = set(media.iterdir())
    driver.wait(lambda: len(set(media.iterdir()) - before) >= SOME)


def exporting(driver: Driver, place: Path) -> None:
    """In the middle of a PDF, and there it stays: after a few pictures none comes quickly any more."""
    album = driver.book.vault.album
    printed, printable = itertools.count(), album.printable

    def in_the_middle(photo: PhotoId, **how: Any) -> bytes:
        if next(printed) >= SOME:
            time.sleep(1)
        return printable(photo, **how)

    album.printable = in_the_middle  # type: ignore[method-assign, assignment]  # for this process alone
    driver.press("place-book")
    driver.type_into("book-title", "Ours")
    driver.wait(driver.find("save-pdf").isEnabled)
    driver.press("save-pdf")
    driver.choose_files(place / "book.pdf")
    driver.wait(lambda: driver.find("save-pdf", QPushButton).text().startswith("Photo"))


def withdrawing(driver: Driver, place: Path) -> None:
    driver.book.vault.ways.mark_sheet_shown().result()
    driver.press("place-settings")
    driver.press("withdraw-sheet")
    driver.press("withdraw-explain-yes")
    driver.type_into("withdraw-passphrase", ADDED)
    driver.type_into("withdraw-again", ADDED)
    driver.press("withdraw-keep")
    driver.wait(lambda: any(driver.book.vault.folder.glob(".renewing-*/media/*")))


def adding_a_passphrase(driver: Driver, place: Path) -> None:
    driver.press("place-settings")
    driver.press("add-way")
    driver.type_into("new-way-passphrase", ADDED)
    driver.type_into("new-way-again", ADDED)
    driver.press("new-way-keep")


def choosing_pictures(driver: Driver, place: Path) -> None:
    driver.press("add-photo")


def with_a_menu(driver: Driver, place: Path) -> None:
    driver.press("entry-kind")
    driver.wait(lambda: driver.all(QMenu))


def covered(driver: Driver, place: Path) -> None:
    driver.key("Ctrl+H")


def copying(driver: Driver, place: Path) -> None:
    """Words are on the clipboard, and were looked for."""
    driver.key("Ctrl+A")
    driver.key("Ctrl+C")
    driver.press("place-story")
    driver.type_into("story-search", WORDS)


def reading_the_sheet(driver: Driver, place: Path) -> None:
    driver.press("place-settings")
    driver.press("show-sheet")
    driver.find("sheet-save")


def nothing(driver: Driver, place: Path) -> None:
    """Only what was typed a moment ago."""


KINDS: dict[str, Callable[[Driver, Path], None]] = {
    each.__name__: each
    for each in (
        importing,
        exporting,
        withdrawing,
        adding_a_passphrase,
        choosing_pictures,
        with_a_menu,
        covered,
        copying,
        reading_the_sheet,
        nothing,
    )
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=KINDS)
    parser.add_argument("book", type=Path)
    parser.add_argument("place", type=Path)
    arguments = parser.parse_args()
    slow = arguments.what == adding_a_passphrase.__name__

    def replace(book: Path, /, *, minimised: bool, renewed: int | None, kept: str) -> None:
        driver.decoder.rest()
        told = replacement.command(book, minimised=minimised, renewed=renewed, kept=kept)
        replacement.replace_process(told)

    driver = Driver(replace=replace, **({"kdf": None} if slow else {}))
    driver.show(arguments.book)
    opened(driver, PASSPHRASE)
    driver.type_into("entry-text", WORDS)
    KINDS[arguments.what](driver, arguments.place)
    driver.application.listen_for_the_end()
    print("busy", flush=True)
    code = driver.application.qt.exec()
    driver.application.stop()
    driver.decoder.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
