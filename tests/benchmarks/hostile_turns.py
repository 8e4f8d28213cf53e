"""The longest turn of the event loop while files made to do harm are brought in.

    python -m tests.desktop -- python -m tests.benchmarks.hostile_turns [FILES]

Every hostile file of the corpus and so many damaged ones are dropped onto the photos, while somebody goes on
from place to place. The same walk with nothing brought in stands beside it: so late is the machine itself.
Measured as :mod:`tests.benchmarks.story_turns` measures a long story. Ends with 1 when the longest turn among
the files was 100 ms or more.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel

from tests.benchmarks.story_turns import Lateness, run_loop
from tests.corpus import hostile
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import begin

_LIMIT_MS = 100.0
_AFTERWARDS_MS = 300
_SEED = 20261121
_FILES = 300
_PATIENCE_S = 600.0


class Measured:
    """The longest turns of everything that was measured."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.worst = self.most = 0.0

    def measure(self, name: str, act: Callable[[], object], holds: Callable[[], object]) -> None:
        """Act, wait until it holds, and print the longest turn."""
        lateness = Lateness()
        lateness.start()
        act()
        self.driver.wait(holds, _PATIENCE_S)
        run_loop(_AFTERWARDS_MS)
        late, worked = lateness.stop()
        self.worst, self.most = max(self.worst, late), max(self.most, worked)
        print(f"{name:38} longest turn {late:5.1f} ms, worked {worked:4.1f} ms", flush=True)


def files(folder: Path, count: int) -> list[Path]:
    """All of them as files, under names that say nothing."""
    made = [make() for _, make in hostile.HOSTILE.values()] + list(hostile.mutated(count, _SEED))
    paths = [folder / f"IMG_{number:04}.jpg" for number in range(len(made))]
    for path, data in zip(paths, made, strict=True):
        path.write_bytes(data)
    return paths


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _FILES
    with tempfile.TemporaryDirectory() as place, running() as driver:
        folder = Path(place) / "photos"
        folder.mkdir()
        offered = files(folder, count)
        driver.show()
        begin(driver, Path(place))
        driver.key("Ctrl+4")
        driver.find("photos-page")
        run_loop(1_000)
        measured = Measured(driver)

        def is_done() -> bool:
            return any("could not be taken in" in label.text() for label in driver.all(QLabel))

        def walk() -> None:
            for key in ("Ctrl+2", "Ctrl+4") * 5:
                driver.key(key)
                run_loop(500)

        def walk_among_them() -> None:
            driver.drop("photos-page", *offered)
            walk()

        idle = Measured(driver)
        idle.measure("nothing brought in, for comparison", walk, lambda: True)
        measured.measure(f"{len(offered)} files, from place to place", walk_among_them, is_done)
        account = next(text for text in driver.words() if "could not be taken in" in text)
        print(account)
    print(f"longest among them: {measured.worst:.1f} ms, the window's own work {measured.most:.1f} ms")
    return 0 if measured.worst < _LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
