"""Moments as the book keeps them."""

import datetime

from memorybook.system.clock import Clock


def stamp(clock: Clock) -> str:
    """The present moment as ISO 8601 in UTC, to the second: ``2026-10-03T18:04:05Z``."""
    return clock.now().astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
