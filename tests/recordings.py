"""Recordings made for the tests, by the encoders of the library that reads them in the limited process."""

import array
import io
import math
import struct
import wave
from fractions import Fraction
from functools import cache

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

RATE = 48_000


def tone(
    seconds: float = 1.0, rate: int = RATE, channels: int = 1, hertz: float = 440.0
) -> "array.array[int]":
    """A steady tone as signed 16-bit numbers."""
    one = [round(12_000 * math.sin(2 * math.pi * hertz * at / rate)) for at in range(round(seconds * rate))]
    return array.array("h", [number for number in one for _ in range(channels)])


def heart(seconds: float = 3.0, rate: int = 8000) -> "array.array[int]":
    """Two low beats a second with silence between them."""
    numbers = array.array("h")
    for at in range(round(seconds * rate)):
        since = (at % (rate // 2)) / rate
        numbers.append(round(20_000 * math.exp(-since * 40) * math.sin(2 * math.pi * 60 * since)))
    return numbers


def wav(sound: "array.array[int] | None" = None, rate: int = 8000, channels: int = 1) -> bytes:
    """A plain wav file: three seconds of a heart, if nothing else is said."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(channels)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes((heart() if sound is None else sound).tobytes())
    return file.getvalue()


@cache
def sound(
    container: str,
    codec: str,
    *,
    rate: int = RATE,
    layout: str = "mono",
    seconds: float = 1.0,
    metadata: tuple[tuple[str, str], ...] = (),
    cover: bool = False,
) -> bytes:
    """A tone in this container and codec; with a picture of a record sleeve, if wanted."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        output.metadata.update(dict(metadata))
        stream = output.add_stream(codec, rate=rate, layout=layout)
        stream.bit_rate = 64_000
        stream.options = {"strict": "experimental"}  # as the Vorbis encoder wants it
        sleeve = None
        if cover:
            sleeve = output.add_stream("mjpeg")
            sleeve.width = sleeve.height = 64
            sleeve.pix_fmt = "yuvj420p"
            sleeve.disposition = 1024  # an attached picture
        _mux_sound(output, stream, rate, layout, seconds)
        if sleeve is not None:
            for packet in sleeve.encode(_coloured(64, 64, (200, 40, 40)).reformat(format="yuvj420p")):
                output.mux(packet)
    return file.getvalue()


_OPTIONS = {
    "libx264": {"preset": "ultrafast"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    "libsvtav1": {"preset": "12"},
}


@cache
def video(
    container: str = "mp4",
    codec: str = "libx264",
    *,
    width: int = 320,
    height: int = 180,
    seconds: float = 2.0,
    every: tuple[int, ...] = (40,),
    rotation: int = 0,
    with_sound: str = "aac",
    sound_seconds: float | None = None,
    options: tuple[tuple[str, str], ...] = (),
    metadata: tuple[tuple[str, str], ...] = (),
    apart: bool = False,
    dark: bool = False,
    bright: int = 0,
) -> bytes:
    """A video whose colour tells the time: red rises by one every hundredth of a second, from 20.

    Its upper left quarter is blue. ``every`` is how long the pictures last, in turn, in milliseconds. With
    ``apart`` all of the sound comes behind all of the pictures; ``dark``, the first second is black.
    ``bright`` is the transfer of a high dynamic range, 16 or 18, which is claimed and not meant.
    """
    file = io.BytesIO()
    asked = {"max_interleave_delta": "1"} if apart else {}
    with av.open(file, "w", format=container, options=asked | dict(options)) as output:
        output.metadata.update(dict(metadata))
        stream = output.add_stream(codec, rate=25)
        stream.width, stream.height = width, height
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        steps = 1000 if codec in {"libx264", "libx265"} else 25
        stream.codec_context.time_base = Fraction(1, steps)
        stream.codec_context.gop_size = 25
        stream.options = _OPTIONS.get(codec, {})
        if bright:
            stream.codec_context.color_trc = bright
            stream.codec_context.color_primaries = stream.codec_context.colorspace = 9
        if rotation:
            stream.set_display_rotation(rotation)
        heard = output.add_stream(with_sound, rate=RATE, layout="mono") if with_sound else None
        pictures, sounds = [], []
        at, number = 0, 0
        while at < seconds * 1000:
            is_dark = dark and at < 1000
            colour = (0, 0, 0) if is_dark else (min(255, 20 + at // 10), 60, 60)
            frame = _coloured(width, height, colour, is_dark)
            frame.pts, frame.time_base = at, Fraction(1, 1000)
            pictures += stream.encode(frame)
            at += every[number % len(every)]
            number += 1
        pictures += stream.encode(None)
        if heard is not None:
            sounds = _encoded(heard, RATE, "mono", sound_seconds or seconds)
        packets = pictures + sounds
        if not apart:
            packets.sort(key=lambda each: float((each.dts or 0) * (each.time_base or 0)))
        for packet in packets:
            output.mux(packet)
    return file.getvalue()


def _coloured(width: int, height: int, colour: tuple[int, int, int], plainly: bool = False) -> VideoFrame:
    plain = bytes((*colour, 255))
    blue = plain if plainly else bytes((20, 20, 220, 255))
    upper = (blue * (width // 2) + plain * (width - width // 2)) * (height // 2)
    lower = plain * width * (height - height // 2)
    return VideoFrame.from_bytes(upper + lower, width, height, "rgba").reformat(format="yuv420p")


def _mux_sound(output, stream, rate, layout, seconds) -> None:  # type: ignore[no-untyped-def]
    for packet in _encoded(stream, rate, layout, seconds):
        output.mux(packet)


def _encoded(stream, rate, layout, seconds):  # type: ignore[no-untyped-def]
    packets = []
    channels = {"mono": 1, "stereo": 2, "5.1": 6}[layout]
    numbers = tone(seconds, rate, channels)
    wanted = stream.codec_context
    resampler = av.AudioResampler(wanted.format, layout, rate, wanted.frame_size or 1024)
    frame = AudioFrame("s16", layout, len(numbers) // channels)
    frame.rate = rate
    frame.pts = 0
    frame.time_base = Fraction(1, rate)
    frame.planes[0].update(numbers.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
    for part in [*resampler.resample(frame), *resampler.resample(None)]:
        packets += stream.encode(part)
    return packets + stream.encode(None)


def pcm(seconds: float = 0.1) -> bytes:
    """Silence as left and right numbers."""
    return struct.pack("<hh", 0, 0) * round(seconds * RATE)
