"""The measures of a page: its size, its margins and the size of its letters."""

from dataclasses import dataclass, replace

from memorybook.domain.book import BookPlan, PageSize, Preset

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths in millimetres, ``letters`` and ``line`` (from one baseline to the next) in points.

    ``sink`` is how much lower than the other pages a page begins on which something new begins. ``bleed``
    is what a sheet has around the page on every side, to be cut off; it is no part of the other lengths.
    ``to_the_edge``: whether it can be printed that far, as no printer at home does.
    """

    width: float
    height: float
    inside: float
    outside: float
    top: float
    bottom: float
    sink: float
    letters: float
    line: float
    bleed: float = 0.0
    to_the_edge: bool = True

    @property
    def measure(self) -> float:
        """How wide the text is."""
        return self.width - self.inside - self.outside

    @property
    def depth(self) -> float:
        """How deep the text is."""
        return self.height - self.top - self.bottom

    @property
    def letter_width(self) -> float:
        """The average letter of the text, about (Source Serif 4: 0.46 of its size)."""
        return 0.46 * self.letters * MM_PER_POINT

    @property
    def line_height(self) -> float:
        """From one baseline to the next."""
        return self.line * MM_PER_POINT


# Lines of about 64 letters on every size: the larger sheets get larger letters and wider margins.
MEASURES = {
    PageSize.A5: Measures(148, 210, 21, 18, 22, 27, 13, 10.5, 15.2),
    PageSize.A4: Measures(210, 297, 37, 37, 33, 42, 19, 12.8, 18.6),
    PageSize.LETTER: Measures(215.9, 279.4, 40, 40, 30, 38, 17, 12.8, 18.4),
    PageSize.EIGHT_TEN: Measures(203.2, 254, 37, 35, 29, 36, 16, 12.4, 17.9),
    PageSize.DIGEST: Measures(139.7, 215.9, 19, 16.5, 22, 28, 13, 10.2, 14.8),
    PageSize.SIX_NINE: Measures(152.4, 228.6, 22, 19, 24, 30, 14, 10.7, 15.5),
    PageSize.SQUARE: Measures(215.9, 215.9, 40, 40, 25, 30, 13, 12.4, 17.9),
}

BLEED = 3.175
"""What print services cut off all around: an eighth of an inch."""

SAFE = 12.7
"""So far from the edge of the page words stay when it is printed and cut by a service: half an inch."""

GUTTER = 6.35
"""How much further in words stay at the fold of a bound book: a quarter of an inch."""

_INWARDS = 2.5
_OUTWARDS = 1.5
_LARGE = 17.0, 24.5
_LARGE_ON_SMALL = 16.0, 22.5
_LARGE_MARGINS = 0.68
_SMALLEST_MARGIN = 14.0
_SMALL_SHEET = 160.0


def measures_for(plan: BookPlan, *, bleed: bool = True) -> Measures:
    """The measures of this book. Without ``bleed`` those of its pages as they will be when they are cut."""
    page = replace(MEASURES[plan.page_size], to_the_edge=plan.preset is not Preset.HOME)
    if plan.large_print and plan.preset is Preset.HOME:
        page = _large(page)
    if plan.preset is Preset.PRESS:
        page = replace(
            page,
            inside=page.inside + _INWARDS,
            outside=page.outside - _OUTWARDS,
            bleed=BLEED if bleed else 0.0,
        )
    return page


def _large(page: Measures) -> Measures:
    """Letters of 16 or 17 points, and narrower margins so that a line still holds some words."""
    letters, line = _LARGE_ON_SMALL if page.width < _SMALL_SHEET else _LARGE

    def narrower(margin: float) -> float:
        return max(_SMALLEST_MARGIN, margin * _LARGE_MARGINS)

    return replace(
        page,
        inside=narrower(page.inside),
        outside=narrower(page.outside),
        top=narrower(page.top),
        bottom=max(21.0, page.bottom * 0.8),
        sink=page.sink * 0.7,
        letters=letters,
        line=line,
    )
