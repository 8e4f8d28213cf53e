"""What opens a copy of a book: a passphrase, the words of its sheet, or the open book it is a copy of."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.errors import (
    BookDamaged,
    CopyDamaged,
    MemoryBookError,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
)
from memorybook.services.recovery import RecoveryWords
from memorybook.services.words_in import misread, salt_without_keys
from memorybook.storage import header, replicas
from memorybook.storage.book import DATABASE
from memorybook.storage.replicas import Unlocked
from memorybook.storage.seed import Seed


@dataclass(frozen=True, slots=True)
class ByPassphrase:
    """A passphrase that opened the book when the copy was made."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ByWords:
    """What stands on the sheet the book had when the copy was made: the twelve words, or the code."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BySeed:
    """What an open book opens its own copies with, as long as no sheet was withdrawn since."""

    seed: Seed = field(repr=False)


Way = ByPassphrase | ByWords | BySeed


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a copy; ``way`` is ``None`` when no key file of it can be used."""

    seed: Seed
    salt: bytes
    way: Unlocked | None


Open = Callable[[Path], Key]
"""Opens the copy whose key files and database lie in a folder. Raises CopyDamaged and errors of words."""


def begin(folder: Path, way: Way) -> Open:
    """See whether ``way`` opens the key files in ``folder``; what goes on once the database is there, too.

    A passphrase takes an Argon2 run here, so that whoever has mistyped it does not wait for the database.
    Raises WrongPassphrase, NoPassphrase, KeyFilesDamaged, KeyFilesMissing, RecoveryWordsMistyped, BookNewer
    or what the disk said.
    """
    if isinstance(way, ByPassphrase):
        ways = replicas.unlock(folder, way.text)
        return lambda folder: _fitting(folder, ways)
    if isinstance(way, BySeed):
        return lambda folder: _by_seed(folder, way.seed, "")
    try:
        seed = Seed(_WORDS.read(way.text))
    except RecoveryWordsMistyped as mistyped:
        if mistyped.position is not None or not _WORDS.numbers(way.text):
            raise
        return lambda folder: _mistyped(folder, way.text)
    return lambda folder: _by_seed(folder, seed, way.text)


_WORDS = RecoveryWords()


def _fitting(folder: Path, ways: Sequence[Unlocked]) -> Key:
    """The way whose key belongs to the database there."""
    for way in ways:
        with suppress(MemoryBookError):
            if header.fits(folder / DATABASE, way.seed.database_key(), way.key_file.db_salt):
                return Key(way.seed, way.key_file.db_salt, way)
    raise CopyDamaged


def _mistyped(folder: Path, text: str) -> Key:
    raise RecoveryWordsMistyped(misread(folder, _WORDS, text))


def _by_seed(folder: Path, seed: Seed, text: str) -> Key:
    found = replicas.unlock_with_seed(folder, seed)
    if found is not None and header.fits(folder / DATABASE, seed.database_key(), found.key_file.db_salt):
        return Key(seed, found.key_file.db_salt, found)
    try:
        salt = salt_without_keys(folder, seed)
    except BookDamaged:
        raise CopyDamaged from None
    if salt is not None:
        return Key(seed, salt, None)
    if found is not None:  # the key is right, and nothing in front of the database verifies
        raise CopyDamaged
    raise RecoveryWordsOther(misread(folder, _WORDS, text))
