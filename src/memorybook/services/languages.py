"""Which language something is written in, so that its words are parted at the ends of lines by its rules.

Told by script and by the words that nearly every sentence has. Libraries for it were compared: they bring
50 to 100 MB along (numeric packages, or tables for every language there is), or have no builds for current
Pythons, for what is asked here of a few hundred words once in a while.
"""

import json
import re
import unicodedata
from collections import Counter
from functools import cache

from memorybook import resources

_WORD = re.compile(r"[^\W\d_]+")
_READ = 4_000
"""So many characters are enough to tell, and the longest page costs no more."""

_FEWEST = 2.0
_SHARE = 0.1
_LEAD = 1.15
"""In doubt nothing is said: a page of names, a line of a song, and two languages on one page."""

_SCRIPTS = {
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
}
"""Scripts that one language is mostly written in; those of the others say nothing here."""

_PERSIAN = frozenset("پچژگ")
_URDU = frozenset("ٹڈڑےں")
_KURDISH = frozenset("ێۆڕڵە")


def of(text: str, books: str) -> str:
    """The ISO 639-1 code, or nothing where it is that of the book, or too little is written to tell."""
    return unlike(guess(text), books)


def unlike(found: str, books: str) -> str:
    """A language that :func:`guess` found; nothing where it is that of the book."""
    own = re.split(r"[-_]", books.casefold())[0]
    return "" if found in {own, {"no": "nb", "nn": "nb"}.get(own, own)} else found


def guess(text: str) -> str:
    """The ISO 639-1 code, or nothing in doubt."""
    text = unicodedata.normalize("NFC", text[:_READ]).casefold()
    if text.isascii():
        return _by_words(text, "LATIN")
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return ""
    script, count = Counter(map(_script, letters)).most_common(1)[0]
    if count < 0.6 * len(letters):
        return _japanese(letters)
    if script in {"LATIN", "CYRILLIC"}:
        return _by_words(text, script)
    if count < 12:
        return ""
    if script == "ARABIC":
        return _in_arabic_letters(frozenset(letters))
    return _japanese(letters) or _SCRIPTS.get(script, "")


def _in_arabic_letters(letters: frozenset[str]) -> str:
    """Of the languages that add letters, two are told; the others are none of these."""
    if letters & _KURDISH:
        return ""
    return "ur" if letters & _URDU else "fa" if letters & _PERSIAN else "ar"


def _japanese(letters: list[str]) -> str:
    """Its sentences are of two scripts and more; a tenth of the one that is its own is enough."""
    kana = sum(_script(letter) in {"HIRAGANA", "KATAKANA"} for letter in letters)
    return "ja" if kana >= 6 and kana * 10 >= len(letters) else ""


@cache
def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _by_words(text: str, script: str) -> str:
    words = _WORD.findall(text)
    languages, weights = _table(script)
    scores: dict[str, float] = {}
    for word, times in Counter(words).items():
        for language in languages.get(word, ()):
            scores[language] = scores.get(language, 0.0) + weights[word] * times
    if not scores:
        return ""
    best = max(scores, key=lambda language: (scores[language], language))
    most, second = scores.pop(best), max(scores.values(), default=0.0)
    hits = sum(best in languages.get(word, ()) for word in words)
    if most < _FEWEST or hits < _SHARE * len(words) or most < _LEAD * second:
        return ""
    return best


@cache
def _table(script: str) -> tuple[dict[str, tuple[str, ...]], dict[str, float]]:
    """The languages of each word, and what it tells: the fewer have it, the more."""
    text = (resources.folder("words") / "frequent.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for language, words in json.loads(text)[script].items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    languages = {word: tuple(them) for word, them in found.items()}
    return languages, {word: 1 / len(them) for word, them in languages.items()}
