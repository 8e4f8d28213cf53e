"""Words for books of any size: an invented vocabulary in Zipf's proportions, mixed with English glue."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

_GLUE = """
the and of to a in was it that for on with as we you at be this had not are but from or have an they
which one were all her she there would their him been has when who will no more if out so up said what
its about than into them can only other time new some could these two may first then do any like my now
over such our man me even most made after also did many off before must well back through years much
"""
_ONSETS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t th tr v w wh y z"
_VOWELS = "a e i o u ai ea ee oa oo ou"
_CODAS = "- - l m n r s t nd rn st ck sh"

VOCABULARY = 8_000
RARE = "quokkafern"
RARE_PAGES = 10
COMMON = "together"
COMMON_SHARE = 0.59
"""Of the pages. With the rare word these are the proportions the other programs were measured with."""

_DEALT_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one page, and whether the rare and the common word are among them."""

    title: str
    paragraphs: tuple[str, ...]
    is_rare: bool
    is_common: bool


def pages(count: int, seed: int) -> Iterator[Words]:
    """``count`` pages of 125 to 175 words with titles of four, the same for the same seed."""
    # S311: nothing here is a secret, and it has to be the same every time.
    dealer = _Dealer(random.Random(seed))  # noqa: S311
    chance = random.Random(seed + 1)  # noqa: S311
    rare = set(chance.sample(range(count), min(RARE_PAGES, count)))
    for number in range(count):
        is_rare, is_common = number in rare, chance.random() < COMMON_SHARE
        words = dealer.deal(chance.randint(125, 175))
        for present, word in ((is_rare, RARE), (is_common, COMMON)):
            if present:
                words[chance.randrange(1, len(words))] = word
        is_rare, is_common = RARE in words, COMMON in words  # one may have come in the other's place
        title = " ".join(dealer.deal(4)).capitalize()
        yield Words(title, tuple(_paragraphs(words, chance)), is_rare, is_common)


class _Dealer:
    """Deals words, every other one from the glue; many are drawn at once because that is fast."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._glue = _GLUE.split()
        self._invented = _vocabulary(chance, set(self._glue))
        self._weights = [1 / (rank + 2) for rank in range(VOCABULARY)]
        self._waiting: list[str] = []

    def deal(self, count: int) -> list[str]:
        if len(self._waiting) < count:
            invented = self._chance.choices(self._invented, self._weights, k=_DEALT_AT_ONCE)
            glue = self._chance.choices(self._glue, k=_DEALT_AT_ONCE)
            self._waiting.extend(word for pair in zip(invented, glue, strict=True) for word in pair)
        dealt, self._waiting = self._waiting[-count:], self._waiting[:-count]
        return dealt


def _vocabulary(chance: random.Random, taken: set[str]) -> list[str]:
    onsets, vowels, codas = _ONSETS.split(), _VOWELS.split(), _CODAS.split()
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        syllables = chance.choices((1, 2, 3), (2, 5, 2))[0]
        parts = (chance.choice(kind) for _ in range(syllables) for kind in (onsets, vowels, codas))
        word = "".join(parts).replace("-", "")
        if word not in taken:
            found[word] = None
    return list(found)


def _paragraphs(words: list[str], chance: random.Random) -> Iterator[str]:
    """Sentences of 6 to 16 words, four to a paragraph."""
    sentences, start = [], 0
    while start < len(words):
        end = start + chance.randint(6, 16)
        sentences.append(" ".join(words[start:end]).capitalize() + ".")
        start = end
    for first in range(0, len(sentences), 4):
        yield " ".join(sentences[first : first + 4])
