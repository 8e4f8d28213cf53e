"""From a passphrase to a key: Argon2id, with bounds that hold before any memory is taken."""

import unicodedata
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

KEY_BYTES = 32
SALT_BYTES = 16

_MEMORY_KIB = range(8 * 1024, 1024 * 1024 + 1)
_ITERATIONS = range(1, 17)
_LANES = range(1, 9)


@dataclass(frozen=True, slots=True)
class KdfCost:
    """How much work one guess at the passphrase takes. ``memory_kib`` is in KiB.

    Raises ``ValueError`` outside 8 MiB-1 GiB, 1-16 iterations and 1-8 lanes: a file from a stranger
    must not be able to ask for all the memory there is.
    """

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        bounds = ((self.memory_kib, _MEMORY_KIB), (self.iterations, _ITERATIONS), (self.lanes, _LANES))
        if not all(type(number) is int and number in allowed for number, allowed in bounds):
            raise ValueError("cost out of bounds")

    @classmethod
    def standard(cls) -> Self:
        """What a new passphrase gets: 256 MiB, 3 passes, 4 lanes, about 0.6 s on a laptop of 2020."""
        return cls(256 * 1024, 3, 4)

    def smaller(self) -> Self | None:
        """The next cost to try on a computer without the memory for this one; ``None`` below 64 MiB."""
        half = self.memory_kib // 2
        return type(self)(half, self.iterations, self.lanes) if half >= 64 * 1024 else None


def derive(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """The 32-byte key for ``passphrase``. Blocks for as long as ``cost`` says, without holding the GIL.

    The passphrase is normalised first (NFKC), so that it is the same from every keyboard.
    Raises ``MemoryError`` when this computer does not have the memory.
    """
    normal = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    argon2 = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return argon2.derive(normal)
