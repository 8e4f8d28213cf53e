"""The command that looks through a whole book, without a window. It changes nothing."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from memorybook.app import terminal
from memorybook.app.telling import named, without_file
from memorybook.app.terminal import Ask
from memorybook.domain.backup import BookCounts
from memorybook.domain.health import FILES, PAGES, ROWS, HealthReport
from memorybook.errors import CheckStopped
from memorybook.services import looking
from memorybook.services.copy_keys import ByPassphrase, ByWords
from memorybook.system.clock import SystemClock

_PAGES_NAMED = 20


def run(arguments: Sequence[str], ask: Ask) -> int:
    """Carry out ``memorybook health``. 0 when everything is whole, 1 when something is not."""
    given = _parser().parse_args(arguments)
    secret = terminal.secret(ask, words=given.words)
    way = ByWords(secret) if given.words else ByPassphrase(secret)
    with terminal.stoppable(CheckStopped) as stop:
        told = terminal.progress({PAGES, ROWS, FILES})
        report = looking.look(given.book, way, SystemClock(), told, stop.is_set, deep=not given.quick)
    for line in _lines(report, titles=given.titles):
        print(line)
    return 0 if report.is_whole else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="memorybook health",
        description="Look through a whole book: every page of its file, everything in it, every photo and "
        "recording, and its key files. Nothing is changed. Please close the book first.",
    )
    parser.add_argument("book", type=Path, help="the folder of the book")
    parser.add_argument("--words", action="store_true", help="open it with the twelve words, or the code")
    parser.add_argument(
        "--quick", action="store_true", help="do not read photos and recordings to their ends"
    )
    parser.add_argument("--titles", action="store_true", help="say the titles of what is damaged, too")
    return parser


def _lines(report: HealthReport, *, titles: bool) -> Iterator[str]:
    """What was found, for people. Titles only when they are asked for: what a terminal shows may be kept."""
    if report.is_whole:
        yield f"Everything is whole. {_counted(report.counts)}".rstrip()
        yield from _strays(report)
        return
    yield from dict.fromkeys(named(each, titles=titles) for each in report.damaged)
    if report.unknown_schema:
        yield "The tables of this book are not as any Memory Book makes them."
    if report.keys_damaged:
        yield "A key file is missing or damaged. Opening the book makes it anew."
    if report.bad_pages:
        numbers = ", ".join(map(str, report.bad_pages[:_PAGES_NAMED]))
        more = " and more" if len(report.bad_pages) > _PAGES_NAMED else ""
        yield f"Parts of book.db that cannot be read (of 4 KiB each, counted from 1): {numbers}{more}."
    if report.counts is None:
        yield (
            "The book cannot be opened as it is. Nothing was changed. A copy of it can be brought back with "
            "“memorybook restore”, and what can still be read taken out with “memorybook salvage”."
        )
    else:
        without = without_file(report.damaged)
        yield f"Everything else can be read: {_counted(report.counts)}{without} Nothing was changed."
        if report.damaged or report.bad_pages:
            yield (
                "Please keep the copies of this book as they are. In the open book, “Is everything whole?” "
                "in the settings brings single things back from them. “memorybook restore” brings back a "
                "whole copy, and “memorybook salvage” takes all that can still be read into a new book."
            )
    yield from _strays(report)


def _strays(report: HealthReport) -> Iterator[str]:
    if report.strays:
        yield f"{report.strays} files in “media” belong to nothing in this book. They stay where they are."


def _counted(counts: BookCounts | None) -> str:
    if counts is None:
        return ""
    kept = ((counts.pages, "page"), (counts.photos, "photo"), (counts.recordings, "recording"))
    return ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in kept) + "."
