"""Changes a passphrase without end, and tells each change that is made, until somebody kills it.

    python -m tests.reliability.changer BOOK [--early | --in-place]

A number on a line of the standard input starts one process, which opens the book with the passphrase of
that number, changes it to the next one, and so on. It tells its process id first (``begun 4711``), then each
change that was acknowledged (``changed 12``); ``ended`` follows when it has been killed. The processes are
forked, so that two hundred of them do not load the program two hundred times.

Two ways to show that the test can fail: ``--early`` tells a change before it is made, and ``--in-place``
writes the key files where they are, without a file beside them that takes their place.
"""

import argparse
import os
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from memorybook.services.vault import Library
from memorybook.storage import replicas
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST

_STANDARD_OUTPUT = 1


def passphrase(number: int) -> str:
    return f"the door number {number}"


def say(what: str) -> None:
    os.write(_STANDARD_OUTPUT, what.encode() + b"\n")


def write_in_place(
    path: Path,
    data: bytes | Iterable[bytes],
    mode: int = 0o600,
    *,
    check: Callable[[Path], None] | None = None,
) -> None:
    """What :func:`memorybook.files.write_atomically` is there to avoid."""
    assert isinstance(data, bytes)
    with path.open("wb", buffering=0) as file:
        path.chmod(mode)
        for byte in data:
            file.write(bytes([byte]))
    if check is not None:
        check(path)


def change_on(book: Path, number: int, *, early: bool) -> None:
    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST)
        vault = library.open(book, passphrase(number))
        while True:
            number += 1
            if early:
                say(f"changed {number}")
            (way,) = vault.ways.all().result()
            vault.ways.change_passphrase(way.id, passphrase(number)).result()
            if not early:
                say(f"changed {number}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("book", type=Path)
    parser.add_argument("--early", action="store_true")
    parser.add_argument("--in-place", action="store_true")
    given = parser.parse_args()
    if given.in_place:
        replicas.write_atomically = write_in_place  # type: ignore[attr-defined]
    for line in sys.stdin:
        assert threading.active_count() == 1, "a process with threads is not forked"
        child = os.fork()
        if not child:
            try:
                say(f"begun {os.getpid()}")
                change_on(given.book, int(line), early=given.early)
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        say("ended")
    return 0


if __name__ == "__main__":
    sys.exit(main())
