"""Where every page of a long list stands before it is read: months, and the pieces they are read in."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import EntryId
from memorybook.domain.paging import Cursor
from memorybook.domain.story import Month

PIECE = 150
"""Pages that are read together, more or less: a month is not cut without need."""

_NO_YEAR = VagueDate(None, 1, 1)


@dataclass(frozen=True, slots=True)
class Group:
    """The pages under one heading. ``first`` is the number of its newest, counted from the top of the list.

    ``ceiling`` is the greatest sort key a day of this group can have.
    """

    day: VagueDate
    ceiling: int
    first: int
    count: int


@dataclass(slots=True)
class Piece:
    """Some pages in a row. ``behind`` is where reading begins; ``None`` until the piece before is read."""

    first: int
    count: int
    behind: Cursor | None


class Outline:
    """The groups of a list in its order, newest first, and its pieces. Pages are numbered from 0."""

    def __init__(self, months: Iterable[Month]) -> None:
        counts: dict[tuple[int, int], int] = {}
        for each in months:
            year, month = each.year or 0, each.month or 0
            key = (year, month) if year or not month else (0, 1)  # days without a year are one group
            counts[key] = counts.get(key, 0) + each.count
        self.groups: list[Group] = []
        first = 0
        for (year, month), count in sorted(counts.items(), reverse=True):
            if count:
                self.groups.append(_group(year, month, first, count))
                first += count
        self.total = first
        self.starts = [group.first for group in self.groups]
        self.pieces = list(_pieces(self.groups))
        self._piece_starts = [piece.first for piece in self.pieces]

    def pieces_of(self, first: int, last: int) -> range:
        """The numbers of the pieces that hold the pages ``first`` to ``last``."""
        if not self.total:
            return range(0)
        first, last = max(0, min(first, self.total - 1)), max(0, min(last, self.total - 1))
        return range(
            bisect_right(self._piece_starts, first) - 1, bisect_right(self._piece_starts, max(first, last))
        )

    def start_of(self, day_key: int) -> int:
        """The first page of the newest group that can hold this day or an older one."""
        ceilings = [-group.ceiling for group in self.groups]
        place = bisect_left(ceilings, -_group_ceiling(day_key))
        return self.groups[place].first if place < len(self.groups) else max(self.total - 1, 0)

    def is_like(self, other: "Outline") -> bool:
        """Whether another list has the same groups with the same numbers of pages."""
        return self.groups == other.groups


def latest_in(day: VagueDate) -> Cursor:
    """The place of the newest page a date can mean: in a month its last day, in a year its last month."""
    key = day.sort_key
    if day.year is not None and day.month is None:
        key += 9999
    elif day.year is not None and day.day is None:
        key += 99
    return Cursor(key, EntryId(1 << 62))


def place_of(rows: Sequence[tuple[int, int]], cursor: Cursor) -> int | None:
    """The first of some (day key, id) pairs, newest first, that is at or behind ``cursor``."""
    wanted = (cursor.day_key, cursor.id)
    return next((number for number, row in enumerate(rows) if row <= wanted), None)


def _group(year: int, month: int, first: int, count: int) -> Group:
    if not year:
        return Group(_NO_YEAR if month else UNKNOWN, 9999 if month else 0, first, count)
    day = VagueDate(year, month or None)
    return Group(day, day.sort_key + (99 if month else 0), first, count)


def _group_ceiling(day_key: int) -> int:
    """The ceiling of the group that a day belongs to."""
    if day_key < 10_000:
        return 9999 if day_key else 0
    return day_key if day_key % 10_000 == 0 else day_key - day_key % 100 + 99


def _pieces(groups: Iterable[Group]) -> Iterable[Piece]:
    piece: Piece | None = None
    for group in groups:
        behind = Cursor(group.ceiling + 1, EntryId(0))
        if piece is not None and piece.behind is not None and piece.count + group.count <= PIECE:
            piece.count += group.count
            continue
        if piece is not None:
            yield piece
        piece = Piece(group.first, min(group.count, PIECE), behind)
        while piece.first + piece.count < group.first + group.count:
            yield piece
            first = piece.first + piece.count
            piece = Piece(first, min(group.first + group.count - first, PIECE), None)
    if piece is not None:
        yield piece
