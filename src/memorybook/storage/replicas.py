"""The two replicas of the key file in a book's folder: read together, replaced one after the other."""

import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.errors import (
    BookNewer,
    KeyFilesDamaged,
    KeyFilesMissing,
    KeyringForgotten,
    MemoryBookError,
    NoPassphrase,
    StorageFailed,
    WrongPassphrase,
)
from memorybook.files import UNFINISHED, open_to_read, translate_os_error, write_atomically
from memorybook.storage import keyfile
from memorybook.storage.kdf import KdfCost, derive
from memorybook.storage.keyfile import KeyFile, ReplicaDamagedError
from memorybook.storage.seed import Seed

NAMES = ("book.keys", "book.keys.copy")
SET_ASIDE = ".other-"
"""In the name of a whole key file that was in the place of one of ours and is not this book's."""

_LEFT = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(UNFINISHED)}")

Opens = Callable[[KeyFile], bool]
"""Whether a key file that was read back still lets in whom it was made for."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A genuine key file and the seed it gave.

    ``generation`` is the highest of all genuine replicas: what takes their place has to be above it.
    """

    seed: Seed
    key_file: KeyFile = field(repr=False)
    generation: int


def exist(folder: Path) -> bool:
    """Whether at least one replica is there, whole or not."""
    return any((folder / name).is_file() for name in NAMES)


def unlock(folder: Path, passphrase: str) -> tuple[Unlocked, ...]:
    """Every different way into the book that ``passphrase`` opens, the newest first; at least one.

    More than one comes back only when the replicas differ, after a crash between the two or a mix-up.
    Takes as long as one Argon2 run for each different slot. Raises KeyFilesMissing, KeyFilesDamaged,
    BookNewer, WrongPassphrase, NoPassphrase, or what the disk said.
    """
    found = _whole(folder)
    derived: dict[tuple[bytes, KdfCost], bytes] = {}

    def derive_key(salt: bytes, cost: KdfCost) -> bytes:
        if (salt, cost) not in derived:
            derived[salt, cost] = derive(passphrase, salt, cost)
        return derived[salt, cost]

    ways: list[tuple[Seed, KeyFile]] = []
    untrue = 0
    for key_file in found:
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
            ways.append((seed, key_file))
        else:
            untrue += 1
    if ways:
        return tuple(_unlocked(seed, key_file, found) for seed, key_file in ways)
    if untrue:
        raise KeyFilesDamaged
    raise WrongPassphrase if any(_has_passphrase(each) for each in found) else NoPassphrase


def _has_passphrase(key_file: KeyFile) -> bool:
    return any(keyfile.slot_id(slot) not in {"", keyfile.KEYRING} for slot in key_file.slots)


def unlock_with_kept(folder: Path, kek: bytes) -> tuple[Unlocked, ...]:
    """Every different way in that the key kept by this computer opens, the newest first; at least one.

    Raises KeyringForgotten when there is none, KeyFilesMissing, KeyFilesDamaged, BookNewer, or what the
    disk said. No Argon2 is run.
    """
    found = _whole(folder)
    ways = [(seed, each) for each in found if (seed := each.unwrap_kept(kek)) and each.is_genuine(seed)]
    if not ways:
        raise KeyringForgotten
    return tuple(_unlocked(seed, key_file, found) for seed, key_file in ways)


def unlock_with_seed(folder: Path, seed: Seed) -> Unlocked | None:
    """The newest key file that belongs to ``seed``, ``None`` when no whole one does. No Argon2 is run.

    Raises BookNewer, or what the disk said.
    """
    for key_file in whole(folder):
        if key_file.is_genuine(seed):
            return _unlocked(seed, key_file, ())
    return None


def remembered(folder: Path) -> str | None:
    """The book id of the newest whole key file with a keyring's slot. Never raises."""
    try:
        found = whole(folder)
    except MemoryBookError:
        return None
    kept = (each for each in found if any(keyfile.slot_id(slot) == keyfile.KEYRING for slot in each.slots))
    return next((each.book_id for each in kept), None)


def _unlocked(seed: Seed, key_file: KeyFile, found: Sequence[KeyFile]) -> Unlocked:
    highest = max([key_file.generation, *(each.generation for each in found if each.is_genuine(seed))])
    return Unlocked(seed, key_file, highest)


