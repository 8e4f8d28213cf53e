"""Reads copies of a book as FORMATS.md describes them, with nothing of the program but its list of words."""

import hashlib
import hmac
import json
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import argon2.low_level
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2

WORDS = Path(__file__).parents[3] / "resources" / "words" / "english.txt"


@dataclass
class Keys:
    seed: bytes

    def key(self, purpose: str) -> bytes:
        return HKDF(SHA256(), 32, None, f"memorybook/1 {purpose}".encode()).derive(self.seed)


def from_words(words: str) -> Keys:
    listed = WORDS.read_text().split()
    number = 0
    for word in words.split():
        number = number << 11 | listed.index(word)
    seed = (number >> 4).to_bytes(16, "big")
    assert hashlib.sha256(seed).digest()[0] >> 4 == number & 15
    return Keys(seed)


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def key_file(data: bytes) -> dict[str, Any]:
    assert data[:8] == b"MBKEYS1\n"
    (length,) = struct.unpack(">I", data[8:12])
    end = 12 + length
    assert hashlib.sha256(data[:end]).digest() == data[end : end + 32]
    assert len(data) == end + 64
    body: dict[str, Any] = json.loads(data[12:end])
    assert canonical(body) == data[12:end]
    return body


def is_signed(data: bytes, keys: Keys) -> bool:
    return hmac.digest(keys.key("keyfile"), data[:-64], "sha256") == data[-32:]


def from_passphrase(data: bytes, passphrase: str) -> Keys:
    body = key_file(data)
    (slot,) = body["slots"]
    kdf = slot["kdf"]
    kek = argon2.low_level.hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(),
        bytes.fromhex(kdf["salt"]),
        kdf["t"],
        kdf["m"],
        kdf["p"],
        32,
        argon2.low_level.Type.ID,
    )
    bound = {name: value for name, value in slot.items() if name not in ("nonce", "ct")}
    associated = canonical({"v": body["v"], "book_id": body["book_id"], "slot": bound})
    opened = ChaCha20Poly1305(kek).decrypt(
        bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["ct"]), associated
    )
    return Keys(opened)


def manifest(data: bytes, keys: Keys) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(data)
    assert canonical(body) == data
    assert body["format"] == "memorybook copy"
    assert body["v"] == 1
    signed = {name: value for name, value in body.items() if name != "hmac"}
    assert hmac.digest(keys.key("backup"), canonical(signed), "sha256").hex() == body["hmac"]
    return body


def place_name(body: dict[str, Any]) -> str:
    what = b"memorybook/1 place" + bytes.fromhex(body["book_id"]) + bytes.fromhex(body["db_salt"])
    return f"Memory Book {hashlib.sha256(what).hexdigest()[:8]}"


def media(data: bytes, name: str, keys: Keys) -> bytes:
    assert data[:8] == b"MBMEDIA1"
    assert data[8:24].hex() == name
    own = ChaCha20Poly1305(
        ChaCha20Poly1305(keys.key("media")).decrypt(data[24:36], data[36:84], data[:24])
    )
    body = data[84:]
    size = 65536 + 16
    count = -(-len(body) // size)
    return b"".join(
        own.decrypt(
            number.to_bytes(11, "big") + bytes([number == count - 1]),
            body[number * size : (number + 1) * size],
            None,
        )
        for number in range(count)
    )


def rows(database: Path, keys: Keys, sql: str) -> list[tuple[Any, ...]]:
    """As stock SQLCipher is asked: one PRAGMA with the raw key."""
    connection = dbapi2.connect(f"{database.as_uri()}?mode=ro", uri=True)
    try:
        connection.execute(f"PRAGMA key = \"x'{keys.key('db').hex()}'\"")
        found: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
        return found
    finally:
        connection.close()


@dataclass
class Parts:
    """The parts of a single file, each whole in memory."""

    text: str
    records: list[tuple[str, bytes]]


def single_file(data: bytes, keys: Keys) -> Parts:
    assert data.startswith(b"MBBACKUP1 ")
    assert data[20:21] == b"\n"
    end = 21 + int(data[10:20])
    records = list(_records(data, end))
    at = end + sum(1 + len(name) + 8 + len(content) for name, content in records)
    assert data[at] == 0
    assert len(data) == at + 1 + 32
    assert hmac.digest(keys.key("backup"), data[: at + 1], "sha256") == data[at + 1 :]
    return Parts(data[21:end].decode(), records)


def _records(data: bytes, at: int) -> Iterator[tuple[str, bytes]]:
    while data[at]:
        name = data[at + 1 : at + 1 + data[at]].decode("ascii")
        at += 1 + data[at]
        (length,) = struct.unpack(">Q", data[at : at + 8])
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length
