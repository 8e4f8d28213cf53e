"""The pictures of a video from any moment on, upright and of a size. Runs in the player's process only."""

from fractions import Fraction
from typing import Final

import av
from av.filter import Graph
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorTrc, VideoReformatter
from av.video.stream import VideoStream

from memorybook.system.player import containers
from memorybook.system.player.protocol import LONGEST, LONGEST_EDGE, Frame, fitted
from memorybook.system.player.ranges import Ranges

_LASTS: Final = 40
"""A picture of which nothing is said lasts so many milliseconds."""

_LATE: Final = 400
"""A video that is so many milliseconds behind leaves out what no other picture is made from."""

_EARLIER: Final = (1000, 4000, 16_000, 64_000)
"""In tape-like files a place is found by trying: so many milliseconds ahead of it, one after another."""

_MOST_LEFT_OUT: Final = 10
"""So many late pictures in a row are not shown; then comes one all the same, so that something moves."""

_HDR: Final = (ColorTrc.ARIB_STD_B67, ColorTrc.SMPTE2084)
_TURNS: Final = {
    90: (("transpose", "cclock"),),
    -90: (("transpose", "clock"),),
    180: (("hflip", None), ("vflip", None)),
    -180: (("hflip", None), ("vflip", None)),
}


class Pictures:
    """The pictures of one file. Raises what ``containers.FALTERS`` lists when the file cannot be opened."""

    def __init__(self, file: Ranges) -> None:
        self._container = containers.opened(file)
        stream = containers.pictures_of(self._container)
        if stream is None:
            raise ValueError("no pictures")
        self._stream = stream
        containers.only(self._container, stream)
        self._begins = containers.begins_at(self._container)
        rate = stream.average_rate or stream.guessed_rate
        self._lasts = max(1, round(1000 / rate)) if rate else _LASTS
        self._box = (LONGEST_EDGE, LONGEST_EDGE)
        self._maker = Maker(stream.codec_context.sample_aspect_ratio)
        self.go_to(0)

    def go_to(self, milliseconds: int) -> None:
        """Go on from there: the next picture is the one that is to be seen at that moment."""
        self._wanted = milliseconds
        self._decoded: list[tuple[int, int, VideoFrame]] = []
        self._before: tuple[int, int, VideoFrame] | None = None
        self._left_out = 0
        self._has_ended = False
        self._stream.codec_context.skip_frame = "DEFAULT"
        self._is_found = False
        self._earlier = iter(_EARLIER)
        self._read_from(milliseconds)

    def fit(self, width: int, height: int) -> None:
        """The box that what follows is to fit into, in pixels."""
        self._box = (max(2, min(width, LONGEST_EDGE)), max(2, min(height, LONGEST_EDGE)))

    def step(self) -> bool:
        """Decode a little more. Whether there may be more to come."""
        packet: Packet[VideoStream] | None = next(self._packets, None)
        if packet is None:
            self._has_ended = not self._reads_from_earlier()
            return not self._has_ended
        with containers.tolerant():
            for frame in packet.decode():
                self._decoded.append(self._timed(frame))
        if self._decoded and not self._is_found:
            starts, lasts, _ = self._decoded[0]
            self._is_found = starts <= self._wanted + lasts or not self._reads_from_earlier()
        return True

    def take(self, now: int) -> Frame | None:
        """The next picture to show, of those that were decoded; late ones are passed over.

        ``now`` is the time it is in the recording at this moment, in milliseconds.
        """
        while self._decoded:
            starts, lasts, frame = self._decoded.pop(0)
            if starts + lasts <= self._wanted:
                self._before = (starts, lasts, frame)
                continue
            self._before = None
            behind = now - (starts + lasts)
            self._stream.codec_context.skip_frame = "NONREF" if behind > _LATE else "DEFAULT"
            if behind > 0 and self._left_out < _MOST_LEFT_OUT:
                self._left_out += 1
                continue
            self._left_out = 0
            return self._made(starts, lasts, frame)
        if self._has_ended and self._before is not None:  # the very end shows the last picture
            (starts, lasts, frame), self._before = self._before, None
            return self._made(starts, lasts, frame)
        return None

    def _read_from(self, milliseconds: int) -> None:
        self._from = self._next = milliseconds
        self._decoded.clear()
        with containers.tolerant():
            start = self._begins + Fraction(milliseconds, 1000)
            self._container.seek(round(start * av.time_base), backward=True)
        self._packets = containers.packets(self._container, self._stream)

    def _reads_from_earlier(self) -> bool:
        """Start further ahead, where a file led into the middle of pictures that need earlier ones.

        Whether there is anything further ahead, and nothing was found so far.
        """
        if self._is_found or self._from <= 0:
            return False
        self._read_from(max(0, self._wanted - next(self._earlier, self._wanted)))
        return True

    def _timed(self, frame: VideoFrame) -> tuple[int, int, VideoFrame]:
        lasts = self._lasts
        if frame.time_base is not None and frame.duration:
            lasts = max(1, min(10_000, round(frame.duration * frame.time_base * 1000)))
        starts = self._next
        if frame.pts is not None and frame.time_base is not None:
            starts = round((frame.pts * frame.time_base - self._begins) * 1000)
        starts = max(0, min(starts, LONGEST))
        self._next = min(starts + lasts, LONGEST)
        return starts, lasts, frame

    def _made(self, starts: int, lasts: int, frame: VideoFrame) -> Frame | None:
        with containers.tolerant():
            width, height, rgb = self._maker.rgb(frame, self._box)
            return Frame(width, height, rgb, starts, lasts)
        return None


