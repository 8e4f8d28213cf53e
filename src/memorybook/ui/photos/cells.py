"""Where the tiles of the grid stand: rows of equal cells, worked out from numbers alone."""

from dataclasses import dataclass

SMALLEST, USUAL, LARGEST = 0, 2, 4
"""Sizes of tiles, the smallest and the largest there are; and the one a book begins with."""

_WANTED = (96, 140, 200, 300, 460)
_GAP = 16
_SIDE = 40
_WORDS = 31
_BELOW = 10
_TOP = 6
_END = 24


@dataclass(frozen=True, slots=True)
class Cells:
    """All lengths in pixels as drawn, from the upper left corner of the content.

    A cell is a picture of ``width`` by ``high`` with a line of ``words`` under it. ``foot`` is the room kept
    below the last row. Numbers count from 0; in a ``mirrored`` window rows begin at the right.
    """

    count: int
    columns: int
    width: int
    high: int
    words: int
    gap: int
    below: int
    side: int
    top: int
    room: int
    end: int
    foot: int
    mirrored: bool

    @property
    def pitch(self) -> int:
        """From the top of one row to the top of the next."""
        return self.high + self.words + self.below

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return -(-self.count // self.columns)

    @property
    def grid_end(self) -> int:
        """Where the last row ends."""
        return self.top + self.rows * self.pitch

    @property
    def total(self) -> int:
        """How tall the whole content is."""
        return self.grid_end + self.foot + self.end

    def place(self, number: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a cell."""
        row, column = divmod(number, self.columns)
        if self.mirrored:
            left = self.room - self.side - self.width - column * (self.width + self.gap)
        else:
            left = self.side + column * (self.width + self.gap)
        return left, self.top + row * self.pitch, self.width, self.high + self.words

    def at(self, x: int, y: int) -> int | None:
        """The cell at a place; ``None`` between the cells and outside of them."""
        row = (y - self.top) // self.pitch
        inner = (self.room - self.side - 1 - x) if self.mirrored else x - self.side
        column, within = divmod(inner, self.width + self.gap)
        if y < self.top or row >= self.rows or inner < 0 or column >= self.columns:
            return None
        number = row * self.columns + column
        if within >= self.width or (y - self.top) % self.pitch >= self.high + self.words:
            return None
        return number if number < self.count else None

    def between(self, top: int, bottom: int) -> range:
        """The cells of all rows that have a part between these heights."""
        first = max(0, (top - self.top) // self.pitch)
        last = max(0, (bottom - self.top) // self.pitch)
        return range(min(first * self.columns, self.count), min((last + 1) * self.columns, self.count))

    def touching(self, left: int, top: int, right: int, bottom: int) -> list[int]:
        """The cells that a frame drawn with the mouse touches."""
        found = []
        for number in self.between(top, bottom):
            x, y, width, height = self.place(number)
            if x <= right and x + width >= left and y <= bottom and y + height >= top:
                found.append(number)
        return found


def side_of(room: int, scale: float) -> int:
    """The margin beside a page that is ``room`` wide, in pixels as drawn."""
    return round((_SIDE if room >= 480 * scale else 16) * scale)


def fit(
    count: int, room: int, *, size: int, scale: float, foot: int = 0, mirrored: bool = False
) -> Cells:
    """Cells for a view ``room`` wide, as near to the ``size`` asked for as fills the width.

    ``scale`` is the text size, 1.0 for 100 %: the words under the tiles grow with it, tiles half as much, so
    that there are still several beside one another.
    """

    def px(length: float) -> int:
        return round(length * scale)

    side = side_of(room, scale)
    inner, gap = max(room - 2 * side, 1), px(_GAP)
    columns = max(1, (inner + gap) // (round(_WANTED[size] * (1 + scale) / 2) + gap))
    width = max(1, (inner - gap * (columns - 1)) // columns)
    return Cells(
        count=count, columns=columns, width=width, high=max(1, round(width * 176 / 232)), words=px(_WORDS),
        gap=gap, below=px(_BELOW), side=side, top=px(_TOP), room=room, end=px(_END), foot=foot,
        mirrored=mirrored,
    )  # fmt: skip
