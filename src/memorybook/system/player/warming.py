"""Has FFmpeg and Python load all they will ever need, before the process may open nothing more."""

import io
import struct
import time
import wave

import av
from av.video.frame import VideoFrame
from av.video.reformatter import ColorTrc

from memorybook.system.player import probing
from memorybook.system.player.making import Maker
from memorybook.system.player.ranges import Ranges
from memorybook.system.player.sounding import Sounds


def warm() -> None:
    """Play a moment of silence, make a picture, and look at the clock on the wall."""
    time.localtime()  # reads where on earth this is
    data = _silence()
    for use in (probing.probe, _play):
        use(Ranges(len(data), lambda at, number: data[at : at + number]))
    frame = VideoFrame(64, 48, "yuv420p")
    frame.color_trc = ColorTrc.SMPTE2084  # by way of the filters
    probing.jpeg(Maker(None).made(frame, (32, 32)))
    av.logging.set_level(None)


def _play(file: Ranges) -> None:
    sounds = Sounds(file)
    while sounds.step():
        pass
    sounds.piece()


def _silence() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(struct.pack("<h", 0) * 4000)
    return file.getvalue()
