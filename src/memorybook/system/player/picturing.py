"""The pictures of a video from any moment on, upright and of a size. Runs in the player's process only."""

from fractions import Fraction
from typing import Final

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from memorybook.system.player import containers
from memorybook.system.player.making import Maker
from memorybook.system.player.protocol import LONGEST, LONGEST_EDGE, Frame
from memorybook.system.player.ranges import Ranges

_LASTS: Final = 40
"""A picture of which nothing is said lasts so many milliseconds."""

_LATE: Final = 400
"""A video that is so many milliseconds behind leaves out what no other picture is made from."""

_EARLIER: Final = (1000, 4000, 16_000, 64_000)
"""In tape-like files a place is found by trying: so many milliseconds ahead of it, one after another."""

_MOST_LEFT_OUT: Final = 10
"""So many late pictures in a row are not shown; then comes one all the same, so that something moves."""


class Pictures:
    """The pictures of one file. Raises what ``containers.FALTERS`` lists when the file cannot be opened."""

    def __init__(self, file: Ranges) -> None:
        self._container = containers.opened(file)
        stream = containers.pictures_of(self._container)
        if stream is None:
            raise ValueError("no pictures")
        self._stream = stream
        containers.only(self._container, stream)
        self._begins = containers.begins_at(self._container)
        rate = stream.average_rate or stream.guessed_rate
        self._lasts = max(1, round(1000 / rate)) if rate else _LASTS
        self._box = (LONGEST_EDGE, LONGEST_EDGE)
        self._maker = Maker(stream.codec_context.sample_aspect_ratio)
        self.go_to(0)

    def go_to(self, milliseconds: int) -> None:
        """Go on from there: the next picture is the one that is to be seen at that moment."""
        self._wanted = milliseconds
        self._decoded: list[tuple[int, int, VideoFrame]] = []
        self._before: tuple[int, int, VideoFrame] | None = None
        self._left_out = 0
        self._has_ended = False
        self._stream.codec_context.skip_frame = "DEFAULT"
        self._is_found = False
        self._earlier = iter(_EARLIER)
        self._read_from(milliseconds)

    def fit(self, width: int, height: int) -> None:
        """The box that what follows is to fit into, in pixels."""
        self._box = (max(2, min(width, LONGEST_EDGE)), max(2, min(height, LONGEST_EDGE)))

    def step(self) -> bool:
        """Decode a little more. Whether there may be more to come."""
        packet: Packet[VideoStream] | None = next(self._packets, None)
        if packet is None:
            self._has_ended = not self._reads_from_earlier()
            return not self._has_ended
        with containers.tolerant():
            for frame in packet.decode():
                self._decoded.append(self._timed(frame))
        if self._decoded and not self._is_found:
            starts, lasts, _ = self._decoded[0]
            self._is_found = starts <= self._wanted + lasts or not self._reads_from_earlier()
        return True

    def take(self, now: int) -> Frame | None:
        """The next picture to show, of those that were decoded; late ones are passed over.

        ``now`` is the time it is in the recording at this moment, in milliseconds.
        """
        while self._decoded:
            starts, lasts, frame = self._decoded.pop(0)
            if starts + lasts <= self._wanted:
                self._before = (starts, lasts, frame)
                continue
            self._before = None
            behind = now - (starts + lasts)
            self._stream.codec_context.skip_frame = "NONREF" if behind > _LATE else "DEFAULT"
            if behind > 0 and self._left_out < _MOST_LEFT_OUT:
                self._left_out += 1
                continue
            self._left_out = 0
            return self._made(starts, lasts, frame)
        if self._has_ended and self._before is not None:  # the very end shows the last picture
            (starts, lasts, frame), self._before = self._before, None
            return self._made(starts, lasts, frame)
        return None

    def _read_from(self, milliseconds: int) -> None:
        self._from = self._next = milliseconds
        self._decoded.clear()
        with containers.tolerant():
            start = self._begins + Fraction(milliseconds, 1000)
            self._container.seek(round(start * av.time_base), backward=True)
        self._packets = containers.packets(self._container, self._stream)

    def _reads_from_earlier(self) -> bool:
        """Start further ahead, where a file led into the middle of pictures that need earlier ones.

        Whether there is anything further ahead, and nothing was found so far.
        """
        if self._is_found or self._from <= 0:
            return False
        self._read_from(max(0, self._wanted - next(self._earlier, self._wanted)))
        return True

    def _timed(self, frame: VideoFrame) -> tuple[int, int, VideoFrame]:
        lasts = self._lasts
        if frame.time_base is not None and frame.duration:
            lasts = max(1, min(10_000, round(frame.duration * frame.time_base * 1000)))
        starts = self._next
        if frame.pts is not None and frame.time_base is not None:
            starts = round((frame.pts * frame.time_base - self._begins) * 1000)
        starts = max(0, min(starts, LONGEST))
        self._next = min(starts + lasts, LONGEST)
        return starts, lasts, frame

    def _made(self, starts: int, lasts: int, frame: VideoFrame) -> Frame | None:
        with containers.tolerant():
            width, height, rgb = self._maker.rgb(frame, self._box)
            return Frame(width, height, rgb, starts, lasts)
        return None
