"""The measures of a page: its size, its margins and the size of its letters."""

from dataclasses import dataclass

from memorybook.domain.book import PageSize

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths in millimetres, ``letters`` and ``line`` (from one baseline to the next) in points.

    ``sink`` is how much lower than the other pages a page begins on which something new begins.
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
