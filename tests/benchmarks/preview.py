"""How soon the page in view is there again after a change, in a book of 200 pages with 200 pictures.

    python -m tests.benchmarks.preview [--pages N] [--changes N]

A change is one word on one page, as while somebody chooses; the pages are set anew as a whole and the page in
view is drawn. Prints the median of the seconds by the clock, of those the processor worked, which a busy
computer does not change, and the most memory so far, which stays after the second change of a style. Ends
with 1 when a change takes more than one second of the clock in any style.
"""

import argparse
import statistics
import sys
import time
from dataclasses import replace

from memorybook.domain.book import BookPlan, PageSize, PlannedEntry, PlannedPicture, Style
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import PhotoId
from memorybook.rendering.preview import Preview
from memorybook.services import markup
from tests.benchmarks.stopwatch import peak_memory
from tests.unit.rendering.pages import photograph

MOST_S = 1.0
_PPI = 110
_MOTIFS = 8
_WORDS = (
    "We lit the candle at seven, like thousands of other windows did tonight. Your mum read your name out "
    "loud. It was the first time I had heard it said in our kitchen and not in a hospital corridor.\n\n"
    "I did not think a candle could do anything. It burned for the whole hour and I watched every minute of "
    "it. When it was nearly out I found I did not want to leave the room."
)


def book(pages: int, word: str, style: Style) -> BookPlan:
    """``word`` stands on the page in the middle."""
    entries = tuple(
        PlannedEntry(
            f"Page {number}",
            VagueDate(2026, 1 + number % 12, 1 + number % 28),
            EntryKind.ENTRY,
            "Sam",
            "",
            markup.parse(f"{_WORDS} {word if number == pages // 2 else number}"),
            (PlannedPicture(PhotoId(number + 1), 3000, 2000, f"Picture {number}"),),
        )
        for number in range(pages)
    )
    plan = BookPlan("Wren", "", "", "en-GB", PageSize.A5, entries, ())
    return replace(plan, style=style)


def main() -> int:
    """Every style in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--changes", type=int, default=7)
    given = parser.parse_args()
    thumbnails = [photograph(640, 427, seed=seed) for seed in range(_MOTIFS)]
    slowest = 0.0
    for style in Style:
        clock, worked, count = [], [], 0
        for change in range(given.changes + 1):
            plan = book(given.pages, f"changed {change}", style)
            began, began_working = time.perf_counter(), time.process_time()
            preview = Preview(plan, lambda photo: thumbnails[photo % _MOTIFS])
            preview.png(preview.page_count // 2, _PPI)
            count = preview.page_count
            clock.append(time.perf_counter() - began)
            worked.append(time.process_time() - began_working)
        # The first one is the book that is opened and no change.
        taken = statistics.median(clock[1:])
        slowest = max(slowest, taken)
        print(
            f"{style.value:8} {count} pages: first {clock[0]:.2f} s,"
            f" after a change {taken:.2f} s ({statistics.median(worked[1:]):.2f} s of work),"
            f" {peak_memory():.0f} MB"
        )
    return int(slowest > MOST_S)


if __name__ == "__main__":
    sys.exit(main())
