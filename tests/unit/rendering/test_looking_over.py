"""What is said before a book is saved: what has no face, no description, or too few pixels."""

from dataclasses import replace

import pytest

from memorybook.domain.book import PlannedKeepsake, PlannedRecording, Preset, Style
from memorybook.rendering.looking_over import (
    printed_smaller,
    smaller_than_they_are,
    soft_pictures,
    unprintable,
    without_description,
)
from memorybook.rendering.plan_json import placed_pictures
from tests.unit.rendering.pages import entry, picture, plan


def test_what_no_face_can_draw_is_named_with_its_code() -> None:
    book = plan(entry("before \U000110d0 after \ue000"), entry("and é, Ω, Ж, 🕯, 👨‍👩‍👧, e\u0301"))
    assert unprintable(book) == (("", "U+E000"), ("sora sompeng letter sah", "U+110D0"))


def test_every_place_is_looked_at() -> None:
    unknown, words = "\ue000", entry("Words.", picture(1))
    for book in (
        plan(title=unknown),
        plan(dedication=unknown),
        replace(plan(words), colophon=unknown),
        plan(entry("", replace(picture(1), caption=unknown))),
        plan(entry("", replace(picture(1), credit=unknown))),
        replace(plan(words), keepsakes=(PlannedKeepsake("", "", kept=unknown),)),
        replace(plan(words), recordings=(PlannedRecording("", "", place=unknown),)),
        replace(plan(words), covered=(replace(picture(1), caption=unknown),)),
    ):
        assert unprintable(book) == (("", "U+E000"),)


def test_an_ordinary_book_has_nothing_to_name() -> None:
    assert unprintable(plan(entry("Plain words – “quoted”.", title="Wren"))) == ()


def test_soft_pictures_are_named_with_the_size_they_are_printed_in() -> None:
    fine, soft, softer = picture(1, 3000, 2000), picture(2, 750, 500), picture(3, 400, 300)
    found = soft_pictures(plan(entry("", fine), entry("", soft), entry("", softer)))
    assert [it.picture for it in found] == [softer, soft]
    for it in found:
        assert it.ppi == pytest.approx(it.picture.width / (it.width_mm / 25.4))
        assert it.width_mm / it.height_mm == pytest.approx(it.picture.width / it.picture.height)
    assert [it.is_very for it in found] == [True, False]
    assert all(it.has_choice for it in found)


def test_a_picture_that_is_to_be_smaller_is_as_small_as_it_looks_sharp() -> None:
    soft = picture(2, 750, 500, "A hat")
    smaller = replace(soft, smaller=True)
    for style in Style:
        book = replace(plan(entry("", soft)), style=style)
        (before,) = soft_pictures(book)
        chosen = replace(plan(entry("", smaller)), style=style)
        (placed,) = placed_pictures(chosen)
        assert soft_pictures(chosen) == ()
        assert printed_smaller(chosen) == (smaller,)
        assert placed.width < before.width_mm
        assert smaller.width / placed.width * 25.4 == pytest.approx(200)


def test_there_is_no_choice_for_the_cover_and_for_a_true_size() -> None:
    cover, print_of_feet = picture(1, 400, 300), replace(picture(2, 400, 300), per_mm=4.0)
    book = replace(plan(entry("", print_of_feet)), cover=cover)
    assert [it.has_choice for it in soft_pictures(book)] == [False, False]


def test_a_picture_is_softer_where_it_is_printed_larger() -> None:
    book = plan(entry("", picture(1, 1000, 667)))
    (album,) = soft_pictures(replace(book, style=Style.ALBUM, photos=(picture(1, 1000, 667),)))
    assert soft_pictures(book) == ()
    assert album.ppi < 200


def test_pictures_without_a_description_are_listed_once_and_in_order() -> None:
    described, decorative = picture(1, description="A hat"), replace(picture(2), decorative=True)
    captioned = picture(4, caption="Words")
    book = plan(entry("", captioned, described), entry("", decorative, picture(3), picture(4)))
    assert without_description(book) == (captioned, picture(3))


def test_what_is_larger_than_the_page_is_known() -> None:
    fits, large = replace(picture(1), per_mm=10.0), replace(picture(2), per_mm=1.0)
    book = plan(entry("", fits), entry("", large))
    assert smaller_than_they_are(book) == (large,)
    assert smaller_than_they_are(replace(book, preset=Preset.PRESS)) == (large,)
