"""From a passphrase to a key: Argon2id, with bounds that hold before any memory is taken."""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

KEY_BYTES = 32
SALT_BYTES = 16

_MEMORY_KIB = range(8 * 1024, 1024 * 1024 + 1)
_ITERATIONS = range(1, 17)
_LANES = range(1, 9)

_QUICKEST_S, _AIM_S, _SLOWEST_S = 0.5, 0.6, 2.0
_MOST_ITERATIONS = 10

Derive = Callable[[str, bytes, "KdfCost"], bytes]
"""What :func:`derive` does."""

Stretch = Callable[[str, bytes], tuple[bytes, "KdfCost"]]
"""Derives the key of a new passphrase with a salt, and tells at what cost. Raises ``MemoryError``."""


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


def stretch_at(cost: KdfCost, *, derive: Derive = derive) -> Stretch:
    """Every new passphrase gets this cost, or the next smaller one that this computer has the memory for."""

    def stretch(passphrase: str, salt: bytes) -> tuple[bytes, KdfCost]:
        chosen = cost
        while True:
            try:
                return derive(passphrase, salt, chosen), chosen
            except MemoryError:
                chosen = _smaller(chosen)

    return stretch


def stretch_measured(monotonic: Callable[[], float], *, derive: Derive = derive) -> Stretch:
    """A new passphrase gets a cost of half a second to two seconds on this computer.

    It starts at the standard cost. More than two seconds, or too little memory, take memory away down to
    64 MiB; less than half a second adds passes up to ten. The last run, which shows that the cost is right,
    is also the one whose key is used.
    """

    def stretch(passphrase: str, salt: bytes) -> tuple[bytes, KdfCost]:
        cost = KdfCost.standard()
        while True:
            started = monotonic()
            try:
                key = derive(passphrase, salt, cost)
            except MemoryError:
                cost = _smaller(cost)
                continue
            better = _adjusted(cost, monotonic() - started)
            if better == cost:
                return key, cost
            cost = better

    return stretch


def _smaller(cost: KdfCost) -> KdfCost:
    smaller = cost.smaller()
    if smaller is None:
        raise MemoryError
    return smaller


def _adjusted(cost: KdfCost, took: float) -> KdfCost:
    """The cost to try after a run of ``took`` seconds; the same when there is none that suits better.

    Memory only shrinks and passes only grow, so trying ends.
    """
    if took > _SLOWEST_S:
        return cost.smaller() or cost
    if took < _QUICKEST_S and cost.iterations < _MOST_ITERATIONS:
        wanted = math.ceil(cost.iterations * _AIM_S / max(took, 0.001))
        more = min(max(wanted, cost.iterations + 1), _MOST_ITERATIONS)
        return KdfCost(cost.memory_kib, more, cost.lanes)
    return cost
