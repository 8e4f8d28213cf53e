"""Makes the recording of the sample book, the same one every time: no heart is anybody's.

    python packaging/sample/heart.py [FILE]

It goes into resources/sample unless another file is named. Soft noise in two bursts a beat, as a Doppler
probe makes it, at about 158 beats a minute. Needs PyAV, as the app does.
"""

import array
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import av

RATE = 16_000
SECONDS = 14
PACKET = 1024


def beats(chance: Random) -> list[float]:
    """When each begins, in seconds: no two are quite as far apart."""
    found, at = [], 0.0
    while at < SECONDS:
        found.append(at)
        at += 60 / 158 * (1 + chance.uniform(-0.025, 0.025))
    return found


def sound() -> "array.array[int]":
    """The whole of it as signed 16-bit numbers, rising from silence and falling into it."""
    chance = Random(12)  # noqa: S311 - the same every time
    begins = beats(chance)
    numbers = array.array("h")
    low = band = 0.0
    beat = 0
    for number in range(RATE * SECONDS):
        time = number / RATE
        while beat + 1 < len(begins) and begins[beat + 1] <= time:
            beat += 1
        since = time - begins[beat]
        first, second = ((since - 0.07) / 0.035) ** 2, ((since - 0.22) / 0.045) ** 2
        loud = math.exp(-first) + 0.55 * math.exp(-second)
        noise = chance.uniform(-1, 1)
        band += 0.12 * (noise - band)
        low += 0.03 * (band - low)
        swell = (band - low) * 3.5 + 0.25 * math.sin(2 * math.pi * 95 * time)
        fade = min(1.0, time / 0.6, (SECONDS - time) / 1.2)
        numbers.append(max(-32_000, min(32_000, int((loud * swell + 0.012 * noise) * fade * 21_000))))
    return numbers


def main(arguments: Sequence[str]) -> None:
    """Write it as a telephone would, with nothing about anybody."""
    folder = Path(__file__).parents[2] / "resources" / "sample"
    target = Path(arguments[0]) if arguments else folder / "heart.m4a"
    numbers = sound()
    with av.open(str(target), "w", format="ipod") as output:
        stream = output.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = 32_000
        for at in range(0, len(numbers), PACKET):
            part = [number / 32_768 for number in numbers[at : at + PACKET]]
            part += [0.0] * (PACKET - len(part))
            frame = av.AudioFrame(format="fltp", layout="mono", samples=PACKET)
            frame.sample_rate, frame.pts = RATE, at
            frame.planes[0].update(array.array("f", part).tobytes())
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


if __name__ == "__main__":
    main(sys.argv[1:])
