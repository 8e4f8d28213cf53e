"""Every part of a book, in every style: what is there, where it stands, and what it is called."""

import re
from dataclasses import replace
from functools import cache
from itertools import starmap

import pytest

from memorybook.domain.book import (
    BookPlan,
    Chapters,
    PageSize,
    PlannedEntry,
    PlannedKeepsake,
    PlannedPicture,
    PlannedRecording,
    Preset,
    Style,
)
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryKind
from memorybook.rendering.chapters import parted
from memorybook.rendering.pdf import Typesetter
from memorybook.services import markup
from tests.unit.rendering.pages import (
    alt_texts,
    bookmarks,
    joined,
    opened,
    pdf,
    plan,
    qpdf_complaints,
    tag_names,
    tags,
    text,
)
from tests.unit.rendering.whole import PICTURES, PRINTS_MM, WHOLE, picture

MM = 25.4 / 72

IN_ORDER = (
    "Wren",
    "22 May 2026",
    "For our daughter,",
    "Contents",
    "345 g",
    "Our goodbye",
    "A poem.",
    "The days we keep",
    "We knew about you",
    "Wave of light",
    "did not want to leave the room.",
    "Kept with this page: Your heart",
    "To Wren",
    "Dear Wren,",
    "You were here.",
    "Your hat.",
    "What we keep",
    "Your feet",
    "Taken while we slept.",
    "In the blue box",
    "ID band",
    "They all signed it.",
    "Photographs",
    "The sea, in May. Photograph by Sam.",
    "Recordings",
    "Recorded by Sam",
    "It was fast.",
    "Voice",
    "Photographs kept covered",
    "You, that morning",
    "Set in Source Serif.",
)


@cache
def made(style: Style = Style.QUIET, preset: Preset = Preset.KEEP, size: PageSize = PageSize.A5) -> bytes:
    return pdf(replace(WHOLE, style=style, preset=preset, page_size=size), PICTURES)


def words_of(data: bytes) -> list[list[tuple[float, float, float, float, str]]]:
    """For each page its words: left, top, right and bottom in millimetres from the corner of the sheet."""
    edges = " ".join(rf'{edge}="([\d.-]+)"' for edge in ("xMin", "yMin", "xMax", "yMax"))
    word = re.compile(rf"<word {edges}>(.*?)</word>")
    return [
        [(*(float(edge) * MM for edge in found[:4]), found[4]) for found in word.findall(page)]
        for page in re.findall(r"<page .*?</page>", text(data, "-bbox"), re.DOTALL)
    ]


def images_of(data: bytes) -> list[tuple[int, float, float]]:
    """Of each picture in its place: its page, counted from 1, and its width and height in millimetres."""
    found = []
    for number, page in enumerate(opened(data).pages, 1):
        stream = page.Contents.read_bytes().decode("latin-1")
        # What turns a unit into a picture is what stands before it is drawn, one in another.
        scale: list[tuple[float, float]] = [(1.0, 1.0)]
        for line in re.finditer(r"\bq\b|\bQ\b|((?:[-\d.]+ ){6})cm|/(\S+) Do\b", stream):
            if line[0] == "q":
                scale.append(scale[-1])
            elif line[0] == "Q":
                scale.pop()
            elif line[1]:
                a, _, _, d, _, _ = map(float, line[1].split())
                scale[-1] = scale[-1][0] * a, scale[-1][1] * d
            else:
                form = page.Resources.XObject["/" + line[2]]
                width, height = _drawn(form, scale[-1])
                found.append((number, abs(width) * MM, abs(height) * MM))
    return found


def _drawn(form: object, scale: tuple[float, float]) -> tuple[float, float]:
    if str(form.Subtype) == "/Image":  # type: ignore[attr-defined]
        return scale
    left, bottom, right, top = map(float, form.BBox)  # type: ignore[attr-defined]
    a, _, _, d, _, _ = map(float, form.get("/Matrix", [1, 0, 0, 1, 0, 0]))  # type: ignore[attr-defined]
    return scale[0] * a * (right - left), scale[1] * d * (top - bottom)


@pytest.mark.parametrize("style", Style)
def test_all_parts_are_there_and_read_in_their_order(style: Style) -> None:
    data = made(style)
    assert qpdf_complaints(data) == ""
    words, position = joined(text(data)), 0
    for part in IN_ORDER:
        found = words.find(joined(part), position)
        assert found >= 0, part
        position = found + 1
    with opened(data) as document:
        names = tag_names(document)
        assert names.count("Figure") == 11
        assert {"Title", "TOC", "H1", "H2"} & set(names) >= {"TOC", "H1", "H2"}
        assert not {str(page.get("/Tabs")) for page in document.pages} - {"/S"}


def test_parts_are_in_the_bookmarks() -> None:
    with opened(made()) as document:
        assert bookmarks(document) == [
            *("Contents", "Wren", "Our goodbye", "The days we keep", "Wave of light", "Your due date"),
            *("4 January 2027", "Ein Brief", "You were here.", "What we packed"),
            *("What we keep", "Photographs", "Recordings", "Photographs kept covered"),
        ]


