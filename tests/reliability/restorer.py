"""Brings a book back and puts it in its place, and can kill itself before a step of its own choosing.

    python -m tests.reliability.restorer COPY TARGET PASSPHRASE [--kill-before STEP]

Steps are those of :mod:`tests.reliability.renewer`. "begun" is told at the beginning, "deciding" once all of
it is verified and the swap begins, "done" at the end with how many steps there were.
"""

import argparse
import threading
from pathlib import Path

from memorybook.services.restoring import ByPassphrase, Restoring
from memorybook.system.clock import SystemClock
from tests.reliability.renewer import Steps


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("copy", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("passphrase")
    parser.add_argument("--kill-before", type=int, default=0)
    arguments = parser.parse_args()
    steps = Steps(arguments.kill_before)
    restoring = Restoring(SystemClock())
    (copy, *_) = restoring.find(arguments.copy)
    steps.begin()
    way = ByPassphrase(arguments.passphrase)
    restored = restoring.take(copy, arguments.target, way, lambda _: None, threading.Event())
    assert restored.is_whole
    print("deciding", steps.count, flush=True)
    restoring.put_in_place(restored)
    print("done", steps.count, flush=True)


if __name__ == "__main__":
    main()
