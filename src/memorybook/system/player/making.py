"""How decoded pictures become upright ones for a screen. Runs inside the player's process only."""

from fractions import Fraction
from typing import Final

from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, ColorTrc, VideoReformatter

from memorybook.system.player.protocol import fitted

Step = tuple[str, dict[str, str]]

_UNSAID: Final = 2
_HIGH: Final = 720
"""Videos of this height that say nothing of their colours have those of high definition television."""

_WIDE_TO_PLAIN: Final[Step] = (
    "colorchannelmixer",
    {
        "rr": "1.6605", "rg": "-0.5876", "rb": "-0.0729",
        "gr": "-0.1246", "gg": "1.1329", "gb": "-0.0083",
        "br": "-0.0182", "bg": "-0.1006", "bb": "1.1187",
    },
)  # fmt: skip
"""The wide colours of BT.2020 as those of BT.709. FFmpeg's own way takes three seconds to set up."""

_PQ: Final = (
    "st(0, pow(clip(val/255, 0, 1), 1/78.84375)); "
    "st(1, 49.26*pow(max(ld(0)-0.8359375, 0)/(18.8515625-18.6875*ld(0)), 1/0.1593017578125)); "
    "255*clip(pow(ld(1)*(1+ld(1)/24.3)/(1+ld(1)), 1/2.2), 0, 1)"
)
"""SMPTE ST 2084 as light relative to a white of 203 candelas; what is brighter, up to 1,000, pressed in."""

_BRIGHT: Final[dict[int, tuple[Step, ...]]] = {
    ColorTrc.ARIB_STD_B67: (_WIDE_TO_PLAIN,),  # its brightness is made to look right on plain screens
    ColorTrc.SMPTE2084: (("lutrgb", {"r": _PQ, "g": _PQ, "b": _PQ}), _WIDE_TO_PLAIN),
}
_HALF: Final[tuple[Step, ...]] = (("hflip", {}), ("vflip", {}))
_TURNS: Final[dict[int, tuple[Step, ...]]] = {
    90: (("transpose", {"dir": "cclock"}),),
    -90: (("transpose", {"dir": "clock"}),),
    180: _HALF,
    -180: _HALF,
}


class Maker:
    """Makes upright pictures in plain colours out of decoded ones."""

    def __init__(self, aspect: Fraction | None) -> None:
        """``aspect`` is how wide a stored pixel is for its height."""
        self._aspect = aspect or Fraction(1)
        self._reformatter = VideoReformatter()
        self._graph: Graph | None = None
        self._graph_is_for: tuple[int, int, int, int] | None = None

    def shape(self, frame: VideoFrame) -> tuple[int, int]:
        """Width and height as they are meant to be seen."""
        width, height = max(1, round(frame.width * self._aspect)), frame.height
        return (height, width) if frame.rotation in (90, -90) else (width, height)

    def rgb(self, frame: VideoFrame, box: tuple[int, int]) -> tuple[int, int, bytes]:
        """Width, height and the pixels, three bytes each, of a picture that fits into the box."""
        made = self.made(frame, box)
        plane = made.planes[0]
        row, stride = made.width * 3, plane.line_size
        pixels = bytes(plane)
        if stride != row:
            pixels = b"".join([pixels[at : at + row] for at in range(0, stride * made.height, stride)])
        return made.width, made.height, pixels[: row * made.height]

    def made(self, frame: VideoFrame, box: tuple[int, int]) -> VideoFrame:
        """A picture that fits into the box, upright, three bytes a pixel."""
        rotation, bright = frame.rotation, frame.color_trc
        width, height = fitted(*self.shape(frame), *box)
        if rotation in (90, -90):
            width, height = height, width
        unsaid = frame.colorspace == _UNSAID and frame.height >= _HIGH
        made = self._reformatter.reformat(
            frame, width, height, "rgb24", src_colorspace=Colorspace.ITU709 if unsaid else None
        )
        steps = (*_BRIGHT.get(bright, ()), *_TURNS.get(rotation, ()))
        return self._through(steps, made, (made.width, made.height, rotation, bright)) if steps else made

    def _through(
        self, steps: tuple[Step, ...], frame: VideoFrame, needed: tuple[int, int, int, int]
    ) -> VideoFrame:
        if self._graph is None or self._graph_is_for != needed:
            graph = Graph()
            source = graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 1000)
            )
            nodes = [graph.add(name, **options) for name, options in steps]
            graph.link_nodes(source, *nodes, graph.add("buffersink")).configure()
            self._graph, self._graph_is_for = graph, needed
        frame.pts = 0
        self._graph.vpush(frame)
        return self._graph.vpull()