@pytest.mark.parametrize(
    ("chapters", "names"),
    [(Chapters.TIME, ["2026", "2027"]), (Chapters.PERSON, ["Sam", "Mum", "Oma"]), (Chapters.NONE, [])],
)
def test_chapters_hold_their_pages(chapters: Chapters, names: list[str]) -> None:
    with (
        opened(pdf(replace(WHOLE, chapters=chapters), PICTURES)) as document,
        document.open_outline() as outline,
    ):
        held = {str(item.title): [str(page.title) for page in item.children] for item in outline.root}
    assert [name for name in held if name in {"2026", "2027", "Sam", "Mum", "Oma"}] == names
    if chapters is Chapters.TIME:
        assert held["2026"] == ["Wave of light", "Your due date"]
        assert held["2027"] == ["4 January 2027", "Ein Brief", "You were here.", "What we packed"]


def test_no_page_is_lost_or_doubled_by_chapters() -> None:
    for chapters in Chapters:
        pages = [entry for chapter in parted(WHOLE.entries, chapters) for entry in chapter.entries]
        assert sorted(pages, key=WHOLE.entries.index) == list(WHOLE.entries)


def test_pages_of_nobody_and_of_no_year_come_first() -> None:
    entries = tuple(starmap(_plain, (("a", None), ("b", 2026), ("c", None), ("d", 2025), ("e", 2026))))
    names = [(c.name, [e.title for e in c.entries]) for c in parted(entries, Chapters.TIME)]
    assert names == [("", ["a"]), ("2026", ["b", "c", "e"]), ("2025", ["d"])]
    data = pdf(plan(*entries, title="T"), {})
    assert qpdf_complaints(data) == ""


def _plain(title: str, year: int | None = None) -> PlannedEntry:
    day = VagueDate(year) if year else UNKNOWN
    return PlannedEntry(title, day, EntryKind.ENTRY, "", "", markup.parse("Words."), ())


def test_nothing_is_printed_of_what_is_empty() -> None:
    empty = replace(
        plan(title="Wren"),
        keepsakes=(PlannedKeepsake("", "band"),),
        recordings=(PlannedRecording("", ""),),
    )
    printed = text(pdf(empty)).split()
    assert printed == ["Wren", "What", "we", "keep", "ID", "band", "2", "Recordings", "A", "recording", "3"]


def test_a_life_size_print_is_as_large_as_the_thing() -> None:
    for style in Style:
        sizes = [(width, height) for _, width, height in images_of(made(style))]
        nearest = min(sizes, key=lambda size: abs(size[0] - PRINTS_MM[0]) + abs(size[1] - PRINTS_MM[1]))
        assert nearest == pytest.approx(PRINTS_MM, abs=0.1), style


def test_a_print_that_is_larger_than_the_page_is_made_smaller_and_never_larger_than_it_is() -> None:
    tiny, huge = picture(6, per_mm=120.0), picture(1, per_mm=10.0)  # 20 and 300 mm wide
    book = plan(_with(tiny, "Tiny"), _with(huge, "Huge"))
    (_, small, _), (_, large, _) = images_of(pdf(book, PICTURES))
    assert small == pytest.approx(20, abs=0.1)
    assert large == pytest.approx(109, abs=0.1)


def test_a_print_a_little_wider_than_the_text_is_still_as_large_as_the_thing() -> None:
    book = plan(_with(picture(6, "Both of them", per_mm=2400 / 116), "Feet"))
    ((_, width, _),) = images_of(pdf(book, PICTURES))
    assert width == pytest.approx(116, abs=0.1)


