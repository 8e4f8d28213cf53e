"""Measures the program with three books and prints one table. Needs a screen, and no network.

python -m tests.benchmarks [--runs N] [--pages N ...]
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from memorybook.services.kdf import KdfCost
from tests.benchmarks import books, machine
from tests.benchmarks.table import growth, table

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "benchmarks"
PICTURES = {1_000: 60, 10_000: 120, 100_000: 240}
RUNS = 5
_SECONDS = 300


class Subject:
    """A copy of one book, which may be written in, and the figures it gave."""

    def __init__(self, pages: int, folder: Path) -> None:
        self.pages = pages
        self.figures: dict[str, list[float]] = defaultdict(list)
        self._book = folder / str(pages)
        size = books.Size(pages, PICTURES.get(pages, 0))
        shutil.copytree(books.kept(size, KEPT, lambda text: print(text, flush=True)), self._book)
        self.figures["disk"] = [(self._book / "book.db").stat().st_size / 1e6]
        self._quick = books.locked_with(self._book, books.QUICK)
        self._standard = books.locked_with(self._book, KdfCost.standard())

    def measure(self) -> None:
        """One run of each kind, each in a process of its own."""
        self._note(self._run("program", str(time.monotonic()), str(self._book)))
        books.lock(self._book, self._standard)
        full = self._run("session", str(self._book), "--unlock-only")
        self._note({"unlock in full": full["unlock"], "unlock in full memory": full["unlock memory"]})
        books.lock(self._book, self._quick)
        self._note(self._run("session", str(self._book)))

    def _note(self, figures: dict[str, list[float]]) -> None:
        for name, values in figures.items():
            self.figures[name] += values

    @staticmethod
    def _run(module: str, *arguments: str) -> dict[str, list[float]]:
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=_SECONDS)
        figures: dict[str, list[float]] = json.loads(done.stdout)
        return figures


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--pages", type=int, nargs="+", default=list(PICTURES))
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="memorybook-benchmarks-") as folder:
        subjects = [Subject(pages, Path(folder)) for pages in given.pages]
        subjects[0].measure()  # everything is read from the disk once
        subjects[0].figures = defaultdict(list, disk=subjects[0].figures["disk"])
        neighbours, running = machine.Neighbours(), []
        for run in range(given.runs):
            print(f"Run {run + 1} of {given.runs}", flush=True)
            for subject in subjects:  # in turn, so that a noisy moment does not fall on one book alone
                running.append(neighbours.running())
                subject.measure()
        share = neighbours.share()
    sizes = [f"{pages:,} pages" for pages in given.pages]
    figures = [subject.figures for subject in subjects]
    print(f"\n{machine.description()}")
    print(
        f"Medians of {given.runs} runs, each in a fresh process (least-most). Meanwhile other programs, the\n"
        f"X server included, used {share:.0%} of the processors; between runs "
        f"{statistics.median(running):.0f} of their processes were running ({max(running)} at most).\n"
    )
    print(table(sizes, figures))
    print(f"\n{growth(figures, sizes)}")
    print(f"All of it took {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