def whole(folder: Path) -> Sequence[KeyFile]:
    """The replicas whose checksum is right, the newest first; none when they are missing or damaged.

    Raises BookNewer, or what the disk said when none could be read because of it.
    """
    try:
        return _whole(folder)
    except (KeyFilesMissing, KeyFilesDamaged):
        return ()


def _whole(folder: Path) -> Sequence[KeyFile]:
    """The replicas whose checksum is right, each content once, the newest first."""
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
        return sorted(whole.values(), key=lambda each: -each.generation)
    raise problem if problem is not None else KeyFilesMissing()


def _read(path: Path) -> bytes:
    with open_to_read(path) as file:
        return file.read(keyfile.SIZE_LIMIT)


def save(folder: Path, key_file: KeyFile, seed: Seed, *, opens: Opens = lambda _: True) -> None:
    """Replace both replicas, the first one completely before the second is touched.

    Each is read back from the disk, compared and tried with ``opens`` before it takes the place of the old
    one. A whole key file of another book, or a newer one, that is in the way is kept under another name.
    Raises StorageFull, BookReadOnly or StorageFailed, with the first one as it was; one whole replica is
    there at every moment.
    """
    first, second = (folder / name for name in NAMES)
    _set_aside(first, seed)
    before = _whole_bytes(first)
    try:
        _replace(first, key_file, seed, opens)
        _set_aside(second, seed)
        _replace(second, key_file, seed, opens)
    except MemoryBookError:
        # Whoever is told that nothing was changed must be able to rely on it. The first one may be in its
        # place although it was refused: what failed then was the folder, which would not keep its name.
        if before not in {None, _whole_bytes(first)}:
            with suppress(MemoryBookError):
                write_atomically(first, before)
        raise


def _whole_bytes(path: Path) -> bytes | None:
    try:
        return keyfile.parse(_read(path)).data
    except (OSError, ReplicaDamagedError):
        return None


def _set_aside(path: Path, seed: Seed) -> None:
    """It may be the only key to another book, put here by mistake."""
    try:
        ours = keyfile.parse(_read(path)).is_genuine(seed)
    except (FileNotFoundError, ReplicaDamagedError):
        return
    except BookNewer:
        ours = False
    except OSError as error:
        raise translate_os_error(error) from None
    if not ours:
        try:
            path.rename(path.with_name(f"{path.name}{SET_ASIDE}{secrets.token_hex(4)}"))
        except OSError as error:
            raise translate_os_error(error) from None


def _replace(path: Path, key_file: KeyFile, seed: Seed, opens: Opens) -> None:
    def check(unfinished: Path) -> None:
        try:
            written = keyfile.parse(_read(unfinished))
        except ReplicaDamagedError:
            raise StorageFailed from None
        if written.data != key_file.data or not written.is_genuine(seed) or not opens(written):
            raise StorageFailed

    write_atomically(path, key_file.data, check=check)


def repair(folder: Path, way: Unlocked) -> None:
    """Make good a replica that is missing, damaged or behind, from one that has opened the book.

    A whole key file of another book, or a newer one, is left as it is. Key files that were being written
    when a process was ended are deleted: they may hold passphrases that were removed since. What the disk
    refuses is left for the next time: the book is open already.
    """
    with suppress(OSError):
        for path in [item for item in folder.iterdir() if _LEFT.fullmatch(item.name)]:
            if _begins_like_ours(path):
                path.unlink()
    for name in NAMES:
        if _needs_repair(folder / name, way):
            with suppress(MemoryBookError):
                _replace(folder / name, way.key_file, way.seed, lambda _: True)


def look_over(folder: Path, way: Unlocked) -> tuple[bool, bool]:
    """Make good a replica as :func:`repair` does; whether one needed it, and whether one still does."""
    needed = [name for name in NAMES if _needs_repair(folder / name, way)]
    if needed:
        repair(folder, way)
    return bool(needed), any(_needs_repair(folder / name, way) for name in needed)


def differ(folder: Path, way: Unlocked) -> bool:
    """Whether a replica is missing, damaged or behind. Changes nothing."""
    return any(_needs_repair(folder / name, way) for name in NAMES)


def _begins_like_ours(path: Path) -> bool:
    with open_to_read(path) as file:
        return keyfile.MAGIC.startswith(file.read(len(keyfile.MAGIC)))


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
