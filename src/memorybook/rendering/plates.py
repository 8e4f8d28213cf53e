"""Where the pictures of an entry go: one or two to a page, never cut, never larger than they can bear.

All lengths are millimetres. The text is set by Typst, so what is left of its last page is only
estimated here; an estimate that is too bold moves a picture to the next page and does nothing worse.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from memorybook.domain.book import PlannedPicture
from memorybook.rendering.measures import Measures

COARSEST = 110 / 25.4
"""Pixels to the millimetre below which a picture is printed smaller instead (110 to the inch)."""

GAP = 5.0
"""Between two pictures side by side."""

ROW_GAP = 7.0
"""Above and below a picture, and between two that stand on one another."""

_SMALLEST = 42.0
_UPRIGHT = 1.1
_CAPTION_LETTER = 1.33 / 8.8
_CAPTION_LINE = 4.2
_CAPTION_GAP = 2.6
_CAPTION_SHARE = 0.4
_STACKED = 0.8
_BESIDE_TEXT = 0.62


@dataclass(frozen=True, slots=True)
class Placed:
    """One picture and its size on the page."""

    picture: PlannedPicture
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plate:
    """Pictures that stay together: one, two side by side, or two on one another."""

    pictures: tuple[Placed, ...]
    side_by_side: bool = False


def arrange(pictures: Sequence[PlannedPicture], page: Measures, room: float) -> tuple[Plate, ...]:
    """The pictures in their order. ``room`` is what the text has left of its last page, about."""
    plates: list[Plate] = []
    rest = list(pictures)
    while rest:
        pair = _pair(rest[0], rest[1], page) if len(rest) > 1 else None
        if pair is not None:
            plates.append(pair)
            del rest[:2]
        else:
            alone = _alone(rest.pop(0), page, room if not plates else 0.0)
            plates.append(Plate((alone,)))
    return tuple(plates)


def caption_height(caption: str, width: float, page: Measures) -> float:
    """How deep the words under a picture of this width will be, about."""
    if not caption:
        return 0.0
    scale = page.letters / 10.5
    per_line = max(1, int(width / (_CAPTION_LETTER * 8.8 * scale)))
    lines = sum(max(1, math.ceil(len(line) / per_line)) for line in caption.split("\n"))
    return _CAPTION_GAP + lines * _CAPTION_LINE * scale


def keeps_with_picture(caption: str, page: Measures) -> bool:
    """Whether a caption is short enough to stand under its picture on one page."""
    return caption_height(caption, page.measure, page) <= _CAPTION_SHARE * page.depth


def _ratio(picture: PlannedPicture) -> float:
    return max(1, picture.width) / max(1, picture.height)


def _widest(picture: PlannedPicture, page: Measures) -> float:
    """The width a picture can bear on this page before it looks coarse."""
    return min(page.measure, max(_SMALLEST, picture.width / COARSEST))


def _caption_room(picture: PlannedPicture, width: float, page: Measures) -> float:
    return caption_height(picture.caption, width, page) if keeps_with_picture(picture.caption, page) else 0.0


def _sized(picture: PlannedPicture, width: float, depth: float, page: Measures) -> Placed:
    """As wide as ``width`` or as the depth left above its caption allows."""
    ratio = _ratio(picture)
    height = min(width / ratio, max(10.0, depth - _caption_room(picture, width, page)))
    return Placed(picture, max(1.0, min(width, height * ratio)), height)


def _alone(picture: PlannedPicture, page: Measures, room: float) -> Placed:
    """On its own: as wide as the text if it can be, smaller when it then still fits below the text."""
    width = _widest(picture, page)
    full = _sized(picture, width, page.depth - 1, page)
    needed = full.height + _caption_room(picture, full.width, page)
    if needed <= room or room <= 0:
        return full
    fitted = _sized(picture, width, room, page)
    share = _BESIDE_TEXT if _ratio(picture) <= _UPRIGHT else _STACKED
    return fitted if fitted.width >= share * full.width else full


def _pair(first: PlannedPicture, second: PlannedPicture, page: Measures) -> Plate | None:
    """Two uprights side by side at one height; two wide ones on one another when little is lost by it."""
    ratios = _ratio(first), _ratio(second)
    if max(ratios) <= _UPRIGHT:
        height = min(
            (page.measure - GAP) / sum(ratios),
            0.75 * page.depth,
            *(max(_SMALLEST, picture.height / COARSEST) for picture in (first, second)),
        )
        placed = (Placed(p, height * r, height) for p, r in zip((first, second), ratios, strict=True))
        return Plate(tuple(placed), side_by_side=True)
    if min(ratios) <= _UPRIGHT:
        return None
    captions = sum(_caption_room(picture, page.measure, page) for picture in (first, second))
    fitting = (page.depth - captions - ROW_GAP - 2) / sum(1 / ratio for ratio in ratios)
    width = min(fitting, _widest(first, page), _widest(second, page))
    if fitting >= page.measure or width < _STACKED * page.measure:
        return None  # they fit one below the other anyway, or would become too small
    return Plate(tuple(Placed(p, width, width / r) for p, r in zip((first, second), ratios, strict=True)))
