"""Where pages stand in a long list, and how they are read: arithmetic that needs no book."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryKind, EntryRow
from memorybook.domain.ids import EntryId
from memorybook.domain.paging import Cursor, EntryPage
from memorybook.domain.story import Month
from memorybook.ui.story.heights import Heights
from memorybook.ui.story.outline import Outline, latest_in
from memorybook.ui.story.pieces import Pieces


def vague(year: int, month: int, day: int) -> VagueDate:
    """0 where it is not known."""
    if not year:
        return VagueDate(None, month or 10, day)
    return VagueDate(year, month or None, day if month else None)


YEARS = st.sampled_from([0, 0, 1999, 2024, 2025, 2026])
DAYS = st.builds(vague, YEARS, st.integers(0, 12), st.integers(1, 28))
BOOKS = st.lists(st.one_of(st.just(UNKNOWN), DAYS), max_size=900)


def row(number: int, day: VagueDate) -> EntryRow:
    return EntryRow(EntryId(number), day, EntryKind.ENTRY, f"Title {number}", "Words", None, 0, in_book=True)


class Shelf:
    """Answers as the story does, from a list; ``asked`` are the reads that wait for :meth:`answer`."""

    def __init__(self, days: Sequence[VagueDate]) -> None:
        rows = [row(number, day) for number, day in enumerate(days, start=1)]
        self.rows = sorted(rows, key=lambda each: (each.day.sort_key, each.id), reverse=True)
        months: dict[int, int] = {}
        for each in self.rows:
            months[each.day.sort_key // 100] = months.get(each.day.sort_key // 100, 0) + 1
        self.outline = Outline(Month(key // 100, key % 100, count) for key, count in months.items())
        self.asked: list[tuple[int, int, Cursor]] = []
        self.shown: dict[int, EntryRow] = {}
        self.differed = 0
        self.pieces = Pieces(
            self.outline,
            read=lambda first, limit, behind: self.asked.append((first, limit, behind)),
            fill=lambda first, some: self.shown.update(enumerate(some, start=first)),
            drop=lambda first, count: [self.shown.pop(page) for page in range(first, first + count)],
            differs=self._differ,
        )

    def _differ(self) -> None:
        self.differed += 1

    def answer(self) -> None:
        while self.asked:
            first, limit, behind = self.asked.pop(0)
            assert not self.asked, "one read at a time"
            found = [
                each for each in self.rows if (each.day.sort_key, each.id) < (behind.day_key, behind.id)
            ]
            self.pieces.came(first, EntryPage(tuple(found[:limit]), None), expected=limit)


@given(BOOKS, st.data())
def test_every_page_is_read_into_the_place_it_has(days: list[VagueDate], data: st.DataObject) -> None:
    shelf = Shelf(days)
    assert shelf.outline.total == len(shelf.rows)
    for _ in range(3):
        if shelf.rows:
            first = data.draw(st.integers(0, len(shelf.rows) - 1))
            last = min(first + 12, len(shelf.rows) - 1)
            shelf.pieces.need(first, last)
            shelf.answer()
            assert [shelf.shown[page] for page in range(first, last + 1)] == shelf.rows[first : last + 1]
    assert all(shelf.rows[page] == shown for page, shown in shelf.shown.items())
    assert not shelf.differed


@given(BOOKS, st.one_of(st.just(UNKNOWN), DAYS))
def test_a_date_leads_to_its_newest_page_or_the_next_older_one(
    days: list[VagueDate], wanted: VagueDate
) -> None:
    shelf = Shelf(days)
    if not shelf.rows:
        return
    found: list[int] = []
    shelf.pieces.seek(latest_in(wanted), found.append)
    shelf.answer()
    ceiling = latest_in(wanted).day_key
    expected = next(
        (page for page, each in enumerate(shelf.rows) if each.day.sort_key <= ceiling), len(shelf.rows) - 1
    )
    assert found == [expected]


@given(BOOKS, st.data())
def test_a_page_is_found_again_by_its_place(days: list[VagueDate], data: st.DataObject) -> None:
    shelf = Shelf(days)
    if not shelf.rows:
        return
    page = data.draw(st.integers(0, len(shelf.rows) - 1))
    found: list[int] = []
    shelf.pieces.seek(Cursor(shelf.rows[page].day.sort_key, shelf.rows[page].id), found.append)
    shelf.answer()
    assert found == [page]


def test_what_was_scrolled_past_is_not_read_and_what_is_far_away_is_let_go() -> None:
    shelf = Shelf([VagueDate(2026, 1 + number % 12, 1 + number % 28) for number in range(30_000)])
    shelf.pieces.need(0, 12)
    for place in range(1_000, 29_000, 500):
        shelf.pieces.need(place, place + 12)
    assert len(shelf.asked) == 1
    shelf.answer()
    assert 28_500 in shelf.shown
    assert not any(page in shelf.shown for page in range(14_000, 16_000))
    for place in range(0, 30_000, 10):
        shelf.pieces.need(place, place + 12)
        shelf.answer()
    assert 29_995 in shelf.shown
    assert 0 not in shelf.shown
    assert len(shelf.shown) < 10_000


def test_a_book_that_changed_meanwhile_is_noticed() -> None:
    shelf = Shelf([VagueDate(2026, 3, 1 + number % 28) for number in range(40)])
    del shelf.rows[7]
    shelf.pieces.need(0, 10)
    shelf.answer()
    assert shelf.differed == 1
    assert not shelf.shown


@given(st.lists(st.integers(1, 30), max_size=40), st.integers(0, 5))
def test_rows_stand_below_one_another_without_a_gap(groups: list[int], loose: int) -> None:
    starts = [sum(groups[:number]) for number in range(len(groups))]
    rows = Heights(starts, sum(groups), page=63, heading=40)
    below, pages = 0, 0
    for place in range(rows.rows):
        top, height = rows.span(place)
        assert top == below
        assert {rows.row_at(top), rows.row_at(top + height - 1), rows.row_at(top + height // 2)} == {place}
        page = rows.page_of(place)
        assert height == (40 if page is None else 63)
        if page is not None:
            assert (page, rows.row_of(page)) == (pages, place)
            pages += 1
        below += height
    assert below == rows.total
    assert rows.row_at(rows.total + loose) is None
    assert rows.row_at(-1 - loose) is None
