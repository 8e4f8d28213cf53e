"""Opens a book, withdraws its sheet if asked to, and can kill itself before a step of its own choosing.

    python -m tests.reliability.renewer BOOK PASSPHRASE [--renew-to PASSPHRASE] [--kill-before STEP]

A step is anything that makes, renames or removes a file or a folder. They are counted from the moment at
which the book begins to be opened, or, with ``--renew-to``, to be renewed, which is told by the line "begun";
at the end "done" is told and how many steps there were.
"""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from memorybook.errors import WrongPassphrase
from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder

_STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}


class Steps:
    """Counts the steps, once told to; kills the process before one of them."""

    def __init__(self, kill_before: int) -> None:
        self.count = 0
        self._kill_before = kill_before
        self._counting = False
        sys.addaudithook(self._hear)

    def begin(self) -> None:
        self._counting = True
        print("begun", flush=True)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._counting or not (event in _STEPS or (event == "open" and _writes(arguments))):
            return
        self.count += 1
        if self.count == self._kill_before:
            os.kill(os.getpid(), signal.SIGKILL)


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and flags & os.O_ACCMODE != os.O_RDONLY


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("book", type=Path)
    parser.add_argument("passphrase")
    parser.add_argument("--renew-to")
    parser.add_argument("--kill-before", type=int, default=0)
    arguments = parser.parse_args()
    steps = Steps(arguments.kill_before)
    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=KdfCost(8192, 1, 1))
        if arguments.renew_to is None:
            steps.begin()
        try:
            vault = library.open(arguments.book, arguments.passphrase)
        except WrongPassphrase:  # the other book is whole; it has been put in its place all the same
            vault = None
        if vault is not None:
            if arguments.renew_to is not None:
                steps.begin()
                vault.ways.withdraw_sheet(
                    arguments.renew_to, "", progress=lambda _done, _total: None, stop=threading.Event()
                ).result()
            vault.close()
    print("done", steps.count, flush=True)


if __name__ == "__main__":
    main()
