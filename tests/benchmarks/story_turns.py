"""The longest turn of the event loop while a person moves about in a long story.

    python -m tests.desktop -- python -m tests.benchmarks.story_turns [PAGES] [FOLDER]

A timer beats every 5 ms; the longest time by which a beat was late is how long a key could have had to
wait. Beside it stands the most that the thread of the window itself worked between two beats: on a machine
that is busy with other things a beat is late for their sake too. Ends with 1 when the longest of all was
50 ms or more. The book is kept in ``FOLDER`` for the next run.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit

from memorybook.domain.dates import VagueDate
from memorybook.ui.story.listing import StoryList
from memorybook.ui.story.view import StoryPage
from tests.benchmarks import books
from tests.flows.driver import Driver, running

_BEAT_MS = 5
_LIMIT_MS = 50.0
_AFTERWARDS_MS = 300  # what an action leaves to do counts as well


class Lateness:
    """How late the latest beat of a timer was."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last = self._longest = 0.0
        self._worked = self._most = 0.0

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self._longest = max(self._longest, now - self._last)
        self._most = max(self._most, worked - self._worked)
        self._last, self._worked = now, worked

    def start(self) -> None:
        self._last, self._longest = time.perf_counter(), 0.0
        self._worked, self._most = time.thread_time(), 0.0
        self._timer.start()

    def stop(self) -> tuple[float, float]:
        """The latest beat, and the most work between two beats; in milliseconds."""
        self._beat()
        self._timer.stop()
        return max(0.0, self._longest * 1000 - _BEAT_MS), self._most * 1000


def run_loop(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Reader:
    """Somebody who scrolls, jumps and searches."""

    def __init__(self, driver: Driver, pages: int) -> None:
        self.driver, self.pages = driver, pages
        self.worst = self.most = 0.0

    @property
    def rows(self) -> StoryList:
        return self.driver.find("story-list", StoryList)

    def is_read(self) -> bool:
        """Whether every page in sight has its words."""
        sight = self.rows.pages_in_sight()
        story = self.driver.all(StoryPage)[0]._model
        return sight is not None and all(story.is_read(page) for page in range(sight[0], sight[1] + 1))

    def line(self) -> str:
        return self.driver.find("reading-line", QLabel).text()

    def measure(self, name: str, act: Callable[[], object], holds: Callable[[], object]) -> None:
        """Act, wait until it holds, and print how long both that and the longest turn took."""
        lateness, began = Lateness(), time.perf_counter()
        lateness.start()
        act()
        self.driver.wait(holds)
        taken = (time.perf_counter() - began) * 1000
        run_loop(_AFTERWARDS_MS)
        late, worked = lateness.stop()
        self.worst, self.most = max(self.worst, late), max(self.most, worked)
        print(f"{name:38} {taken:6.0f} ms   longest turn {late:5.1f} ms, worked {worked:4.1f} ms", flush=True)

    def scroll(self) -> None:
        bar, driver = self.rows.verticalScrollBar(), self.driver

        def drag() -> None:
            for step in range(401):
                bar.setValue(bar.maximum() * step // 400)
                run_loop(2)

        def wheel() -> None:
            for step in range(300):
                bar.setValue(bar.maximum() - step * 180)
                run_loop(2)

        def keys(key: str, times: int) -> Callable[[], None]:
            def press() -> None:
                for _ in range(times):
                    driver.key(key)

            return press

        self.rows.setFocus()
        self.measure("to the far end by its key", keys("End", 1), self.is_read)
        self.measure("back by its key", keys("Home", 1), self.is_read)
        self.measure("the scroll bar drawn over all of it", drag, self.is_read)
        self.measure("300 turns of the wheel", wheel, self.is_read)
        self.measure("100 pages of the list down", keys("PgDown", 100), self.is_read)
        self.measure("50 pages read one after another", keys("Alt+Down", 50), self.is_read)

    def jump(self) -> None:
        last = books.LAST_DAY.year
        story = self.driver.all(StoryPage)[0]
        for year in (last - self.pages // 365 // 2, last, max(1, last - self.pages // 365 + 1)):
            self.measure(
                f"to the year {year}",
                lambda year=year: story._go_to(VagueDate(year)),
                lambda year=year: str(year) in self.line() and self.is_read(),
            )

    def search(self, words: str) -> None:
        field = self.driver.find("story-search", QLineEdit)
        story = self.driver.all(StoryPage)[0]._model

        def letters() -> None:
            field.setFocus()
            for letter in words:
                self.driver.type_into_focused(letter)

        def down() -> None:
            bar = self.rows.verticalScrollBar()
            for _ in range(40):
                bar.setValue(bar.maximum())
                run_loop(15)

        self.measure(f"“{words}”, letter by letter", letters, lambda: story.is_growing and self.is_read())
        self.measure("   down its hits", down, self.is_read)
        self.measure("   the field emptied", field.clear, lambda: not story.is_growing and self.is_read())

    def delete(self) -> None:
        self.measure("a page put away", lambda: self.driver.press("reading-delete"), self._offered)
        self.measure(
            "and brought back", lambda: self.driver.press("story-notice-action"), lambda: not self._offered()
        )

    def _offered(self) -> bool:
        return self.driver.sees("The page is put away.")


def main() -> int:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("build") / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    book = books.kept(books.Size(pages, 0), folder, print)
    title = next(books.drafts(1)).title.split()[0].lower()
    with tempfile.TemporaryDirectory() as place, running() as driver:
        copy = Path(place) / "book"
        shutil.copytree(book, copy)
        driver.show(copy)
        driver.type_into("passphrase", books.PASSPHRASE)
        driver.key("Return")
        driver.find("entry-text")
        run_loop(1_000)
        reader = Reader(driver, pages)
        reader.measure("first rows", lambda: driver.book.turn_to("story"), lambda: reader.is_read())
        reader.scroll()
        reader.jump()
        for words in ("the", title, "wa"):
            reader.search(words)
        reader.delete()
    print(f"longest of all: {reader.worst:.1f} ms, the window's own work {reader.most:.1f} ms")
    return 0 if reader.worst < _LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
