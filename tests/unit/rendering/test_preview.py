"""The pages on the screen are the pages of the PDF."""

import io

import pytest
from PIL import Image, ImageChops

from memorybook.domain.book import BookPlan, PageSize
from memorybook.rendering.pdf import Typesetter
from tests.unit.rendering.pages import entry, opened, pdf, photograph, picture, plan

THUMBNAILS = {number: photograph(64, 43, seed=number) for number in range(1, 4)}
PICTURES = {number: photograph(300, 200, seed=number) for number in range(1, 4)}


def book(size: PageSize = PageSize.A5) -> BookPlan:
    return plan(
        entry("Words 🕯 and שלום. " * 100, picture(1, caption="A caption"), picture(2), title="One"),
        entry("More.", picture(3)),
        title="Wren",
        size=size,
    )


def page(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("size", PageSize)
def test_there_are_as_many_pages_as_in_the_pdf_and_they_have_their_size(size: PageSize) -> None:
    preview = Typesetter().pages(book(size), thumbnails=THUMBNAILS.__getitem__)
    with opened(pdf(book(size), PICTURES)) as document:
        assert preview.page_count == len(document.pages) > 3
        box = document.pages[0].MediaBox
    image = page(preview.png(0, 72))
    assert image.size == pytest.approx((float(box[2]), float(box[3])), abs=1.5)
    assert page(preview.png(0, 144)).width == pytest.approx(2 * image.width, abs=2)


def test_words_and_pictures_are_on_the_page() -> None:
    preview = Typesetter().pages(book(), thumbnails=THUMBNAILS.__getitem__)
    blank = Typesetter().pages(plan(entry(".")), thumbnails=THUMBNAILS.__getitem__)
    for index in range(preview.page_count):
        image = page(preview.png(index, 72))
        assert ImageChops.difference(image, page(blank.png(0, 72))).getbbox()
    red, _, blue = page(preview.png(preview.page_count - 1, 72)).split()
    warmth = ImageChops.subtract(red, blue).point(lambda value: 255 if value > 15 else 0)
    assert warmth.getbbox(), "no evening sky on the last page"


def test_a_page_that_is_not_there() -> None:
    preview = Typesetter().pages(plan(entry("One page.")), thumbnails=THUMBNAILS.__getitem__)
    for index in (-1, 1):
        with pytest.raises(IndexError):
            preview.png(index, 72)


def test_a_thumbnail_is_asked_for_when_a_page_that_has_it_is_drawn() -> None:
    asked: list[int] = []

    def give(photo: int) -> bytes:
        asked.append(photo)
        return THUMBNAILS[photo]

    preview = Typesetter().pages(
        plan(entry("", picture(1)), entry("", picture(1), picture(2))), thumbnails=give
    )
    assert asked == []
    preview.png(0, 72)
    assert asked == [1]
    preview.png(1, 72)
    assert sorted(asked) == [1, 1, 2]
