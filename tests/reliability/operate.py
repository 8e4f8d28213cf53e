"""Does one of the operations, to be broken off: by a kill, a disk that refuses, or on paper by a power cut.

    python -m tests.reliability.operate record NAME FOLDER
    python -m tests.reliability.operate refuse NAME FOLDER KIND,ERROR,N...
    python -m tests.reliability.operate wait

``record`` does it in FOLDER, with marks. ``refuse`` does it again and again on copies of FOLDER/before, the
n-th call refused each time, and prints what came of it as JSON. ``wait`` reads lines ``NAME FOLDER`` and does
each in a fork of its own: ``begun PID`` and perhaps ``done`` are told, and
``ended`` once it has been killed.
"""

import argparse
import errno
import json
import os
import shutil
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memorybook.errors import MemoryBookError
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST
from tests.reliability.operations import BY_NAME, Operation
from tests.reliability.shim import Call, calls, failing, mark

_STANDARD_OUTPUT = 1


@contextmanager
def a_library() -> Iterator[Library]:
    with Decoder() as decoder:
        yield Library(decoder=decoder, clock=SystemClock(), kdf=FAST)


def say(what: str) -> None:
    os.write(_STANDARD_OUTPUT, what.encode() + b"\n")


def record(operation: Operation, folder: Path) -> None:
    with a_library() as library:
        mark(json.dumps({"will": {"do": True}}))
        operation.do(library, folder)
        mark(json.dumps({"did": {"do": True}}))


def refuse(operation: Operation, folder: Path, asked: list[str]) -> dict[str, object]:
    """Each time: it is refused with a sentence or done, what has to hold holds, and then it can be done."""
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    with a_library() as library:
        for what in asked:
            kind, error_name, number = what.split(",")
            call, error, n = Call[kind], getattr(errno, error_name), int(number)
            at = folder / what
            shutil.copytree(folder / "before", at)
            done = True
            with failing(call, n, 1, error):
                try:
                    operation.do(library, at)
                except MemoryBookError as refused:
                    done = False
                    counted[f"{kind} {type(refused).__name__}"] += 1
                reached = calls(call) >= n
            counted["refused" if not done else "silent" if reached else "not reached"] += 1
            wrong += [f"{what}: {each}" for each in operation.wrong(library, at, done=done)]
            if not done:
                try:
                    operation.do(library, at)
                except MemoryBookError as again:
                    wrong.append(f"{what}: cannot be done afterwards: {again!r}")
            shutil.rmtree(at)
    return {"counted": counted, "wrong": wrong}


def wait() -> None:
    for line in sys.stdin:
        assert threading.active_count() == 1, "a process with threads is not forked"
        name, _, folder = line.rstrip("\n").partition(" ")
        child = os.fork()
        if not child:
            try:
                with a_library() as library:
                    say(f"begun {os.getpid()}")
                    BY_NAME[name].do(library, Path(folder))
                    say("done")
                    signal.pause()  # who started this kills this, and nobody else's process
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        say("ended")


def main() -> int:
    parser = argparse.ArgumentParser()
    ways = parser.add_subparsers(dest="way", required=True)
    for way in ("record", "refuse"):
        under = ways.add_parser(way)
        under.add_argument("name", choices=BY_NAME)
        under.add_argument("folder", type=Path)
    under.add_argument("asked", nargs="+", metavar="KIND,ERROR,N")
    ways.add_parser("wait")
    given = parser.parse_args()
    if given.way == "wait":
        wait()
    elif given.way == "record":
        record(BY_NAME[given.name], given.folder)
    else:
        print(json.dumps(refuse(BY_NAME[given.name], given.folder, given.asked)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
