"""Languages are named as PDF names them, and every language has words."""

import pytest

from memorybook.domain.book_words import normal_language, words_for


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("en", "en"),
        ("en_GB", "en-GB"),
        ("EN-us", "en-US"),
        ("de_DE.UTF-8", "de"),
        ("zh-Hans-CN", "zh"),
        ("C", "en"),
        ("", "en"),
        ("English", "en"),
        ("é!", "en"),
    ],
)
def test_a_language_is_named_as_pdf_names_it(given: str, named: str) -> None:
    assert normal_language(given) == named


@pytest.mark.parametrize("language", ["en", "en-US", "de", "xx"])
def test_there_are_always_words(language: str) -> None:
    assert words_for(language).to.format(name="Wren") == "To Wren"
