"""The bytes that pass between the app and the process that spells.

A request and an answer are each a fixed header and a body. What the process says is checked on arrival, as if
a stranger had said it: a dictionary that has taken it over can at worst mark a word, or propose one.
"""

import struct
from typing import Final

OPEN: Final = 1
"""The body is the folder and the name of a dictionary, parted by a NUL. Comes once, and first."""

CHECK: Final = 2
"""The body is words, a line each; the answer is a byte for each, 1 for known and 0 for not."""

SUGGEST: Final = 3
"""The body is one word; the answer is words, a line each."""

DONE: Final = 0
REFUSED: Final = 1

HEADER: Final = struct.Struct(">BI")
BODY_LIMIT: Final = 4 * 1024 * 1024
SUGGESTIONS: Final = 5
"""How many words are proposed: more than these are not read by anyone."""

_LONGEST: Final = 100


class ProtocolError(Exception):
    """The other side said something that is not part of the protocol."""


def pack_words(words: tuple[str, ...]) -> bytes:
    """Words as a body. They have no line breaks in them."""
    return "\n".join(words).encode("utf-8", "replace")


def unpack_words(body: bytes) -> tuple[str, ...]:
    """The words of a body. Raises ``ProtocolError``."""
    try:
        return tuple(body.decode("utf-8").split("\n")) if body else ()
    except UnicodeDecodeError:
        raise ProtocolError from None


def unpack_verdicts(body: bytes, number: int) -> tuple[bool, ...]:
    """Whether each word is known. Raises ``ProtocolError`` when there are not ``number`` answers."""
    if len(body) != number or set(body) - {0, 1}:
        raise ProtocolError
    return tuple(byte == 1 for byte in body)


def unpack_suggestions(body: bytes) -> tuple[str, ...]:
    """A few words that can be shown in a menu: nothing unprintable, nothing that fills a screen."""
    words = (word for word in unpack_words(body) if 0 < len(word) <= _LONGEST and word.isprintable())
    return tuple(words)[:SUGGESTIONS]
