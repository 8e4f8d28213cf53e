"""Opening a book with the words of its sheet: how they are checked, and what to do without key files."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from memorybook.domain.misreading import one_word_away
from memorybook.errors import BookDamaged, MemoryBookError
from memorybook.services.recovery import RecoveryWords
from memorybook.storage import header, origin, replicas, ways
from memorybook.storage.book import DATABASE
from memorybook.storage.connection import Connection
from memorybook.storage.origin import Origin
from memorybook.storage.seed import Seed

Belongs = Callable[[bytes], bool]


def salt_without_keys(folder: Path, seed: Seed) -> bytes | None:
    """The salt that opens ``book.db`` with this seed, when no key file tells; ``None`` when none does.

    It may be in front of the book, in the copy of its first page, or in a key file that does not fit.
    Raises BookDamaged when the seed is right by the copy alone, BookNewer, or what the disk said.
    """
    database, key = folder / DATABASE, seed.database_key()
    salts = [*header.salts(folder, database), *(each.db_salt for each in replicas.whole(folder))]
    for salt in dict.fromkeys(salts):
        if header.fits(database, key, salt):
            return salt
    if any(header.page_fits(page, 1, key, page[: header.SALT_BYTES]) for page in _first_pages(folder)):
        raise BookDamaged
    return None


def misread(folder: Path, words: RecoveryWords, text: str) -> int | None:
    """The position, from 0, of the one word that would open this book if it was another word.

    Tries every word of the list in each place: no Argon2, well under a second. ``None`` for a code, for
    more than one wrong word, and where nothing whole is left to try them on. Raises BookNewer, or what the
    disk said.
    """
    numbers = words.numbers(text)
    if not numbers:
        return None
    belongs = _belonging(folder)
    return next((position for position, secret in one_word_away(numbers) if belongs(secret)), None)


def settled_origin(connection: Connection, fresh: Origin) -> Origin:
    """Which book this is, once its key files are lost; the passphrases they held are gone with them."""
    ways.keep_only(connection, ())
    known = origin.get(connection)
    if known is None:
        origin.put(connection, fresh)
    return known or fresh


def _belonging(folder: Path) -> Belongs:
    """Whether a seed is this book's, by what can be tried a thousand times: key files and first pages."""
    key_files = replicas.whole(folder)
    salts = {each.db_salt for each in key_files}
    pages = [(page, salt) for page in _first_pages(folder) for salt in {page[: header.SALT_BYTES], *salts}]

    def belongs(secret: bytes) -> bool:
        seed = Seed(secret)
        if any(key_file.is_genuine(seed) for key_file in key_files):
            return True
        key = seed.database_key()
        return any(header.page_fits(page, 1, key, salt) for page, salt in pages)

    return belongs


def _first_pages(folder: Path) -> list[bytes]:
    pages = []
    for path in (folder / DATABASE, folder / header.COPY_NAME):
        with suppress(MemoryBookError):
            pages.append(header.first_page(path))
    return list(dict.fromkeys(page for page in pages if len(page) == header.PAGE_BYTES))