@pytest.mark.parametrize(("size", "most"), [(PageSize.SQUARE, 24), (PageSize.DIGEST, 31)])
def test_contents_never_leave_a_line_or_two_for_a_page(size: PageSize, most: int) -> None:
    spilled = False
    for count in range(most - 3, most + 1):
        pages = [replace(_plain(f"Line {number}"), blocks=()) for number in range(count)]
        book = replace(plan(*pages, title="T", size=size), preset=Preset.PRESS)
        # The story begins behind them; what stands over a page of it is no line of a list.
        listed = [page.count("Line ") for page in text(pdf(book)).split("\f")[1:-count]]
        lines = [number for number in listed if number > 1]
        assert sum(lines) == count
        assert lines[-1] >= min(8, count // 3), (count, lines)
        spilled = spilled or len(lines) > 1
    assert spilled, "control: one of them has more lines than a page"


def _with(one: PlannedPicture, title: str) -> PlannedEntry:
    return replace(_plain(title), pictures=(one,))


def test_a_decorative_picture_is_passed_over_when_the_page_is_read() -> None:
    shown = replace(picture(1, "Leaves"), decorative=True)
    with opened(pdf(plan(_with(shown, "A"), _with(picture(2, "By the sea"), "B")), PICTURES)) as document:
        assert alt_texts(document) == ["By the sea"]
        assert tag_names(document).count("Figure") == 1
    assert "Leaves" in text(pdf(plan(_with(shown, "A")), PICTURES))


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("size", [PageSize.DIGEST, PageSize.SIX_NINE, PageSize.SQUARE, PageSize.EIGHT_TEN])
def test_a_print_service_gets_bleed_an_even_number_of_pages_and_words_within_the_safe_zone(
    style: Style, size: PageSize
) -> None:
    data, bleed, safe, gutter = made(style, Preset.PRESS, size), 3.175, 12.7, 6.35
    with opened(data) as document:
        assert len(document.pages) % 2 == 0
        boxes = {tuple(float(edge) * MM for edge in page.MediaBox) for page in document.pages}
    ((_, _, width, height),) = boxes
    with opened(made(style, Preset.KEEP, size)) as document:
        trim = [float(edge) * MM for edge in document.pages[0].MediaBox][2:]
    assert [width, height] == pytest.approx([edge + 2 * bleed for edge in trim], abs=0.01)
    for number, page in enumerate(words_of(data), 1):
        inner, outer = bleed + safe + gutter, bleed + safe
        left_edge, right_edge = (inner, outer) if number % 2 else (outer, inner)
        for left, top, right, bottom, word in page:
            assert left >= left_edge - 0.01, (number, word)
            assert right <= width - right_edge + 0.01, (number, word)
            # The boxes of words are as high as the font and not as its letters.
            assert top >= bleed + safe - 1, (number, word)
            assert bottom <= height - bleed - safe + 1, (number, word)


def test_a_page_wide_picture_reaches_over_the_edge_that_is_cut_off() -> None:
    data = made(Style.ALBUM, Preset.PRESS, PageSize.SIX_NINE)
    widest = max(width for _, width, _ in images_of(data))
    assert widest == pytest.approx(152.4 + 2 * 3.175, abs=0.01)


def test_no_picture_goes_to_the_edge_of_a_sheet_from_the_printer_at_home() -> None:
    data = made(Style.ALBUM, Preset.HOME, PageSize.A4)
    assert max(width for _, width, _ in images_of(data)) <= 210 - 2 * 12.7 + 0.01


def test_large_print_is_large() -> None:
    data = pdf(replace(WHOLE, preset=Preset.HOME, large_print=True), PICTURES)

    def height(book: bytes) -> float:
        return min(it[3] - it[1] for page in words_of(book) for it in page if it[4] == "candle")

    assert height(data) / height(made()) == pytest.approx(16 / 10.5, abs=0.02)
    assert "\u00ad" not in text(data)


def test_a_word_is_parted_as_its_language_parts_it() -> None:
    words = "Krankenhausverwaltung Sprachwissenschaftlerin Wahrscheinlichkeitsrechnung " * 12
    page = replace(_plain(""), blocks=markup.parse(words))

    def parts(language: str) -> set[str]:
        printed = text(pdf(plan(replace(page, language=language))))
        return set(re.findall(r"(\w+)\u00ad\n", printed))

    german, english = parts("de"), parts("")
    assert german != english
    assert german <= {
        *("Kran", "Kranken", "Krankenhaus", "Krankenhausver", "Krankenhausverwal"),
        *("Sprach", "Sprachwis", "Sprachwissen", "Sprachwissenschaft", "Sprachwissenschaftle"),
        *("Wahr", "Wahrschein", "Wahrscheinlich", "Wahrscheinlichkeits", "Wahrscheinlichkeitsrech"),
        *("Wahrscheinlichkeitsrechnung", "Krankenhausverwaltung"),
    }
    with opened(pdf(plan(replace(page, language="de")))) as document:
        assert {str(tag.Lang) for tag in tags(document) if "/Lang" in tag} == {"de"}


def test_running_heads_stand_where_no_part_begins() -> None:
    long = replace(_plain("A long day"), blocks=markup.parse("Words and more words. " * 400))
    data = pdf(replace(plan(long, title="For Wren"), style=Style.CLASSIC))
    heads = [" ".join(word[4] for word in page if word[1] < 20) for page in words_of(data)]
    assert heads[1] == "", "none where the page begins"
    assert {heads[number] for number in range(2, len(heads), 2)} == {"A long day"}
    assert {heads[number] for number in range(3, len(heads), 2)} == {"For Wren"}


def test_the_first_words_of_a_classic_page_are_as_they_were_written() -> None:
    for words in ("We lit the candle.", "“No,” she said.", "É", "*All* of it.", "שלום", "12 weeks", "Dear,"):
        page = replace(_plain(""), blocks=markup.parse(words))
        printed = text(pdf(replace(plan(page), style=Style.CLASSIC)))
        without_turns = re.sub("[\u202a-\u202c]", "", printed)
        assert joined(without_turns).startswith(joined(words.replace("*", ""))), words


def test_one_page_alone_has_no_cover_and_no_number() -> None:
    alone: BookPlan = replace(plan(_plain("A letter"), title="", dedication=""), alone=True)
    assert text(pdf(alone)).split() == ["A", "letter", "Words."]


def test_the_same_plan_is_the_same_file() -> None:
    for style in Style:
        book = replace(WHOLE, style=style, chapters=Chapters.TIME)
        first = pdf(book, PICTURES)
        Typesetter().prepare(book)
        assert pdf(book, PICTURES) == first, "also when it was worked out before"
