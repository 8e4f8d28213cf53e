"""Playing one recording, as the window sees it: it looks at what is ready, and leaves wishes."""

import threading
import time
import weakref
from collections.abc import Callable
from typing import BinaryIO, Final

from memorybook.errors import MemoryBookError, NoSoundDevice
from memorybook.system.player import protocol
from memorybook.system.player.feeding import Feed
from memorybook.system.player.protocol import Frame

_CLOSING: Final = 0.08
"""So many seconds are waited at most for the thread to be done with what it closes."""


class Playback:
    """One recording that can be heard and seen. Every method is quick, and for any thread."""

    def __init__(self, open_file: Callable[[], BinaryIO]) -> None:
        """``open_file`` gives the recording, to be read at any place; it is called, and closed, on a thread.

        What that raises, and what reading raises, becomes ``problem``.
        """
        self._feed = Feed(open_file)
        self._gate = self._feed.gate
        self._timeline = self._feed.timeline
        self._thread: threading.Thread | None = None
        weakref.finalize(self, self._feed.stop)  # one that nobody has any more plays no more

    def start(self) -> None:
        """Make the beginning ready, without playing it. Further calls do nothing."""
        with self._gate:
            if self._thread is None and not self._feed.is_over:
                self._thread = threading.Thread(target=self._feed.run, name="playback", daemon=True)
                self._thread.start()

    def play(self) -> None:
        """Go on; from the beginning when it has ended. A sound card that was missing is looked for again."""
        self.start()
        with self._gate:
            if isinstance(self._feed.problem, NoSoundDevice):
                self._feed.problem = None
            if self._timeline.has_ended:
                self._feed.go_to(0)
            if not self._feed.is_over:
                self._timeline.play(time.monotonic())
            self._gate.notify_all()

    def pause(self) -> None:
        """Stop where it is."""
        with self._gate:
            self._timeline.pause(time.monotonic())
            self._gate.notify_all()

    def seek(self, milliseconds: int) -> None:
        """Go to that time, and go on playing if it plays."""
        with self._gate:
            facts = self._timeline.facts
            known = None if facts is None else facts.milliseconds
            self._feed.go_to(max(0, min(milliseconds, protocol.LONGEST if known is None else known)))

    def fit(self, width: int, height: int) -> None:
        """The box that pictures are to fit into, in pixels. One that stands comes again in that size."""
        across, down = (max(2, min(each, protocol.LONGEST_EDGE)) for each in (width, height))
        with self._gate:
            if self._feed.box == (across, down):
                return
            self._feed.box = (across, down)
            if self.has_pictures and not self._timeline.is_playing:
                self._feed.go_to(self.position, has_ended=self._timeline.has_ended)
            self._gate.notify_all()

    def frame(self) -> Frame | None:
        """The newest picture that is due, if there is one that was not given yet."""
        with self._gate:
            return self._timeline.frame(time.monotonic())

    @property
    def position(self) -> int:
        """What time it is in the recording, in milliseconds."""
        with self._gate:
            return round(self._timeline.position(time.monotonic()))

    @property
    def duration(self) -> int | None:
        """How long it is in milliseconds, once that is known, and if it ever is."""
        facts = self._timeline.facts
        return None if facts is None else facts.milliseconds

    @property
    def is_ready(self) -> bool:
        """Whether it is known what there is to hear and see."""
        return self._timeline.facts is not None

    @property
    def is_playing(self) -> bool:
        """Whether it plays, or will as soon as there is something ready."""
        with self._gate:
            self._timeline.position(time.monotonic())
            return self._timeline.is_playing

    @property
    def ended(self) -> bool:
        """Whether it has been played to its end."""
        with self._gate:
            self._timeline.position(time.monotonic())
            return self._timeline.has_ended

    @property
    def has_sound(self) -> bool:
        """Whether there is something to hear, once known."""
        facts = self._timeline.facts
        return facts is not None and facts.has_sound

    @property
    def has_pictures(self) -> bool:
        """Whether there is something to see, once known."""
        facts = self._timeline.facts
        return facts is not None and facts.has_pictures

    @property
    def problem(self) -> MemoryBookError | None:
        """What is in the way. With ``NoSoundDevice`` it plays on in silence; with any other it is over."""
        return self._feed.problem

    @property
    def worker_id(self) -> int | None:
        """What the operating system calls the process that reads, while there is one."""
        process = self._feed.process
        return None if process is None else process.process_id

    def close(self) -> None:
        """End it for good, also in the middle: within a tenth of a second nothing of it is heard or kept."""
        self._feed.stop()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_CLOSING)
