"""The figures as one table that fits a terminal, beside those of other programs."""

import statistics
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks import others

Figures = Mapping[str, Sequence[float]]

_NAME, _COLUMN = 43, 21


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is called, which figure it shows, and what others took for it."""

    name: str
    figure: str
    others: Mapping[str, float] = field(default_factory=dict)
    worst: bool = False


LINES: tuple[Line | str, ...] = (
    "Time, in milliseconds",
    Line("start of the program to the closed book", "start", others.START),
    Line("passphrase to the writing page", "unlock in full", others.OPEN),
    Line("  the same without deriving the key", "unlock"),
    Line("first 200 rows of the story painted", "story"),
    Line("the far end of the story painted", "far end"),
    Line("headings of all months", "months"),
    Line("a filter that leaves nothing", "filter rare"),
    Line("first 200 rows with photos", "filter photos"),
    Line("common word among pages with photos", "filter search"),
    Line("200 rows from a month in the middle on", "jump"),
    Line("the pages before and behind one", "neighbours"),
    Line("everything of one day of the year", "on this day"),
    Line("every page, for the printed book", "all"),
    Line("search, one more key: rare word", "search rare", others.RARE),
    Line("search, one more key: common word", "search common", others.COMMON),
    Line("search, one more key: three letters", "search prefix"),
    Line("search, one more key: a single letter", "search letter"),
    Line("search, eight keys at once, last to rows", "search burst", others.TYPED),
    Line("a new page of 150 words kept", "save new", others.SAVE),
    Line("a changed page kept", "save again"),
    Line("a page put into the drawer", "delete"),
    Line("a page brought back from it", "bring back"),
    Line("a page deleted for ever, index anew", "for ever"),
    "Longest time in which the window did not answer, in milliseconds",
    Line("while unlocking", "unlock turn", worst=True),
    Line("while turning to the story, to its far end", "story turn", worst=True),
    Line("while searching", "search turn", worst=True),
    Line("while other lists are read", "list turn", worst=True),
    Line("while writing and keeping", "write turn", worst=True),
    Line("while deleting, also for ever", "tidy turn", worst=True),
    "Memory at its highest, in MiB",
    Line("closed book", "start memory"),
    Line("while unlocking (256 are for the passphrase)", "unlock in full memory"),
    Line("reading, searching and writing", "memory", others.MEMORY),
    "On the disk, in MB",
    Line("words and index, without the pictures", "disk", others.DISK),
)


def table(sizes: Sequence[str], figures: Sequence[Figures]) -> str:
    """All lines. A cell is the median with the least and the most, or for waits the longest of all."""
    lines = [" " * _NAME + "".join(f"{size:>{_COLUMN}}" for size in sizes)]
    for line in LINES:
        if isinstance(line, str):
            lines += ["", line]
            continue
        cells = [(_worst if line.worst else _cell)(each[line.figure]) for each in figures]
        lines.append(f"  {line.name:<{_NAME - 2}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells))
        if line.others:
            lines += _others(line.others)
    return "\n".join(lines)


def growth(figures: Sequence[Figures], sizes: Sequence[str]) -> str:
    """One sentence on whether unlocking takes longer in a larger book."""
    medians = [statistics.median(each["unlock"]) for each in figures]
    listed = ", ".join(f"{median:.0f} ms at {size}" for median, size in zip(medians, sizes, strict=True))
    ratio = medians[-1] / medians[0]
    verdict = "does not grow" if ratio < 1.25 else "GROWS"
    return f"Unlock to first screen {verdict} with the book: {listed} ({ratio:.2f} times the first)."


def _cell(values: Sequence[float]) -> str:
    median = _short(statistics.median(values))
    return f"{median} ({_short(min(values))}-{_short(max(values))})" if len(values) > 1 else median


def _worst(values: Sequence[float]) -> str:
    return _short(max(values))


def _short(value: float) -> str:
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def _others(figures: Mapping[str, float]) -> list[str]:
    text = "others at 10,000: " + ", ".join(f"{name} {figure:,}" for name, figure in figures.items())
    return textwrap.wrap(text, _NAME + 3 * _COLUMN, initial_indent=" " * 6, subsequent_indent=" " * 8)
