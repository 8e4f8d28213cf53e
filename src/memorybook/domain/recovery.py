"""The seed of a book as twelve words and as a code: both are the 16 bytes themselves, with a check.

**Words.** The seed and, behind it, the first 4 bits of its SHA-256 are 132 bits, most significant first,
cut into twelve numbers of 11 bits; each names a word of a sorted list of 2,048, counted from 0. This is what
BIP39 does, with another list.

**Code.** The seed and, behind it, 12 bits of CRC are 140 bits, most significant first, cut into 28 numbers of
5 bits; each names a symbol of ``0123456789ABCDEFGHJKMNPQRSTVWXYZ`` (Crockford's base32). The CRC is the
remainder by polynomial 0x80F (x^12 + x^11 + x^3 + x^2 + x + 1), begun at 0xFFF, nothing reflected, nothing
added at the end. A CRC of 12 bits finds every burst of up to 12 wrong bits, and so every single wrong symbol
(5 bits) and any two neighbours in each other's place (10 bits).

With the list of resources/words/english.txt, in which the first word has the number 0:

====================================  ======================================
seed, in hex                          code
====================================  ======================================
``00000000000000000000000000000000``  ``0000-0000-0000-0000-0000-0000-016D``
``ffffffffffffffffffffffffffffffff``  ``ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZXWF``
``8f3d0c5ab1e9472686d4f07b2c915ea3``  ``HWYG-RPNH-X53J-D1PM-Y1XJ-S4AY-MCNT``
====================================  ======================================

The words of the same seeds: "abacus" eleven times and "abroad"; "zoology" eleven times and "yucca"; and
"newt treacle blotter hasty occasion oblique brim parcel limpet hazelnut gantry evident".
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from memorybook.errors import RecoveryWordsMistyped

SEED_BYTES = 16
WORD_COUNT = 12
LIST_LENGTH = 2048
CODE_LENGTH = 28
"""Symbols of the code, dashes not counted."""

WORD_BITS = 11
_WORD_CHECK_BITS = 4

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOL_BITS = 5
_GROUP = 4
_LOOK_ALIKES = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\W_]+")

_CRC_BITS = 12
_CRC_POLYNOMIAL = 0x80F
_CRC_BEGIN = 0xFFF


def to_words(secret: bytes, words: Sequence[str]) -> tuple[str, ...]:
    """The twelve words for 16 bytes. ``words`` is the list of 2,048."""
    number = int.from_bytes(_whole(secret), "big") << _WORD_CHECK_BITS | _word_check(secret)
    return tuple(words[each] for each in _digits(number, WORD_BITS, WORD_COUNT))


def from_words(given: Sequence[str], words: Sequence[str]) -> bytes:
    """The 16 bytes behind twelve words, each written as in the list.

    Raises RecoveryWordsMistyped with the position of the first word that is not in the list, or with
    none when there are more or fewer than twelve, or the check does not fit.
    """
    numbers = {word: number for number, word in enumerate(words)}
    value = 0
    for position, word in enumerate(given):
        number = numbers.get(word)
        if number is None:
            raise RecoveryWordsMistyped(position)
        value = value << WORD_BITS | number
    if len(given) != WORD_COUNT:
        raise RecoveryWordsMistyped
    secret = checked(value)
    if secret is None:
        raise RecoveryWordsMistyped
    return secret


def checked(value: int) -> bytes | None:
    """The 16 bytes in the 132 bits of twelve words, ``None`` when the check does not fit."""
    secret = (value >> _WORD_CHECK_BITS).to_bytes(SEED_BYTES, "big")
    return secret if _word_check(secret) == value & (1 << _WORD_CHECK_BITS) - 1 else None


def to_code(secret: bytes) -> str:
    """Seven groups of four symbols for 16 bytes: "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"."""
    number = int.from_bytes(_whole(secret), "big") << _CRC_BITS | _crc(secret)
    symbols = "".join(_SYMBOLS[each] for each in _digits(number, _SYMBOL_BITS, CODE_LENGTH))
    return "-".join(symbols[start : start + _GROUP] for start in range(0, CODE_LENGTH, _GROUP))


def from_code(text: str) -> bytes:
    """The 16 bytes behind a code, whatever the case, blanks and dashes; O is read as 0, I and L as 1.

    Raises RecoveryWordsMistyped, without a position, for anything that is not a whole code.
    """
    folded = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_LOOK_ALIKES)
    if len(folded) != CODE_LENGTH or not set(folded) <= set(_SYMBOLS):
        raise RecoveryWordsMistyped
    value = 0
    for symbol in folded:
        value = value << _SYMBOL_BITS | _SYMBOLS.index(symbol)
    secret = (value >> _CRC_BITS).to_bytes(SEED_BYTES, "big")
    if _crc(secret) != value & (1 << _CRC_BITS) - 1:
        raise RecoveryWordsMistyped
    return secret


def _whole(secret: bytes) -> bytes:
    if len(secret) != SEED_BYTES:
        raise ValueError(len(secret))
    return secret


def _digits(number: int, bits: int, count: int) -> list[int]:
    """``number`` as ``count`` digits of ``bits`` bits, the most significant first."""
    return [number >> bits * place & (1 << bits) - 1 for place in reversed(range(count))]


def _word_check(secret: bytes) -> int:
    return hashlib.sha256(secret).digest()[0] >> 8 - _WORD_CHECK_BITS


def _crc(data: bytes) -> int:
    """CRC-12 of ``data``, most significant bit first."""
    register = _CRC_BEGIN
    for byte in data:
        register ^= byte << _CRC_BITS - 8
        for _ in range(8):
            register <<= 1
            if register >> _CRC_BITS:
                register ^= 1 << _CRC_BITS | _CRC_POLYNOMIAL
    return register
