"""The two replicas of the key file in a book's folder: read together, replaced one after the other."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.errors import (
    KeyFilesDamaged,
    KeyFilesMissing,
    MemoryBookError,
    StorageFailed,
    WrongPassphrase,
)
from memorybook.files import translate_os_error, write_atomically
from memorybook.storage import keyfile
from memorybook.storage.kdf import KdfCost, derive
from memorybook.storage.keyfile import KeyFile, ReplicaDamagedError
from memorybook.storage.seed import Seed

NAMES = ("book.keys", "book.keys.copy")


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A genuine key file and the seed it gave."""

    seed: Seed
    key_file: KeyFile = field(repr=False)


def exist(folder: Path) -> bool:
    """Whether at least one replica is there, whole or not."""
    return any((folder / name).is_file() for name in NAMES)


def unlock(folder: Path, passphrase: str) -> tuple[Unlocked, ...]:
    """Every different way into the book that ``passphrase`` opens, the newest first; at least one.

    More than one comes back only when the replicas differ, after a crash between the two or a mix-up.
    Takes as long as one Argon2 run for each different slot. Raises KeyFilesMissing, KeyFilesDamaged,
    BookNewer, WrongPassphrase, or what the disk said.
    """
    found = _whole(folder)
    derived: dict[tuple[bytes, KdfCost], bytes] = {}

    def derive_key(salt: bytes, cost: KdfCost) -> bytes:
        if (salt, cost) not in derived:
            derived[salt, cost] = derive(passphrase, salt, cost)
        return derived[salt, cost]

    ways: list[Unlocked] = []
    untrue = 0
    for key_file in sorted(found, key=lambda each: -each.generation):
        try:
            seed = key_file.unwrap(derive_key)
        except ReplicaDamagedError:
            untrue += 1
            continue
        except MemoryError:
            raise MemoryBookError from None
        if seed is None:
            continue
        if key_file.is_genuine(seed):
            ways.append(Unlocked(seed, key_file))
        else:
            untrue += 1
    if ways:
        return tuple(ways)
    raise KeyFilesDamaged if untrue else WrongPassphrase


def _whole(folder: Path) -> Sequence[KeyFile]:
    """The replicas whose checksum is right, each content once."""
    whole: dict[bytes, KeyFile] = {}
    problem: MemoryBookError | None = None
    missing = 0
    for name in NAMES:
        try:
            data = _read(folder / name)
            whole[data] = keyfile.parse(data)
        except FileNotFoundError:
            missing += 1
        except ReplicaDamagedError:
            problem = problem or KeyFilesDamaged()
        except OSError as error:
            problem = translate_os_error(error)
    if whole:
        return tuple(whole.values())
    raise problem if problem is not None else KeyFilesMissing()


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(keyfile.SIZE_LIMIT)


def save(folder: Path, key_file: KeyFile, seed: Seed) -> None:
    """Replace both replicas, the first one completely before the second is touched.

    Each is read back from the disk and compared before it takes the place of the old one.
    Raises StorageFull, BookReadOnly or StorageFailed; one whole replica is there at every moment.
    """
    for name in NAMES:
        _replace(folder / name, key_file, seed)


def _replace(path: Path, key_file: KeyFile, seed: Seed) -> None:
    def check(unfinished: Path) -> None:
        try:
            written = keyfile.parse(_read(unfinished))
        except ReplicaDamagedError:
            raise StorageFailed from None
        if written.data != key_file.data or not written.is_genuine(seed):
            raise StorageFailed

    write_atomically(path, key_file.data, check=check)


def repair(folder: Path, way: Unlocked) -> None:
    """Make good a replica that is missing, damaged or behind, from one that has opened the book.

    A whole key file of another book, or a newer one, is left as it is. What the disk refuses is left
    for the next time: the book is open already.
    """
    for name in NAMES:
        if _needs_repair(folder / name, way):
            with suppress(MemoryBookError):
                _replace(folder / name, way.key_file, way.seed)


def _needs_repair(path: Path, way: Unlocked) -> bool:
    try:
        other = keyfile.parse(_read(path))
    except (FileNotFoundError, ReplicaDamagedError):
        return True
    except (OSError, MemoryBookError):
        return False
    if other.book_id != way.key_file.book_id:
        return False
    return not other.is_genuine(way.seed) or other.generation < way.key_file.generation
