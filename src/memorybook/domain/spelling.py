"""Words as a spelling check sees them: where they are in a text, and which of them are not looked at."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

LONGEST_WORD: Final = 60
"""What is longer is no word of any language that is checked, and Hunspell would take long over it."""

_FIRST_MARK: Final = 0x300
_LAST_MARK: Final = 0x1FFFF
_APOSTROPHES: Final = "'’ʼ"
_TYPED_APOSTROPHE: Final = "'"
_ADDRESS: Final = re.compile(r"\S*(?:@|://|www\.)\S*")


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The two files of a dictionary that was found. ``name`` is that of its files, as in ``en_GB``.

    ``own`` is one that was brought to the app, and not found among the programs of this computer.
    """

    name: str
    folder: Path
    own: bool = False

    @property
    def language(self) -> str:
        """The language alone, as in ``en``."""
        return re.split(r"[-_]", self.name)[0].lower()


def choose(found: Iterable[Dictionary], locale: str) -> Dictionary | None:
    """The dictionary for somebody whose computer speaks ``locale`` ("de_AT"), if there is one.

    The same country is best, then the language without a country, then any country's.
    """
    wanted = locale.replace("-", "_").lower()
    language = wanted.partition("_")[0]
    near = [each for each in found if each.language == language]
    near.sort(key=lambda each: (not _is(each, wanted), not _is(each, language), each.name))
    return near[0] if near else None


def _is(dictionary: Dictionary, name: str) -> bool:
    return dictionary.name.replace("-", "_").lower() == name


def words_in(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of ``text`` begins and ends, in characters.

    A word is letters with their marks, and apostrophes between them. Single letters, what touches a digit,
    addresses, and what is very long are passed over.
    """
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for match in _word().finditer(text):
        start, end = match.span()
        if not 1 < end - start <= LONGEST_WORD or _touches_number(text, start, end):
            continue
        if not any(begin <= start < stop for begin, stop in addresses):
            yield start, end


def _touches_number(text: str, start: int, end: int) -> bool:
    around = text[max(start - 1, 0) : end + 1]
    return any(sign == "_" or (sign.isnumeric() and not sign.isalpha()) for sign in around)


def as_asked(word: str) -> str:
    """The form in which a dictionary is asked: composed letters, the apostrophe of the keyboard."""
    plain = unicodedata.normalize("NFC", word)
    for apostrophe in _APOSTROPHES:
        plain = plain.replace(apostrophe, _TYPED_APOSTROPHE)
    return plain


def as_written(suggestion: str, word: str) -> str:
    """A suggestion in place of ``word``, with the kind of apostrophe that the writer uses."""
    return suggestion.replace(_TYPED_APOSTROPHE, "’") if "’" in word else suggestion


def folded(word: str) -> str:
    """What two writings of a kept word have in common: neither capitals nor the kind of apostrophe count."""
    return as_asked(word).casefold()


def is_kept(word: str, kept: frozenset[str]) -> bool:
    """Whether the word, or the name that it is the genitive of, is among the folded words of the family."""
    plain = folded(word)
    return plain in kept or (plain.endswith("'s") and plain[:-2] in kept) or plain.rstrip("'") in kept


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    """Letters, the marks that scripts set on or beside them, and apostrophes and joiners in between.

    Letters alone, as Python knows them, leave marks out: Hebrew, Arabic and Hindi would be cut apart.
    """
    marks = [
        point
        for point in range(_FIRST_MARK, _LAST_MARK)
        if unicodedata.category(chr(point)) in {"Mn", "Mc"}
    ]
    ranges: list[list[int]] = []
    for point in marks:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    set_on = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    letters = rf"(?:[^\W\d_][{set_on}]*)"
    # Between letters: the zero-width joiners, Hebrew's own marks of abbreviation, the Catalan point.
    return re.compile(rf"{letters}+(?:[{_APOSTROPHES}\u200c\u200d\u05f3\u05f4\u00b7]{letters}+)*")
