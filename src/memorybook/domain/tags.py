"""The tags of a page: as they are typed, and when two of them are the same."""

import unicodedata
from collections.abc import Iterable

from memorybook.domain.search import fold


def folded(tag: str) -> str:
    """What is compared: on one line, without capitals and accents."""
    return fold(unicodedata.normalize("NFC", one_line(tag)))


def one_line(tag: str) -> str:
    """As it is shown: as it was typed, with one blank where there were blanks or line ends."""
    return " ".join(tag.split())


def tidy(tags: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, as it was typed first and in that order; those with nothing in them are left out."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(folded(tag), one_line(tag))
    return tuple(tag for key, tag in found.items() if key)
