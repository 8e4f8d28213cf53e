"""What somebody typed into the search field, as words to look for, and where they are in a text.

Words are compared without regard to capitals and accents: the index is given folded text, and so are
queries. Several words have to be there in any order; words within quotation marks in that order; the
last one may be unfinished.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

_QUOTES = '"“”„‟«»'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)([{_QUOTES}]?)|[^\s{_QUOTES}]+")

EXCERPT_LENGTH = 160
"""Characters of a page that a list shows."""

_BEFORE_HIT = 40


@dataclass(frozen=True, slots=True)
class Query:
    """``phrases`` of one word or more, folded. ``unfinished``: the last may be the start of a word.

    ``quoted`` are the numbers of the phrases within quotation marks. ``forms`` are words that are looked for
    in place of a phrase of one word as well.
    """

    phrases: tuple[tuple[str, ...], ...] = field(repr=False)
    unfinished: bool = True
    quoted: frozenset[int] = frozenset()
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def forms_of(self, number: int) -> tuple[str, ...]:
        """The other words that are found for a phrase."""
        phrase = self.phrases[number]
        return self.forms.get(phrase[0], ()) if len(phrase) == 1 and number not in self.quoted else ()


def understand(typed: str) -> Query:
    """Read anything at all. A query without phrases looks for nothing."""
    phrases: list[tuple[str, ...]] = []
    quoted: set[int] = set()
    unfinished = True
    for piece in _PIECE.finditer(unicodedata.normalize("NFC", typed)):
        words = _words(piece[1] if piece[1] is not None else piece[0])
        if words:
            if piece[1] is not None:
                quoted.add(len(phrases))
            phrases.append(words)
            unfinished = not piece[2]
    return Query(tuple(phrases), unfinished, frozenset(quoted))


def loose(query: Query) -> tuple[str, ...]:
    """The words of the query that stand alone and without quotation marks: those that may change form."""
    phrases = enumerate(query.phrases)
    return tuple(
        phrase[0] for number, phrase in phrases if len(phrase) == 1 and number not in query.quoted
    )


def with_forms(query: Query, forms: Mapping[str, tuple[str, ...]]) -> Query:
    """The query that finds these other words in place of its own as well."""
    return replace(query, forms=forms)


def expression(query: Query) -> str:
    """The query in FTS5's language. Only letters, digits and marks get into it, always quoted."""
    alternatives = [
        [f'"{" ".join(phrase)}"', *(f'"{form}"' for form in query.forms_of(number))]
        for number, phrase in enumerate(query.phrases)
    ]
    if alternatives and query.unfinished:
        alternatives[-1][0] += " *"
    return " AND ".join(each[0] if len(each) == 1 else f"({' OR '.join(each)})" for each in alternatives)


def fold(text: str) -> str:
    """``text`` without capitals and accents, each character in its old place."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def indexed(text: str) -> str:
    """``text`` as the index is given it: composed, folded, and without the points of Hebrew and Arabic.

    Those are written or not as one likes; the marks of other scripts are letters of the word.
    """
    return fold(unicodedata.normalize("NFC", text)).translate(_POINTS)


def one_line(text: str) -> str:
    """``text`` composed and on one line, as excerpts show it."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def beginning(text: str, length: int = EXCERPT_LENGTH) -> str:
    """The first words of ``text`` on one line, with an ellipsis when there is more."""
    line = one_line(text[: length * 8])  # long enough for any run of blanks a person types
    return line if len(line) <= length else _cut(line, length) + "…"


def excerpt(text: str, query: Query, length: int = EXCERPT_LENGTH) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A line of ``text`` around the first hit, and the (start, length) of every hit within that line.

    Without a hit it is the beginning of the text, and no spans.
    """
    line = one_line(text)
    pattern = _pattern(query)
    first = pattern.search(fold(line)) if pattern is not None else None
    if pattern is None or first is None:
        return beginning(line, length), ()
    start = 0
    if first.end() > length - _BEFORE_HIT // 2:
        blank = line.find(" ", max(0, first.start() - _BEFORE_HIT), first.start())
        start = blank + 1 if blank >= 0 else first.start()
    shown = line[start:]
    if len(shown) > length:
        shown = _cut(shown, max(length, first.end() - start)) + "…"
    if start:
        shown = "…" + shown
    return shown, tuple((hit.start(), hit.end() - hit.start()) for hit in pattern.finditer(fold(shown)))


def spans(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """The (start, length) of every hit in ``text``, in characters as they are in it, composed or not."""
    pattern = _pattern(query)
    if pattern is None:
        return ()
    if unicodedata.is_normalized("NFC", text):
        return tuple((hit.start(), hit.end() - hit.start()) for hit in pattern.finditer(fold(text)))
    composed, places = _composed(text)
    hits = ((places[hit.start()], places[hit.end()]) for hit in pattern.finditer(fold(composed)))
    return tuple((start, end - start) for start, end in hits)


def _composed(text: str) -> tuple[str, list[int]]:
    """The composed text, and where in ``text`` each of its characters began; the end of it is the last."""
    starts = [
        number
        for number, character in enumerate(text)
        if not number or not (unicodedata.combining(character) or "\u1160" <= character <= "\u11ff")
    ]
    pieces, places = [], []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        places.extend([start] * len(piece))
    return "".join(pieces), [*places, len(text)]


def _cut(line: str, length: int) -> str:
    """At most ``length`` characters, ending with a whole word unless the word is very long."""
    blank = line.rfind(" ", length * 3 // 4, length + 1)
    return line[: blank if blank > 0 else length].rstrip(" ,;:")


def _words(text: str) -> tuple[str, ...]:
    """The words of ``text`` as the index sees them: letters, digits and the marks on them."""
    spaced = "".join(character if _is_word(character) else " " for character in text)
    words = fold(spaced).translate(_POINTS).split()
    return tuple(word for word in map(_without_leading_marks, words) if word)


@cache
def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LMN" or category == "Co"


def _without_leading_marks(word: str) -> str:
    while word and unicodedata.category(word[0])[0] == "M":
        word = word[1:]
    return word


def _pattern(query: Query) -> re.Pattern[str] | None:
    alternatives: list[str] = []
    for number, phrase in enumerate(query.phrases):
        forms = sorted(query.forms_of(number), key=len, reverse=True)
        alternatives.extend(_written(form) + r"(?![^\W_])" for form in forms)
        words = r"[\W_]+".join(map(_written, phrase))
        open_end = query.unfinished and number == len(query.phrases) - 1
        alternatives.append(words if open_end else words + r"(?![^\W_])")
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})") if alternatives else None


def _written(word: str) -> str:
    """A pattern for a word of the index as it may stand in a text: with points or without."""
    if any(code in _POINTED for code in map(ord, word)):
        return _POINT.join(map(re.escape, word))
    return re.escape(word)


_POINTED = range(0x0590, 0x0700)  # Hebrew and Arabic
_POINTS = {code: None for code in _POINTED if unicodedata.category(chr(code)) == "Mn"} | {0x0640: None}
_POINT = f"[{''.join(map(chr, _POINTS))}]*"

_OF_ONE_PIECE = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
"""Letters that people without them on their keyboard write without the stroke; Unicode does not part them."""


class _Folded(dict[int, str]):
    """Each character's folded form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        base, *marks = list(unicodedata.normalize("NFD", chr(code)))
        if any(unicodedata.category(mark) != "Mn" for mark in marks):  # Hangul comes apart into letters
            base = chr(code)
        lower = base.lower()[:1] or base
        self[code] = folded = _OF_ONE_PIECE.get(lower, lower)
        return folded


_FOLDED = _Folded()
