"""One word read wrongly from the paper is found, wherever it is and whatever it was taken for."""

import random

import pytest

from memorybook.domain import recovery
from memorybook.domain.misreading import one_word_away

CHANCE = random.Random(20261121)  # noqa: S311 - it has to be the same every time
LIST = [str(number) for number in range(recovery.LIST_LENGTH)]


def _numbers(secret: bytes) -> list[int]:
    return [int(word) for word in recovery.to_words(secret, LIST)]


@pytest.mark.parametrize("position", range(recovery.WORD_COUNT))
def test_every_word_that_was_misread_is_found(position: int) -> None:
    for _ in range(3):
        secret = CHANCE.randbytes(16)
        numbers = _numbers(secret)
        numbers[position] = CHANCE.choice([other for other in range(2048) if other != numbers[position]])
        assert (position, secret) in list(one_word_away(numbers))


def test_every_seed_that_is_found_is_one_word_away() -> None:
    secret = CHANCE.randbytes(16)
    numbers = _numbers(secret)
    found = list(one_word_away(numbers))
    assert 1_300 < len(found) < 1_800
    assert secret not in [other for _, other in found]
    for position, other in found:
        pairs = enumerate(zip(numbers, _numbers(other), strict=True))
        assert [place for place, (one, two) in pairs if one != two] == [position]


def test_two_misread_words_are_not_found() -> None:
    secret = CHANCE.randbytes(16)
    numbers = _numbers(secret)
    numbers[2] ^= 1
    numbers[9] ^= 1
    assert secret not in [other for _, other in one_word_away(numbers)]
