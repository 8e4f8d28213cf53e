"""One person with one book in the real window: unlock, look through the story, search, write.

    python -m tests.benchmarks.session BOOK [--unlock-only] [--searches N] [--saves N]

Prints every figure as JSON: milliseconds, or MiB where the name says memory.
"""

import argparse
import dataclasses
import itertools
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.ids import EntryId
from memorybook.domain.story import StoryFilter
from memorybook.ui.kit.editor import PageText
from tests.benchmarks import books, words
from tests.benchmarks.stopwatch import Stopwatch, Watch, forget_peak, peak_memory
from tests.flows.driver import Driver, running

SEARCHES = {
    "search letter": words.COMMON[0],
    "search prefix": words.COMMON[:3],
    "search common": words.COMMON,
    "search rare": words.RARE,
}


_SECONDS = 240.0
"""An index of a very large book is written anew in some seconds, and on a busy machine in many."""


class Session:
    """Does one thing after the other and notes the figures."""

    def __init__(self, driver: Driver) -> None:
        self.figures: dict[str, list[float]] = {}
        self._driver = driver
        self._watch = Stopwatch()

    def _note(self, name: str, taken: tuple[float, float], turn: str) -> None:
        self.figures.setdefault(name, []).append(taken[0])
        self.figures.setdefault(f"{turn} turn", []).append(taken[1])

    def unlock(self) -> None:
        """From the Return key to the writing page painted, with the caret in it."""
        driver = self._driver
        driver.type_into("passphrase", books.PASSPHRASE)
        line = driver.find("passphrase", QLineEdit)

        def arrange(finish: Callable[[], None]) -> None:
            def look(_: QWidget | None, focused: QWidget | None) -> None:
                if isinstance(focused, PageText) and focused.objectName() == "entry-text":
                    driver.application.qt.focusChanged.disconnect(look)
                    Watch(focused.viewport(), QEvent.Type.Paint, finish)
                    focused.viewport().update()

            driver.application.qt.focusChanged.connect(look)

        taken = self._watch.until(lambda: QTest.keyClick(line, Qt.Key.Key_Return), arrange)
        page = driver.find("entry-text", PageText)
        assert page.hasFocus()
        assert page.isEnabled()
        assert not page.isReadOnly()
        assert driver.find("entry-date", QPushButton).property("text")
        self._note("unlock", taken, "unlock")
        self.figures["unlock memory"] = [peak_memory()]
        forget_peak()

    def read(self) -> None:
        """From the click on the story to its first rows painted."""
        button = self._driver.find("place-story", QPushButton)
        rows = self._driver.window.findChild(QListView, "story-list")
        assert rows is not None
        taken = self._watch.until_painted(
            lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton),
            rows.model().dataChanged,  # their places are known before they are read
            rows.viewport(),
        )
        assert rows.model().rowCount() > 200
        self._note("story", taken, "story")
        self._driver.settle()
        taken = self._watch.until_painted(
            lambda: QTest.keyClick(rows, Qt.Key.Key_End), rows.model().dataChanged, rows.viewport()
        )
        self._note("far end", taken, "story")
        self._driver.settle()
        QTest.keyClick(rows, Qt.Key.Key_Home)
        self._driver.settle()

    def list(self) -> None:
        """What the story asks for in other ways. The letters are none: every page is looked at for them."""
        journal = self._driver.book.vault.journal
        letters = StoryFilter(kinds=frozenset({EntryKind.LETTER}))
        middle = VagueDate(2026 - journal.count().result() // 730, 5)
        page = journal.page_before().result().rows[0].id
        for name, ask in (
            ("months", lambda: journal.months()),
            ("filter rare", lambda: journal.page(filter=letters)),
            ("filter photos", lambda: journal.page(filter=StoryFilter(photos=True))),
            ("filter search", lambda: journal.search(words.COMMON, filter=StoryFilter(photos=True))),
            ("jump", lambda: journal.page_from(middle)),
            ("neighbours", lambda: journal.neighbours(page)),
            ("on this day", lambda: self._driver.book.vault.on_this_day.look(5, 22, books.LAST_DAY)),
            ("all", lambda: journal.all_for_book()),
        ):
            self._time(name, ask(), "list")

    def tidy(self) -> None:
        """A page is deleted, brought back, deleted again, and then for ever."""
        journal = self._driver.book.vault.journal
        page = journal.page().result().rows[0].id
        self._time("delete", journal.delete(page), "tidy")
        self._time("bring back", journal.bring_back(page), "tidy")
        journal.delete(page).result()
        self._time("for ever", journal.delete_for_ever([page]), "tidy")

    def _time(self, name: str, future: Future[Any], turn: str) -> None:
        """How long an answer takes that was asked for right now, and what the window did meanwhile."""
        ended: list[float] = []
        began = time.perf_counter()
        self._watch.heartbeat.start()
        future.add_done_callback(lambda _: ended.append(time.perf_counter()))
        self._driver.wait(lambda: ended, _SECONDS)
        longest = self._watch.heartbeat.stop()
        future.result()
        self._note(name, ((ended[0] - began) * 1000, longest), turn)

    def search(self, times: int) -> None:
        """From one more letter in the search field to the rows painted."""
        line = self._driver.find("story-search", QLineEdit)
        rows = self._driver.find("story-list", QListView)
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
        painted = (rows.model().modelReset, rows.viewport())
        for _, (name, typed) in itertools.product(range(times), SEARCHES.items()):
            if typed[:-1]:
                self._watch.until_painted(lambda typed=typed: QTest.keyClicks(line, typed[:-1]), *painted)  # type: ignore[misc]
            taken = self._watch.until_painted(lambda typed=typed: QTest.keyClicks(line, typed[-1]), *painted)  # type: ignore[misc]
            self._note(name, taken, "search")
            self._watch.until_painted(line.clear, *painted)
        for _ in range(times):  # a whole word in one breath, up to the rows of the last letter
            taken = self._watch.until_painted(lambda: QTest.keyClicks(line, words.COMMON), *painted)
            self._note("search burst", taken, "search burst")
            self._watch.until_painted(line.clear, *painted)

    def save(self, times: int) -> None:
        """From asking to keep a page to its commit: new pages, and one page with more and more words."""
        page: Entry | None = None
        for draft in books.drafts(times, seed=time.monotonic_ns()):
            page = self._keep(None, draft, "save new")
        assert page is not None
        for number in range(times):
            draft = dataclasses.replace(page.draft, body=f"{page.draft.body} more {number}")
            page = self._keep(page.id, draft, "save again")

    def _keep(self, entry_id: EntryId | None, draft: EntryDraft, name: str) -> Entry:
        ended: list[float] = []
        began = time.perf_counter()
        future = self._driver.book.vault.journal.keep(entry_id, draft)
        future.add_done_callback(lambda _: ended.append(time.perf_counter()))
        self._driver.wait(lambda: ended)
        self.figures.setdefault(name, []).append((ended[0] - began) * 1000)
        entry = future.result()
        assert entry is not None
        return entry

    def write(self) -> None:
        """Type a page by keys; it keeps itself. Only the longest wait is noted."""
        driver = self._driver
        driver.press("place-write")
        page = driver.find("entry-text", PageText)
        state = driver.find("kept-state", QLabel)
        text = "One more page, with some words that were not there before. "
        for _ in range(3):
            self._watch.heartbeat.start()
            for letter in text:
                QTest.keyClicks(page, letter)
                driver.settle()
            driver.wait(lambda: state.text().startswith("Kept at"))
            self.figures.setdefault("write turn", []).append(self._watch.heartbeat.stop())


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("book", type=Path)
    parser.add_argument("--unlock-only", action="store_true")
    parser.add_argument("--searches", type=int, default=3)
    parser.add_argument("--saves", type=int, default=20)
    given = parser.parse_args()
    with running() as driver:
        driver.show(given.book)
        session = Session(driver)
        session.unlock()
        if not given.unlock_only:
            session.read()
            session.search(given.searches)
            session.save(given.saves)
            session.list()
            session.write()
            session.tidy()
            session.figures["memory"] = [peak_memory()]
    print(json.dumps(session.figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
