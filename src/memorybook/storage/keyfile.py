r"""The key file: the book's seed, wrapped once for each way in.

Format, all numbers big-endian::

    "MBKEYS1\n" | u32 length | body | SHA-256 of all before | HMAC-SHA256 of all before the SHA-256

``body`` is canonical JSON (sorted keys, no blanks, ASCII; bytes as lower-case hex)::

    v           1; a higher number was written by a newer Memory Book
    app_min     1; the lowest reader that may write this file
    book_id     16 random bytes
    generation  counts replacements; of two whole replicas the higher one is newer
    created     when the book was begun, ISO 8601 in UTC
    db_salt     the 16 bytes SQLCipher keeps in front of book.db, which is lost when they are
    slots       at most 16 of [{type: "passphrase", kdf: {name: "argon2id", m, t, p, salt}, nonce, ct}, ...]
                and, where a computer remembers the book, one {type: "keyring", nonce, ct}

The HMAC key comes from the seed. The SHA-256 tells damage from a wrong passphrase before any key is
tried, the HMAC finds what was changed on purpose. ``ct`` is ChaCha20-Poly1305 over the seed; its
associated data is the canonical JSON of {v, book_id, slot without nonce and ct}. Fields and slots
this version does not know are kept as they are.
"""

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from memorybook.errors import BookNewer
from memorybook.storage.kdf import KEY_BYTES, SALT_BYTES, KdfCost, derive
from memorybook.storage.seed import SEED_BYTES, Seed

MAGIC = b"MBKEYS1\n"
VERSION = 1
SIZE_LIMIT = 1 << 20
MOST_PASSPHRASES = 16
"""More slots for passphrases than this make a file damaged: a wrong one costs an Argon2 run for each."""

_MOST_WORK = MOST_PASSPHRASES * 256 * 1024 * 10
"""KiB times passes of all slots together: as many as there may be, at the highest cost a new one gets."""

KEYRING = "keyring"
"""Type and id of the slot whose key a computer's keyring keeps. There is one of it."""

_LENGTH = struct.Struct(">I")
_DIGEST_BYTES = 32
_NONCE_BYTES = 12

Derive = Callable[[bytes, KdfCost], bytes]
"""Gives the key for a salt and a cost; bound to one passphrase."""


Slot = Mapping[str, Any]


class ReplicaDamagedError(Exception):
    """These bytes are not a whole key file. Handled within storage: there is a second replica."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file whose checksum is right. Whether it is genuine is known once the seed is."""

    body: Mapping[str, Any] = field(repr=False)
    data: bytes = field(repr=False)

    @property
    def book_id(self) -> str:
        """32 hex digits."""
        return str(self.body["book_id"])

    @property
    def generation(self) -> int:
        """Higher is newer."""
        return int(self.body["generation"])

    @property
    def db_salt(self) -> bytes:
        """The 16 bytes in front of ``book.db``."""
        return bytes.fromhex(self.body["db_salt"])

    @property
    def slots(self) -> Sequence[Slot]:
        """Every way in, those this version does not know among them."""
        return tuple(self.body["slots"])

    def unwrap(self, derive_key: Derive) -> Seed | None:
        """The seed from the first passphrase slot that opens, ``None`` when none does.

        Raises ReplicaDamagedError when a slot cannot be used at all, or when one of them or all of them
        together ask for an unreasonable cost.
        """
        work = 0

        def derive_within_reason(salt: bytes, cost: KdfCost) -> bytes:
            nonlocal work
            work += cost.memory_kib * cost.iterations
            if work > _MOST_WORK:
                raise ReplicaDamagedError
            return derive_key(salt, cost)

        for slot in self.slots:
            if slot.get("type") == "passphrase":
                seed = _open_slot(slot, self.book_id, derive_within_reason)
                if seed is not None:
                    return seed
        return None

    def unwrap_kept(self, kek: bytes) -> Seed | None:
        """The seed from the keyring's slot, ``None`` when there is none or this is not its key."""
        for slot in self.slots:
            if slot_id(slot) == KEYRING and len(kek) == KEY_BYTES:
                try:
                    return _unseal(slot, self.book_id, kek)
                except (InvalidTag, ReplicaDamagedError):
                    return None
        return None

    def is_genuine(self, seed: Seed) -> bool:
        """Whether whoever wrote this file knew the seed."""
        signed, mac = self.data[: -2 * _DIGEST_BYTES], self.data[-_DIGEST_BYTES:]
        return hmac.compare_digest(_mac(signed, seed), mac)


def begin(*, book_id: bytes, db_salt: bytes, created: str) -> dict[str, Any]:
    """The body of a new key file, still without a way in."""
    return {
        "v": VERSION,
        "app_min": VERSION,
        "book_id": book_id.hex(),
        "generation": 1,
        "created": created,
        "db_salt": db_salt.hex(),
        "slots": [],
    }


def passphrase_slot(seed: Seed, book_id: bytes, passphrase: str, cost: KdfCost) -> dict[str, Any]:
    """A slot that gives ``seed`` for ``passphrase``. Takes as long as ``cost`` says; MemoryError as there."""
    salt = os.urandom(SALT_BYTES)
    return stretched_slot(seed, book_id, salt, cost, derive(passphrase, salt, cost))


