"""A book that is set part by part has the pages of the whole; what has not changed is not set again."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from memorybook.domain.book import BookPlan, Chapters, Preset, Style
from memorybook.rendering import plan_json, stand_ins, typesetter
from memorybook.rendering.measures import measures_for
from memorybook.rendering.preview import Preview, each_picture
from tests.unit.rendering.pages import entry, photograph, picture, plan
from tests.unit.rendering.whole import WHOLE

PPI = 30
LONG = "We lit the candle at seven, like thousands of other windows did tonight. "


def whole(book: BookPlan) -> list[Image.Image]:
    """The pages as Typst sets them when it is given all of them at once, with stand-ins for pictures."""
    letters, page = typesetter.letters_for(book), measures_for(book, bleed=False)
    data = plan_json.data(book, letters.naming, bleed=False)
    pages = typesetter.svg(data, letters, stand_ins.files(each_picture(book)))
    return [drawn(typesetter.png(svg, page.width, page.height, PPI)) for svg in pages]


def parted(book: BookPlan, before: Preview | None = None) -> tuple[Preview, list[Image.Image]]:
    preview = Preview(book, stand_ins.stand_in, before=before)
    return preview, [drawn(preview.png(index, PPI)) for index in range(preview.page_count)]


def drawn(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def same(some: list[Image.Image], others: list[Image.Image]) -> bool:
    return len(some) == len(others) and not any(
        ImageChops.difference(one, other).getbbox() for one, other in zip(some, others, strict=True)
    )


def long_book(count: int = 36) -> BookPlan:
    """Pages of different lengths and two of the same, in more than one part."""
    entries = [
        entry(LONG * (1 + number * 7 % 12), title=f"Day {number}", day=f"{2000 + number // 4}-10-03")
        for number in range(count - 1)
    ]
    book = plan(*entries, entries[7], title="Wren", dedication="For our daughter")
    return replace(book, chapters=Chapters.TIME)


def variants() -> Iterator[tuple[str, BookPlan]]:
    yield "every kind", replace(WHOLE, style=Style.ALBUM, chapters=Chapters.PERSON, preset=Preset.PRESS)
    yield "many", replace(long_book(), style=Style.CLASSIC)
    odd = plan(entry("One.", title="A"), entry("Two.", picture(1), title="B"), title="T")
    yield "an empty page at the end", replace(odd, preset=Preset.PRESS)
    yield "alone", replace(plan(entry(LONG * 60, title="A")), alone=True, style=Style.CLASSIC)


@pytest.mark.parametrize(("name", "book"), list(variants()))
def test_part_by_part_the_pages_are_those_of_the_whole(name: str, book: BookPlan) -> None:
    assert same(parted(book)[1], whole(book)), name


def test_after_a_change_the_pages_are_those_of_the_whole_again(monkeypatch: pytest.MonkeyPatch) -> None:
    book = long_book()
    before, _ = parted(book)
    changed = replace(book.entries[20], title="Another day")
    changes = {
        "a title": replace(book, title="Wren and Robin"),
        "a page less": replace(book, entries=(*book.entries[:3], *book.entries[4:])),
        "other words": replace(book, entries=(*book.entries[:20], changed, *book.entries[21:])),
    }
    set_parts: list[bytes] = []
    real = typesetter.svg

    def counting(data: bytes, letters: typesetter.Letters, files: dict[str, bytes]) -> list[bytes]:
        set_parts.append(data)
        return real(data, letters, files)

    for what, now in changes.items():
        expected = whole(now)
        monkeypatch.setattr(typesetter, "svg", counting)
        preview = Preview(now, stand_ins.stand_in, before=before)
        set_parts.clear()
        assert preview.settle_if_near(), what
        # What was touched, what lost its neighbour, and the contents.
        assert 0 < len(set_parts) <= 4, what
        monkeypatch.undo()
        assert same([drawn(preview.png(index, PPI)) for index in range(preview.page_count)], expected), what


def test_a_page_is_found_again_where_it_is_after_a_change() -> None:
    book = replace(long_book(), chapters=Chapters.NONE)
    before = Preview(book, stand_ins.stand_in)
    spots = [before.spot(index) for index in range(before.page_count)]
    assert [before.index_of(spot) for spot in spots] == list(range(before.page_count))
    index = next(n for n, spot in enumerate(spots) if spot.entry == book.entries[20])
    less = Preview(replace(book, entries=book.entries[10:]), stand_ins.stand_in, before=before)
    found = less.spot(less.index_of(spots[index]))
    assert (found.entry, found.page) == (book.entries[20], spots[index].page)
    last = len(spots) - 1
    assert less.index_of(spots[last]) == less.page_count - 1, "the second of two that are the same"
    gone = next(spot for spot in spots if spot.entry == book.entries[2])
    assert less.spot(less.index_of(gone)).kind == "entries", "near what is gone"


def test_what_is_looked_at_is_there_first_and_without_a_number_until_that_is_known() -> None:
    book = long_book()
    before = Preview(book, stand_ins.stand_in)
    index = before.page_count // 2
    album = Preview(replace(book, style=Style.ALBUM), stand_ins.stand_in, before=before)
    assert not album.settle_if_near()
    spot = before.spot(index)
    glimpse = album.glimpse(spot, index)
    early = drawn(glimpse.png(glimpse.index, PPI))
    assert not album.is_settled
    assert not album.settle(lambda: True), "given up"
    assert not album.is_settled
    assert album.settle()
    place = album.index_of(spot)
    late = drawn(album.png(place, PPI))
    assert place % 2 == glimpse.index % 2, "of this book it lies on the same side"
    different = ImageChops.difference(early, late).getbbox()
    assert different is not None, "the number is there now"
    assert different[1] > early.height * 0.85, "and nothing else has changed"


def test_the_beginning_is_there_first_and_right_at_once() -> None:
    preview = Preview(replace(long_book(), style=Style.CLASSIC), photograph_of_none)
    glimpse = preview.glimpse(None, 9)
    assert glimpse.index == 0
    early = glimpse.png(0, PPI)
    assert not preview.is_settled
    assert early == preview.png(0, PPI)
    assert glimpse.page_count == 2


def photograph_of_none(_: int) -> bytes:
    raise AssertionError("nobody looks at a picture")


def test_nothing_goes_over_to_pages_that_are_looked_at_but_where_things_are() -> None:
    book = plan(entry("Look.", picture(1)), title="T")
    before = Preview(book, lambda _: photograph(64, 43, seed=1))
    before.png(1, PPI)
    after = Preview(book, lambda _: photograph(64, 43, seed=7), before=before)
    assert after.settle_if_near()
    fresh = Preview(book, lambda _: photograph(64, 43, seed=7))
    assert after.png(1, PPI) == fresh.png(1, PPI) != before.png(1, PPI)
