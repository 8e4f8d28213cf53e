"""What is to be known of a recording when it is brought in. Runs inside the player's process only.

Long recordings are not read from end to end for the picture of their sound: a little is heard of every part.
"""

import datetime
import itertools
import math
import re
import time
from fractions import Fraction
from typing import Final

import av
from av.audio.stream import AudioStream
from av.codec.context import CodecContext
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.recording import POSTER_EDGE, WAVEFORM_POINTS, Probed, Sort
from memorybook.system.player import containers
from memorybook.system.player.making import Maker
from memorybook.system.player.protocol import NOTHING_KNOWN
from memorybook.system.player.ranges import Ranges
from memorybook.system.player.resampling import Resampled, numbers

_RATE: Final = 8000
"""Loudness is measured on so many moments a second: enough for a voice, and for a heart."""

_BLOCK: Final = _RATE // 100
_HEARD_WHOLE: Final = 15 * 60 * 1000
"""Up to so many milliseconds a recording is heard from end to end."""

_FEW: Final = 10
"""In longer ones, so many hundredths of a second are heard of every stretch."""

_SECONDS: Final = 15.0
"""What has been heard after so many seconds of work is what the waveform is made of."""

_DARK: Final = 24
"""A picture that is darker than this on average (of 255) says nothing about a video."""

_EARLIEST: Final = 1980
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def probe(file: Ranges) -> Probed:
    """Look at a file. One that is no recording, or that nothing here can play, is told as such."""
    try:
        with containers.opened(file) as container:
            return _looked_at(container)
    except containers.FALTERS:
        return NOTHING_KNOWN


def _looked_at(container: InputContainer) -> Probed:
    duration = containers.duration_of(container)
    # Streams are looked for before anything is read: damaged files grow some in the middle.
    pictures, sound = containers.pictures_of(container), containers.sound_of(container)
    is_moving = any(not each.disposition & containers.STILL for each in container.streams.video)
    has_sound = len(container.streams.audio) > 0
    poster, width, height = (b"", 0, 0) if pictures is None else _poster(container, pictures, duration)
    waveform, heard = (b"", 0) if sound is None else _waveform(container, sound, duration)
    sort = Sort.SOUND if has_sound else Sort.UNKNOWN
    if poster or (is_moving and not heard):
        sort = Sort.VIDEO
    return Probed(
        sort=sort,
        format=re.sub(r"[^a-z0-9_-]", "", containers.short_name(container)),
        playable=bool(poster) or heard > 0,
        milliseconds=heard or None if duration is None else duration,
        width=width,
        height=height,
        taken=_taken(container),
        waveform=waveform,
        poster=poster,
    )


def _poster(container: InputContainer, stream: VideoStream, duration: int | None) -> tuple[bytes, int, int]:
    """An early picture that is not dark, as JPEG, with the size of the video as it is seen; or nothing."""
    maker = Maker(stream.codec_context.sample_aspect_ratio)
    found: VideoFrame | None = None
    for part in (Fraction(0), Fraction(1, 20), Fraction(1, 4), Fraction(1, 2)):
        if part and duration is None:
            break
        frame = _picture_at(container, stream, round((duration or 0) * part))
        if frame is None:
            continue
        found = found or frame
        if _brightness(maker, frame) >= _DARK:
            found = frame
            break
    if found is None:
        return b"", 0, 0
    with containers.tolerant():
        width, height = maker.shape(found)
        return jpeg(maker.made(found, (POSTER_EDGE, POSTER_EDGE))), width, height
    return b"", 0, 0


def _picture_at(container: InputContainer, stream: VideoStream, milliseconds: int) -> VideoFrame | None:
    with containers.tolerant():
        container.seek(round((containers.begins_at(container) + Fraction(milliseconds, 1000)) * av.time_base))
    for _, packet in zip(range(500), containers.packets(container, stream), strict=False):
        with containers.tolerant():
            for frame in packet.decode():
                return frame
    return None


def _brightness(maker: Maker, frame: VideoFrame) -> float:
    with containers.tolerant():
        _, _, pixels = maker.rgb(frame, (64, 64))
        return sum(pixels) / len(pixels)
    return 0.0


