"""A seed is the same seed after words, after a code, and after whatever a tired person makes of them."""

import hashlib
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook.domain import recovery
from memorybook.errors import RecoveryWordsMistyped
from memorybook.services.recovery import RecoveryWords

WORDS = RecoveryWords().words
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SEEDS = st.binary(min_size=recovery.SEED_BYTES, max_size=recovery.SEED_BYTES)

VECTORS = [
    (bytes(16), "0000-0000-0000-0000-0000-0000-016D", ("abacus",) * 11 + ("abroad",)),
    (b"\xff" * 16, "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZXWF", ("zoology",) * 11 + ("yucca",)),
    (
        bytes.fromhex("8f3d0c5ab1e9472686d4f07b2c915ea3"),
        "HWYG-RPNH-X53J-D1PM-Y1XJ-S4AY-MCNT",
        (
            *("newt", "treacle", "blotter", "hasty", "occasion", "oblique"),
            *("brim", "parcel", "limpet", "hazelnut", "gantry", "evident"),
        ),
    ),
]
A_FEW = [seed for seed, _, _ in VECTORS]
DICE = random.Random(2048)  # noqa: S311 - the same seeds every time
MORE = [DICE.randbytes(recovery.SEED_BYTES) for _ in range(40)]


def opens(code: str) -> bool:
    try:
        recovery.from_code(code)
    except RecoveryWordsMistyped:
        return False
    return True


def fits(words: tuple[str, ...]) -> bool:
    try:
        recovery.from_words(words, WORDS)
    except RecoveryWordsMistyped:
        return False
    return True


def slowly(seed: bytes) -> tuple[str, str]:
    """Words and code as the module's description tells an implementer, on strings of bits."""
    bits = "".join(f"{byte:08b}" for byte in seed)
    checked = bits + f"{hashlib.sha256(seed).digest()[0]:08b}"[:4]
    words = [WORDS[int(checked[at : at + 11], 2)] for at in range(0, 132, 11)]
    divided = [int(bit) ^ (at < 12) for at, bit in enumerate(bits + "0" * 12)]
    for at in range(128):
        if divided[at]:
            for place, bit in enumerate(f"{0x1000 | 0x80F:013b}"):
                divided[at + place] ^= int(bit)
    coded = bits + "".join(map(str, divided[128:]))
    code = "".join(SYMBOLS[int(coded[at : at + 5], 2)] for at in range(0, 140, 5))
    return " ".join(words), "-".join(code[at : at + 4] for at in range(0, 28, 4))


@pytest.mark.parametrize(("seed", "code", "words"), VECTORS)
def test_the_published_examples(seed: bytes, code: str, words: tuple[str, ...]) -> None:
    assert recovery.to_code(seed) == code
    assert recovery.from_code(code) == seed
    assert recovery.to_words(seed, WORDS) == words
    assert recovery.from_words(words, WORDS) == seed
    assert recovery.__doc__ is not None
    for text in (seed.hex(), code, words[-1]):
        assert text in recovery.__doc__


@given(SEEDS)
def test_the_description_is_enough_to_write_it_again(seed: bytes) -> None:
    assert slowly(seed) == (" ".join(recovery.to_words(seed, WORDS)), recovery.to_code(seed))


@given(SEEDS)
def test_words_there_and_back(seed: bytes) -> None:
    words = recovery.to_words(seed, WORDS)
    assert len(words) == recovery.WORD_COUNT
    assert recovery.from_words(words, WORDS) == seed


@given(SEEDS, st.data())
def test_a_code_there_and_back_however_it_is_written(seed: bytes, data: st.DataObject) -> None:
    code = recovery.to_code(seed)
    assert [len(group) for group in code.split("-")] == [4] * 7
    separators = st.sampled_from(["", " ", "-", "–", ".", "\n", "\u00a0"])
    between = data.draw(st.lists(separators, min_size=27, max_size=27))
    alike = {"0": "0Oo", "1": "1IiLl"}
    drawn = [
        data.draw(st.sampled_from(alike.get(symbol, symbol + symbol.lower())))
        for symbol in code.replace("-", "")
    ]
    written = "".join(itertools.chain(*itertools.zip_longest(drawn, between, fillvalue="")))
    assert recovery.from_code(written) == seed


@pytest.mark.parametrize("seed", [b"", bytes(15), bytes(17), bytes(32)])
def test_nothing_but_a_whole_seed_is_written_down(seed: bytes) -> None:
    with pytest.raises(ValueError, match=str(len(seed))):
        recovery.to_code(seed)
    with pytest.raises(ValueError, match=str(len(seed))):
        recovery.to_words(seed, WORDS)


@pytest.mark.parametrize("seed", A_FEW)
def test_every_single_wrong_symbol_is_found(seed: bytes) -> None:
    code = recovery.to_code(seed).replace("-", "")
    wrong = [
        code[:at] + symbol + code[at + 1 :] for at in range(28) for symbol in SYMBOLS if symbol != code[at]
    ]
    assert len(wrong) == 28 * 31
    assert not any(map(opens, wrong))


@pytest.mark.parametrize("seed", [*A_FEW, *MORE])
def test_neighbours_in_each_others_place_are_found(seed: bytes) -> None:
    code = recovery.to_code(seed).replace("-", "")
    for at in range(27):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert swapped == code or not opens(swapped)


@pytest.mark.parametrize("seed", A_FEW)
def test_two_neighbouring_symbols_wrong_at_once_are_found(seed: bytes) -> None:
    code = recovery.to_code(seed).replace("-", "")
    for at in range(27):
        for _ in range(60):
            pair = "".join(DICE.choices(SYMBOLS, k=2))
            assert pair == code[at : at + 2] or not opens(code[:at] + pair + code[at + 2 :])


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "0" * 27, "0" * 29, "U" * 28, "ß" * 28, "一" * 28, "é" * 28, "²" * 28),
        "HWYG-RPNH-X53J-D1PM-Y1XJ-S4AY-MCN",
    ],
)
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(RecoveryWordsMistyped) as raised:
        recovery.from_code(text)
    assert raised.value.position is None


@given(st.text())
def test_any_text_is_a_code_or_mistyped(text: str) -> None:
    opens(text)


@pytest.mark.parametrize("position", range(12))
def test_a_word_that_is_not_in_the_list_is_pointed_at(position: int) -> None:
    words = list(recovery.to_words(A_FEW[2], WORDS))
    words[position] = "notaword"
    with pytest.raises(RecoveryWordsMistyped) as raised:
        recovery.from_words([*words[:-1], words[-1] if position == 11 else "another"], WORDS)
    assert raised.value.position == position


@pytest.mark.parametrize("count", [0, 1, 11, 13, 24])
def test_twelve_words_and_no_other_number(count: int) -> None:
    with pytest.raises(RecoveryWordsMistyped) as raised:
        recovery.from_words((VECTORS[2][2] * 2)[:count], WORDS)
    assert raised.value.position is None


def test_how_often_another_word_of_the_list_is_found() -> None:
    """Four bits find 15 of 16; the rest is another book's seed, which the key file tells."""
    tried = found = 0
    for number, seed in enumerate(MORE[:3]):
        words = recovery.to_words(seed, WORDS)
        for at, word in itertools.product(range(12), WORDS[number::4]):
            if word != words[at]:
                tried += 1
                found += not fits((*words[:at], word, *words[at + 1 :]))
    assert tried > 18_000
    assert found / tried == pytest.approx(15 / 16, abs=0.01)
