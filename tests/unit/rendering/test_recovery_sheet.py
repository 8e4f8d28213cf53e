"""The recovery sheet, read again with other people's tools."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.errors import PagesNotMade
from memorybook.rendering.recovery_sheet import SheetSize, make_sheet, words_for
from memorybook.services.recovery import RecoverySheet, RecoveryWords
from tests.unit.rendering.pages import (
    bookmarks,
    images,
    joined,
    opened,
    qpdf_complaints,
    tag_names,
    tags,
    text,
)

RECOVERY = RecoveryWords()
SEED = bytes.fromhex("8f3d0c5ab1e9472686d4f07b2c915ea3")
SHEET = RECOVERY.sheet(SEED)
DATE = "21 November 2026"
SIZES: tuple[SheetSize, ...] = get_args(SheetSize)
POINTS = {"A4": (595.276, 841.89), "Letter": (612, 792)}


def made(
    sheet: RecoverySheet = SHEET, size: SheetSize = "A4", language: str = "en-GB", date: str = DATE
) -> bytes:
    return make_sheet(sheet, language=language, page_size=size, made=date)


def widest() -> RecoverySheet:
    """The twelve words and the 28 symbols that take the most room."""
    words = sorted(RECOVERY.words, key=lambda word: (len(word), sum(map(word.count, "mw"))))[-12:]
    return RecoverySheet(tuple(words), "-".join(["WWWW"] * 7))


def objects(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    return (item for item in document.objects if isinstance(item, pikepdf.Dictionary))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", [SHEET, RECOVERY.sheet(bytes(16)), widest()], ids=["a", "zeros", "widest"])
def test_one_page_holds_all_of_it(sheet: RecoverySheet, size: SheetSize) -> None:
    data = made(sheet, size)
    assert qpdf_complaints(data) == ""
    with opened(data) as document:
        assert len(document.pages) == 1
        left, bottom, right, top = map(float, document.pages[0].MediaBox)
    assert (left, bottom) == (0, 0)
    assert (right, top) == pytest.approx(POINTS[size], abs=0.01)
    assert joined(text(data, "-raw")).endswith(f"Madeon{joined(DATE)}withMemoryBook.")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", [SHEET, widest()], ids=["a", "widest"])
def test_the_words_and_the_code_are_read_in_their_order_each_on_one_line(
    sheet: RecoverySheet, size: SheetSize
) -> None:
    lines = text(made(sheet, size), "-raw").splitlines()
    numbered = [f"{number} {word}" for number, word in enumerate(sheet.words, 1)]
    first = lines.index(numbered[0])
    assert lines[first : first + 12] == numbered
    assert sheet.code.replace("-", " ") in lines


def test_what_is_read_from_the_paper_opens_the_book() -> None:
    lines = text(made(), "-raw").splitlines()
    numbered = [line for line in lines if re.fullmatch(r"\d{1,2} [a-z]{4,8}", line)]
    code = [line for line in lines if re.fullmatch(r"(?:[0-9A-Z]{4} ?){7}", line)]
    assert RECOVERY.read("\n".join(numbered)) == SEED
    assert RECOVERY.read("\n".join(code)) == SEED


@pytest.mark.parametrize("size", SIZES)
def test_it_says_what_it_is_and_what_to_do_with_it(size: SheetSize) -> None:
    printed = joined(text(made(size=size), "-raw"))
    words = words_for("en")
    position = 0
    above = (words.place.upper(), words.title, words.what, words.as_code)
    for part in (*above, *sum(words.advice, ()), words.by_hand):
        found = printed.find(joined(part), position)
        assert found >= 0, part
        position = found + len(joined(part))


def test_the_small_print_is_not_below_nine_points_and_the_words_are_large() -> None:
    sizes: dict[str, float] = {}
    page = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=made(), capture_output=True, check=True
    ).stdout.decode()
    for low, high, word in re.findall(r'yMin="([\d.]+)".*?yMax="([\d.]+)">([^<]+)<', page):
        sizes[word] = float(high) - float(low)
    assert min(sizes.values()) > 9
    assert min(sizes[word] for word in SHEET.words) > 20


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", [SHEET, widest()], ids=["a", "widest"])
def test_nothing_touches_the_edge_of_the_paper(sheet: RecoverySheet, size: SheetSize) -> None:
    page = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=made(sheet, size), capture_output=True, check=True
    ).stdout.decode()
    boxes = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', page)
    assert len(boxes) > 150
    width, height = POINTS[size]
    fifteen_mm = 42.5
    for left, top, right, bottom in (tuple(map(float, box)) for box in boxes):
        assert fifteen_mm < left < right < width - fifteen_mm
        assert fifteen_mm < top < bottom < height - fifteen_mm


def test_it_is_black_and_grey_alone() -> None:
    """A cheap printer has one ink, and a thin grey line or a small grey letter has to survive it."""
    with opened(made()) as document:
        assert images(document) == []
        drawn = b"".join(
            item.read_bytes() for item in document.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Type") is None and "/FontFile2" not in item
        )  # fmt: skip
        operators = {str(each.operator) for each in pikepdf.parse_content_stream(document.pages[0])}
        spaces = {
            str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
            for space in dict(document.pages[0].Resources.get("/ColorSpace", {})).values()
        }
    assert drawn
    assert operators.isdisjoint({"rg", "RG", "k", "K"})
    assert spaces <= {"/ICCBased"}
    drawing = subprocess.run(["pdftoppm", "-r", "60", "-"], input=made(), capture_output=True, check=True)
    body = drawing.stdout.split(b"255\n", 1)[1]
    assert body[0::3] == body[1::3] == body[2::3]


def test_its_fonts_are_ours_and_inside() -> None:
    with opened(made()) as document:
        fonts = [item for item in objects(document) if item.get("/Type") == "/FontDescriptor"]
        names = {str(font.FontName).partition("+")[2] for font in fonts}
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert names == {"SourceSerif4-Regular", "SourceSans3-Regular", "SourceSans3-Semibold"}


def test_it_is_tagged_and_archivable() -> None:
    with opened(made()) as document:
        names = tag_names(document)
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "en-GB"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        metadata = document.Root.Metadata.read_bytes().decode("utf-8")
        items = [tag for tag in tags(document) if str(tag.S) == "/LI"]
    assert len(items) == 12
    assert names.count("L") == 2
    assert names.count("LBody") == names.count("Lbl") == 12
    assert names.count("Title") == 1
    assert names.count("H1") == 5
    assert names.count("P") >= 8
    for statement in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert statement in metadata


def test_the_file_says_nothing_of_when_where_or_for_whom() -> None:
    with opened(made()) as document:
        assert {name: str(value) for name, value in document.docinfo.items()} == {
            "/Title": "Memory Book recovery words",
            "/Creator": str(document.docinfo["/Creator"]),
            "/CreationDate": "D:20000101000000Z",
            "/ModDate": "D:20000101000000Z",
        }
        assert str(document.docinfo["/Creator"]).startswith("Typst ")
        metadata = document.Root.Metadata.read_bytes().decode("utf-8")
        assert bookmarks(document) == []
        assert document.attachments == {}
    assert "2026" not in metadata
    assert "dc:creator" not in metadata
    assert not re.search(r"/(?:home|root|tmp|usr|var)\b", metadata)
    for word in SHEET.words:
        assert word not in metadata


def test_the_same_sheet_is_the_same_file() -> None:
    assert made() == made()
    assert made(date="22 November 2026") != made()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "en"), ("en_US", "en-US"), ("de", "en"), ("cy-GB", "en"), ("", "en"), ("../x", "en")],
)
def test_where_there_is_no_translation_it_is_english_and_says_so(language: str, said: str) -> None:
    data = made(language=language)
    with opened(data) as document:
        assert str(document.Root.Lang) == said
    assert "Written by hand" in text(data)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=16, max_size=16))
def test_every_sheet_fits_on_one_page(seed: bytes) -> None:
    sheet = RECOVERY.sheet(seed)
    data = made(sheet, "Letter")
    with opened(data) as document:
        assert len(document.pages) == 1
    lines = text(data, "-raw").splitlines()
    assert all(f"{number} {word}" in lines for number, word in enumerate(sheet.words, 1))


def test_nothing_that_is_printed_is_obeyed() -> None:
    hostile = '#panic("no") $x$ *b* \\ "'
    data = made(RecoverySheet((hostile,) * 12, "-".join(["#{1}"] * 7)), date=hostile)
    printed = joined(text(data, "-raw"))
    assert printed.count(joined(hostile)) == 13
    assert printed.count("#{1}") == 7


def test_what_cannot_be_drawn_makes_no_page() -> None:
    with pytest.raises(PagesNotMade) as raised:
        made(date="\U000110d0")
    assert raised.value.__context__ is None
    assert str(raised.value) == "PagesNotMade"


def test_no_file_is_written_and_no_connection_opened(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    log = tmp_path / "calls"
    code = (
        "import os, socket\n"
        "os.close(os.open(os.devnull, os.O_WRONLY)); socket.socket(socket.AF_UNIX).close()\n"
        "from memorybook.rendering.recovery_sheet import make_sheet\n"
        "from memorybook.services.recovery import RecoveryWords\n"
        f"sheet = RecoveryWords().sheet(bytes.fromhex('{SEED.hex()}'))\n"
        "for size in ('A4', 'Letter'):\n"
        f"    assert make_sheet(sheet, language='en', page_size=size, made='{DATE}')\n"
    )
    subprocess.run(
        ["strace", "-f", "-qq", "-o", log, "-e", "trace=%network,open,openat,creat,memfd_create,rename,mkdir",
         sys.executable, "-B", "-c", code],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root / "src")}, check=True,
    )  # fmt: skip
    calls = log.read_text(encoding="utf-8").splitlines()
    to_write = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|creat\(|memfd|rename|mkdir")
    writing = [call for call in calls if to_write.search(call)]
    assert any("/dev/null" in call for call in writing), "strace saw no file at all"
    assert [call for call in writing if "/dev/" not in call] == []
    assert any("socket(AF_UNIX" in call for call in calls), "strace saw no socket at all"
    assert not any("AF_INET" in call for call in calls)
