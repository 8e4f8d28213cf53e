"""Which part of a picture is seen and how large: the arithmetic of looking closer, without a screen."""

from dataclasses import dataclass

Point = tuple[float, float]

LARGEST = 8.0
"""A pixel of the picture is never larger than so many pixels of the screen, each way."""

_FIT_LARGEST = 2.0
"""A small picture that is fitted is not made coarser than this."""

STEP = 1.25
"""One step closer, or further away."""


@dataclass(slots=True)
class Viewport:
    """A picture of so many pixels in a room of so many units, of which ``ratio`` screen pixels make one.

    It is fitted into the room until it is asked for another size; then it stays at that size when the room
    changes; ``border`` is left free around it then. All positions are in units of the room unless said
    otherwise.
    """

    picture: Point = (1.0, 1.0)
    room: Point = (1.0, 1.0)
    ratio: float = 1.0
    border: float = 0.0
    _scale: float | None = None
    _centre: Point = (0.5, 0.5)  # of what is seen, in parts of the picture

    def show(self, width: float, height: float) -> None:
        """Another picture of this size in pixels, fitted."""
        self.picture = (max(width, 1.0), max(height, 1.0))
        self.fit()

    def resize(self, width: float, height: float, ratio: float) -> None:
        """The room has another size."""
        self.room, self.ratio = (max(width, 1.0), max(height, 1.0)), ratio

    @property
    def fitting(self) -> float:
        """Units for a pixel of the picture when the whole of it is seen."""
        across, down = (
            max(room - 2 * self.border, 1.0) / side
            for room, side in zip(self.room, self.picture, strict=True)
        )
        return min(across, down, _FIT_LARGEST / self.ratio)

    @property
    def scale(self) -> float:
        """Units for a pixel of the picture."""
        return self.fitting if self._scale is None else self._scale

    @property
    def percent(self) -> float:
        """100 when a pixel of the picture is one of the screen."""
        return self.scale * self.ratio * 100

    @property
    def is_fitted(self) -> bool:
        """Whether the picture follows the size of the room."""
        return self._scale is None

    @property
    def can_pan(self) -> bool:
        """Whether some of the picture is out of sight."""
        return any(
            side * self.scale > room + 0.5 for side, room in zip(self.picture, self.room, strict=True)
        )

    @property
    def origin(self) -> Point:
        """Where the first pixel of the picture is; what leaves room around it stands in the middle."""
        return (self._start(0), self._start(1))

    def _start(self, axis: int) -> float:
        long = self.picture[axis] * self.scale
        if long <= self.room[axis]:
            return (self.room[axis] - long) / 2
        start = self.room[axis] / 2 - self._centre[axis] * long
        return min(0.0, max(self.room[axis] - long, start))

    def fit(self) -> None:
        """See the whole of it."""
        self._scale = None
        self._centre = (0.5, 0.5)

    def zoom_to(self, percent: float, at: Point | None = None) -> None:
        """See it at this size; what is ``at`` this place stays there."""
        at = at or (self.room[0] / 2, self.room[1] / 2)
        held = self.to_picture(at)
        smallest = min(self.fitting, 1 / self.ratio)
        self._scale = min(max(percent / 100 / self.ratio, smallest), LARGEST / self.ratio)
        self._centre = (self._held(0, held, at), self._held(1, held, at))
        self._settle()

    def zoom_by(self, factor: float, at: Point | None = None) -> None:
        """See it so many times as large; back at the size of the room it follows the room again."""
        percent = self.percent * factor
        if factor < 1 and percent / 100 / self.ratio <= self.fitting < 1 / self.ratio:
            self.fit()
        else:
            self.zoom_to(percent, at)

    def _held(self, axis: int, held: Point, at: Point) -> float:
        long = self.picture[axis] * self.scale
        return held[axis] / self.picture[axis] + (self.room[axis] / 2 - at[axis]) / long

    def pan(self, across: float, down: float) -> None:
        """Move the picture by so many units; never further than its edge."""
        self._settle()
        long = (self.picture[0] * self.scale, self.picture[1] * self.scale)
        self._centre = (self._centre[0] - across / long[0], self._centre[1] - down / long[1])
        self._settle()

    def _settle(self) -> None:
        """Put the centre where it is seen to be, so that a pull back takes effect at once."""
        start = self.origin
        self._centre = (
            (self.room[0] / 2 - start[0]) / (self.picture[0] * self.scale),
            (self.room[1] / 2 - start[1]) / (self.picture[1] * self.scale),
        )

    def to_picture(self, place: Point) -> Point:
        """The pixel of the picture at a place, also outside of it."""
        start = self.origin
        return ((place[0] - start[0]) / self.scale, (place[1] - start[1]) / self.scale)

    def to_room(self, pixel: Point) -> Point:
        """Where a pixel of the picture is."""
        start = self.origin
        return (start[0] + pixel[0] * self.scale, start[1] + pixel[1] * self.scale)
