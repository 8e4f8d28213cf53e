"""Writes in the real window without end, and tells what the screen says is kept, until somebody kills it.

    python -m tests.reliability.typist BOOK --round N --seed S [--picture FILE]... [--rests] [--hasty]

One JSON line to the standard output for each thing the screen has said: ``{"kept": text of the page}`` when
the line below the page says "Kept at", or when a page has been turned, ``{"picture": digest}`` when a picture
is on the page. Each is written at once, without a buffer. The words of a page are numbered, so that a reader
can see whether one is missing.

``--hasty`` is for showing that the test can fail: a page is told to be kept just before it is.
"""

import argparse
import hashlib
import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from memorybook.services import markup
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.pictures import Picture
from tests.books import PASSPHRASE
from tests.flows.driver import Driver, running

_KEY_MS = 2
_STANDARD_OUTPUT = 1


def say(what: str, value: str) -> None:
    os.write(_STANDARD_OUTPUT, json.dumps({what: value}).encode() + b"\n")


class Typist:
    """Presses one key at each turn of the event loop's timer, and looks at the screen before each."""

    def __init__(self, driver: Driver, *, number: int, seed: int, pictures: list[Path], rests: bool) -> None:
        self._driver = driver
        self._number = number
        self._chance = random.Random(seed)  # noqa: S311 - it has to be the same every time
        self._pictures = pictures
        self._rests = rests
        self._page = driver.find("entry-text", PageText)
        self._line = driver.find("kept-state", QLabel)
        self._told = ""
        self._dropped: list[Path] = []
        self._seen = 0
        self._keys = self._write()
        self._timer = QTimer()
        self._timer.timeout.connect(self._turn)

    def begin(self) -> None:
        self._timer.start(_KEY_MS)

    def _turn(self) -> None:
        self._look()
        next(self._keys)

    def _look(self) -> None:
        """Tell what the screen says."""
        if self._line.text().startswith("Kept at"):
            self._tell(self._page.toPlainText())
        for path in self._dropped[self._seen : self._shown()]:
            say("picture", hashlib.sha256(path.read_bytes()).hexdigest())
            self._seen += 1

    def _tell(self, text: str) -> None:
        if text != self._told:
            self._told = text
            say("kept", text)

    def _shown(self) -> int:
        return sum(tile.is_shown for tile in self._page.window().findChildren(Picture) if tile.isVisible())

    def _write(self) -> Iterator[None]:
        """Page after page, each begun with its mark, in one piece."""
        page = word = 0
        while True:
            page += 1
            QTest.keyClicks(self._page, f"page{self._number}x{page}")
            for _ in range(self._chance.randint(2, 14)):
                word += 1
                for key in f" word{self._number}x{word}":
                    QTest.keyClicks(self._page, key)
                    yield
                yield from self._interlude()
            if self._rests or self._seen < len(self._dropped) or self._chance.random() < 0.3:
                yield from self._until_kept()
            while self._rests:
                yield
            yield from self._new_page()

    def _interlude(self) -> Iterator[None]:
        chance = self._chance.random()
        if chance < 0.05:
            QTest.keyClick(self._page, Qt.Key.Key_Return)
        elif chance < 0.12:
            yield from self._until_kept()
        elif chance < 0.3 and self._pictures:
            self._dropped.append(self._pictures.pop())
            self._driver.drop("entry-text", self._dropped[-1])

    def _until_kept(self) -> Iterator[None]:
        while not self._line.text().startswith("Kept at") or self._seen < len(self._dropped):
            yield

    def _new_page(self) -> Iterator[None]:
        before = self._page.toPlainText()
        self._driver.press("new-page")
        while self._page.toPlainText():
            yield
        self._tell(before)
        self._told = ""
        self._dropped, self._seen = [], 0


def be_hasty(driver: Driver) -> None:
    """Tell that a page is kept while it is on its way to the disk."""
    journal = driver.book.vault.journal
    keep = journal.keep

    def tell_and_keep(entry_id, draft, **options):  # type: ignore[no-untyped-def]  # stands before keep()
        say("kept", markup.plain(draft.body))
        return keep(entry_id, draft, **options)

    journal.keep = tell_and_keep  # type: ignore[method-assign]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("book", type=Path)
    parser.add_argument("--round", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--picture", type=Path, action="append", default=[])
    parser.add_argument("--rests", action="store_true")
    parser.add_argument("--hasty", action="store_true")
    given = parser.parse_args()
    with running() as driver:
        driver.show(given.book)
        driver.type_into("passphrase", PASSPHRASE)
        driver.key("Return")
        typist = Typist(
            driver, number=given.round, seed=given.seed, pictures=given.picture, rests=given.rests
        )
        if given.hasty:
            be_hasty(driver)
        say("writing", "")
        typist.begin()
        driver.application.qt.exec()
    return 0


if __name__ == "__main__":
    sys.exit(main())
