"""Recovery words: the list they come from, what somebody types of them, and the sheet they are printed on."""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from memorybook import resources
from memorybook.domain import recovery
from memorybook.errors import WordListDamaged

TELLING_LETTERS = 4
"""No two words of the list begin with the same four letters."""

LIST_SHA256 = "3243d6436501913ab54fd0127bcea1c4bbc00759c65de0caf8025d74f5692e88"
"""Of the list, a word a line. A sheet printed years ago has to open its book, so the list never changes."""

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_CODE = 40
"""Letters and digits. A whole code has 28; twelve words have 48 or more, also when each is cut short."""


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet: the twelve words, and the same as a code of 7 groups of 4 with dashes."""

    words: tuple[str, ...] = field(repr=False)
    code: str = field(repr=False)


class RecoveryWords:
    """Knows the list, reads it when it is first needed, and keeps nothing that was typed. Any thread.

    Every method raises WordListDamaged when the list that comes with the program is not the one it was.
    """

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All 2,048, sorted."""
        return _list()

    def starts_well(self, text: str) -> bool:
        """Whether some word begins like this; true for nothing at all."""
        return bool(self._beginning(_folded(text)))

    def complete(self, text: str) -> str | None:
        """The word that begins like this, once there is only one; after four letters there is."""
        typed = _folded(text)
        found = self._beginning(typed) if typed else ()
        return found[0] if len(found) == 1 else None

    def is_word(self, text: str) -> bool:
        """Whether this is a whole word of the list."""
        typed = _folded(text)
        return typed in self._beginning(typed)

    def read(self, text: str) -> bytes:
        """The seed behind twelve words or a code, as somebody typed or copied it. Takes well under 10 ms.

        Words may be in any case, with anything but letters between them and numbers before them, and
        as short as their first four letters. Raises RecoveryWordsMistyped.
        """
        text = unicodedata.normalize("NFKC", text)
        if sum(map(str.isalnum, text)) <= _LONGEST_CODE:
            return recovery.from_code(text)
        return recovery.from_words(self._given(text), self.words)

    def numbers(self, text: str) -> tuple[int, ...]:
        """The places in the list of twelve words as :meth:`read` takes them, though the check may not fit.

        Nothing at all when they are not twelve words of the list.
        """
        given = self._given(unicodedata.normalize("NFKC", text))
        places = {word: place for place, word in enumerate(self.words)}
        if len(given) != recovery.WORD_COUNT or not all(word in places for word in given):
            return ()
        return tuple(places[word] for word in given)

    def _given(self, text: str) -> list[str]:
        typed = [_folded(word) for word in _WORD.findall(text)]
        return [self.complete(word) or word if len(word) >= TELLING_LETTERS else word for word in typed]

    def sheet(self, secret: bytes) -> RecoverySheet:
        """What to print for this seed of 16 bytes."""
        return RecoverySheet(recovery.to_words(secret, self.words), recovery.to_code(secret))

    def _beginning(self, typed: str) -> Sequence[str]:
        first = bisect_left(self.words, typed)
        last = bisect_left(self.words, typed + "\U0010ffff", lo=first)
        return self.words[first:last]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


@cache
def _list() -> tuple[str, ...]:
    try:
        words = (resources.folder("words") / "english.txt").read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        raise WordListDamaged from None
    # Over the words and not the file: some ways of copying a file give its lines other ends.
    if hashlib.sha256("".join(f"{word}\n" for word in words).encode("ascii")).hexdigest() != LIST_SHA256:
        raise WordListDamaged
    return tuple(words)
