"""Where the lines of the list stand, worked out from the headings alone: no line is measured one by one."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heights:
    """Rows of two heights, in pixels. ``starts``: before which page, counted from 0, each heading stands."""

    starts: Sequence[int]
    pages: int
    page: int
    heading: int

    @property
    def rows(self) -> int:
        """How many rows there are, headings included."""
        return self.pages + len(self.starts)

    @property
    def total(self) -> int:
        """The height of the whole list."""
        return self.pages * self.page + len(self.starts) * self.heading

    def page_of(self, row: int) -> int | None:
        """The number of the page in a row; ``None`` for a heading."""
        above = self._headings_to(row)
        return None if above and self._row_of_heading(above - 1) == row else row - above

    def row_of(self, page: int) -> int:
        """The row of a page."""
        return page + bisect_right(self.starts, page)

    def heading_of(self, row: int) -> int:
        """The number of the heading a row is, or stands under."""
        return self._headings_to(row) - 1

    def span(self, row: int) -> tuple[int, int]:
        """Top and height of a row."""
        above = self._headings_to(row)
        if above and self._row_of_heading(above - 1) == row:
            return self._top_of_heading(above - 1), self.heading
        return (row - above) * self.page + above * self.heading, self.page

    def row_at(self, y: int) -> int | None:
        """The row that covers a height; ``None`` above and below the list."""
        if not 0 <= y < self.total:
            return None
        group = bisect_right(range(len(self.starts)), y, key=self._top_of_heading) - 1
        below = y - (self._top_of_heading(group) if group >= 0 else 0)
        if group < 0:
            return below // self.page
        if below < self.heading:
            return self._row_of_heading(group)
        return self._row_of_heading(group) + 1 + (below - self.heading) // self.page

    def _row_of_heading(self, number: int) -> int:
        return self.starts[number] + number

    def _top_of_heading(self, number: int) -> int:
        return self.starts[number] * self.page + number * self.heading

    def _headings_to(self, row: int) -> int:
        """How many headings stand in this row or above it."""
        return bisect_right(range(len(self.starts)), row, key=self._row_of_heading)
