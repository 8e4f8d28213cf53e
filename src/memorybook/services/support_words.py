"""What people call things when they look for help, beside the words that stand in the support pane."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from memorybook import resources
from memorybook.domain.search import fold
from memorybook.errors import SupportListDamaged
from memorybook.services.reading_json import ENGLISH, text


@dataclass(frozen=True, slots=True)
class EverydayWords:
    """By what else a word is found, and the words that alone decide nothing; all of them folded."""

    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()


NONE = EverydayWords()
"""No such words."""


@cache
def everyday_words(language: str) -> EverydayWords:
    """Those of the language with this ISO 639-1 code; none where nobody has written them down.

    Any thread. Raises SupportListDamaged when the file cannot be read as it should be.
    """
    folder = resources.folder("support") / "words"
    file = folder / f"{language}.json"
    try:
        if language != ENGLISH and not file.is_file():
            return NONE
        content = json.loads(file.read_text(encoding="utf-8"))
        also = {
            fold(word): tuple(fold(text(content["also"], word)).split()) for word in dict(content["also"])
        }
        return EverydayWords(also, frozenset(fold(text(content, "aside")).split()))
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise SupportListDamaged from None
