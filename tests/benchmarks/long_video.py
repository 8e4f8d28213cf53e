"""A video of two gigabytes: brought into a book, opened from it, and gone about in.

    python -m tests.benchmarks.long_video [--gigabytes N] [--jumps N]

The video is one short piece of twenty megabits a second with sound, put end to end until it is long enough;
its index lies behind everything else, as a phone writes it. Every jump is timed from the wish to the picture
of that moment, and what was seen is compared with what was wished for. Beside it, the same with a plain file
that nothing protects. Memory is that of the app; the process that decodes is measured apart.
"""

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from memorybook.system.player import Playback
from tests.benchmarks import machine
from tests.benchmarks.stopwatch import forget_peak, peak_memory

GIGABYTES, JUMPS = 2.0, 60
_RATE, _SECONDS = 30, 2
_SOUND = 48_000


def film(path: Path, size: int) -> int:
    """A video of about so many bytes; the milliseconds it lasts."""
    pattern = Graph()
    source = pattern.add("testsrc2", f"size=1920x1080:rate={_RATE}:duration={_SECONDS}")
    grain = pattern.add("noise", "alls=28:allf=t")
    pattern.link_nodes(source, grain, pattern.add("buffersink")).configure()
    with av.open(str(path), "w", format="mp4") as output:
        video = output.add_stream("libx264", rate=_RATE)
        video.width, video.height, video.pix_fmt = 1920, 1080, "yuv420p"
        video.bit_rate = 20_000_000
        video.options = {"preset": "ultrafast", "tune": "zerolatency"}
        video.codec_context.gop_size = _RATE
        sound = output.add_stream("aac", rate=_SOUND, layout="stereo")
        pictures, sounds = [], []
        for number in range(_RATE * _SECONDS):
            frame = pattern.vpull().reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, _RATE)
            pictures += video.encode(frame)
        pictures += video.encode(None)
        for at in range(0, _SOUND * _SECONDS, 1024):
            heard = AudioFrame("fltp", "stereo", 1024)
            heard.sample_rate, heard.pts = _SOUND, at
            for plane in heard.planes:
                plane.update(bytes(plane.buffer_size))
            sounds += sound.encode(heard)
        pieces = sorted(
            ((packet, bytes(packet)) for packet in pictures + sounds), key=lambda each: _when(each[0])
        )
        times = size // sum(len(data) for _, data in pieces)
        for turn in range(times):
            for packet, data in pieces:
                copy = av.Packet(data)
                copy.stream, copy.time_base = packet.stream, packet.time_base
                shift = round(turn * _SECONDS / (packet.time_base or Fraction(1)))
                copy.pts, copy.dts = (packet.pts or 0) + shift, (packet.dts or 0) + shift
                copy.is_keyframe = packet.is_keyframe
                output.mux(copy)
    return int(times) * _SECONDS * 1000


def _when(packet: "av.Packet[av.VideoStream] | av.Packet[av.AudioStream]") -> float:
    return float((packet.dts or 0) * (packet.time_base or 0))


def opened(make: Callable[[], Playback]) -> tuple[Playback, float]:
    """A playback whose first picture is there, and the milliseconds that took."""
    began = time.perf_counter()
    playback = make()
    playback.fit(1280, 720)
    playback.start()
    _picture(playback)
    return playback, (time.perf_counter() - began) * 1000


def jumped(playback: Playback, places: Sequence[int]) -> list[float]:
    """Milliseconds from each wish to its picture."""
    took = []
    for place in places:
        began = time.perf_counter()
        playback.seek(place)
        shown = _picture(playback)
        took.append((time.perf_counter() - began) * 1000)
        if abs(shown - place) > 2 * 1000 / _RATE:
            raise RuntimeError(f"{shown} was shown instead of {place}")
    return took


def _picture(playback: Playback) -> int:
    while True:
        frame = playback.frame()
        if frame is not None:
            return frame.milliseconds
        if playback.problem is not None:
            raise playback.problem
        time.sleep(0.001)


def main() -> int:
    """Measure, and say it in a few lines."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--gigabytes", type=float, default=GIGABYTES)
    parser.add_argument("--jumps", type=int, default=JUMPS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="memorybook-long-video-") as name, Decoder() as decoder:
        path = Path(name) / "film.mp4"
        milliseconds = film(path, round(given.gigabytes * 1e9))
        chance = random.Random(1)  # noqa: S311 the same places every time
        places = [chance.randrange(milliseconds - 1000) for _ in range(given.jumps)]
        library = Library(decoder=decoder, clock=SystemClock(), kdf=KdfCost(8192, 1, 1))
        vault = library.create(Path(name) / "book", "a passphrase for measuring")
        forget_peak()
        before = peak_memory()
        began = time.perf_counter()
        account = vault.recordings.bring([path], told=lambda _: None).done.result()
        bringing = time.perf_counter() - began
        (recording,) = account.added
        neighbours = machine.Neighbours()
        lines = []
        for what, make in (
            ("from the book", lambda: vault.recordings.open(recording)),
            ("from a plain file", lambda: Playback(lambda: path.open("rb"))),
        ):
            playback, first = opened(make)
            took = jumped(playback, places)
            worker = _peak_of(playback.worker_id)
            playback.close()
            lines.append(
                f"{what}: first picture after {first:,.0f} ms; a jump {statistics.median(took):,.0f} ms, "
                f"the slowest {max(took):,.0f} ms; the process at most {worker:,.0f} MiB"
            )
        share = neighbours.share()
        grown = peak_memory() - before
        vault.close()
        size = path.stat().st_size / 1e9
    print(machine.description())
    print(f"{size:.2f} GB, {milliseconds / 60_000:.0f} minutes of 1920 x 1080, {given.jumps} jumps")
    print(f"brought in and looked at: {bringing:,.1f} s, {size * 1000 / bringing:,.0f} MB a second")
    print(*lines, sep="\n")
    print(f"the app's memory grew by {grown:,.0f} MiB at most, with all of this")
    print(f"others used {share:.0%} of the processors meanwhile")
    return 0


def _peak_of(worker: int | None) -> float:
    status = Path(f"/proc/{worker}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
