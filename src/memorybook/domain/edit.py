"""What is done to a photo before it is shown or printed; the original stays as it is."""

from dataclasses import dataclass
from typing import Self

SCALE = 10_000
"""A crop is in this many parts of the width and of the height."""

_TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Crop:
    """What stays of the upright original: from and to, in ``SCALE`` parts of its width and its height.

    Raises ``ValueError`` for an empty or impossible one.
    """

    left: int = 0
    top: int = 0
    right: int = SCALE
    bottom: int = SCALE

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= SCALE and 0 <= self.top < self.bottom <= SCALE):
            raise ValueError("no such crop")

    @property
    def is_whole(self) -> bool:
        """Whether nothing is cut off."""
        return self == WHOLE

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in pixels of a picture of this size; at least one pixel each way."""
        left, top = self.left * width // SCALE, self.top * height // SCALE
        right, bottom = -(-self.right * width // SCALE), -(-self.bottom * height // SCALE)
        return left, top, max(right, left + 1), max(bottom, top + 1)


WHOLE = Crop()


@dataclass(frozen=True, slots=True)
class Edit:
    """Crop first, then ``turn`` clockwise by 0, 90, 180 or 270 degrees; black-and-white; soft.

    ``soft`` takes a little sharpness and contrast from a picture that is hard to look at.
    """

    turn: int = 0
    crop: Crop = WHOLE
    grey: bool = False
    soft: bool = False

    def __post_init__(self) -> None:
        if self.turn not in _TURNS:
            raise ValueError("no such turn")

    @property
    def is_untouched(self) -> bool:
        """Whether it changes nothing."""
        return self == UNTOUCHED

    def size(self, width: int, height: int) -> tuple[int, int]:
        """What a picture of this upright size measures afterwards, in pixels."""
        left, top, right, bottom = self.crop.box(width, height)
        across, down = right - left, bottom - top
        return (down, across) if self.turn in (90, 270) else (across, down)

    def __str__(self) -> str:
        """The text form, as it is stored; empty for nothing done."""
        if self.is_untouched:
            return ""
        crop = self.crop
        flags = ("g" if self.grey else "") + ("s" if self.soft else "")
        return f"{self.turn} {crop.left} {crop.top} {crop.right} {crop.bottom} {flags}".rstrip()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form. Raises ``ValueError`` for anything else."""
        if not text:
            return cls()
        turn, left, top, right, bottom, *flags = text.split(" ")
        if flags not in ([], ["g"], ["s"], ["gs"]):
            raise ValueError("not an edit")
        marks = flags[0] if flags else ""
        crop = Crop(int(left), int(top), int(right), int(bottom))
        return cls(int(turn), crop, grey="g" in marks, soft="s" in marks)


UNTOUCHED = Edit()
"""Nothing done: the picture as it came."""


_CLOCKWISE = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}
"""What becomes of an EXIF orientation when the picture it makes upright is turned once more."""


def turned(orientation: int, turn: int) -> int:
    """The EXIF orientation that makes the same picture as this one and a turn behind it, in degrees."""
    for _ in range(turn // 90):
        orientation = _CLOCKWISE[orientation]
    return orientation
