"""What of a text can stand on a page: control characters are left out, the rest stays as written.

A character that none of the fonts can draw is named in square brackets, "[candle]", so that nothing a
parent wrote vanishes and no page shows an empty box.
"""

import re
import unicodedata
from collections.abc import Iterable

_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_TAB = "\u2003"

# Drawn by Source Serif 4 in every cut that is used here; anything else is tried out before typesetting.
_LETTERS = (
    " -~\u00a0-\u00ac\u00ae-\u017f\u2010-\u2014\u2018-\u201e\u2020-\u2022\u2026\u2039\u203a\u20ac\u2122"
)
_CERTAIN = re.compile(f"[{_LETTERS}]*")

_JOINERS = "\u200c\u200d\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_NEVER_NAMED = re.compile(rf"[{_JOINERS}{_LETTERS}\s]")
_WORD = re.compile(r"\S+")


def clean(text: str) -> str:
    """``text`` as it can be set: one kind of line break, a wide blank for a tab, no control characters."""
    if text.isprintable():  # as nearly all are: none of these is in it
        return text
    return "".join(filter(_has_place, _BREAKS.sub("\n", text).replace("\t", _TAB)))


def one_line(text: str) -> str:
    """A :func:`clean` text without line breaks and without blanks around it."""
    return clean(text).replace("\n", " ").strip()


def _has_place(character: str) -> bool:
    category = unicodedata.category(character)
    if category in {"Cc", "Cs"}:
        return character == "\n"
    return character != "\ufeff" and not _is_noncharacter(ord(character))


def _is_noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def uncertain_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Every different word in which there is a character that the fonts may lack, in a fixed order."""
    found: dict[str, None] = {}
    for text in texts:
        if not _CERTAIN.fullmatch(text):
            for word in _WORD.findall(text):
                if not _CERTAIN.fullmatch(word):
                    found[word] = None
    return tuple(found)


class Naming:
    """Puts names in the place of some characters: ``Naming("🕯")("🕯 lit")`` is "[candle] lit"."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = frozenset(c for c in characters if not _NEVER_NAMED.match(c))
        listed = "".join(re.escape(c) for c in sorted(self.characters))
        self._run = re.compile(f"(?:[{listed}][{_JOINERS}]*)+") if listed else None

    def __call__(self, text: str) -> str:
        """The text with names where none of the fonts has a picture of the character."""
        return self._run.sub(self._names, text) if self._run is not None else text

    def _names(self, match: re.Match[str]) -> str:
        return "[" + ", ".join(_name(c) for c in match[0] if c in self.characters) + "]"


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    if not name or unicodedata.category(character)[0] == "L":  # a letter's place says more than its name
        return f"U+{ord(character):04X}"
    return name.lower()
