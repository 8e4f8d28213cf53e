"""What time it is, as something that tests can set."""

import datetime
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


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime.datetime:
        """The present moment, aware, in the local time zone."""
        return datetime.datetime.now().astimezone()

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()
