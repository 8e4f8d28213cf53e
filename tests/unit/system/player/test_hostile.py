"""Recordings with random damage: played or not, and nothing else."""

import io
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from memorybook.system.player import protocol
from memorybook.system.player.process import Process
from tests import recordings

KINDS = (
    lambda: recordings.sound("ipod", "aac"),
    lambda: recordings.wav(),
    lambda: recordings.sound("mp3", "libmp3lame", rate=44_100, cover=True),
    lambda: recordings.sound("ogg", "vorbis", layout="stereo"),
    lambda: recordings.sound("ogg", "libopus"),
    lambda: recordings.sound("flac", "flac"),
    lambda: recordings.sound("amr", "libopencore_amrnb", rate=8000),
    lambda: recordings.sound("asf", "wmav2"),
    lambda: recordings.video(),
    lambda: recordings.video("mov", "libx265"),
    lambda: recordings.video("webm", "libvpx-vp9", with_sound="libopus"),
    lambda: recordings.video("avi", "mpeg4", with_sound="libmp3lame"),
    lambda: recordings.video("mpegts", with_sound="ac3"),
    lambda: recordings.video("mov", "mjpeg", with_sound="pcm_s16le"),
    lambda: recordings.video(rotation=90),
)


def mutated(count: int, seed: int) -> Iterator[bytes]:
    """So many damaged recordings: cut off, with other bytes here and there or in the head, or with a hole."""
    chance = random.Random(seed)  # noqa: S311 the same damage every time
    for number in range(count):
        data = bytearray(KINDS[number % len(KINDS)]())
        harm = chance.randrange(4)
        if harm == 0:
            del data[chance.randrange(len(data)) :]
        elif harm == 1:
            for _ in range(chance.choice((1, 4, 30, 200))):
                data[chance.randrange(len(data))] = chance.randrange(256)
        elif harm == 2:
            for _ in range(chance.choice((1, 4, 30))):
                data[chance.randrange(min(600, len(data)))] = chance.choice((0, 1, 127, 128, 255))
        else:
            start, end = sorted(chance.randrange(len(data)) for _ in range(2))
            data[start:end] = chance.randbytes(chance.randrange(50))
        yield bytes(data)


@pytest.mark.parametrize(("count", "seed"), [(90, 1), pytest.param(900, 2, marks=pytest.mark.slow)])
def test_damage_never_hangs_or_stops_the_process(count: int, seed: int) -> None:
    """One process looks at all of them, and plays a little of those that can be played."""
    outcomes: Counter[str] = Counter()
    with Process(io.BytesIO()) as process:
        for data in mutated(count, seed):
            process._file, process.length = io.BytesIO(data), len(data)
            kind, body = process.ask(protocol.PROBE, protocol.LENGTH.pack(len(data)))
            assert kind == protocol.PROBED
            found = protocol.unpack_probed(body)
            outcomes["playable" if found.playable else "not playable"] += 1
            if found.playable:
                play(process, len(data))
    assert outcomes["playable"] > count / 3
    assert outcomes["not playable"] > count / 10


def play(process: Process, length: int) -> None:
    kind, body = process.ask(protocol.OPEN, protocol.LENGTH.pack(length))
    if kind == protocol.REFUSED:
        return
    protocol.unpack_opened(body)
    for milliseconds in (0, 500, 1700):
        process.ask(protocol.SEEK, protocol.TIME.pack(milliseconds))
        for _ in range(5):
            kind, body = process.ask(protocol.SOUND)
            if kind == protocol.PCM:
                protocol.unpack_pcm(body)
            kind, body = process.ask(protocol.PICTURE, protocol.TIME.pack(0))
            if kind == protocol.RGB:
                protocol.unpack_frame(body)
