"""Reads the pages of a long list as they come into sight, and lets go of those long out of it."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from memorybook.domain.entry import EntryRow
from memorybook.domain.paging import Cursor, EntryPage
from memorybook.ui.story.outline import Outline, place_of

_HELD = 60
"""Pieces that are kept: a few thousand pages, some megabytes."""

_AT_ONCE = 8
"""Pieces read in one go where the way into a month of very many pages is long."""

Found = Callable[[int], object]


class Pieces:
    """One read at a time, the newest wish first: what was scrolled past meanwhile is never read.

    ``read(first, limit, behind)`` asks for pages, whose answer goes to :meth:`came`; ``fill`` and ``drop``
    tell the list; ``differs`` is called when there are other pages than the outline says.
    """

    def __init__(
        self,
        outline: Outline,
        *,
        read: Callable[[int, int, Cursor], object],
        fill: Callable[[int, Sequence[EntryRow]], object],
        drop: Callable[[int, int], object],
        differs: Callable[[], object],
    ) -> None:
        self._outline = outline
        self._read, self._fill, self._drop, self._differs = read, fill, drop, differs
        self._held: OrderedDict[int, list[tuple[int, int]]] = OrderedDict()
        self._reading = range(0)
        self._seen = range(0)
        self._seeking: tuple[Cursor | None, Found] | None = None

    def begin_with(self, rows: Sequence[EntryRow]) -> None:
        """The first pages of the list, which have been read before the outline was known."""
        for number, piece in enumerate(self._outline.pieces):
            some = rows[piece.first : piece.first + piece.count]
            if len(some) < piece.count:
                break
            self._hold(number, some)
            self._fill(piece.first, some)

    def need(self, first: int, last: int) -> None:
        """These pages are in sight."""
        self._seen = self._outline.pieces_of(first, last)
        for number in self._seen:
            if number in self._held:
                self._held.move_to_end(number)
        self._go_on()

    def seek(self, cursor: Cursor | None, found: Found) -> None:
        """Find the page at ``cursor`` or the first behind it; the last when there is none; then ``found``."""
        self._seeking = (cursor, found)
        self._go_on()

    def seek_no_more(self) -> None:
        """The page that was sought is not wanted any more."""
        self._seeking = None

    def stopped(self) -> None:
        """The answer will not come."""
        self._reading = range(0)
        self.seek_no_more()

    def came(self, first: int, page: EntryPage, *, expected: int) -> None:
        """The answer to what was asked for last."""
        numbers, self._reading = self._reading, range(0)
        if len(page.rows) != expected:
            self._differs()
            return
        self._fill(first, page.rows)
        for number in numbers:
            piece = self._outline.pieces[number]
            start = piece.first - first
            self._hold(number, page.rows[start : start + piece.count])
        self._go_on()
        self._let_go()

    def _hold(self, number: int, rows: Sequence[EntryRow]) -> None:
        """A piece is read; the one behind it can be read from there."""
        self._held[number] = [(row.day.sort_key, row.id) for row in rows]
        after = number + 1
        if rows and after < len(self._outline.pieces) and self._outline.pieces[after].behind is None:
            self._outline.pieces[after].behind = Cursor(rows[-1].day.sort_key, rows[-1].id)

    def _go_on(self) -> None:
        if self._reading:
            return
        if self._seeking is not None:
            missing = self._look_for(*self._seeking)
        else:
            missing = next((number for number in self._seen if number not in self._held), None)
        if missing is not None:
            self._ask(missing)

    def _look_for(self, cursor: Cursor | None, found: Found) -> int | None:
        """Call ``found`` if the page is among those that are held; else which piece to read next."""
        start = 0 if cursor is None else self._outline.start_of(cursor.day_key)
        number = self._outline.pieces_of(start, start)[0]
        while number < len(self._outline.pieces):
            if number not in self._held:
                return number
            place = 0 if cursor is None else place_of(self._held[number], cursor)
            if place is not None:
                self._arrive(found, self._outline.pieces[number].first + place)
                return self._still_missing()
            number += 1
        self._arrive(found, self._outline.total - 1)
        return self._still_missing()

    def _arrive(self, found: Found, page: int) -> None:
        self._seeking = None
        found(page)

    def _still_missing(self) -> int | None:
        if self._reading:  # the arrival has asked for something itself
            return None
        return next((number for number in self._seen if number not in self._held), None)

    def _ask(self, number: int) -> None:
        begin = number
        while self._outline.pieces[begin].behind is None:
            begin -= 1
        end = min(number + 1, begin + _AT_ONCE)
        self._reading = range(begin, end)
        limit = sum(self._outline.pieces[each].count for each in self._reading)
        if (behind := self._outline.pieces[begin].behind) is not None:  # the first always has it
            self._read(self._outline.pieces[begin].first, limit, behind)

    def _let_go(self) -> None:
        for number in list(self._held):
            if len(self._held) <= _HELD:
                break
            if number not in self._seen:
                del self._held[number]
                piece = self._outline.pieces[number]
                self._drop(piece.first, piece.count)
