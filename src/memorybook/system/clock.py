"""What time it is, as something that tests can set."""

import datetime
import sys
import time
from typing import Protocol


class Clock(Protocol):
    """The time of day and a stopwatch."""

    def now(self) -> datetime.datetime:
        """The present moment, aware, in the local time zone."""
        ...

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        ...

    def elapsed(self) -> float:
        """Seconds on a clock that never goes back and goes on while the computer sleeps."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime.datetime:
        """The present moment, aware, in the local time zone."""
        return datetime.datetime.now().astimezone()

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    def elapsed(self) -> float:
        """Seconds on a clock that never goes back and goes on while the computer sleeps."""
        seconds = time.monotonic()
        if sys.platform == "linux":
            seconds = time.clock_gettime(time.CLOCK_BOOTTIME)
        elif sys.platform == "darwin":  # Python's own monotonic clock stands still there, this one does not
            seconds = time.clock_gettime(time.CLOCK_MONOTONIC)
        return seconds
