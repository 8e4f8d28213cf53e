"""The page to hand over, read again with other people's tools."""

import re
import subprocess
from itertools import pairwise, product
from typing import get_args

import pikepdf
import pytest

from memorybook.rendering.handover import Paper, handover_pdf
from memorybook.services.guidance import guidance, languages
from tests.unit.rendering.pages import bookmarks, images, joined, opened, qpdf_complaints, tag_names, text

PAPERS: tuple[Paper, ...] = get_args(Paper)
POINTS = {"a4": (595.276, 841.89), "letter": (612, 792)}

every_page = pytest.mark.parametrize(("language", "paper"), list(product(languages(), PAPERS)))


@every_page
def test_one_page_holds_all_of_it_in_its_order(language: str, paper: Paper) -> None:
    data = handover_pdf(language, paper=paper)
    assert qpdf_complaints(data) == ""
    with opened(data) as document:
        assert len(document.pages) == 1
        assert tuple(map(float, document.pages[0].MediaBox))[2:] == pytest.approx(POINTS[paper], abs=0.01)
    page = guidance(language).handover
    printed, position = joined(text(data, "-raw")), 0
    said = [page.above.upper(), page.title, page.lead]
    for section in page.sections:
        said += [section.title.upper(), *(line.text for line in section.lines)]
    for part in (*said, page.own.upper(), page.origin):
        found = printed.find(joined(part), position)
        assert found >= 0, part
        position = found + len(joined(part))


@every_page
def test_there_is_a_margin_and_room_to_write_and_no_small_print(language: str, paper: Paper) -> None:
    page = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],
        input=handover_pdf(language, paper=paper),
        capture_output=True,
        check=True,
    )
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">', page.stdout.decode()
    )
    boxes = sorted((tuple(map(float, box)) for box in found), key=lambda box: box[1])
    assert len(boxes) > 200
    width, height = POINTS[paper]
    for left, top, right, bottom in boxes:
        assert 42 < left < right < width - 42
        assert 42 < top < bottom < height - 36
        assert bottom - top > 8.5
    widest = max(after[1] - before[3] for before, after in pairwise(boxes))
    assert widest > 60, "two lines by hand find room"


@pytest.mark.parametrize("language", languages())
def test_it_is_tagged_and_archivable_and_reads_out_no_ornament(language: str) -> None:
    with opened(handover_pdf(language)) as document:
        names = tag_names(document)
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == language
        metadata = document.Root.Metadata.read_bytes().decode("utf-8")
        assert images(document) == []
        assert bookmarks(document) == []
    page = guidance(language).handover
    assert names.count("Title") == 1
    assert names.count("H1") == len(page.sections)
    assert names.count("P") >= sum(len(section.lines) for section in page.sections)
    assert "Figure" not in names
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_it_is_the_same_for_everybody_and_says_nothing_of_when_or_for_whom() -> None:
    data = handover_pdf("en")
    assert data == handover_pdf("en")
    with opened(data) as document:
        info = {name: str(value) for name, value in document.docinfo.items()}
        metadata = document.Root.Metadata.read_bytes().decode("utf-8")
    assert info.pop("/Creator").startswith("Typst ")
    assert info == {
        "/Title": "Someone you know has lost a baby",
        "/CreationDate": "D:20000101000000Z",
        "/ModDate": "D:20000101000000Z",
    }
    assert "dc:creator" not in metadata
    assert not re.search(r"/(?:home|root|tmp|usr|var)\b", metadata)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en_GB", "en-GB"), ("es_MX", "es-MX"), ("es", "es"), ("de_DE", "en"), ("", "en"), ("../x", "en")],
)
def test_where_there_is_no_translation_it_is_english_and_says_so(language: str, said: str) -> None:
    data = handover_pdf(language)
    with opened(data) as document:
        assert str(document.Root.Lang) == said
    assert guidance(said[:2]).handover.title in text(data)


def test_on_paper_nothing_leads_to_a_page_of_the_app() -> None:
    for language in languages():
        found = guidance(language)
        page = text(handover_pdf(language))
        assert found.page("facts").title not in page
        assert [line.id for section in found.handover.sections for line in section.lines] == [
            line.id for section in found.page("around").sections for line in section.lines
        ]


def test_it_is_printed_with_one_ink_as_well() -> None:
    """Whatever is coloured is dark enough to be read in grey: 4.5 to 1 on white."""
    with opened(handover_pdf("en")) as document:
        colours = [
            tuple(map(float, each.operands))
            for each in pikepdf.parse_content_stream(document.pages[0])
            if str(each.operator) in {"sc", "scn", "rg"} and len(each.operands) == 3
        ]
    assert colours
    for red, green, blue in set(colours):
        linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in (red, green, blue)]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (luminance + 0.05) > 4.5, (red, green, blue)
