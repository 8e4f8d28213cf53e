"""What is typed comes back as it was, through Markdown."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from memorybook.domain.markup import Block, BlockKind, Span, cleaned
from memorybook.services import markup

spans = st.builds(
    Span,
    st.text(
        st.one_of(st.characters(codec="utf-8"), st.sampled_from("*_#>-+=1.)\\`&;<[]!~| \n\t\u00a0ab")),
        max_size=12,
    ),
    st.booleans(),
    st.booleans(),
)
blocks = st.lists(
    st.builds(Block, st.sampled_from(BlockKind), st.lists(spans, max_size=5).map(tuple), st.integers(1, 3)),
    max_size=6,
)


@settings(max_examples=1000, deadline=None)
@given(blocks)
@example([Block(BlockKind.PARAGRAPH, (Span("a"), Span('"b"', bold=True), Span("c")))])
@example(
    [
        Block(
            BlockKind.PARAGRAPH,
            (Span("a", italic=True), Span("b", bold=True, italic=True), Span("c", bold=True)),
        )
    ]
)
@example([Block(BlockKind.PARAGRAPH, ()), Block(BlockKind.PARAGRAPH, (Span("1. not a list\n- nor this"),))])
@example(
    [Block(BlockKind.NUMBER, (Span("x\n    y"),)), Block(BlockKind.NUMBER, ()), Block(BlockKind.BULLET, ())]
)
@example([Block(BlockKind.PARAGRAPH, (Span("\u00a0"),)), Block(BlockKind.PARAGRAPH, (Span("&nbsp;"),))])
@example([Block(BlockKind.HEADING, (Span("\n two\n"), Span("lines\n", bold=True)))])
def test_what_is_written_is_read_back_the_same(document: list[Block]) -> None:
    written = markup.write(document)
    assert markup.parse(written) == markup.normal(document)
    assert markup.write(markup.parse(written)) == written, "the same page is the same bytes"


@settings(max_examples=1000, deadline=None)
@given(blocks)
def test_no_character_is_lost_or_added(document: list[Block]) -> None:
    assert [block.text for block in markup.parse(markup.write(document))] == [
        cleaned(block.text) for block in document
    ]


@pytest.mark.parametrize(
    ("source", "kinds", "words"),
    [
        ("# Title\n\nText", ["heading", "paragraph"], "Title\nText"),
        ("> said\n>\n> again", ["quote", "quote"], "said\nagain"),
        ("- one\n- two\n\n1. three", ["bullet", "bullet", "number"], "one\ntwo\nthree"),
        ("[a link](https://example.org) ![a picture](x.png)", ["paragraph"], "a link a picture"),
        ("<b>not html</b>", ["paragraph"], "<b>not html</b>"),
        ("```\ncode\n```", ["paragraph"], "code"),
        ("", [], ""),
    ],
)
def test_markdown_from_elsewhere_keeps_its_words(source: str, kinds: list[str], words: str) -> None:
    assert [block.kind.value for block in markup.parse(source)] == kinds
    assert markup.plain(source) == words


def test_bold_and_italic_are_seen() -> None:
    (block,) = markup.parse("plain **bold _both_** _it_")
    assert [(s.text, s.bold, s.italic) for s in block.spans] == [
        ("plain ", False, False),
        ("bold ", True, False),
        ("both", True, True),
        (" ", False, False),
        ("it", False, True),
    ]


def test_what_is_no_text_is_left_out() -> None:
    assert cleaned("a\x00\ufeffb\r\nc\ufffe\U0010ffff\u2028d\u200f\u00a0\t\U0001f468\u200d\U0001f466") == (
        "ab\nc\nd\u200f\u00a0\t\U0001f468\u200d\U0001f466"
    )


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("One, two - three.", 3),
        ("don’t count well-known **bo**ld twice", 5),
        ("# A heading\n\n- a point\n- 2", 5),
        ("日本の庭", 4),
        ("😀 …", 0),
        ("", 0),
    ],
)
def test_words_are_counted_as_people_count_them(source: str, number: int) -> None:
    assert markup.number_of_words(markup.parse(source)) == number


@settings(max_examples=200, deadline=None)
@given(blocks, blocks)
def test_a_page_written_again_is_the_same_as_one_written_once(first: list[Block], then: list[Block]) -> None:
    writer = markup.Writer()
    writer.write(first)
    assert writer.write(first[:2] + then) == markup.write(first[:2] + then)
