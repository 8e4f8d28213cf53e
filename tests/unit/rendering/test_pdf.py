"""The finished PDF, parsed again."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from memorybook.domain.book import PageSize, PlannedDate
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryKind
from memorybook.errors import PagesNotMade
from memorybook.rendering import typesetter
from tests.unit.rendering.pages import (
    alt_texts,
    bookmarks,
    entry,
    joined,
    opened,
    pdf,
    photograph,
    picture,
    plan,
    qpdf_complaints,
    tag_names,
    text,
)

PARAGRAPHS = (
    (
        "We lit the candle at seven, like thousands of windows did. It was the first time I had "
        "heard it in our kitchen and not in a corridor, where incomprehensible responsibilities were."
    ),
    "I did not think a candle could do anything. It burned for the whole hour and I watched every minute.",
    "Office, affinity, flower, fjord, “quoted” – and – it’s naïve, 1st of 2026, ½ a cup, e-mail, well-being.",
)

SIZES = {
    PageSize.A5: (148, 210),
    PageSize.A4: (210, 297),
    PageSize.LETTER: (215.9, 279.4),
    PageSize.EIGHT_TEN: (203.2, 254),
    PageSize.DIGEST: (139.7, 215.9),
    PageSize.SIX_NINE: (152.4, 228.6),
    PageSize.SQUARE: (215.9, 215.9),
}


def whole_book() -> bytes:
    """A book with every section in it."""
    book = plan(
        entry(
            "\n\n".join(PARAGRAPHS),
            picture(1, caption="The week we told everyone"),
            title="Wave of light",
            day="2026-10-15",
            signature="Sam",
        ),
        entry(
            "# Before\n\n> She has your hands.\n\n- one\n- two\n\n### After\n\n1. first\n2. second",
            title="What we packed",
            day="2026-10~",
        ),
        entry("*Only* **a day**.", day="2026"),
        entry(
            "Dear Wren,\n\nIt rained.", kind=EntryKind.LETTER, to="Wren", day="2026-10-03~", signature="Ellen"
        ),
        entry("You did nothing wrong, and I have said this to many people, each time.", signature="Ada"),
        entry(
            "Do not stand\\\nat the window.",
            picture(2, description="A hat on a table"),
            picture(3, taken="2026-05"),
            title="A reading",
            kind=EntryKind.READING,
        ),
        title="For Wren",
        subtitle="22 May 2026",
        dedication="For our daughter,\nwho was here.",
        dates=(
            PlannedDate(VagueDate(2026, 5, 22), "The day you were born", "Twenty weeks"),
            PlannedDate(UNKNOWN, "A day nobody knows"),
        ),
    )
    return pdf(book, {number: photograph(seed=number) for number in (1, 2, 3)})


@pytest.fixture(scope="module")
def book() -> bytes:
    return whole_book()


def test_the_file_is_sound(book: bytes) -> None:
    assert qpdf_complaints(book) == ""


def test_the_words_are_all_there_and_in_the_order_in_which_they_are_read(book: bytes) -> None:
    expected = [
        "For Wren",
        "22 May 2026",
        "For our daughter,",
        "who was here.",
        "Contents",
        "The days we keep",
        "Wave of light",
        "15 October 2026",
        "What we packed",
        "about October 2026",
        "The days we keep",
        "22 May 2026",
        "The day you were born",
        "Twenty weeks",
        "A day nobody knows",
        "15 October 2026",
        "Wave of light",
        *PARAGRAPHS,
        "Sam",
        "The week we told everyone",
        "about October 2026",
        "What we packed",
        "Before",
        "She has your hands.",
        "one",
        "two",
        "After",
        "first",
        "second",
        "2026",
        "Only a day.",
        "about 3 October 2026",
        "To Wren",
        "Dear Wren,",
        "It rained.",
        "Ellen",
        "You did nothing wrong, and I have said this to many people, each time.",
        "Ada",
        "A reading",
        "Do not stand",
        "at the window.",
    ]
    words, position = joined(text(book)), 0
    for part in expected:
        found = words.find(joined(part), position)
        assert found >= 0, part
        position = found + len(joined(part))


def test_hyphens_at_line_ends_are_not_part_of_the_words() -> None:
    long = " ".join(["extraordinarily incomprehensible responsibilities institutionalized"] * 30)
    printed = text(pdf(plan(entry(long))))
    assert "\u00ad" in printed, "nothing was hyphenated: this test would prove nothing"
    pages = printed.split("\f")[:-1]
    words = "".join(joined(page).removesuffix(str(number)) for number, page in enumerate(pages, 1))
    assert words == joined(long)


def test_it_says_what_it_is(book: bytes) -> None:
    with opened(book) as document:
        assert document.pdf_version == "1.7"
        assert str(document.Root.Lang) == "en"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == "For Wren"
        metadata = document.Root.Metadata.read_bytes().decode("utf-8")
    for statement in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert statement in metadata


def test_it_says_nothing_of_the_computer_or_the_writer(book: bytes) -> None:
    with opened(book) as document:
        assert set(document.docinfo.keys()) == {"/Title", "/CreationDate", "/ModDate"}
        assert str(document.docinfo["/CreationDate"]) == "D:20261101043000Z"
        metadata = document.Root.Metadata.read_bytes().decode("utf-8")
    assert "dc:creator" not in metadata
    assert "ypst" not in metadata
    assert not re.search(r"/(home|root|tmp|usr|var)\b", metadata)


def test_it_is_tagged(book: bytes) -> None:
    with opened(book) as document:
        names = tag_names(document)
        alternatives = alt_texts(document)
        for page in document.pages:
            assert "/StructParents" in page
            assert str(page.Tabs) == "/S"
    assert names.count("Figure") == 3
    assert names.count("Caption") == 1
    assert [name for name in names if name in {"H1", "H2", "H3"}] == ["H1"] * 4 + ["H2", "H3"] + ["H1"] * 4
    assert {"TOC", "TOCI", "BlockQuote", "L", "LI", "LBody", "P", "Link", "Em", "Strong"} <= set(names)
    for words in ("The week we told everyone", "A hat on a table", "Photograph, May 2026"):
        assert words in alternatives


def test_every_entry_has_a_bookmark(book: bytes) -> None:
    with opened(book) as document:
        assert bookmarks(document) == [
            "Contents",
            "The days we keep",
            "Wave of light",
            "What we packed",
            "2026",
            "about 3 October 2026",
            "You did nothing wrong, and I have said this to…",
            "A reading",
        ]


def test_every_font_is_inside(book: bytes) -> None:
    fonts = 0
    with opened(book) as document:
        for page in document.pages:
            for font in page.Resources.get("/Font", {}).values():
                descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                descriptor = descendant.FontDescriptor
                assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
                assert "SourceSerif4" in str(descriptor.FontName)
                fonts += 1
    assert fonts


def test_page_numbers_are_at_the_outer_edge_and_not_part_of_the_text(book: bytes) -> None:
    numbers: dict[int, float] = {}
    for page, words in enumerate(re.findall(r"<page .*?</page>", text(book, "-bbox"), re.DOTALL), 1):
        found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" [^>]*>(\d+)</word>', words)
        numbers.update((page, float(x)) for x, y, word in found if float(y) > 530 and int(word) == page)
    assert set(numbers) == set(range(5, 5 + len(numbers)))
    assert all(x > 350 if page % 2 else x < 60 for page, x in numbers.items())
    with opened(book) as document:
        content = document.pages[-1].Contents.read_bytes()
    assert b"/Artifact" in content


@pytest.mark.parametrize("size", PageSize)
def test_pages_have_the_size_that_was_chosen(size: PageSize) -> None:
    with opened(pdf(plan(entry("Words."), title="A", size=size))) as document:
        for page in document.pages:
            box = [float(edge) * 25.4 / 72 for edge in page.MediaBox]
            assert box == pytest.approx([0, 0, *SIZES[size]], abs=0.01)


def test_the_language_is_that_of_the_book() -> None:
    with opened(pdf(plan(entry("Wörter.", day="2026-10-03"), language="de_AT"))) as document:
        assert str(document.Root.Lang) == "de-AT"


def test_one_sentence_is_a_book_of_one_page() -> None:
    data = pdf(plan(entry("You were here.")))
    assert text(data).split() == ["You", "were", "here.", "1"]
    with opened(data) as document:
        assert len(document.pages) == 1
        assert str(document.docinfo["/Title"]) == "You were here."
    assert qpdf_complaints(data) == ""


def test_a_title_alone_is_a_book() -> None:
    data = pdf(plan(title="Wren"))
    assert text(data).split() == ["Wren"]
    with opened(data) as document:
        assert len(document.pages) == 1


def test_nothing_at_all_is_still_a_pdf() -> None:
    with opened(pdf(plan())) as document:
        assert str(document.docinfo["/Title"]) == "A memory book"


def test_dates_alone_are_a_page() -> None:
    printed = text(pdf(plan(dates=(PlannedDate(UNKNOWN, "Her birthday", "in spring"),))))
    assert printed.split() == ["The", "days", "we", "keep", "Her", "birthday", "in", "spring"]


def test_what_is_not_filled_in_is_not_there() -> None:
    printed = text(pdf(plan(entry("A."), entry("B."))))
    assert printed.split() == ["A.", "1", "B.", "2"]


def test_a_page_with_pictures_alone_is_found_by_its_caption() -> None:
    book = plan(entry("", picture(1, caption="Your hat")), entry("", picture(2)))
    with opened(pdf(book, {1: photograph(seed=1), 2: photograph(seed=2)})) as document:
        assert bookmarks(document) == ["Your hat", "Photograph"]
        assert alt_texts(document) == ["Your hat", "Photograph"]


def test_headings_in_a_text_skip_no_level() -> None:
    with opened(
        pdf(plan(entry("### Low\n\na\n\n# High\n\nb\n\n### Low again\n\nc\n\n## Middle\n\nd")))
    ) as document:
        assert [n for n in tag_names(document) if re.fullmatch(r"H\d", n)] == ["H1", "H2", "H2", "H3", "H3"]


def test_a_signature_never_stands_alone_on_a_page() -> None:
    words = "The rain went on and we listened to it. "
    for count in range(36, 72):
        pages = text(pdf(plan(entry(words * count, signature="Ellen")))).split("\f")
        with_signature = next(page for page in pages if "Ellen" in page)
        assert len(with_signature.split("Ellen")[0].split()) > 10, count


def test_no_line_stands_alone_at_the_top_or_the_bottom_of_a_page() -> None:
    paragraph = (
        "The rain went on and we listened to it, until it was evening and she came with the soup. " * 3
    )
    for lead in range(12):
        words = "\n\n".join(["One line."] * lead + [paragraph] * 14)
        for page in text(pdf(plan(entry(words)))).split("\f")[1:-1]:
            first = page.strip().splitlines()[0]
            assert first.startswith("The rain") or not page.strip().splitlines()[1].startswith("The rain")


def test_the_same_book_is_the_same_file_another_day() -> None:
    root = Path(__file__).parents[3]
    code = (
        "import hashlib; from tests.unit.rendering.test_pdf import whole_book\n"
        "print(hashlib.sha256(whole_book()).hexdigest())"
    )
    environment = {
        "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
        "TZ": "Asia/Tokyo",
        "LANG": "tr_TR.UTF-8",
    }
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, check=True, capture_output=True, text=True
    )
    assert made.stdout.strip() == hashlib.sha256(whole_book()).hexdigest()


def test_a_hundred_thousand_words_in_one_entry() -> None:
    words = "\n\n".join(" ".join(PARAGRAPHS) for _ in range(1600))
    assert len(words.split()) > 100_000
    data = pdf(plan(entry(words, title="Long")))
    with opened(data) as document:
        assert len(document.pages) > 200
    pages = text(data).split("\f")[:-1]
    printed = "".join(joined(page).removesuffix(str(number)) for number, page in enumerate(pages, 1))
    assert printed == "Long" + joined(words)


def test_what_cannot_be_typeset_is_said_without_a_word_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "_templates", lambda: {**REAL, "book.typ": b'#panic(json("plan.json"))'})
    with pytest.raises(PagesNotMade) as raised:
        pdf(plan(entry("A secret.")))
    assert raised.value.__context__ is None
    assert "secret" not in str(raised.value)


REAL = dict(typesetter._templates())
