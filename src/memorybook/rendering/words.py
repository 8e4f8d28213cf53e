"""The few words of our own that stand in a printed book, by language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """``to`` takes the name a letter is written to; ``book`` names a book that has no title."""

    to: str
    days: str
    contents: str
    photograph: str
    book: str


_ENGLISH = Words(
    to="To {name}",
    days="The days we keep",
    contents="Contents",
    photograph="Photograph",
    book="A memory book",
)

_WORDS = {"en": _ENGLISH}


def words_for(language: str) -> Words:
    """The words in this language ("en", "en-US"); in English where there are none yet."""
    return _WORDS.get(language.partition("-")[0], _ENGLISH)


def normal_language(name: str) -> str:
    """A language as PDF and Typst name it, from "en", "en_GB", "EN-us"; English for anything else."""
    code, _, rest = name.replace("_", "-").partition("-")
    code, region = code.lower(), rest.partition("-")[0].upper()
    if not (code.isascii() and code.isalpha() and len(code) in {2, 3}):
        return "en"
    return f"{code}-{region}" if region.isascii() and region.isalpha() and len(region) == 2 else code
