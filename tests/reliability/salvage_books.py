"""A book of about 5,000 pages for tests of salvage, made quickly; and what of it lies on which page."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import BabyId, EntryId, PhotoId
from memorybook.domain.people import BabyDraft
from memorybook.domain.photo import DecodedPicture, PhotoDraft
from memorybook.services.vault import Library, Vault
from memorybook.storage import btree, entries, photos, replicas
from memorybook.storage.carving import Pages
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.rows import Carved
from memorybook.storage.seed import Seed
from tests.books import PASSPHRASE

AT = "2026-10-03T18:04:05Z"
WORDS = ("river", "house", "garden", "window", "letter", "evening", "morning", "quiet", "water", "blanket")


@dataclass
class Made:
    """A closed book, what was written into it, and what opens it."""

    folder: Path
    words: str
    seed: Seed
    salt: bytes
    pages: dict[EntryId, EntryDraft] = field(default_factory=dict)
    photos: dict[PhotoId, PhotoDraft] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.folder / "book.db"


def make(library: Library, folder: Path, *, pages: int, photo_count: int, length: int) -> Made:
    """``length`` is about how many letters a page has; every fifth page has a photo."""
    vault = library.create(folder, PASSPHRASE)
    way = replicas.unlock(folder, PASSPHRASE)[0]
    made = Made(folder, " ".join(vault.ways.sheet().result().words), way.seed, way.key_file.db_salt)
    chance = random.Random(20261121)  # noqa: S311 - it has to be the same every time
    baby = vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    assert baby is not None
    _write(vault, lambda connection: _photos(vault, connection, made, chance, photo_count, baby.id))
    _write(vault, lambda connection: _pages(connection, made, chance, pages, length, baby.id))
    vault.close()
    return made


def _write(vault: Vault, work: Callable[[Connection], None]) -> None:
    def done(connection: Connection) -> tuple[None, ChangeSet | None]:
        work(connection)
        return None, None

    vault._worker.write(done).result()


def _photos(
    vault: Vault, connection: Connection, made: Made, chance: random.Random, count: int, baby: BabyId
) -> None:
    media = MediaStore(vault.folder / "media", made.seed.media_key())
    for number in range(count):
        original = b"\xff\xd8\xff" + chance.randbytes(3_000)
        thumbnail = chance.randbytes(38_000)
        picture = DecodedPicture(
            "JPEG", 4, 3, 1, "RGB", icc=False, taken=VagueDate(2026), thumbnail=thumbnail, rendition=b""
        )
        made_id = photos.insert(
            connection,
            picture,
            media=media.write(original),
            rendition=media.write(b"\xff\xd8\xff" + chance.randbytes(1_000)),
            digest=hashlib.sha256(original).digest(),
            byte_size=len(original),
            at=AT,
        )
        caption = f"by the {WORDS[number % len(WORDS)]}"
        draft = PhotoDraft(caption=caption, babies=(baby,), taken=VagueDate(2026))
        photos.change(connection, photos.get(connection, made_id), draft, AT)
        made.photos[made_id] = draft


def _pages(
    connection: Connection, made: Made, chance: random.Random, count: int, length: int, baby: BabyId
) -> None:
    ids = list(made.photos)
    for number in range(count):
        draft = EntryDraft(
            title=f"page {number}",
            body=" ".join(chance.choices(WORDS, k=length // 7)),
            day=VagueDate(2020 + number % 7, 1 + number % 12, 1 + number % 28),
            photos=(ids[number // 5 % len(ids)],) if number % 5 == 0 else (),
            babies=(baby,) if number % 2 else (),
            tags=("sea",) if number % 3 == 0 else (),
        )
        made.pages[entries.insert(connection, draft, draft.body, AT)] = draft


class Layout:
    """What lies on which page of the database, read from it while it was whole."""

    def __init__(self, made: Made) -> None:
        self.of_pages: dict[EntryId, set[int]] = defaultdict(set)
        self.of_photos: dict[PhotoId, set[int]] = defaultdict(set)
        self.roots: dict[str, int] = {}
        with Pages(made.database, made.seed.database_key(), made.salt) as pages:
            assert not pages.bad
            self.count = pages.count
            carved = Carved(pages, {})
            assert not carved._tables.incomplete
            self.roots = carved._tables._roots()
            for table in ("entry", "entry_text", "photo", "thumbnail"):
                for number, places in carved._located(table).items():
                    for leaf, place in places:
                        where = self._pages_of(pages, leaf, place)
                        if table in {"entry", "entry_text"}:
                            self.of_pages[EntryId(number)] |= where
                        elif table == "photo":
                            self.of_photos[PhotoId(number)] |= where
            for table in ("entry_baby", "entry_tag", "photo_baby"):
                for leaf in carved._tables.leaves[table]:
                    for cell, page in carved._tables.rows(leaf):
                        values = carved._tables.values(cell, page)
                        assert values is not None
                        if table == "photo_baby":
                            self.of_photos[PhotoId(int(str(values[0])))].add(leaf)
                        else:
                            self.of_pages[EntryId(int(str(values[0])))].add(leaf)

    @staticmethod
    def _pages_of(pages: Pages, leaf: int, place: int) -> set[int]:
        page = pages.page(leaf)
        assert page is not None
        cell = btree.cell(page, btree.TABLE_LEAF, place)
        assert cell is not None
        found, following = {leaf}, cell.overflow
        while following:
            found.add(following)
            content = pages.page(following)
            assert content is not None
            following = int.from_bytes(content.content[:4], "big")
        return found

    def rest(self, damaged: Collection[int]) -> tuple[set[EntryId], set[PhotoId]]:
        """The pages and photos of which nothing lies on these."""
        gone = set(damaged)
        return (
            {number for number, where in self.of_pages.items() if not where & gone},
            {number for number, where in self.of_photos.items() if not where & gone},
        )
