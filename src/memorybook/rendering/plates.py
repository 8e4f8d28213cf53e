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
_SLIM = 0.4
_ROUNDS = 4
_CAPTION_LETTER = 1.4
_CAPTION_LINE = 4.2
_CAPTION_GAP = 2.6
_CAPTION_SHARE = 0.4
_STACKED = 0.8
_BELOW_TEXT = {"upright": 0.62, "wide": 0.7}
"""How much smaller a picture may be so that it stands on the page of its words."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One picture and its size on the page.

    ``slot`` is how wide it and its caption may be: a very slim picture is narrower than that. Without
    ``together`` the caption is too long to stay under the picture and runs on after it.
    """

    picture: PlannedPicture
    width: float
    height: float
    slot: float
    together: bool


@dataclass(frozen=True, slots=True)
class Plate:
    """Pictures that stay together: one, two side by side, or two on one another."""

    pictures: tuple[Placed, ...]
    side_by_side: bool = False


def arrange(
    pictures: Sequence[PlannedPicture], page: Measures, room: float, *, below_title: bool = False
) -> tuple[Plate, ...]:
    """The pictures in their order. ``room`` is what the text has left of its last page, about.

    ``below_title``: nothing but a title is above the first, which then is made to fit below it.
    """
    plates: list[Plate] = []
    rest = list(pictures)
    while rest:
        pair = _pair(rest[0], rest[1], page) if len(rest) > 1 else None
        if pair is not None and not plates and below_title and _depth(pair, page) > room:
            pair = None
        if pair is not None:
            plates.append(pair)
            del rest[:2]
        else:
            first = not plates
            alone = _alone(rest.pop(0), page, room if first else 0.0, must_fit=first and below_title)
            plates.append(Plate((alone,)))
    return tuple(plates)


def _depth(plate: Plate, page: Measures) -> float:
    depths = [depth_of(placed, page) for placed in plate.pictures]
    return max(depths) if plate.side_by_side else sum(depths) + ROW_GAP * (len(depths) - 1)


def depth_of(placed: Placed, page: Measures) -> float:
    """How deep a picture is with the words under it, about."""
    return placed.height + (_caption(placed.picture, placed.slot, page) if placed.together else 0.0)


def _alone(picture: PlannedPicture, page: Measures, room: float, *, must_fit: bool) -> Placed:
    """On its own: as wide as the text if it can be, smaller when it then still fits below the text."""
    width = _widest(picture, page)
    full = _sized(picture, width, page.depth - 1, page)
    if depth_of(full, page) <= room or room <= 0:
        return full
    fitted = _sized(picture, width, room, page)
    share = _BELOW_TEXT["upright" if _ratio(picture) <= _UPRIGHT else "wide"]
    fits = must_fit or fitted.width >= share * full.width
    return fitted if fits and fitted.together == full.together else full


def _pair(first: PlannedPicture, second: PlannedPicture, page: Measures) -> Plate | None:
    """Two uprights side by side at one height; two wide ones on one another when little is lost by it."""
    ratios = _ratio(first), _ratio(second)
    if max(ratios) <= _UPRIGHT:
        return _beside(first, second, page) if min(ratios) >= _SLIM else None
    if min(ratios) <= _UPRIGHT:
        return None
    captions = sum(_caption(picture, page.measure * _STACKED, page) for picture in (first, second))
    fitting = (page.depth - captions - ROW_GAP - 2) / sum(1 / ratio for ratio in ratios)
    width = min(fitting, _widest(first, page), _widest(second, page))
    if fitting >= page.measure or width < _STACKED * page.measure:
        return None  # they fit one below the other anyway, or would become too small
    placed = (
        Placed(p, width, width / r, width, together=True)
        for p, r in zip((first, second), ratios, strict=True)
    )
    return Plate(tuple(placed))


def _beside(first: PlannedPicture, second: PlannedPicture, page: Measures) -> Plate | None:
    ratios = _ratio(first), _ratio(second)
    height = min(
        (page.measure - GAP) / sum(ratios),
        (1 - _CAPTION_SHARE) * page.depth,
        *(max(_SMALLEST, picture.height / COARSEST) for picture in (first, second)),
    )
    placed = tuple(
        Placed(p, height * r, height, height * r, together=True)
        for p, r in zip((first, second), ratios, strict=True)
    )
    if max(depth_of(each, page) - height for each in placed) > _CAPTION_SHARE * page.depth - 1:
        return None
    return Plate(placed, side_by_side=True)


def _sized(picture: PlannedPicture, width: float, depth: float, page: Measures) -> Placed:
    """As wide as ``width`` or as the depth left above its caption allows."""
    ratio = _ratio(picture)
    slot = max(width, _SMALLEST)
    for _ in range(_ROUNDS):
        caption = _caption(picture, slot, page)
        if caption > _CAPTION_SHARE * page.depth or caption > depth / 2:
            break
        height = min(width / ratio, depth - caption)
        narrower = max(height * ratio, _SMALLEST)
        if _caption(picture, narrower, page) <= caption:
            return Placed(picture, height * ratio, height, narrower, together=True)
        slot = narrower
    height = min(width / ratio, depth)
    return Placed(picture, height * ratio, height, max(height * ratio, _SMALLEST), together=False)


def _ratio(picture: PlannedPicture) -> float:
    return max(1, picture.width) / max(1, picture.height)


def _widest(picture: PlannedPicture, page: Measures) -> float:
    """The width a picture can bear on this page before it looks coarse."""
    return min(page.measure, max(_SMALLEST, picture.width / COARSEST))


def _caption(picture: PlannedPicture, width: float, page: Measures) -> float:
    """How deep the words under a picture will be, about, when they may be this wide."""
    if not picture.caption:
        return 0.0
    scale = page.letters / 10.5
    per_line = max(1, int(width / (_CAPTION_LETTER * scale)))
    lines = sum(max(1, math.ceil(len(line) / per_line)) for line in picture.caption.split("\n"))
    return _CAPTION_GAP + lines * _CAPTION_LINE * scale
