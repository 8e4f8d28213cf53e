"""Cuts as they are seen in a turned photo, frames that are pushed, and lengths that are typed."""

import itertools

import pytest

from memorybook.domain.edit import SCALE, WHOLE, Crop, Edit
from memorybook.ui.photos import lengths
from memorybook.ui.photos.cropping import moved
from memorybook.ui.photos.lengths import Unit
from memorybook.ui.photos.turning import cropped, rotated, turned, upright

CUT = Crop(1000, 2000, 7000, 9000)


def test_a_cut_is_where_the_turned_photo_has_it() -> None:
    assert turned(CUT, 0) == CUT
    # A quarter to the right: what was at the left is at the top, what was at the bottom at the left.
    assert turned(CUT, 90) == Crop(SCALE - 9000, 1000, SCALE - 2000, 7000)
    assert turned(CUT, 180) == Crop(SCALE - 7000, SCALE - 9000, SCALE - 1000, SCALE - 2000)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_cut_made_in_a_turned_photo_comes_back(turn: int) -> None:
    assert upright(turned(CUT, turn), turn) == CUT
    edit = cropped(Edit(turn=turn, grey=True), turned(CUT, turn))
    assert edit == Edit(turn, CUT, grey=True)
    assert turned(WHOLE, turn) == WHOLE


def test_four_quarters_are_none() -> None:
    edit = Edit(crop=CUT)
    for clockwise in (True, False):
        turned_round = edit
        for _ in range(4):
            turned_round = rotated(turned_round, clockwise=clockwise)
        assert turned_round == edit
    assert rotated(edit, clockwise=False).turn == 270


def test_a_side_of_the_frame_moves_alone_and_the_middle_moves_all() -> None:
    assert moved(CUT, (-1, 0), 500, 500) == Crop(1500, 2000, 7000, 9000)
    assert moved(CUT, (1, 1), 500, -500) == Crop(1000, 2000, 7500, 8500)
    assert moved(CUT, (0, 0), 500, 500) == Crop(1500, 2500, 7500, 9500)


def test_the_frame_keeps_its_shape_at_the_edge() -> None:
    assert moved(CUT, (0, 0), -5000, 5000) == Crop(0, 3000, 6000, SCALE)


def test_no_push_makes_an_impossible_frame() -> None:
    sides = list(itertools.product((-1, 0, 1), repeat=2))
    for side, across, down in itertools.product(sides, (-20_000, -7, 20_000), (-20_000, 7, 20_000)):
        moved(CUT, side, across, down)
        moved(Crop(0, 0, 150, 150), side, across, down)
        moved(Crop(9_900, 9_900, SCALE, SCALE), side, across, down)


@pytest.mark.parametrize(
    ("text", "number"),
    [("30", 30), (" 7,5 ", 7.5), ("7.25", 7.25), ("0", None), ("", None), ("-3", None), ("1e3", None)],
)
def test_a_length_is_typed_with_a_point_or_a_comma(text: str, number: float | None) -> None:
    assert lengths.number(text) == number


def test_a_ruler_and_a_scan_say_the_same() -> None:
    assert lengths.per_mm_by_ruler(600, 1, Unit.INCH) == pytest.approx(lengths.per_mm_by_scan(600))
    assert lengths.per_mm_by_ruler(600, 2.54, Unit.CM) == pytest.approx(lengths.per_mm_by_scan(600))
    assert lengths.per_mm_by_ruler(600, 25.4, Unit.MM) == pytest.approx(lengths.per_mm_by_scan(600))
    assert lengths.dots_per_inch(lengths.per_mm_by_scan(600)) == pytest.approx(600)
