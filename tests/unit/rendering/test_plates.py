"""Pictures are placed whole, in order, and within the page."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook.domain.book import PageSize, PlannedPicture
from memorybook.domain.ids import PhotoId
from memorybook.rendering.measures import BLEED, MEASURES
from memorybook.rendering.plates import GAP, ROW_GAP, arrange, depth_of, is_true_size
from tests.unit.rendering.pages import picture

A5 = MEASURES[PageSize.A5]

pictures = st.lists(
    st.builds(
        PlannedPicture,
        st.integers(1, 99).map(PhotoId),
        st.integers(1, 9000),
        st.integers(1, 9000),
        st.text("ab c\n", max_size=400),
    ),
    max_size=7,
)


@given(pictures, st.sampled_from(PageSize), st.floats(0, 300))
def test_every_picture_once_in_order_and_on_the_page(
    given: list[PlannedPicture], size: PageSize, room: float
) -> None:
    page = MEASURES[size]
    plates = arrange(given, page, room)
    assert [placed.picture for plate in plates for placed in plate.pictures] == given
    for plate in plates:
        assert 1 <= len(plate.pictures) <= 2
        widths = [placed.width for placed in plate.pictures]
        depths = [depth_of(placed, page) for placed in plate.pictures]
        if plate.side_by_side:
            assert sum(widths) + GAP <= page.measure + 0.1
            assert max(depths) <= page.depth
        else:
            assert max(widths) <= page.measure + 0.1
            assert sum(depths) + ROW_GAP * (len(depths) - 1) <= page.depth


@given(st.integers(200, 9000), st.integers(200, 9000))
def test_a_picture_keeps_its_shape(width: int, height: int) -> None:
    ((placed,),) = (plate.pictures for plate in arrange([picture(1, width, height)], A5, 0))
    if max(width, height) < 12 * min(width, height):
        assert placed.width / placed.height == pytest.approx(width / height, rel=0.01)


@given(pictures, st.sampled_from(PageSize), st.booleans())
def test_in_an_album_too(given: list[PlannedPicture], size: PageSize, below: bool) -> None:
    page = replace(MEASURES[size], bleed=BLEED)
    plates = arrange(given, page, 100, below_title=below, album=True)
    assert [placed.picture for plate in plates for placed in plate.pictures] == given
    for plate in plates:
        (placed,) = plate.pictures
        assert placed.width <= page.width + 2 * page.bleed + 0.001
        assert placed.height <= page.height - (page.bottom if plate.edge else page.top + page.bottom)


@given(st.integers(1, 9000), st.integers(1, 9000), st.floats(0.5, 100), st.sampled_from(PageSize))
def test_what_has_a_size_of_its_own_is_never_larger(
    width: int, height: int, per_mm: float, size: PageSize
) -> None:
    page = MEASURES[size]
    one = PlannedPicture(PhotoId(1), width, height, per_mm=per_mm)
    for album in (False, True):
        ((placed,),) = (plate.pictures for plate in arrange([one], page, 90, below_title=True, album=album))
        assert placed.width <= width / per_mm * 1.0001
        fits = width / per_mm <= page.measure and height / per_mm < page.depth - 1
        assert is_true_size(placed) or not fits


def test_a_landscape_is_as_wide_as_the_text() -> None:
    (plate,) = arrange([picture(1, 3000, 2000)], A5, 0)
    assert plate.pictures[0].width == A5.measure


def test_two_uprights_stand_side_by_side_at_one_height() -> None:
    (plate,) = arrange([picture(1, 1500, 2000), picture(2, 2000, 3000)], A5, 0)
    assert plate.side_by_side
    assert plate.pictures[0].height == plate.pictures[1].height


def test_two_landscapes_share_a_page_when_little_is_lost_by_it() -> None:
    (plate,) = arrange([picture(n, 3000, 2000, "Some words") for n in (1, 2)], A5, 0)
    assert not plate.side_by_side
    assert plate.pictures[0].width == plate.pictures[1].width > 0.8 * A5.measure


def test_a_soft_picture_is_printed_smaller() -> None:
    (plate,) = arrange([picture(1, 300, 200)], A5, 0)
    assert 40 < plate.pictures[0].width < 0.7 * A5.measure


def test_an_upright_becomes_smaller_to_stand_below_a_few_lines() -> None:
    (alone,) = arrange([picture(1, 2000, 3000)], A5, 0)
    (below,) = arrange([picture(1, 2000, 3000)], A5, 115)
    assert below.pictures[0].height <= 115 < alone.pictures[0].height


@pytest.mark.parametrize(("width", "height"), [(2000, 3000), (3000, 2000), (2000, 2000)])
def test_pictures_below_a_title_begin_on_its_page(width: int, height: int) -> None:
    given = [picture(number, width, height, "Some words") for number in (1, 2, 3)]
    first = arrange(given, A5, 70, below_title=True)[0]
    assert max(depth_of(placed, A5) for placed in first.pictures) <= 70
