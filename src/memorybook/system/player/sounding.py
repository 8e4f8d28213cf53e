"""The sound of a recording from any moment on, as even pieces. Runs inside the player's process only."""

from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from memorybook.system.player import containers
from memorybook.system.player.protocol import CHANNELS, RATE, SAMPLE, Pcm
from memorybook.system.player.ranges import Ranges
from memorybook.system.player.resampling import Resampled, numbers

PIECE: Final = RATE // 10
"""So many moments make a piece, a tenth of a second."""

_RUN_UP: Final = 250
"""A decoder is started so many milliseconds ahead: its first sounds are not yet right."""

_TOLERANCE: Final = RATE // 10
"""Gaps and overlaps up to this are the rounding of a container; larger ones are meant."""

_LEAP: Final = 10 * RATE
"""Larger ones are a clock that was set anew: what follows is played as if it followed."""
_LEAP_AT_FIRST: Final = 24 * 3600 * RATE


class Sounds:
    """The sound of one file. Raises what ``containers.FALTERS`` lists when the file cannot be opened."""

    def __init__(self, file: Ranges) -> None:
        self._container = containers.opened(file)
        stream = containers.sound_of(self._container)
        if stream is None:
            raise ValueError("no sound")
        self._stream = stream
        containers.only(self._container, stream)
        self._begins = containers.begins_at(self._container)
        self.go_to(0)

    def go_to(self, milliseconds: int) -> None:
        """Go on from there. A file that cannot be moved about in is read on from where it is."""
        self._at = milliseconds * RATE // 1000
        self._slipped = 0
        self._is_first = True
        self._has_ended = False
        self._held = bytearray()
        self._resampled = Resampled("stereo", RATE)
        start = self._begins + max(0, milliseconds - _RUN_UP) / 1000
        with containers.tolerant():
            self._container.seek(round(start * av.time_base), backward=True)
        self._packets = containers.packets(self._container, self._stream)

    def step(self) -> bool:
        """Decode a little more. Whether there may be more to come."""
        packet: Packet[AudioStream] | None = next(self._packets, None)
        if packet is None:
            if not self._has_ended:
                self._has_ended = True
                with containers.tolerant():
                    self._take(self._resampled.rest())
            return False
        with containers.tolerant():
            for frame in packet.decode():
                self._add(frame)
        return True

    @property
    def is_piece_ready(self) -> bool:
        """Whether a whole piece has been decoded."""
        return len(self._held) >= PIECE * SAMPLE

    def piece(self) -> Pcm | None:
        """What has been decoded, a piece of it at most; ``None`` when there is nothing."""
        taken = bytes(self._held[: PIECE * SAMPLE])
        if not taken:
            return None
        begins = self._at - len(self._held) // SAMPLE
        del self._held[: len(taken)]
        return Pcm(begins * 1000 / RATE, taken)

    def _add(self, frame: AudioFrame) -> None:
        if frame.pts is not None and frame.time_base is not None:
            starts = round((frame.pts * frame.time_base - self._begins) * RATE)
            gap = starts + self._slipped - self._at
            if abs(gap) > (_LEAP_AT_FIRST if self._is_first else _LEAP):
                self._slipped -= gap
                gap = 0
            if gap > _TOLERANCE or (self._is_first and gap > 0):
                # A silence is kept in step by being played. One longer than a minute is passed over.
                quiet = min(gap, 60 * RATE)
                self._at += gap
                self._held += bytes(quiet * SAMPLE)
            elif -gap > _TOLERANCE or (self._is_first and gap < 0):
                self._drop(frame, -gap)
                return
        self._take(self._resampled.of(frame))

    def _drop(self, frame: AudioFrame, number: int) -> None:
        """Leave out what lies before the moment that is wanted."""
        for part in self._resampled.of(frame):
            if part.samples <= number:
                number -= part.samples
            else:
                self._keep(part, number)
                number = 0

    def _take(self, parts: list[AudioFrame]) -> None:
        for part in parts:
            self._keep(part, 0)

    def _keep(self, part: AudioFrame, skip: int) -> None:
        self._is_first = False
        self._held += numbers(part, CHANNELS)[skip * SAMPLE :]
        self._at += part.samples - skip
