"""Opening a recording with FFmpeg, and what is let in. Runs inside the player's process only.

What can be read is listed here: containers that hold the recordings of people, and the codecs that are found
in them. Play-lists, formats that name other files, pictures and everything that fetches are not among them,
no protocol is allowed, and a file that names another one gets nothing for it.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Final, TypeVar

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Disposition, Stream
from av.video.stream import VideoStream

from memorybook.system.player.protocol import LONGEST
from memorybook.system.player.ranges import Ranges

S = TypeVar("S", AudioStream, VideoStream)

CONTAINERS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "mp3", "wav", "w64", "ogg", "flac", "aac", "amr", "aiff",
    "caf", "asf", "avi", "mpegts", "mpeg", "flv", "au", "dv",
)  # fmt: skip
"""By the names of FFmpeg. Raw streams without a container are left out: almost any file looks like one."""

CODECS: Final = frozenset((
    # sound
    "aac", "alac", "mp1", "mp1float", "mp2", "mp2float", "mp3", "mp3float", "opus", "libopus", "vorbis",
    "flac", "amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb", "ac3", "eac3", "dca", "wmav1",
    "wmav2", "wmapro", "wmavoice", "gsm", "gsm_ms", "speex", "qdm2", "qcelp", "pcm_s16le", "pcm_s16be",
    "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_u8", "pcm_s8", "pcm_f32le", "pcm_f32be",
    "pcm_f64le", "pcm_f64be", "pcm_alaw", "pcm_mulaw", "pcm_bluray", "pcm_dvd", "adpcm_ima_wav",
    "adpcm_ima_qt", "adpcm_ms", "adpcm_g726", "g726", "adpcm_yamaha", "adpcm_swf", "nellymoser",
    # pictures
    "h264", "hevc", "mpeg4", "msmpeg4", "msmpeg4v1", "msmpeg4v2", "msmpeg4v3", "h263", "h263i", "flv",
    "mjpeg", "mjpegb", "mpeg1video", "mpeg2video", "vp6", "vp6f", "vp8", "vp9", "libdav1d", "theora",
    "dvvideo", "prores", "wmv1", "wmv2", "wmv3", "vc1", "svq1", "svq3", "cinepak", "indeo3", "indeo5",
    "rawvideo",
))  # fmt: skip

FALTERS: Final = (av.FFmpegError, ValueError, OSError, ArithmeticError, EOFError, LookupError)
"""What reading a file that is not right may raise, beside ``MemoryError``."""

_BUFFER: Final = 64 * 1024  # one chunk of a media file
_THREADS: Final = max(1, min(4, os.cpu_count() or 1))


def tolerant() -> suppress:
    """What goes wrong inside with a damaged piece of a file is passed over."""
    return suppress(*FALTERS)


def opened(file: Ranges) -> InputContainer:
    """The container that this file is. Raises what is listed in ``FALTERS``."""
    file.seek(0)
    return av.open(
        file,
        "r",
        options={
            "format_whitelist": ",".join(CONTAINERS),
            "codec_whitelist": ",".join(sorted(CODECS)),
            "protocol_whitelist": "none",
            "enable_drefs": "0",
        },
        metadata_errors="replace",
        buffer_size=_BUFFER,
    )


def short_name(container: InputContainer) -> str:
    """The container in one word, as it is kept with a recording."""
    return str(container.format.name).split(",", 1)[0]


def sound_of(container: InputContainer) -> AudioStream | None:
    """The sound that is played: the first that can be. Others hold it in another form or language."""
    return _first(container.streams.audio)


def pictures_of(container: InputContainer) -> VideoStream | None:
    """The moving picture. What merely adorns a song, or is the small picture of a video, is none."""
    moving = [each for each in container.streams.video if not each.disposition & STILL]
    found = _first(moving)
    if found is not None:
        found.codec_context.thread_count = _THREADS
        found.codec_context.thread_type = "AUTO"
    return found


STILL: Final = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


def _first(streams: Iterable[S]) -> S | None:
    for each in streams:
        if getattr(each, "codec_context", None) is not None and each.codec_context.name in CODECS:
            return each
    return None


def only(container: InputContainer, stream: Stream) -> None:
    """Have the container leave out whatever is not of this stream, where it can."""
    for each in container.streams:
        with suppress(*FALTERS, AttributeError):
            each.discard = Discard.default if each.index == stream.index else Discard.all


def begins_at(container: InputContainer) -> Fraction:
    """The time of the file's own clock that counts as its beginning, in seconds."""
    start: int | None = container.start_time  # FFmpeg does not always know
    return Fraction(start or 0, av.time_base)


def duration_of(container: InputContainer) -> int | None:
    """How long it is in milliseconds, where the file says so or it can be told from its size."""
    found = container.duration
    if found is None or found <= 0:
        lengths = [
            each.duration * each.time_base for each in container.streams if each.duration and each.time_base
        ]
        found = round(max(lengths, default=0) * av.time_base)
    milliseconds = round(found * 1000 / av.time_base)
    return milliseconds if 0 < milliseconds <= LONGEST else None


def packets(container: InputContainer, stream: S) -> "Iterator[Packet[S]]":
    """What follows, up to the end; the last one is empty and makes the decoder give what it still holds.

    Pieces that cannot be read are left out, unless there is nothing else.
    """
    faults = 0
    source = container.demux(stream)
    while faults < _MOST_FAULTS:
        try:
            packet = next(source)
        except StopIteration:
            return
        except FALTERS:
            faults += 1
            source = container.demux(stream)
            continue
        faults = 0
        yield packet


_MOST_FAULTS: Final = 50
"""So many pieces that cannot be read one after another are the end of a file."""
