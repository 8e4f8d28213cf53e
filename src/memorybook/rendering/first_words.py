"""The first words of a page in small capitals, as novels begin their chapters."""

import re

from memorybook.rendering.written import Node

SMALL_CAPITALS = 4
"""The mark of a piece of text, besides bold (1) and italic (2)."""

_MOST = 24
_BICAMERAL = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")


def with_small_capitals(blocks: list[Node]) -> list[Node]:
    """The blocks with the first words of the first paragraph marked; as they are where that fits badly."""
    if not blocks or blocks[0]["kind"] != "paragraph" or blocks[0]["rtl"]:
        return blocks
    spans = blocks[0]["spans"]
    if not isinstance(spans, list) or not spans or not spans[0] or spans[0][0] != 0:
        return blocks
    words = str(spans[0][1])
    first = _first_words(words)
    if not _BICAMERAL.search(first):
        return blocks
    pieces = [[SMALL_CAPITALS, first]] + ([[0, words[len(first) :]]] if len(first) < len(words) else [])
    return [{**blocks[0], "spans": pieces + spans[1:]}, *blocks[1:]]


def _first_words(text: str) -> str:
    """Up to four words of it, ending before the first sign that parts sentences."""
    taken = ""
    for number, word in enumerate(re.finditer(r"\s*\S+", text)):
        if number == 4 or len(taken) + len(word[0]) > _MOST:
            break
        bare = word[0].rstrip(",.;:!?…–—)”’\"'")
        taken += bare
        if bare != word[0]:
            break
    return taken
