"""The longest turn of the event loop while a person moves about among many photos, and the memory it takes.

    python -m tests.desktop -- python -m tests.benchmarks.photo_turns [PHOTOS] [FOLDER]

Measured as :mod:`tests.benchmarks.story_turns` measures a long story. Ends with 1 when the longest turn of
all was 50 ms or more, or when the grid held more bytes of pixels than it says it may. The book is kept in
``FOLDER`` for the next run.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from memorybook.ui.photos import loader
from memorybook.ui.photos.grid import PhotoGrid
from memorybook.ui.photos.grid_page import GridPage
from tests.benchmarks import books
from tests.benchmarks.story_turns import Lateness, run_loop
from tests.flows.driver import Driver, running

_LIMIT_MS = 50.0
_AFTERWARDS_MS = 300
_PAGES = 30


class Looker:
    """Somebody who scrolls through everything."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.worst = self.most = 0.0
        self.held = 0

        driver.book.turn_to("photos")
        driver.wait(lambda: driver.all(GridPage))
        self.page = driver.all(GridPage)[0]  # looked for once: looking takes longer than most turns

    @property
    def grid(self) -> PhotoGrid:
        return self.page.grid

    def is_shown(self) -> bool:
        """Whether every tile in sight has its pixels, at the size it has now."""
        self.held = max(self.held, self.page.loader.held)
        rows = [self.page.photos.row_at(place) for place in self.grid.in_sight()]
        return bool(rows) and all(self.page.loader.pixmap(row.id) is not None for row in rows)

    def settled(self) -> bool:
        return self.is_shown() and self.page.loader.is_settled()

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
        line = f"{name:38} {taken:6.0f} ms   longest turn {late:5.1f} ms, worked {worked:4.1f} ms"
        print(f"{line}   pixels {self.page.loader.held / 2**20:4.1f} MiB", flush=True)

    def scroll(self) -> None:
        bar, driver = self.grid.verticalScrollBar(), self.driver

        def sweep(first: float, last: float, steps: int) -> Callable[[], None]:
            def drag() -> None:
                for step in range(steps + 1):
                    bar.setValue(round(bar.maximum() * (first + (last - first) * step / steps)))
                    run_loop(2)
                    self.held = max(self.held, self.page.loader.held)

            return drag

        def keys(key: str, times: int) -> Callable[[], None]:
            def press() -> None:
                for _ in range(times):
                    driver.key(key)

            return press

        self.grid.setFocus()
        self.measure("flung to the end", sweep(0, 1, 60), self.is_shown)
        self.measure("and back", sweep(1, 0, 60), self.is_shown)
        self.measure("to the far end by its key", keys("End", 1), self.is_shown)
        self.measure("back by its key", keys("Home", 1), self.is_shown)
        self.measure("the scroll bar drawn over all of it", sweep(0, 1, 1000), self.is_shown)
        self.measure("and back again", sweep(1, 0, 1000), self.is_shown)
        self.measure("100 screens of tiles down", keys("PgDown", 100), self.is_shown)
        self.measure("200 tiles one after another", keys("Right", 200), self.is_shown)

    def resize(self) -> None:
        self.measure("smallest tiles", lambda: self._size(-4), self.settled)
        self.measure("largest tiles", lambda: self._size(4), self.settled)
        self.measure("usual tiles", lambda: self._size(-2), self.settled)

    def _size(self, steps: int) -> None:
        for _ in range(abs(steps)):
            self.driver.key("Ctrl+-" if steps < 0 else "Ctrl++")

    def choose(self, photos: int) -> None:
        grid = self.grid
        grid.setFocus()
        self.measure(
            "all of them chosen",
            lambda: self.driver.key("Ctrl+A"),
            lambda: len(grid.chosen()) == photos,
        )
        self.measure("and not", lambda: self.driver.key("Escape"), lambda: not grid.chosen())
        self.driver.key("Home")
        large = "large-back"
        self.measure("one photo large", lambda: self.driver.key("Return"), lambda: self.driver.find(large))
        self.measure("and back to all", lambda: self.driver.press(large), self.is_shown)


def main() -> int:
    photos = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("build") / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    book = books.kept(books.Size(_PAGES, photos), folder, print)
    with tempfile.TemporaryDirectory() as place, running() as driver:
        copy = Path(place) / "book"
        shutil.copytree(book, copy)
        driver.show(copy)
        driver.type_into("passphrase", books.PASSPHRASE)
        driver.key("Return")
        driver.find("entry-text")
        run_loop(1_000)
        before = _resident()
        looker = Looker(driver)
        looker.measure("first tiles", lambda: None, looker.is_shown)
        looker.scroll()
        looker.resize()
        looker.choose(photos)
        after = _resident()
    limit = loader.BUDGET
    print(f"longest of all: {looker.worst:.1f} ms, the window's own work {looker.most:.1f} ms")
    print(f"pixels held at most {looker.held / 2**20:.1f} MiB of {limit / 2**20:.0f} allowed; "
          f"the whole process grew from {before:.0f} to {after:.0f} MiB")  # fmt: skip
    return 0 if looker.worst < _LIMIT_MS and looker.held <= limit else 1


def _resident() -> float:
    """MiB of memory that this process has now; Linux alone says."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    sys.exit(main())
