"""Sound of whatever kind as numbers of one kind. Runs inside the player's process only."""

import array

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from memorybook.system.player import containers


class Resampled:
    """Makes signed 16-bit sound of one rate and layout, also when the kind changes in the middle."""

    def __init__(self, layout: str, rate: int) -> None:
        self._layout, self._rate = layout, rate
        self._resampler: AudioResampler | None = None
        self._kind: tuple[str, str, int] | None = None

    def of(self, frame: AudioFrame) -> list[AudioFrame]:
        """What comes out when this goes in. Raises what ``containers.FALTERS`` lists."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        parts = [] if kind == self._kind else self.rest()
        if self._resampler is None:
            # One voice stays one, and is doubled below: FFmpeg would make it quieter on its way to two sides.
            layout = self._layout if frame.layout.nb_channels > 1 else "mono"
            self._resampler, self._kind = AudioResampler("s16", layout, self._rate), kind
        try:
            return parts + self._resampler.resample(frame)
        except containers.FALTERS:
            self._resampler = self._kind = None  # it must not be asked again: that would end the process
            raise

    def rest(self) -> list[AudioFrame]:
        """What it still holds. Raises what ``containers.FALTERS`` lists."""
        if self._resampler is None:
            return []
        resampler, self._resampler, self._kind = self._resampler, None, None
        return resampler.resample(None)


def numbers(part: AudioFrame, channels: int) -> bytes:
    """What is in there, for so many sides, without what lies behind its end."""
    has = part.layout.nb_channels
    data = bytes(part.planes[0])[: part.samples * 2 * has]
    if has == channels:
        return data
    one, both = array.array("h", data), array.array("h", bytes(2 * len(data)))
    both[0::2] = both[1::2] = one
    return both.tobytes()
