"""Words and names of folders that are too long for a line, such as nobody can break but the screen must."""

import re

_LONG_WORD, _PIECE = re.compile(r"\S{18,}"), re.compile(r"\S{6}(?=\S)")


def breakable(text: str) -> str:
    """The same words, with places to break a line in those too long for one; for the eye only."""
    return _LONG_WORD.sub(lambda word: _PIECE.sub("\\g<0>\u200b", word[0]), text)
