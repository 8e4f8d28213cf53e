"""Other forms of the words that are looked for: "walking" and "walked" for "walk", "Häuser" for "Haus".

The index holds every word as it was written, so that a word is always found by its beginning and by itself.
What belongs together is decided when somebody searches: of the words in the book that begin alike, those that
a stemmer takes for the same one are looked for as well. So the index is neither larger nor bound to one
language, no page has to be indexed again when the language changes, and nothing more has to be forgotten when
a page is deleted for ever.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from memorybook.domain.search import Query, loose, with_forms

Indexed = Callable[[str], Iterable[str]]
"""The words in the book that begin with these letters."""

_STEMMERS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "hy": "armenian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}
"""The languages that are written with endings; others are searched as they are typed."""

_SHORTEST = 3
_REMEMBERED = 4_096


class WordForms:
    """Knows one language at a time: English, until another is spoken. For one thread.

    The words it remembers are those of one book, and go with it.
    """

    def __init__(self) -> None:
        self._algorithm = "english"
        self._stem = lru_cache(_REMEMBERED)(_stem)

    def speak(self, locale: str) -> None:
        """Take words for those of this language ("de_AT"), if it is one that is known."""
        language = locale.replace("-", "_").partition("_")[0].lower()
        self._algorithm = _STEMMERS.get(language, "")

    def widen(self, query: Query, indexed: Indexed) -> Query:
        """The query with the other forms of its words that are in the book. Quoted words stay as they are."""
        if not self._algorithm:
            return query
        return with_forms(query, {word: self._others(word, indexed) for word in loose(query)})

    def _others(self, word: str, indexed: Indexed) -> tuple[str, ...]:
        if len(word) < _SHORTEST:
            return ()
        stem = self._stem(self._algorithm, word)
        start = _alike(word, stem)
        if len(start) > _SHORTEST or start.endswith("i"):
            start = start[:-1]  # "cry" and "cried" part before the end of their stem, which is "cri"
        if len(start) < _SHORTEST - 1:
            return ()
        return tuple(
            each for each in indexed(start) if each != word and self._stem(self._algorithm, each) == stem
        )


def _stem(algorithm: str, word: str) -> str:
    import snowballstemmer  # late: it brings every language, and most sessions do not search

    stem: str = snowballstemmer.stemmer(algorithm).stemWord(word)
    return stem


def _alike(one: str, other: str) -> str:
    for number, (letter, beside) in enumerate(zip(one, other, strict=False)):
        if letter != beside:
            return one[:number]
    return min(one, other, key=len)
