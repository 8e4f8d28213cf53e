"""The key file in its final format, checked against other implementations of its parts."""

import hashlib
import hmac
import json
import struct
from typing import Any

import argon2.low_level
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.errors import BookNewer
from memorybook.storage import keyfile
from memorybook.storage.kdf import KdfCost, derive
from memorybook.storage.keyfile import KeyFile, ReplicaDamagedError
from memorybook.storage.seed import Seed

PASSPHRASE = "the blue door"
COST = KdfCost(8192, 1, 1)
BOOK = bytes(range(100, 116))
SEED = Seed(bytes.fromhex("000102030405060708090a0b0c0d0e0f"))


def _made(passphrase: str = PASSPHRASE, **more: object) -> KeyFile:
    body = keyfile.begin(book_id=BOOK, db_salt=b"s" * 16, created="2026-10-03T18:04:05Z")
    body["slots"] = [keyfile.passphrase_slot(SEED, BOOK, passphrase, COST)]
    return keyfile.seal({**body, **more}, SEED)


def _deriving(passphrase: str) -> keyfile.Derive:
    return lambda salt, cost: derive(passphrase, salt, cost)


def _rebuilt(body: dict[str, Any]) -> bytes:
    """What somebody without the seed can make: every checksum right but the last."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    signed = b"MBKEYS1\n" + struct.pack(">I", len(text)) + text
    return signed + hashlib.sha256(signed).digest() + bytes(32)


def test_the_passphrase_gives_the_seed_back() -> None:
    read = keyfile.parse(_made().data)
    assert read.unwrap(_deriving(PASSPHRASE)) == SEED
    assert read.is_genuine(SEED)
    assert (read.book_id, read.generation, read.db_salt) == (BOOK.hex(), 1, b"s" * 16)


def test_another_passphrase_gives_nothing() -> None:
    assert keyfile.parse(_made().data).unwrap(_deriving("the blue doof")) is None


def test_a_passphrase_is_the_same_from_every_keyboard() -> None:
    assert keyfile.parse(_made("Zoe\u0308 \uff11").data).unwrap(_deriving("Zo\u00eb 1")) == SEED


def test_a_passphrase_may_be_anything_a_field_gives() -> None:
    odd = "half a pair \ud83d and a nul \0"
    assert keyfile.parse(_made(odd).data).unwrap(_deriving(odd)) == SEED


@settings(max_examples=10, deadline=None)
@given(
    st.text(min_size=1, max_size=40),
    st.binary(min_size=16, max_size=16),
    st.integers(1, 3),
    st.integers(1, 4),
)
def test_argon2_agrees_with_a_second_implementation(
    passphrase: str, salt: bytes, iterations: int, lanes: int
) -> None:
    import unicodedata

    ours = derive(passphrase, salt, KdfCost(8192, iterations, lanes))
    theirs = argon2.low_level.hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(),
        salt,
        iterations,
        8192,
        lanes,
        32,
        argon2.low_level.Type.ID,
    )
    assert ours == theirs


def test_the_keys_are_hkdf_of_the_seed() -> None:
    def hkdf(info: bytes) -> bytes:
        key = hmac.digest(bytes(32), SEED.value, "sha256")
        return hmac.digest(key, info + b"\x01", "sha256")

    assert SEED.database_key() == hkdf(b"memorybook/1 db")
    assert SEED.key_file_key() == hkdf(b"memorybook/1 keyfile")
    assert SEED.media_key() == hkdf(b"memorybook/1 media")


def test_the_bytes_are_as_the_format_says() -> None:
    data = _made().data
    (length,) = struct.unpack(">I", data[8:12])
    signed, digest, mac = data[: 12 + length], data[12 + length : -32], data[-32:]
    assert data[:8] == b"MBKEYS1\n"
    assert digest == hashlib.sha256(signed).digest()
    assert mac == hmac.digest(SEED.key_file_key(), signed, "sha256")
    body = json.loads(signed[12:])
    assert signed[12:] == json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    assert set(body) == {"v", "app_min", "book_id", "generation", "created", "db_salt", "slots"}
    assert body["slots"][0]["kdf"].keys() == {"name", "m", "t", "p", "salt"}
    assert SEED.value.hex() not in data.decode("latin-1")


def test_a_fixed_file_stays_readable() -> None:
    """Written by the first version; every later one has to open it."""
    assert keyfile.parse(bytes.fromhex(VECTOR)).unwrap(_deriving("memory book test vector")) == SEED
    assert keyfile.parse(bytes.fromhex(VECTOR)).is_genuine(SEED)


def test_every_flipped_byte_is_damage_and_never_a_wrong_passphrase() -> None:
    data = _made().data
    damaged = untrue = 0
    for place in range(len(data)):
        for bit in (0x01, 0x80):
            changed = bytearray(data)
            changed[place] ^= bit
            try:
                read = keyfile.parse(bytes(changed))
            except ReplicaDamagedError:
                damaged += 1
                continue
            assert read.unwrap(_deriving(PASSPHRASE)) == SEED
            assert not read.is_genuine(SEED)
            untrue += 1
    assert untrue == 2 * 32
    assert damaged == 2 * (len(data) - 32)


@pytest.mark.parametrize("length", [0, 1, 8, 11, 12, 75, 76, 200])
def test_a_file_cut_short_is_damaged(length: int) -> None:
    with pytest.raises(ReplicaDamagedError):
        keyfile.parse(_made().data[:length])


def test_a_file_with_something_behind_it_is_damaged() -> None:
    with pytest.raises(ReplicaDamagedError):
        keyfile.parse(_made().data + b"\0")


def test_a_wrong_passphrase_costs_no_more_than_a_few_runs() -> None:
    """A file from a stranger must not keep the person waiting for hours."""
    slots = list(_made().slots)
    most = _made(slots=slots * keyfile.MOST_PASSPHRASES).data
    assert len(keyfile.parse(most).slots) == keyfile.MOST_PASSPHRASES
    with pytest.raises(ReplicaDamagedError):
        keyfile.parse(_made(slots=slots * (keyfile.MOST_PASSPHRASES + 1)).data)


def test_all_slots_together_cost_no_more_than_ours_may() -> None:
    slot = _made().slots[0]
    spent: list[int] = []

    def derive_nothing(_salt: bytes, cost: KdfCost) -> bytes:
        spent.append(cost.memory_kib * cost.iterations)
        return bytes(32)

    def with_costs(memory: int, passes: int) -> KeyFile:
        each = {**slot, "kdf": {**slot["kdf"], "m": memory, "t": passes}}
        return keyfile.parse(_made(slots=[each] * keyfile.MOST_PASSPHRASES).data)

    assert with_costs(256 * 1024, 10).unwrap(derive_nothing) is None
    allowed = sum(spent)
    spent.clear()
    with pytest.raises(ReplicaDamagedError):
        with_costs(1024 * 1024, 16).unwrap(derive_nothing)
    assert sum(spent) <= allowed


@pytest.mark.parametrize("name", ["v", "app_min"])
def test_a_newer_file_is_refused(name: str) -> None:
    body = {**_made().body, name: 2}
    with pytest.raises(BookNewer):
        keyfile.parse(keyfile.seal(body, SEED).data)


@pytest.mark.parametrize(
    "change",
    [
        {"v": "1"},
        {"v": 0},
        {"v": None},
        {"generation": "1"},
        {"book_id": "00"},
        {"book_id": 3},
        {"db_salt": "zz"},
        {"slots": None},
        {"slots": [1]},
    ],
)
def test_a_body_that_makes_no_sense_is_damaged(change: dict[str, Any]) -> None:
    with pytest.raises(ReplicaDamagedError):
        keyfile.parse(_rebuilt({**_made().body, **change}))


@pytest.mark.parametrize("text", [b"", b"[]", b"3", b'"v"', b"{}", b"[" * 100_000, b"\xff"])
def test_a_body_that_is_none_is_damaged(text: bytes) -> None:
    signed = b"MBKEYS1\n" + struct.pack(">I", len(text)) + text
    with pytest.raises(ReplicaDamagedError):
        keyfile.parse(signed + hashlib.sha256(signed).digest() + bytes(32))


@pytest.mark.parametrize(
    "kdf",
    [
        {"m": 1 << 32},
        {"m": 1 << 42},
        {"m": 4096},
        {"m": 8192.0},
        {"t": 0},
        {"t": 17},
        {"p": 9},
        {"p": True},
        {"p": "1"},
        {"salt": "00"},
    ],
)
def test_an_unreasonable_cost_is_refused_before_it_is_paid(kdf: dict[str, Any]) -> None:
    body = dict(_made().body)
    slot = dict(body["slots"][0])
    body["slots"] = [{**slot, "kdf": {**slot["kdf"], **kdf}}]

    def never(_salt: bytes, _cost: KdfCost) -> bytes:
        raise AssertionError

    with pytest.raises(ReplicaDamagedError):
        keyfile.parse(_rebuilt(body)).unwrap(never)


@pytest.mark.parametrize("change", [{"book_id": "ff" * 16}, {"kdf_t": 2}, {"note": "x"}])
def test_a_slot_belongs_to_its_book_and_its_numbers(change: dict[str, Any]) -> None:
    body = json.loads(json.dumps(_made().body))
    if "kdf_t" in change:
        body["slots"][0]["kdf"]["t"] = change["kdf_t"]
    elif "note" in change:
        body["slots"][0]["note"] = "x"
    else:
        body.update(change)
    assert keyfile.parse(_rebuilt(body)).unwrap(_deriving(PASSPHRASE)) is None


def test_what_this_version_does_not_know_is_kept() -> None:
    other = {"type": "keyring", "anything": [1, 2]}
    made = _made(later={"a": 1}, slots=[other, *_made().body["slots"]])
    read = keyfile.parse(made.data)
    assert read.unwrap(_deriving(PASSPHRASE)) == SEED
    assert keyfile.seal(read.body, SEED).data == made.data


KEK = bytes(range(50, 82))


def test_what_a_computer_keeps_gives_the_seed_back() -> None:
    made = _made(slots=[*_made().body["slots"], keyfile.keyring_slot(SEED, BOOK, KEK)])
    read = keyfile.parse(made.data)
    assert read.unwrap_kept(KEK) == SEED
    assert read.unwrap(_deriving(PASSPHRASE)) == SEED
    assert [keyfile.slot_id(slot) for slot in read.slots] == [read.slots[0]["kdf"]["salt"], "keyring"]
    assert set(read.slots[1]) == {"type", "nonce", "ct"}


@pytest.mark.parametrize("kek", [bytes(32), KEK[:-1], KEK + b"x", b""])
def test_another_key_of_a_computer_gives_nothing(kek: bytes) -> None:
    assert _made(slots=[keyfile.keyring_slot(SEED, BOOK, KEK)]).unwrap_kept(kek) is None


@pytest.mark.parametrize(
    "change", [{"note": "x"}, {"nonce": "00"}, {"ct": "00"}, {"ct": None}, {"nonce": "zz"}]
)
def test_a_changed_keyring_slot_gives_nothing(change: dict[str, Any]) -> None:
    slot = {**keyfile.keyring_slot(SEED, BOOK, KEK), **change}
    assert _made(slots=[slot]).unwrap_kept(KEK) is None


def test_a_key_file_without_a_keyring_slot_gives_nothing_for_it() -> None:
    assert _made().unwrap_kept(KEK) is None


def test_a_key_that_is_too_short_is_never_used() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        keyfile.keyring_slot(SEED, BOOK, KEK[:16])


@pytest.mark.parametrize("slot", [{}, {"type": "passphrase"}, {"type": "passphrase", "kdf": {"name": "new"}}])
def test_slots_of_later_versions_have_no_id(slot: dict[str, Any]) -> None:
    assert keyfile.slot_id(slot) == ""


def test_each_of_several_passphrases_gives_the_seed() -> None:
    slots = [keyfile.passphrase_slot(SEED, BOOK, each, COST) for each in ("one", "two", "three")]
    read = keyfile.parse(_made(slots=slots).data)
    assert [read.unwrap(_deriving(each)) for each in ("one", "two", "three", "four")] == [SEED] * 3 + [None]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("00" * 16),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
_PLACES = st.sampled_from(
    [(name,) for name in ("v", "app_min", "book_id", "generation", "created", "db_salt", "slots", "more")]
    + [("slots", each) for each in (0, 1)]
    + [("slots", each, name) for each in (0, 1) for name in ("type", "kdf", "nonce", "ct", "more")]
    + [("slots", 0, "kdf", name) for name in ("name", "m", "t", "p", "salt", "more")]
)


@settings(max_examples=400, deadline=None)
@given(_PLACES, _JSON)
def test_whatever_a_stranger_writes_into_it_opens_nothing_and_breaks_nothing(
    place: tuple[str | int, ...], value: object
) -> None:
    body = json.loads(json.dumps(HOSTILE.body))
    inner = body
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    try:
        read = keyfile.parse(_rebuilt(body))
        found = {read.unwrap(lambda _salt, _cost: DERIVED), read.unwrap_kept(KEK)}
    except (ReplicaDamagedError, BookNewer):
        return
    assert found <= {SEED, None}
    assert not read.is_genuine(SEED)
    assert all(isinstance(keyfile.slot_id(slot), str) for slot in read.slots)


DERIVED = bytes(range(32))
HOSTILE = _made(
    slots=[
        keyfile.stretched_slot(SEED, BOOK, bytes(16), COST, DERIVED),
        keyfile.keyring_slot(SEED, BOOK, KEK),
    ]
)


def test_neither_seed_nor_body_is_shown() -> None:
    shown = repr(SEED) + repr(_made())
    assert SEED.value.hex() not in shown
    assert str(SEED.value) not in shown
    assert "slots" not in shown


@pytest.mark.parametrize(
    "numbers", [(8191, 1, 1), (1 << 21, 1, 1), (8192, 0, 1), (8192, 17, 1), (8192, 1, 9)]
)
def test_a_cost_outside_the_bounds_does_not_exist(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cost out of bounds"):
        KdfCost(*numbers)


def test_a_computer_with_little_memory_gets_a_smaller_cost() -> None:
    costs = []
    cost: KdfCost | None = KdfCost.standard()
    while cost is not None:
        costs.append(cost.memory_kib // 1024)
        cost = cost.smaller()
    assert costs == [256, 128, 64]


VECTOR = (
    "4d424b455953310a000001817b226170705f6d696e223a312c22626f6f6b5f6964223a22363436353636363736383639"
    "3661366236633664366536663730373137323733222c2263726561746564223a22323032362d31302d30335431383a30"
    "343a30355a222c2264625f73616c74223a22373337333733373337333733373337333733373337333733373337333733"
    "3733222c2267656e65726174696f6e223a312c22736c6f7473223a5b7b226374223a2235303839303635346339363338"
    "343637386536303464623331383735616136386465393764303863643835656664353664363335343961306531373939"
    "373835222c226b6466223a7b226d223a383139322c226e616d65223a226172676f6e326964222c2270223a312c227361"
    "6c74223a223962393931666537666265323839313631353538366230663439316636623661222c2274223a317d2c226e"
    "6f6e6365223a22356566643237356631653736616332323665646236323965222c2274797065223a2270617373706872"
    "617365227d5d2c2276223a317d5ffdc91327aeda6fe5011b6a6581bf73b0fe0ae0b5f4daf9e5ac513faa4cea0b5e2a2c"
    "845fc9e347a09894c9c30f6eaf21ec2de932593249bd61e93c475fd34a"
)
