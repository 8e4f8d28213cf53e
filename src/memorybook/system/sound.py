"""The sound card of the computer: takes sound at its own pace, while something plays."""

import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from memorybook.errors import NoSoundDevice

if TYPE_CHECKING:
    import miniaudio

RATE: Final = 48_000
CHANNELS: Final = 2
"""Signed 16-bit sound, left and right; the card's own side makes of it what the card wants."""

_PERIOD: Final = 40
_PERIODS: Final = 4
"""The card holds four times forty milliseconds: a window that is busy for a moment is not heard."""

CARDS: Final = "/dev/snd"
"""Where Linux lists the sound cards."""

_NAME: Final = "Memory Book"
"""What the computer's mixer shows."""


class Sink:
    """An open sound card. For one thread; sound is asked for on a thread of the card's."""

    def __init__(self, supply: Callable[[int], bytes]) -> None:
        """``supply`` gives so many moments of sound, or fewer: the rest is silence.

        Raises ``NoSoundDevice``.
        """
        import miniaudio  # starts no thread and touches no device by itself, but loading it takes time

        self._supply = supply
        try:
            self._device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=CHANNELS,
                sample_rate=RATE,
                buffersize_msec=_PERIOD,
                callback_periods=_PERIODS,
                backends=_backends(),
                app_name=_NAME,
            )
        except miniaudio.MiniaudioError:
            raise NoSoundDevice from None
        self._failures = (miniaudio.MiniaudioError,)

    @property
    def latency(self) -> float:
        """What is taken now is heard so many milliseconds later."""
        return float(_PERIOD * (_PERIODS - 1))  # it asks for one part when the others are still to be heard

    def start(self) -> None:
        """Begin to take sound. Raises ``NoSoundDevice``."""
        asked = self._asked()
        next(asked)
        try:
            self._device.start(asked)
        except self._failures:
            raise NoSoundDevice from None

    def stop(self) -> None:
        """Take no more sound until the next start. Waits until what was taken has been heard."""
        self._device.stop()

    def close(self) -> None:
        """Give the card back."""
        self._device.close()

    def _asked(self) -> Generator[bytes, int, None]:
        number = yield b""
        while True:
            number = yield self._supply(number)


def _backends() -> "list[miniaudio.Backend]":
    """The ways to a sound card that are tried. Never the one that swallows sound, where there is no card.

    On Linux the sound server, which PipeWire is as well; without one the card itself, if there is any: asking
    for it in vain fills the terminal with complaints.
    """
    from miniaudio import Backend

    if sys.platform == "win32":
        return [Backend.WASAPI, Backend.DSOUND]
    if sys.platform == "darwin":
        return [Backend.COREAUDIO]
    return [Backend.PULSEAUDIO, *([Backend.ALSA] if Path(CARDS).is_dir() else [])]
