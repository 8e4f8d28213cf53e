"""What the commands without a window share: asking for what is secret, how far it is, and Ctrl+C."""

import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from memorybook.domain.backup import BookCounts, Step, Told
from memorybook.errors import MemoryBookError

Ask = Callable[[str], str]
"""Asks for what is secret, without showing it."""


def secret(ask: Ask, *, words: bool) -> str:
    """The passphrase of a book, or its recovery words."""
    return ask("The twelve recovery words, or the code: " if words else "Passphrase: ")


@contextmanager
def stoppable(stopped: type[MemoryBookError]) -> Iterator[threading.Event]:
    """While this lasts Ctrl+C ends the work, which raises ``stopped`` then, and leaves nothing half made."""
    stop = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        yield stop
    except stopped:
        raise KeyboardInterrupt from None
    finally:
        signal.signal(signal.SIGINT, before)


def progress(counted: Collection[str] = ()) -> Told:
    """Says how far it is, where somebody is looking: a line that is written over and over.

    The steps of stages that are ``counted`` are numbers of things, those of others bytes. A stage of one step
    is over before anybody could read of it.
    """
    shown = ""

    def told(step: Step) -> None:
        nonlocal shown
        if step.stage in counted:
            line = f"{step.stage}: {step.done:,} of {step.total:,}"
        else:
            line = f"{step.stage}: {step.done / 1e6:,.0f} of {step.total / 1e6:,.0f} MB"
        if sys.stderr.isatty() and step.total > 1 and line != shown:
            shown = line
            print(f"\r{line:60}", end="\n" if step.done >= step.total else "", file=sys.stderr, flush=True)

    return told


def counted(counts: BookCounts) -> str:
    """For a terminal: the number behind the word, so that one and many read alike."""
    return f"pages {counts.pages:,}, photos {counts.photos:,}, recordings {counts.recordings:,}"