def stretched_slot(seed: Seed, book_id: bytes, salt: bytes, cost: KdfCost, key: bytes) -> dict[str, Any]:
    """The slot of a passphrase from which ``key`` was derived with this salt and at this cost."""
    kdf = {
        "name": "argon2id",
        "m": cost.memory_kib,
        "t": cost.iterations,
        "p": cost.lanes,
        "salt": salt.hex(),
    }
    return _sealed({"type": "passphrase", "kdf": kdf}, seed, book_id, key)


def keyring_slot(seed: Seed, book_id: bytes, kek: bytes) -> dict[str, Any]:
    """A slot that gives ``seed`` for the 32 random bytes a computer's keyring keeps."""
    if len(kek) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return _sealed({"type": KEYRING}, seed, book_id, kek)


def slot_id(slot: Slot) -> str:
    """What names a slot for as long as it is there: its salt, "keyring", or nothing for an unknown one."""
    if slot.get("type") == KEYRING:
        return KEYRING
    kdf = slot.get("kdf")
    if slot.get("type") == "passphrase" and isinstance(kdf, dict) and kdf.get("name") == "argon2id":
        return str(kdf.get("salt", ""))
    return ""


def _sealed(slot: dict[str, Any], seed: Seed, book_id: bytes, key: bytes) -> dict[str, Any]:
    nonce = os.urandom(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, seed.value, _associated(slot, book_id.hex()))
    return {**slot, "nonce": nonce.hex(), "ct": sealed.hex()}


def seal(body: Mapping[str, Any], seed: Seed) -> KeyFile:
    """The key file with this body, as bytes that :func:`parse` takes back."""
    text = _canonical(body)
    signed = MAGIC + _LENGTH.pack(len(text)) + text
    return KeyFile(body, signed + hashlib.sha256(signed).digest() + _mac(signed, seed))


def parse(data: bytes) -> KeyFile:
    """Read a key file. Raises ReplicaDamagedError, or BookNewer for one this version must not touch."""
    start = len(MAGIC) + _LENGTH.size
    if len(data) < start + 2 * _DIGEST_BYTES or not data.startswith(MAGIC):
        raise ReplicaDamagedError
    (length,) = _LENGTH.unpack_from(data, len(MAGIC))
    end = start + length
    if len(data) != end + 2 * _DIGEST_BYTES:
        raise ReplicaDamagedError
    if hashlib.sha256(data[:end]).digest() != data[end : end + _DIGEST_BYTES]:
        raise ReplicaDamagedError
    try:
        body = json.loads(data[start:end])
        newer = body["v"] > VERSION or body.get("app_min", VERSION) > VERSION
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ReplicaDamagedError from None
    if newer:
        raise BookNewer
    if not _is_complete(body):
        raise ReplicaDamagedError
    return KeyFile(body, data)


def _is_complete(body: Mapping[str, Any]) -> bool:
    try:
        return (
            body["v"] == VERSION
            and type(body["generation"]) is int
            and len(bytes.fromhex(body["book_id"])) == SEED_BYTES
            and len(bytes.fromhex(body["db_salt"])) == SALT_BYTES
            and isinstance(body["slots"], list)
            and all(isinstance(slot, dict) for slot in body["slots"])
            and sum(slot.get("type") == "passphrase" for slot in body["slots"]) <= MOST_PASSPHRASES
        )
    except (ValueError, TypeError, LookupError):
        return False


def _open_slot(slot: Slot, book_id: str, derive_key: Derive) -> Seed | None:
    try:
        kdf = slot["kdf"]
        if kdf["name"] != "argon2id":
            return None
        cost = KdfCost(kdf["m"], kdf["t"], kdf["p"])
        salt = bytes.fromhex(kdf["salt"])
        if len(salt) != SALT_BYTES:
            raise ReplicaDamagedError
        _nonce_and_text(slot)
    except (ValueError, TypeError, LookupError):
        raise ReplicaDamagedError from None
    try:
        return _unseal(slot, book_id, derive_key(salt, cost))
    except InvalidTag:
        return None


def _unseal(slot: Slot, book_id: str, key: bytes) -> Seed:
    nonce, sealed = _nonce_and_text(slot)
    known = {name: value for name, value in slot.items() if name not in {"nonce", "ct"}}
    return Seed(ChaCha20Poly1305(key).decrypt(nonce, sealed, _associated(known, book_id)))


def _nonce_and_text(slot: Slot) -> tuple[bytes, bytes]:
    try:
        nonce, sealed = bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["ct"])
    except (ValueError, TypeError, LookupError):
        raise ReplicaDamagedError from None
    if len(nonce) != _NONCE_BYTES or len(sealed) != SEED_BYTES + 16:
        raise ReplicaDamagedError
    return nonce, sealed


def _associated(slot: Slot, book_id: str) -> bytes:
    return _canonical({"v": VERSION, "book_id": book_id, "slot": slot})


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _mac(signed: bytes, seed: Seed) -> bytes:
    return hmac.digest(seed.key_file_key(), signed, "sha256")
