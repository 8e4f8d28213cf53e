"""Keeps hold of every process begun below this one, so that none outlives it."""

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_POLL_SECONDS = 0.02


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent has ended, instead of the system's init."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def descendants(ancestor: int) -> list[int]:
    """Every running process below ``ancestor``, ended ones that nobody has waited for left out."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended while we looked
            # The name in the second field may hold anything, brackets and blanks included.
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                children.setdefault(int(parent), []).append(int(stat.parent.name))
    found: list[int] = []
    waiting = [ancestor]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def end_descendants(grace_seconds: float = 5.0) -> None:
    """End everything below this process: asked first, killed when it has not gone after ``grace_seconds``."""
    _signal_descendants(signal.SIGTERM)
    deadline = time.monotonic() + grace_seconds
    while _any_left():
        if time.monotonic() > deadline:
            _signal_descendants(signal.SIGKILL)
        time.sleep(_POLL_SECONDS)


def _signal_descendants(number: signal.Signals) -> None:
    for process in descendants(os.getpid()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)


def _any_left() -> bool:
    """Wait for the children that have ended; those adopted on the way are waited for at the next look."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return False
    return True
