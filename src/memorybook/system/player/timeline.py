"""What is ready to be heard and seen, and what time it is in a recording. No thread and no process in here.

The sound card is the clock where there is one: it takes sound at its own pace, and the time is that of what
it took, less what it still holds. Without a card, and behind the end of the sound, time passes by itself. It
stands still while nothing is ready. Moments are monotonic seconds, times in the recording milliseconds.
"""

from collections import deque
from typing import Final

from memorybook.system.player.protocol import RATE, SAMPLE, Frame, Opened, Pcm

SOUND_AHEAD: Final = 1000
"""So many milliseconds of sound are kept ready ..."""
SOUND_TO_START: Final = 200
"""... and so many have to be, to begin."""

FRAMES_AHEAD: Final = 8
BYTES_AHEAD: Final = 48 * 1024 * 1024
"""So many pictures, or bytes of them, are kept ready at most."""

_PATIENCE: Final = 1000
"""A video too heavy for the computer is over so many milliseconds behind its end, whatever is to come."""


class Timeline:
    """The state of a playback. Not thread-safe: its owner sees to it that one thread at a time is in here."""

    def __init__(self) -> None:
        self.facts: Opened | None = None
        self.is_playing = False
        self.has_ended = False
        self.latency: float | None = None
        """How far the sound card is behind, in milliseconds; ``None`` without one."""
        self.supplied_at: float | None = None
        """When the sound card last asked for sound."""
        self._base = 0.0
        self.restart(0)

    def restart(self, milliseconds: int, *, has_ended: bool = False) -> None:
        """Nothing is ready, and it is this time."""
        self._sounds: deque[Pcm] = deque()
        self._skipped = 0
        self._queued = 0
        self._frames: deque[Frame] = deque()
        self._sound_is_over = False
        self._pictures_are_over = False
        self._sound_until = float(milliseconds)
        self._pictures_until = float(milliseconds)
        self._taken_until = float(milliseconds)
        self._base = float(milliseconds)
        self._anchor: tuple[float, float] | None = None
        self._stands = True
        self._is_fresh = True
        self.has_ended = has_ended

    # what is added

    def add_sound(self, pcm: Pcm) -> None:
        """More sound, after what is there."""
        self._sounds.append(pcm)
        self._queued += len(pcm.data)
        self._sound_until = max(self._sound_until, pcm.milliseconds + _lasts(len(pcm.data)))

    def add_frame(self, frame: Frame) -> None:
        """One more picture, after those that are there."""
        self._frames.append(frame)
        self._pictures_until = max(self._pictures_until, frame.milliseconds + frame.lasts)

    def end_sound(self) -> None:
        """There is no more sound after what is there."""
        self._sound_is_over = True

    def end_pictures(self) -> None:
        """There are no more pictures after those that are there."""
        self._pictures_are_over = True

    @property
    def sound_ahead(self) -> float:
        """So many milliseconds of sound are ready."""
        return _lasts(self._queued - self._skipped)

    @property
    def wants_sound(self) -> bool:
        """Whether more sound is to be made ready."""
        known = self.facts is not None and self.facts.has_sound
        return known and not self._sound_is_over and self.sound_ahead < SOUND_AHEAD

    @property
    def wants_pictures(self) -> bool:
        """Whether more pictures are to be made ready."""
        known = self.facts is not None and self.facts.has_pictures
        room = len(self._frames) < FRAMES_AHEAD and sum(len(each.rgb) for each in self._frames) < BYTES_AHEAD
        return known and not self._pictures_are_over and room

    # what is taken

    def supply(self, number: int, now: float) -> bytes:
        """The next ``number`` moments of sound for the card, or fewer: the rest is silence."""
        self.supplied_at = now
        self._settle(now)
        if not self.is_playing or self._stands or self.latency is None or not self._sounds:
            return b""
        begins = self._sounds[0].milliseconds + _lasts(self._skipped)
        parts: list[bytes] = []
        wanted = number * SAMPLE
        while wanted and self._sounds:
            head = self._sounds[0]
            part = head.data[self._skipped : self._skipped + wanted]
            parts.append(part)
            wanted -= len(part)
            self._skipped += len(part)
            self._taken_until = head.milliseconds + _lasts(self._skipped)
            if self._skipped == len(head.data):
                self._drop_sound()
        self._anchor = (begins - self.latency, now)
        if not self._sounds and not self._sound_is_over:
            self._stands = True
        return b"".join(parts)

    def frame(self, now: float) -> Frame | None:
        """The newest picture that is due and was not given yet; after a restart the first, due or not."""
        time = self.position(now)
        found: Frame | None = None
        while self._frames and (self._is_fresh or self._frames[0].milliseconds <= time):
            found = self._frames.popleft()
            self._is_fresh = False
        return found

    def position(self, now: float) -> float:
        """What time it is in the recording, in milliseconds."""
        self._settle(now)
        self._base = self._time(now)  # it never goes back, though the card asks now early, now late
        return min(self._base, self._end) if self.facts is not None else self._base

    def play(self, now: float) -> None:
        """Let time pass, as soon as there is something ready."""
        self._base = self._time(now)
        self.is_playing = True
        self.supplied_at = None

    def pause(self, now: float) -> None:
        """Let time stand."""
        self._base = self._time(now)
        self._anchor = None
        self.is_playing = False
        self._stands = True

    def without_card(self, now: float) -> None:
        """There is no sound card, or none any more: time passes by itself."""
        self._base = self._time(now)
        self.latency = None
        self._anchor = None
        self._stands = True

    def _time(self, now: float) -> float:
        if self._anchor is None:
            return self._base
        time, moment = self._anchor
        time += (now - moment) * 1000
        if self._is_led_by_card:
            time = min(time, self._taken_until)
        return max(self._base, time)

    @property
    def _is_led_by_card(self) -> bool:
        return self.latency is not None and not self._is_silent

    @property
    def _is_silent(self) -> bool:
        """Whether there is no sound from here to the end."""
        if self.facts is None or not self.facts.has_sound:
            return True
        return self._sound_is_over and not self._sounds

    @property
    def _is_ready(self) -> bool:
        if self.facts is None:
            return False
        sounds = not self.facts.has_sound or self._sound_is_over or self.sound_ahead >= SOUND_TO_START
        pictures = not self.facts.has_pictures or self._pictures_are_over or bool(self._frames)
        return sounds and pictures

    def _settle(self, now: float) -> None:
        """Begin when all is ready, leave behind what is past, and notice the end."""
        if not self.is_playing:
            return
        if self._stands and self._is_ready:
            self._stands = False
        if self._stands:
            return
        if self._anchor is None and not self._is_led_by_card:
            self._anchor = (self._base, now)
        time = self._time(now)
        while self.latency is None and self._sounds and self._head_until <= time:
            self._drop_sound()
        while len(self._frames) > 1 and self._frames[1].milliseconds <= time:
            self._frames.popleft()
        no_more_pictures = self._pictures_are_over or self.facts is None or not self.facts.has_pictures
        until = max(self._sound_until, self._pictures_until) if no_more_pictures else self._end + _PATIENCE
        if self._is_silent and time >= until:
            self.is_playing = False
            self.has_ended = True
            self._anchor = None
            self._stands = True
            self._base = self._end

    @property
    def _end(self) -> float:
        """When it ends, by its own account, or later if there is more of it."""
        known = None if self.facts is None else self.facts.milliseconds
        return max(float(known or 0), self._sound_until, self._pictures_until)

    @property
    def _head_until(self) -> float:
        return self._sounds[0].milliseconds + _lasts(len(self._sounds[0].data))

    def _drop_sound(self) -> None:
        self._queued -= len(self._sounds.popleft().data)
        self._skipped = 0


def _lasts(number: int) -> float:
    """For so many milliseconds this many bytes of sound last."""
    return number * 1000 / (SAMPLE * RATE)
