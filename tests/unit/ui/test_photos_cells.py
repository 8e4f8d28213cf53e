"""Where the tiles of the grid stand."""

import itertools

from memorybook.ui.photos import cells


def test_the_usual_tiles_fill_the_width_as_they_were_drawn() -> None:
    grid = cells.fit(8, 1056, size=cells.USUAL, scale=1.0)
    assert (grid.columns, grid.width, grid.high) == (4, 232, 176)
    assert [grid.place(number)[0] for number in range(4)] == [40, 288, 536, 784]
    assert grid.place(4)[1] - grid.place(0)[1] == 217
    last = grid.place(3)
    assert last[0] + last[2] == 1056 - 40


def test_a_cell_is_found_where_it_stands_in_either_direction() -> None:
    for room, size, scale, mirrored in itertools.product(
        (300, 800, 1056, 1999), range(cells.LARGEST + 1), (0.8, 1.0, 2.0), (False, True)
    ):
        grid = cells.fit(23, room, size=size, scale=scale, mirrored=mirrored)
        for number in range(23):
            left, top, width, height = grid.place(number)
            assert left >= 0
            assert left + width <= room
            assert grid.at(left, top) == number
            assert grid.at(left + width - 1, top + height - 1) == number
            assert grid.at(left + width // 2, top + height // 2) == number
            assert number in grid.between(top, top)
        assert grid.at(room // 2, grid.grid_end + 1) is None
        assert grid.at(room // 2, -1) is None


def test_between_the_cells_is_nothing_and_beside_the_last_one_neither() -> None:
    grid = cells.fit(5, 1056, size=cells.USUAL, scale=1.0)
    left, top, width, height = grid.place(0)
    assert grid.at(left + width + 3, top) is None
    assert grid.at(left, top + height + 3) is None
    after = grid.place(4)
    assert grid.at(after[0] + after[2] + grid.gap + 1, after[1]) is None


def test_a_frame_touches_what_it_overlaps() -> None:
    grid = cells.fit(8, 1056, size=cells.USUAL, scale=1.0)
    first, second = grid.place(0), grid.place(5)
    assert grid.touching(first[0] + 5, first[1] + 5, second[0] + 5, second[1] + 5) == [0, 1, 4, 5]
    assert grid.touching(0, 0, 10, 10) == []


def test_nothing_has_no_rows_and_a_foot_has_its_room() -> None:
    nothing = cells.fit(0, 800, size=0, scale=1.0)
    assert list(nothing.between(0, 5000)) == []
    with_foot = cells.fit(4, 800, size=0, scale=1.0, foot=70)
    assert with_foot.total - cells.fit(4, 800, size=0, scale=1.0).total == 70
