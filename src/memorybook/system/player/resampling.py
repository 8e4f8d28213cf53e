"""Sound of whatever kind as numbers of one kind. Runs inside the player's process only."""

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from memorybook.system.player import containers


class Resampled:
    """Makes signed 16-bit sound of one rate and layout, also when the kind changes in the middle."""

    def __init__(self, layout: str, rate: int) -> None:
        self._wanted = ("s16", layout, rate)
        self._resampler: AudioResampler | None = None
        self._kind: tuple[str, str, int] | None = None

    def of(self, frame: AudioFrame) -> list[AudioFrame]:
        """What comes out when this goes in. Raises what ``containers.FALTERS`` lists."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        parts = [] if kind == self._kind else self.rest()
        if self._resampler is None:
            self._resampler, self._kind = AudioResampler(*self._wanted), kind
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
    """What is in there, without what lies behind its end."""
    return bytes(part.planes[0])[: part.samples * 2 * channels]
