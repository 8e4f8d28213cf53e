"""Where the pictures of an entry go: one or two to a page, never cut, never larger than they can bear.

All lengths are millimetres. The text is set by Typst, so what is left of its last page is only
estimated here; an estimate that is too bold moves a picture to the next page and does nothing worse.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from memorybook.domain.book import PlannedPicture
from memorybook.rendering.measures import SAFE, Measures

COARSEST = 110 / 25.4
"""Pixels to the millimetre below which a picture is printed smaller instead (110 to the inch)."""

FINE = 200 / 25.4
"""The same for a picture of which the person asked that it does not look soft."""

GAP = 5.0
"""Between two pictures side by side."""

ROW_GAP = 7.0
"""Above and below a picture, and between two that stand on one another."""

COARSEST_PAGE_WIDE = 150 / 25.4
"""Pixels to the millimetre below which no picture goes from edge to edge."""

_PAGE_WIDE_SHARE = 0.62
_LEAST_SLOT = 70.0
_SMALLEST = 42.0
_SMALLEST_FINE = 25.0
_UPRIGHT = 1.1
_SLIM = 0.4
_ROUNDS = 4
_CREDIT = "Photograph by "  # as long as it is in most languages, about
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
    """Pictures that stay together: one, two side by side, or two on one another.

    An ``edge`` one is in the middle of the page and wider than the text: from edge to edge, with what is
    cut off on either side, or with a little white around it.
    """

    pictures: tuple[Placed, ...]
    side_by_side: bool = False
    edge: bool = False


def arrange(
    pictures: Sequence[PlannedPicture],
    page: Measures,
    room: float,
    *,
    below_title: bool = False,
    album: bool = False,
) -> tuple[Plate, ...]:
    """The pictures in their order. ``room`` is what the text has left of its last page, about.

    ``below_title``: nothing but a title is above the first, which then is made to fit below it.
    ``album``: those that can bear it are as wide as the page, and no two share a line.
    """
    plates: list[Plate] = []
    rest = list(pictures)
    while rest:
        placed = true_size(rest[0], page)
        free = album and (plates or not below_title)
        wide = (page_wide(rest[0], page) or _page_large(rest[0], page)) if free else None
        if placed is not None or wide is not None:
            plates.append(Plate((placed,)) if placed is not None else wide or Plate(()))
            del rest[0]
            continue
        pair = _pair(rest[0], rest[1], page) if len(rest) > 1 and not album else None
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


def page_wide(picture: PlannedPicture, page: Measures) -> Plate | None:
    """From edge to edge, for a picture that is wide and fine enough for that and has no size of its own."""
    width = page.width + 2 * page.bleed
    height = width / _ratio(picture)
    fine = picture.width / width >= max(COARSEST_PAGE_WIDE, _coarsest(picture))
    if not (fine and page.to_the_edge) or picture.per_mm or height > _PAGE_WIDE_SHARE * page.height:
        return None
    together = _caption(picture, page.measure, page) <= page.height - page.bottom - height - ROW_GAP
    return Plate((Placed(picture, width, height, page.measure, together),), edge=True)


def _page_large(picture: PlannedPicture, page: Measures) -> Plate | None:
    """On a page of its own with a little white around it, when that is wider than the text."""
    width = page.width - 2 * SAFE
    height = width / _ratio(picture)
    caption = _caption(picture, page.measure, page)
    fine = picture.width / width >= max(COARSEST_PAGE_WIDE, _coarsest(picture))
    if not fine or picture.per_mm or height + caption > page.height - page.bottom - SAFE - ROW_GAP:
        return None
    return Plate((Placed(picture, width, height, page.measure, together=True),), edge=True)


def is_true_size(placed: Placed) -> bool:
    """Whether it is as large on the page as the thing itself."""
    per_mm = placed.picture.per_mm
    return per_mm is not None and abs(placed.width * per_mm - placed.picture.width) < 0.01 * per_mm


def true_size(picture: PlannedPicture, page: Measures) -> Placed | None:
    """As large as the thing itself, where the page has the room for it and for the words under it."""
    if not picture.per_mm or picture.per_mm <= 0:
        return None
    width, height = picture.width / picture.per_mm, picture.height / picture.per_mm
    slot = max(width, min(page.measure, _LEAST_SLOT))
    together = _caption(picture, slot, page) <= page.depth - height - 1
    # That it is as large as it was is worth more than the edge of the text.
    widest = page.measure + 2 * (min(page.inside, page.outside) - SAFE)
    if width > widest or height > page.depth - 1:
        return None
    return Placed(picture, width, height, slot, together)


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
    if first.per_mm or second.per_mm or first.smaller or second.smaller:
        return None  # each of them has a size of its own
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
    smallest = _SMALLEST_FINE if picture.smaller else _SMALLEST
    widest = min(page.measure, max(smallest, picture.width / _coarsest(picture)))
    # What is known to be smaller than the page is never printed larger than it is.
    return min(widest, picture.width / picture.per_mm) if picture.per_mm else widest


def _coarsest(picture: PlannedPicture) -> float:
    """Pixels to the millimetre that it has in print, if it is not as small as pictures get."""
    return FINE if picture.smaller else COARSEST


def _caption(picture: PlannedPicture, width: float, page: Measures) -> float:
    """How deep the words under a picture will be, about, when they may be this wide."""
    words = f"{picture.caption} {_CREDIT + picture.credit if picture.credit else ''}".strip()
    if not words:
        return 0.0
    scale = page.letters / 10.5
    per_line = max(1, int(width / (_CAPTION_LETTER * scale)))
    lines = sum(max(1, math.ceil(len(line) / per_line)) for line in words.split("\n"))
    return _CAPTION_GAP + lines * _CAPTION_LINE * scale
