"""How a photo lies in its room at any size."""

import random

import pytest

from memorybook.ui.photos.viewport import LARGEST, STEP, Viewport


def viewport(picture: tuple[int, int] = (4000, 3000), ratio: float = 1.0) -> Viewport:
    port = Viewport()
    port.resize(800, 600, ratio)
    port.show(*picture)
    return port


def test_a_photo_is_fitted_and_stands_in_the_middle() -> None:
    port = viewport((4000, 1000))
    assert port.is_fitted
    assert port.scale == pytest.approx(0.2)
    assert port.origin == pytest.approx((0, 200))
    assert not port.can_pan


def test_room_is_left_around_a_fitted_photo_where_it_is_asked_for() -> None:
    port = viewport((4000, 1000))
    port.border = 16
    assert port.origin[0] == pytest.approx(16)
    assert port.picture[0] * port.scale == pytest.approx(800 - 2 * 16)


def test_a_fitted_photo_follows_the_room_and_another_size_does_not() -> None:
    port = viewport()
    port.resize(400, 300, 1)
    assert port.scale == pytest.approx(0.1)
    port.zoom_to(100)
    port.resize(800, 600, 1)
    assert port.percent == pytest.approx(100)


def test_a_small_photo_is_not_made_coarse_by_fitting() -> None:
    assert viewport((40, 30)).percent == pytest.approx(200)
    assert viewport((40, 30), ratio=2).percent == pytest.approx(200)


def test_a_hundred_is_a_pixel_of_the_screen() -> None:
    port = viewport(ratio=2)
    port.zoom_to(100)
    assert port.scale == pytest.approx(0.5)


@pytest.mark.parametrize("at", [(0.0, 0.0), (400.0, 300.0), (790.0, 10.0), (123.0, 456.0)])
def test_what_is_under_the_mouse_stays_there(at: tuple[float, float]) -> None:
    port = viewport()
    before = port.to_picture(at)
    for _ in range(6):
        port.zoom_by(STEP, at)
    assert port.to_picture(at) == pytest.approx(before)


def test_out_again_the_photo_is_fitted() -> None:
    port = viewport()
    port.zoom_by(STEP)
    port.zoom_by(1 / STEP)
    port.zoom_by(1 / STEP)
    assert port.is_fitted


def test_there_is_a_largest_and_a_smallest() -> None:
    port = viewport((40, 30))
    port.zoom_to(100_000)
    assert port.scale == LARGEST
    port.zoom_to(0.001)
    assert port.percent == pytest.approx(100)


def test_a_photo_is_never_pulled_off_its_room() -> None:
    port = viewport()
    port.zoom_to(100)
    port.pan(10_000, 10_000)
    assert port.origin == pytest.approx((0, 0))
    port.pan(-30, 0)  # and follows at once when it is pulled back
    assert port.origin == pytest.approx((-30, 0))
    port.pan(-10_000, -10_000)
    assert port.to_room((4000, 3000)) == pytest.approx((800, 600))


def test_whatever_is_done_no_room_is_left_empty_that_the_photo_could_fill() -> None:
    chance = random.Random(5)  # noqa: S311 the same every time
    for _ in range(200):
        port = viewport((chance.randint(1, 9000), chance.randint(1, 9000)), chance.choice([1.0, 1.5, 2.0]))
        for _ in range(12):
            at = (chance.uniform(0, 800), chance.uniform(0, 600))
            act = chance.randrange(4)
            if act == 0:
                port.zoom_by(chance.uniform(0.2, 5), at)
            elif act == 1:
                port.pan(chance.uniform(-900, 900), chance.uniform(-900, 900))
            elif act == 2:
                port.zoom_to(chance.uniform(1, 900), at)
            else:
                port.fit()
            for axis in (0, 1):
                start, long, room = port.origin[axis], port.picture[axis] * port.scale, port.room[axis]
                if long <= room:
                    assert start == pytest.approx((room - long) / 2)
                else:
                    assert start <= 1e-6
                    assert start + long >= room - 1e-6
            assert port.to_room(port.to_picture(at)) == pytest.approx(at)
