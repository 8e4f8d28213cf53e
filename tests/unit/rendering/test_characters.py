"""What is left out of a text, and what stands in for what cannot be drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook.rendering.characters import Naming, clean, one_line, uncertain_words


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a\r\nb\rc\u2028d\x85e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x07c\x1b[31md\x7f", "abc[31md"),
        ("a\tb", "a\u2003b"),
        ("a\ufeffb\uffffc\ufdd0d\ud800e", "abcde"),
        ("\u202eright to left\u202c", "\u202eright to left\u202c"),
        ("e\u0301 \u200d \u00ad", "e\u0301 \u200d \u00ad"),
        ("🕯️", "🕯️"),
    ],
)
def test_control_characters_go_and_the_rest_stays(written: str, printed: str) -> None:
    assert clean(written) == printed


@given(st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs"))))
def test_letters_marks_numbers_and_signs_are_never_touched(written: str) -> None:
    assert clean(written) == written


def test_a_title_is_one_line() -> None:
    assert one_line("  Two\nlines ") == "Two lines"


def test_ordinary_words_are_not_tried_out() -> None:
    assert uncertain_words(["Plain – “quoted” … naïve, Łódź, 5 €"]) == ()
    assert uncertain_words(["a 🕯 lit", "שלום a 🕯"]) == ("🕯", "שלום")


@pytest.mark.parametrize(
    ("lacking", "written", "printed"),
    [
        ("🕯", "a 🕯️ lit", "a [candle] lit"),
        ("👨👩", "👨‍👩‍👧", "[man, woman]👧"),
        ("👍", "👍🏽 yes", "[thumbs up sign] yes"),
        ("月", "月a", "[U+6708]a"),
        ("\ue000", "\ue000", "[U+E000]"),
        ("1\u20e3\ufe0f a", "1\ufe0f\u20e3 a", "1\ufe0f\u20e3 a"),
        ("", "as it is", "as it is"),
        ("]^-\\☃", "☃]^-\\", "[snowman]]^-\\"),
    ],
)
def test_what_cannot_be_drawn_is_named(lacking: str, written: str, printed: str) -> None:
    assert Naming(lacking)(written) == printed


@given(st.frozensets(st.characters(codec="utf-8"), max_size=5), st.text(st.characters(codec="utf-8")))
def test_no_character_that_is_named_is_left(lacking: frozenset[str], written: str) -> None:
    naming = Naming(lacking)
    assert not naming.characters & set(naming(written))


def test_every_character_has_some_name() -> None:
    naming = Naming(map(chr, range(0x2190, 0x2C00)))
    assert all(naming(c).startswith("[") for c in naming.characters)
