"""Whatever is written is printed as it was written, and nothing of it is obeyed."""

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.book import PlannedDate, PlannedEntry
from memorybook.domain.dates import UNKNOWN
from memorybook.domain.entry import EntryKind
from memorybook.domain.entry import EntryKind as Kind
from memorybook.domain.markup import Block, BlockKind, Span
from memorybook.rendering.characters import clean
from tests.unit.rendering.pages import (
    HOSTILE,
    entry,
    joined,
    opened,
    pdf,
    photograph,
    picture,
    plan,
    qpdf_complaints,
    text,
)


def everywhere(words: str) -> bytes:
    """A book with these words in every place that takes words."""
    line = (Span(words), Span(words, bold=True), Span(words, italic=True))
    blocks = tuple(Block(kind, line, 1) for kind in BlockKind)
    pages = PlannedEntry(
        words, UNKNOWN, Kind.LETTER, words, words, blocks, (picture(1, caption=words, description=words),)
    )
    book = plan(pages, *[pages] * 6, title=words, subtitle=words, dedication=words,
                dates=(PlannedDate(UNKNOWN, words, words),))  # fmt: skip
    return pdf(book, {1: photograph()})


def in_a_paragraph(words: str) -> str:
    page = PlannedEntry(
        "", UNKNOWN, EntryKind.ENTRY, "", "", (Block(BlockKind.PARAGRAPH, (Span(words),)),), ()
    )
    return text(pdf(plan(page)))


def test_the_language_of_the_template_is_only_words() -> None:
    data = everywhere(HOSTILE)
    assert qpdf_complaints(data) == ""
    assert joined(HOSTILE) in joined(text(data))
    for line in HOSTILE.splitlines():
        assert joined(text(data)).count(joined(line)) >= 9
    assert joined(in_a_paragraph(HOSTILE)) == joined(HOSTILE) + "1"


@pytest.mark.parametrize(
    "words",
    [
        "e\u0301 q\u0303 x\u035c\u0489 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
        "αβγ Жж Łódź ŵ ș ẞ ﬁ Ω",
        "a\u200bb \u2060c \u00add \u200de \ufe0f \U000e0001",
        "\u202edrawkcab\u202c \u2066x\u2069 \u061c",
        "\u3000 \u115f \ufffd \ufff9",
        "١٢٣ ۴۵۶ ०१२",
        "1️⃣ 🇩🇪 👨‍👩‍👧 👍🏽 🏳️‍🌈 🕯️ ❤️",
    ],
)
def test_rare_characters_make_a_sound_book(words: str) -> None:
    assert qpdf_complaints(everywhere(words)) == ""


def test_control_characters_are_left_out() -> None:
    controls = "".join(map(chr, (*range(32), 0x7F, *range(0x80, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF, 0xFDD0)))
    assert joined(in_a_paragraph(f"a{controls}b")) == "ab1"
    assert qpdf_complaints(everywhere(f"a{controls}b")) == ""


def test_emoji_are_drawn() -> None:
    written = "A candle 🕯, a heart ❤, a star ⭐, a butterfly 🦋, a child 👼🏽, hands 🫶."
    printed = in_a_paragraph(written)
    assert "[" not in printed
    for sign in "🕯❤⭐🦋👼🫶":
        assert sign in printed
    with opened(pdf(plan(entry(written)))) as document:
        assert any(
            "NotoEmoji" in str(item.get("/BaseFont", "")) for item in document.objects if hasattr(item, "get")
        )


def test_hebrew_and_arabic_are_drawn() -> None:
    assert "[" not in in_a_paragraph("שלום עולם")
    assert "[" not in in_a_paragraph("سلام")


@pytest.mark.parametrize(
    "words",
    [
        "Office, affinity, fjord, ﬁ, fiﬂ, e-mail, well-being, ½, 1st, 3 × 4, “q” – it’s naïve …",
        "Łódź, Ærø, İstanbul, ẞ, ŵ, Ελλάδα, άέήίό, Київ, ёлка, Београд",
        "e\u0301a\u0308o\u0302 q\u0303 n\u0303",
        "שלום עולם",
        "مرحبا يا عين",
    ],
)
def test_it_is_read_as_it_was_written(words: str) -> None:
    printed = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", in_a_paragraph(words))
    assert unicodedata.normalize("NFC", joined(printed)) == unicodedata.normalize("NFC", joined(words)) + "1"


def _paragraph(words: str) -> Block:
    return Block(BlockKind.PARAGRAPH, (Span(words),))


def test_a_thousand_pages_of_the_template_s_language_in_their_order() -> None:
    lines = HOSTILE.splitlines()
    written = [f"Entry {number}: {lines[number % len(lines)]}" for number in range(1000)]
    entries = [
        PlannedEntry(f"#T{number} $x$", UNKNOWN, Kind.ENTRY, "", "", (_paragraph(it),), ())
        for number, it in enumerate(written)
    ]
    pages = text(pdf(plan(*entries))).split("\f")
    first = next(number for number, page in enumerate(pages) if "Entry 0:" in page)
    for number, it in enumerate(written):
        page = joined(pages[first + number])
        assert page == joined(f"#T{number} $x$ {it}") + str(first + number + 1)


def test_what_no_font_can_draw_is_named() -> None:
    printed = in_a_paragraph("before \U000110d0\ue000\u0378 after")
    assert "before [" in printed
    assert "U+E000, U+0378] after" in printed


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_text_makes_a_sound_book(words: str) -> None:
    data = pdf(plan(entry(), PlannedEntry(words, UNKNOWN, EntryKind.LETTER, words, words,
                    (Block(BlockKind.PARAGRAPH, (Span(words),)),), ()), title=words))  # fmt: skip
    assert qpdf_complaints(data) == ""


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=("Cc", "Cf")), min_size=1)
)
def test_western_text_is_printed_as_it_was_written(words: str) -> None:
    assert joined(in_a_paragraph(words)) == joined(clean(words)) + "1"


def test_no_socket_is_opened(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    log = tmp_path / "calls"
    code = (
        "import socket; socket.socket(socket.AF_UNIX).close()\n"
        "from tests.unit.rendering.test_hostile import HOSTILE, everywhere\n"
        "everywhere(HOSTILE + ' \\U000110d0 🕯')"
    )
    subprocess.run(
        ["strace", "-f", "-qq", "-o", log, "-e", "trace=%network", sys.executable, "-c", code],
        cwd=root, env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}, check=True,
    )  # fmt: skip
    calls = log.read_text(encoding="utf-8")
    assert "socket(AF_UNIX" in calls, "strace saw no socket at all: this test would prove nothing"
    assert "AF_INET" not in calls
