"""Looking at a playback as a window does: now and again, until something is so."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from memorybook.system.player import Frame, Playback

LONG = 60.0
_BREATH = threading.Event()
"""Never set: a look every two milliseconds leaves the processor to those that are waited for."""


def until(condition: Callable[[], object]) -> None:
    """Wait for something that another thread or process is about to do."""
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end
        _BREATH.wait(0.002)


@contextmanager
def opened(data: bytes) -> Iterator[Playback]:
    """A recording that was started, and is closed in the end."""
    playback = Playback(lambda: io.BytesIO(data))
    playback.start()
    try:
        yield playback
    finally:
        playback.close()


def next_frame(playback: Playback) -> Frame:
    """The next picture there is to show."""
    found: list[Frame] = []

    def look() -> bool:
        frame = playback.frame()
        if frame is not None:
            found.append(frame)
        return bool(found)

    until(look)
    return found[0]


def watched(playback: Playback) -> list[tuple[int, Frame]]:
    """Every picture until the end, with the time it was given at."""
    seen: list[tuple[int, Frame]] = []

    def look() -> bool:
        frame = playback.frame()
        if frame is not None:
            seen.append((playback.position, frame))
        return playback.ended

    until(look)
    return seen


def colour(frame: Frame, across: float = 0.75, down: float = 0.75) -> tuple[int, int, int]:
    """The colour of a place in the picture, by default in the quarter that tells the time."""
    at = (int(frame.height * down) * frame.width + int(frame.width * across)) * 3
    red, green, blue = frame.rgb[at : at + 3]
    return red, green, blue
