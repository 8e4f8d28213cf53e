"""What is compared when something is read back: BLAKE2b over all of it."""

import hashlib


def digest_of(*parts: str) -> bytes:
    """BLAKE2b-256 over the parts in UTF-8, each with its length in front."""
    digest = hashlib.blake2b(digest_size=32)
    for part in parts:
        data = part.encode("utf-8")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()
