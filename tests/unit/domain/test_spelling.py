"""Where words are in a text, in every script, and which dictionary is nearest to a language."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook.domain import spelling
from memorybook.domain.spelling import Dictionary


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in spelling.words_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We remember.", ["We", "remember"]),
        ("don't Mia’s ‘quoted’ 'so'", ["don't", "Mia’s", "quoted", "so"]),
        ("Anna-Lena, l·l", ["Anna", "Lena", "l·l"]),
        ("22w 3rd hello_x B12 a I", []),
        ("see mia@home.org or www.x.org/foo and file://host/share", ["see", "or", "and"]),
        ("שָׁלוֹם לאור", ["שָׁלוֹם", "לאור"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("e\u0301te\u0301 été", ["e\u0301te\u0301", "été"]),
        ("👶🏽Mila👶 so", ["Mila", "so"]),
        ("x" * 61 + " end", ["end"]),
        ("", []),
    ],
)
def test_words_of_many_scripts(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_words_lie_in_order_and_are_letters(text: str) -> None:
    end = 0
    for start, stop in spelling.words_in(text):
        assert end <= start < stop <= len(text)
        assert text[start].isalpha()
        assert 1 < stop - start <= spelling.LONGEST_WORD
        end = stop


def test_kept_words_hold_in_every_writing() -> None:
    kept = frozenset(map(spelling.folded, ("Mía", "d’Arcy", "snuggly")))
    for word in ("Mía", "MÍA", "Mi\u0301a", "Mía's", "Mía’s", "d'Arcy", "Snuggly"):
        assert spelling.is_kept(word, kept), word
    for word in ("Mia", "Arcy", "snugglys"):
        assert not spelling.is_kept(word, kept), word


def test_suggestions_keep_the_writers_apostrophe() -> None:
    assert spelling.as_written("don't", "dont’") == "don’t"
    assert spelling.as_written("don't", "dont") == "don't"


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("en_GB", "en_GB"), ("en-US", "en_US"), ("en_AU", "en_AU_large"), ("de_AT", "de_DE"), ("de", "de_DE"),
        ("fr_CA", "fr"), ("C", None), ("", None), ("he", None), ("en", "en_AU_large"),
    ],
)  # fmt: skip
def test_the_nearest_dictionary(locale: str, name: str | None) -> None:
    names = ("en_GB", "en_US", "en_AU_large", "de_DE", "fr", "fr_BE")
    chosen = spelling.choose([Dictionary(each, Path()) for each in names], locale)
    assert (chosen.name if chosen else None) == name
