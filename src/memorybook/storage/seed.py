"""The sixteen random bytes a book hangs on, and the keys that are derived from them."""

import os
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEED_BYTES = 16


@dataclass(frozen=True, slots=True)
class Seed:
    """The book seed. It is never on disk in clear; 128 bits are what twelve words on paper can carry."""

    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.value) != SEED_BYTES:
            raise ValueError("a seed has 16 bytes")

    @classmethod
    def fresh(cls) -> Self:
        """A new seed from the operating system's random source."""
        return cls(os.urandom(SEED_BYTES))

    def database_key(self) -> bytes:
        """32 bytes: the raw key of ``book.db``."""
        return self._derive(b"memorybook/1 db")

    def key_file_key(self) -> bytes:
        """32 bytes: authenticates the whole key file."""
        return self._derive(b"memorybook/1 keyfile")

    def media_key(self) -> bytes:
        """32 bytes: wraps the random key of every media file."""
        return self._derive(b"memorybook/1 media")

    def backup_key(self) -> bytes:
        """32 bytes: authenticates the manifests of copies, and single files that hold a copy."""
        return self._derive(b"memorybook/1 backup")

    def _derive(self, info: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self.value)
