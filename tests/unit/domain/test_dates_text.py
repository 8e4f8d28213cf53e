"""Dates are printed as well as they are known, and no better."""

import pytest

from memorybook.domain.dates import VagueDate
from memorybook.domain.dates_text import in_words


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        ("2026-10-03", "en", "3 October 2026"),
        ("2026-10-03~", "en", "about 3 October 2026"),
        ("2026-10", "en", "October 2026"),
        ("2026-10~", "en", "about October 2026"),
        ("2026", "en", "2026"),
        ("XXXX-10-15", "en", "15 October"),
        ("XXXX-10-15~", "en-US", "about October 15"),
        ("2026~", "en", "about 2026"),
        ("", "en", ""),
        ("2026-10-03", "en-GB", "3 October 2026"),
        ("2026-10-03", "en-US", "October 3, 2026"),
        ("2026-02-28", "cy", "28 February 2026"),
    ],
)
def test_in_words(day: str, language: str, words: str) -> None:
    assert in_words(VagueDate.parse(day), language) == words