def jpeg(frame: VideoFrame) -> bytes:
    """The picture as JPEG, without a word about who made it."""
    encoder = CodecContext.create("mjpeg", "w")
    if not isinstance(encoder, VideoCodecContext):
        raise TypeError
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.qmin = encoder.qmax = 4
    encoder.options = {"flags": "+bitexact"}  # or it signs the picture
    frame = frame.reformat(format="yuvj420p", dst_color_range=ColorRange.JPEG)
    frame.pts = 0
    frame.pict_type = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


def _waveform(container: InputContainer, stream: AudioStream, duration: int | None) -> tuple[bytes, int]:
    """The loudness of up to a thousand stretches, and how many milliseconds were heard; or nothing."""
    ends = time.monotonic() + _SECONDS
    blocks: list[int] = []
    heard = 0
    if duration is None or duration <= _HEARD_WHOLE:
        heard = _listen(container, stream, 0, blocks, ends=ends)
    else:
        for number in range(WAVEFORM_POINTS):
            heard_here: list[int] = []
            heard += _listen(container, stream, duration * number // WAVEFORM_POINTS, heard_here, most=_FEW)
            blocks.append(max(heard_here, default=0))
            if time.monotonic() > ends:
                blocks += [0] * (WAVEFORM_POINTS - len(blocks))
                break
    return _drawn(blocks), heard


def _listen(
    container: InputContainer,
    stream: AudioStream,
    milliseconds: int,
    blocks: list[int],
    *,
    most: float = math.inf,
    ends: float = math.inf,
) -> int:
    """Add the loudness of one hundredth of a second after another, from there on; the milliseconds heard.

    Not many more than ``most`` are added, and none after the moment ``ends``.
    """
    resampled = Resampled("mono", _RATE)
    held = b""
    heard = 0
    with containers.tolerant():
        container.seek(round((containers.begins_at(container) + Fraction(milliseconds, 1000)) * av.time_base))
    for packet in containers.packets(container, stream):
        with containers.tolerant():
            parts = [part for frame in packet.decode() for part in resampled.of(frame)]
            for part in parts if packet.size else parts + resampled.rest():  # the last packet is empty
                held += numbers(part, channels=1)
                heard += part.samples
        whole = len(held) // (2 * _BLOCK)
        if whole:
            moments = memoryview(held[: whole * 2 * _BLOCK]).cast("h")
            blocks += [
                sum(map(abs, moments[at : at + _BLOCK])) // _BLOCK for at in range(0, len(moments), _BLOCK)
            ]
            held = held[whole * 2 * _BLOCK :]
        if len(blocks) >= most or time.monotonic() > ends:
            break
    return heard * 1000 // _RATE


def _drawn(blocks: list[int]) -> bytes:
    """At most a thousand stretches, the loudest as 255."""
    number = min(len(blocks), WAVEFORM_POINTS)
    if not number:
        return b""
    edges = [len(blocks) * each // number for each in range(number + 1)]
    loud = [max(blocks[start:end]) for start, end in itertools.pairwise(edges)]
    loudest = max(loud)
    return bytes(each * 255 // loudest for each in loud) if loudest else bytes(number)


def _taken(container: InputContainer) -> VagueDate:
    """The day it was recorded, where the file says so in full.

    Apple's own field names the day as it was there; the common one is in UTC, and becomes the day here.
    """
    says = {name.lower(): value for name, value in container.metadata.items()}
    local = _DAY.match(says.get("com.apple.quicktime.creationdate", ""))
    if local:
        return _day(*map(int, local.groups()))
    try:
        moment = datetime.datetime.fromisoformat(says.get("creation_time", "")).astimezone()
    except (ValueError, OverflowError, OSError):
        written = _DAY.match(says.get("date", ""))
        return _day(*map(int, written.groups())) if written else UNKNOWN
    return _day(moment.year, moment.month, moment.day)


def _day(year: int, month: int, day: int) -> VagueDate:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return UNKNOWN
    tomorrow = datetime.datetime.now().astimezone().date() + datetime.timedelta(days=1)
    return VagueDate.of(found) if year > _EARLIEST and found <= tomorrow else UNKNOWN
