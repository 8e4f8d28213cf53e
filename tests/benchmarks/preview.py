"""How soon the page in view is there again after a change, in a book of 200 pages with 200 pictures.

    python -m tests.benchmarks.preview [--pages N] [--changes N]

What is changed is one word on one page, as while somebody chooses; the title; a page that is taken out; and
the size of all pages. Prints how long it takes until the page in view is drawn anew, and until it is known
where every page of the book is, which is the same where nothing is left for later: by the clock, and what
the processor worked, which a busy computer changes less. Says the most memory of the process so far. Ends
with 1 when the page in view takes more than one second of the clock after any change, in any style.
"""

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
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


def changes(plan: BookPlan, style: Style, turn: int) -> Iterator[tuple[str, BookPlan]]:
    """What somebody may change, each time something else."""
    entries = plan.entries
    yield "a word", book(len(entries), f"changed {turn}", style)
    yield "the title", replace(plan, title=f"Wren {turn}")
    yield "a page out", replace(plan, entries=entries[: 5 + turn] + entries[6 + turn :])
    yield "the size", replace(plan, page_size=PageSize.A4 if turn % 2 else PageSize.SIX_NINE)


class Watch:
    """Seconds by the clock and of work since it was made."""

    def __init__(self) -> None:
        self._began, self._began_working = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._began, time.process_time() - self._began_working


Times = tuple[tuple[float, float], tuple[float, float]]


def shown(preview: Callable[[], Preview], before: Preview | None) -> tuple[Preview, Times]:
    """As the window does it, while somebody looks at the middle: until that is in view, and until all is."""
    index = before.page_count // 2 if before is not None else 0
    spot = before.spot(index) if before is not None else None
    watch = Watch()
    made = preview()
    if made.settle_if_near():
        made.png(made.index_of(spot) if spot is not None else 0, _PPI)
        seen = watch.read()
    else:
        glimpse = made.glimpse(spot, index)
        glimpse.png(glimpse.index, _PPI)
        seen = watch.read()
        made.settle()
    return made, (seen, watch.read())


def main() -> int:
    """Every style in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--changes", type=int, default=3)
    given = parser.parse_args()
    thumbnails = [photograph(640, 427, seed=seed) for seed in range(_MOTIFS)]
    slowest = 0.0

    def preview_of(plan: BookPlan, before: Preview | None) -> Preview:
        return Preview(plan, lambda photo: thumbnails[photo % _MOTIFS], before=before)

    for style in Style:
        plan = book(given.pages, "as it was", style)
        first, times = shown(lambda plan=plan: preview_of(plan, None), None)  # type: ignore[misc]
        print(f"{style.value}, {first.page_count} pages, {peak_memory():.0f} MB")
        print(f"  {'opened':11}{_said([times])}")
        taken = defaultdict[str, list[Times]](list)
        for turn in range(given.changes):
            for what, changed in changes(plan, style, turn):
                _, times = shown(lambda it=changed, by=first: preview_of(it, by), first)  # type: ignore[misc]
                taken[what].append(times)
        for what, measured in taken.items():
            slowest = max(slowest, statistics.median(seen for (seen, _), _ in measured))
            print(f"  {what:11}{_said(measured)}")
    print(f"{peak_memory():.0f} MB")
    return int(slowest > MOST_S)


def _said(measured: Sequence[Times]) -> str:
    seen, seen_work, whole, whole_work = (
        statistics.median(times[part][kind] for times in measured) for part in (0, 1) for kind in (0, 1)
    )
    return (
        f"in view after {seen:.2f} s ({seen_work:.2f} s of work),"
        f" all after {whole:.2f} s ({whole_work:.2f} s of work)"
    )


if __name__ == "__main__":
    sys.exit(main())
