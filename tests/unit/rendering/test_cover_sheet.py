"""The cover that goes around a book: its measures, what is on it, and what is too narrow for it."""

from dataclasses import replace

import pytest

from memorybook.domain.book import BookPlan, PageSize, Paper
from memorybook.errors import PagesNotMade
from memorybook.rendering import cover_sheet
from tests.unit.rendering.pages import (
    CREATED,
    alt_texts,
    digests,
    opened,
    photograph,
    picture,
    plan,
    qpdf_complaints,
    tag_names,
    text,
)

WREN = plan(title="For Wren", subtitle="22 May 2026")


def made(of: BookPlan, pages: int, paper: Paper = Paper.STANDARD) -> bytes:
    pieces = cover_sheet.pdf(of, pages, paper, pictures={1: photograph()}.__getitem__, created=CREATED)
    return b"".join(pieces)


def test_the_spine_is_as_wide_as_the_pages_are_thick() -> None:
    # 200 pages of a paper with 444 pages to the inch, and a sixteenth of an inch or so for the cover.
    assert cover_sheet.spine_width(200, Paper.STANDARD) == pytest.approx((200 / 444 + 0.06) * 25.4)
    widths = [cover_sheet.spine_width(200, paper) for paper in Paper]
    assert widths == sorted(set(widths))
    assert cover_sheet.spine_width(199, Paper.PHOTO) == cover_sheet.spine_width(200, Paper.PHOTO)


@pytest.mark.parametrize("size", PageSize)
def test_back_spine_and_front_lie_on_one_sheet_with_bleed(size: PageSize) -> None:
    of = replace(WREN, page_size=size, cover=picture(1, description="A sea"))
    data = made(of, 200)
    assert qpdf_complaints(data) == ""
    whole = cover_sheet.sheet(of, 200, Paper.STANDARD)
    with opened(data) as document:
        (page,) = document.pages
        boxes = {
            name: [float(edge) * 25.4 / 72 for edge in page[name]]
            for name in ("/MediaBox", "/BleedBox", "/TrimBox")
        }
        sheet = [0, 0, whole.width, whole.height]
        assert boxes["/MediaBox"] == boxes["/BleedBox"] == pytest.approx(sheet, abs=0.01)
        cut = [3.175, 3.175, whole.width - 3.175, whole.height - 3.175]
        assert boxes["/TrimBox"] == pytest.approx(cut, abs=0.01)
        assert len(digests(document)) == 1
        assert alt_texts(document) == ["A sea"]
        assert "Figure" in tag_names(document)
        assert str(document.docinfo["/Title"]) == "For Wren"


def test_the_title_stands_on_the_front_and_where_there_is_room_on_the_spine() -> None:
    long = replace(WREN, title="A title that is as long as a sentence can be and longer than a spine " * 3)
    for of, pages, times in ((WREN, 200, 2), (WREN, 40, 1), (long, 200, 1)):
        printed = text(made(of, pages))
        assert " ".join(printed.split()).count(" ".join(of.title.split())) == times
    whole = cover_sheet.sheet(WREN, 200, Paper.STANDARD)
    places = text(made(WREN, 200), "-bbox")
    front = whole.spine_left + whole.spine
    words = [float(part.split('"')[0]) * 25.4 / 72 for part in places.split('<word xMin="')[1:]]
    assert all(whole.spine_left < x < front or x > front + 12.7 for x in words)
    assert any(whole.spine_left < x < front for x in words)


def test_a_cover_without_words_is_linen_alone() -> None:
    data = made(plan(), 100)
    assert qpdf_complaints(data) == ""
    assert text(data).split() == []


def test_words_in_any_script_are_printed_and_it_can_be_given_up() -> None:
    printed = text(made(replace(WREN, title="Für Ωμέγα 🕯"), 20))
    assert "Für" in printed
    with pytest.raises(PagesNotMade):
        cover_sheet.pdf(
            WREN, 20, Paper.STANDARD, pictures={}.__getitem__, created=CREATED, cancelled=lambda: True
        )