class Maker:
    """Makes upright pictures for a screen out of decoded ones."""

    def __init__(self, aspect: Fraction | None) -> None:
        """``aspect`` is how wide a stored pixel is for its height."""
        self._aspect = aspect or Fraction(1)
        self._reformatter = VideoReformatter()
        self._graph: Graph | None = None
        self._graph_is_for: tuple[int, int, int, str] | None = None

    def shape(self, frame: VideoFrame) -> tuple[int, int]:
        """Width and height as they are meant to be seen."""
        width, height = max(1, round(frame.width * self._aspect)), frame.height
        return (height, width) if frame.rotation in (90, -90) else (width, height)

    def rgb(self, frame: VideoFrame, box: tuple[int, int]) -> tuple[int, int, bytes]:
        """Width, height and the pixels, three bytes each, of a picture that fits into the box."""
        made = self.made(frame, box, "rgb24")
        plane = made.planes[0]
        row, stride = made.width * 3, plane.line_size
        pixels = bytes(plane)
        if stride != row:
            pixels = b"".join([pixels[at : at + row] for at in range(0, stride * made.height, stride)])
        return made.width, made.height, pixels[: row * made.height]

    def made(self, frame: VideoFrame, box: tuple[int, int], form: str) -> VideoFrame:
        """The picture, upright, in a pixel format of FFmpeg's."""
        rotation = frame.rotation
        width, height = fitted(*self.shape(frame), *box)
        if rotation in (90, -90):
            width, height = height, width
        hdr = frame.color_trc in _HDR
        made = self._reformatter.reformat(
            frame,
            width,
            height,
            form,
            dst_color_trc=ColorTrc.IEC61966_2_1 if hdr else None,
            dst_color_primaries=ColorPrimaries.BT709 if hdr else None,
        )
        return self._turned(made, rotation) if rotation in _TURNS else made

    def _turned(self, frame: VideoFrame, rotation: int) -> VideoFrame:
        needed = (frame.width, frame.height, rotation, frame.format.name)
        if self._graph is None or self._graph_is_for != needed:
            graph = Graph()
            nodes = [
                graph.add_buffer(
                    width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 1000)
                )
            ]
            nodes += [graph.add(name, argument) for name, argument in _TURNS[rotation]]
            nodes.append(graph.add("buffersink"))
            graph.link_nodes(*nodes).configure()
            self._graph, self._graph_is_for = graph, needed
        frame.pts = 0
        self._graph.vpush(frame)
        return self._graph.vpull()
