"""What opens a damaged book: its seed, by a passphrase or the words, and the salt of its pages."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.errors import KeyFilesMissing, MemoryBookError, RecoveryWordsOther
from memorybook.services.recovery import RecoveryWords
from memorybook.services.words_in import misread
from memorybook.storage import header, replicas
from memorybook.storage.book import DATABASE
from memorybook.storage.header import PAGE_BYTES, SALT_BYTES
from memorybook.storage.keyfile import KeyFile
from memorybook.storage.salvage_files import readable_bytes
from memorybook.storage.seed import Seed

_SAMPLES = 64
_SAMPLES_OF_MANY = 6


@dataclass(frozen=True, slots=True)
class Key:
    """What opens the book. ``salt`` is ``None`` when nothing tells it any more; ``key_file`` likewise.

    ``fits`` tells that a page of the database was verified with them.
    """

    seed: Seed
    key_file: KeyFile | None = field(repr=False)
    salt: bytes | None = field(repr=False)
    fits: bool


def by_passphrase(folder: Path, passphrase: str) -> Key:
    """Blocks for an Argon2 run or more. Raises as :func:`~memorybook.storage.replicas.unlock`."""
    keys = [
        _key(folder, way.seed, way.key_file) for way in replicas.unlock(folder, passphrase)
    ]
    return next((key for key in keys if key.fits), keys[0])


def by_words(folder: Path, text: str) -> Key:
    """Raises RecoveryWordsMistyped, BookNewer, or what the disk said. No Argon2 is run."""
    seed = Seed(RecoveryWords().read(text))
    way = replicas.unlock_with_seed(folder, seed)
    return _key(folder, seed, None if way is None else way.key_file)


def refuse(folder: Path, key: Key, words: str | None) -> MemoryBookError:
    """Why nothing at all opens with a key that was given."""
    if words is None or key.key_file is not None:
        return KeyFilesMissing()  # those that are here are another book's
    return RecoveryWordsOther(misread(folder, RecoveryWords(), words))


def _key(folder: Path, seed: Seed, key_file: KeyFile | None) -> Key:
    pages = _sampled(folder / DATABASE)
    key = seed.database_key()
    for salt in dict.fromkeys(_salts(folder, key_file)):
        if _fits(pages, key, salt):
            return Key(seed, key_file, salt, fits=True)
    if key_file is not None:
        return Key(seed, key_file, key_file.db_salt, fits=False)
    few = pages[:: max(1, len(pages) // _SAMPLES_OF_MANY)]
    for salt in _one_byte_away(readable_bytes(folder / DATABASE, SALT_BYTES)):
        if _fits(few, key, salt):
            return Key(seed, None, salt, fits=True)
    return Key(seed, None, None, fits=False)


def _salts(folder: Path, key_file: KeyFile | None) -> Iterator[bytes]:
    if key_file is not None:
        yield key_file.db_salt
    for path in (folder / DATABASE, folder / header.COPY_NAME):
        salt = readable_bytes(path, SALT_BYTES)
        if len(salt) == SALT_BYTES:
            yield salt
    for each in replicas.whole(folder):
        yield each.db_salt


def _one_byte_away(salt: bytes) -> Iterator[bytes]:
    """Every salt that differs in one byte: a damaged one is mostly damaged in one place."""
    for place in range(len(salt) if len(salt) == SALT_BYTES else 0):
        for byte in range(256):
            yield salt[:place] + bytes([byte]) + salt[place + 1 :]


def _sampled(database: Path) -> Sequence[tuple[int, bytes]]:
    """Pages from all over the database: any part of it may be gone."""
    try:
        count = database.stat().st_size // PAGE_BYTES
        chance = random.Random(count)  # noqa: S311 - which pages are looked at is no secret
        numbers = sorted({1, *range(1, min(count, 17)), *(chance.randint(1, count) for _ in range(_SAMPLES))})
        with database.open("rb") as file:
            pages = []
            for number in numbers:
                file.seek((number - 1) * PAGE_BYTES)
                pages.append((number, file.read(PAGE_BYTES)))
    except (OSError, ValueError):
        return []
    return [(number, page) for number, page in pages if any(page)]


def _fits(pages: Sequence[tuple[int, bytes]], key: bytes, salt: bytes) -> bool:
    check = header.checker(key, salt)
    return any(check(page, number) for number, page in pages)
