"""The word a family uses for its baby. It stands wherever there is no name, and is never asked for twice."""

import enum


class Word(enum.StrEnum):
    """The words to choose from. ``NAME``: the name alone, and no word where there is none.

    Anything else that is kept in their place is a word of the family's own, as it was typed.
    """

    BABY = "baby"
    PREGNANCY = "pregnancy"
    SON = "son"
    DAUGHTER = "daughter"
    CHILD = "child"
    NAME = "name"


WORD = "word"
"""The key of the preference that holds the book's word."""

DEFAULT = Word.BABY
"""The word of a book for which nobody has chosen one."""


def word_for(own: str, books: str | None) -> str:
    """The word to use for one baby: its own, else the book's, else the default. A code or typed words."""
    return own.strip() or (books or "").strip() or DEFAULT.value


def own_word(word: str) -> str:
    """``word`` when it is the family's own and not one of the codes; else the empty text."""
    return "" if word in frozenset(Word) else word
