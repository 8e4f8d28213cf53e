"""A book with something of everything in it, without a library around it, and what it says."""

import hashlib
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path

from memorybook.domain.book import Edition
from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import BabyId, MediaId, PersonId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.domain.photo import DecodedPicture, PhotoDraft
from memorybook.files import private_folder
from memorybook.storage import (
    attachments,
    babies,
    ceremonies,
    connection,
    editions,
    entries,
    keepsakes,
    keyfile,
    occasions,
    people,
    photos,
    preferences,
    renewal,
    replicas,
    story,
    swap,
    transcript,
)
from memorybook.storage.book import MEDIA, BookFile
from memorybook.storage.connection import Connection
from memorybook.storage.kdf import KdfCost, derive
from memorybook.storage.media import MediaStore
from memorybook.storage.mediafile import CHUNK_BYTES
from memorybook.storage.migrate import migrate
from memorybook.storage.replicas import Unlocked
from memorybook.storage.seed import Seed
from memorybook.storage.worker import VaultWorker
from tests.unit.storage.making import AT

OLD, NEW = "the old blue door", "a new green gate"
COST = KdfCost(8192, 1, 1)
LABEL = "way"
CHANGED = {"preference"}
"""The table in which the new way in is noted."""

ROBIN = BabyDraft(names="Robin", measurements=(Measurement("weight", "345 g"),), notes="n")

LENGTHS = (0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 77)


def make(folder: Path, *, pages: int = 12) -> None:
    """A closed book with pages, pictures, people, days and preferences; it opens with ``OLD``."""
    private_folder(folder)
    seed, salt, book_id = Seed.fresh(), os.urandom(16), os.urandom(16)
    media = MediaStore(folder / MEDIA, seed.media_key())
    opened = connection.begin(folder / "book.db", seed.database_key(), salt)
    migrate(opened)
    with connection.transaction(opened):
        _fill(opened, media, pages)
    opened.close()
    body = keyfile.begin(book_id=book_id, db_salt=salt, created=AT)
    body["slots"] = [keyfile.passphrase_slot(seed, book_id, OLD, COST)]
    replicas.save(folder, keyfile.seal(body, seed), seed)
    BookFile(folder, seed.database_key(), salt).keep_first_page(BookFile(folder, b"", b"").identity())


def _fill(opened: Connection, media: MediaStore, pages: int) -> None:
    author = people.add_person(opened, "Ada", AT)
    baby = babies.add(opened, ROBIN, AT)
    keepsakes.add(opened, KeepsakeDraft(title="The blanket"), AT)
    ceremonies.add(opened, CeremonyDraft(label="In the garden", baby=baby.id), AT)
    kept = [
        entries.insert(opened, _page(n, author.id, baby.id), f"page{n} the words of it {'x' * 5000}", AT)
        for n in range(pages)
    ]
    for n, length in enumerate(LENGTHS):
        data = os.urandom(length)
        picture = DecodedPicture(
            "JPEG", 1, 1, 1, "RGB", icc=False, taken=UNKNOWN, thumbnail=os.urandom(9000), rendition=b""
        )
        photo = photos.insert(
            opened,
            picture,
            media=media.write(data),
            rendition=media.write(os.urandom(2000)),
            digest=hashlib.sha256(data).digest(),
            byte_size=length,
            at=AT,
        )
        attachments.attach(opened, kept[n], photo, AT)
        photos.change(opened, photos.get(opened, photo), PhotoDraft(caption=f"caption{n}"), AT)
    day = OccasionDraft(
        label="due", day=VagueDate(2026, 3, 4), kind=OccasionKind.OTHER, yearly=True, note="n", baby=baby.id
    )
    occasions.set_put_away(opened, occasions.add(opened, day, AT).id, AT)
    occasions.add(opened, day, AT)
    for name in ("kept", "away"):
        kept_edition = editions.add(opened, name, Edition("For Robin", (kept[0],)), frozenset(), AT)
    editions.set_put_away(opened, kept_edition.id, AT)
    preferences.put(opened, "title", "For Robin")
    preferences.put(opened, LABEL, "old")
    opened.execute("DELETE FROM person WHERE id = :id", {"id": people.add_person(opened, "gone", AT).id})


def _page(number: int, author: PersonId, baby: BabyId) -> EntryDraft:
    return EntryDraft(
        title=f"title {number}",
        body=f"page{number} the words of it {'x' * 5000}",
        day=VagueDate(2026, 1, 1 + number % 28),
        author=author,
        babies=(baby,),
        tags=("the sea", f"tag {number}"),
    )


def unlock(folder: Path, passphrase: str) -> tuple[BookFile, Unlocked]:
    """How the book is opened, after what a renewal left has been finished."""
    swap.finish_swap(folder)
    (way,) = replicas.unlock(folder, passphrase)
    swap.destroy_old(folder, way)
    return BookFile(folder, way.seed.database_key(), way.key_file.db_salt), way


Said = Mapping[str, bytes]


def says(folder: Path, passphrase: str) -> Said:
    """Everything in the book: the rows of each table, the words it finds, and what each media file holds."""
    book, way = unlock(folder, passphrase)
    opened = book.connect()
    said = dict(transcript.contents(opened, lambda: False))
    found, _ = story.found(opened, '"page3"', 10)
    opened.close()
    said["found"] = repr([(row.id, row.title) for row, _ in found]).encode()
    store = MediaStore(folder / MEDIA, way.seed.media_key())
    for path in sorted((folder / MEDIA).iterdir()):
        said[path.name] = hashlib.sha256(store.read(MediaId(path.stem))).digest()
    return said


def same(old: Said, new: Said) -> bool:
    """Whether two books say the same, but for the notes of the ways in."""
    return {key: old[key] for key in old.keys() - CHANGED} == {key: new[key] for key in new.keys() - CHANGED}


def names(folder: Path) -> set[str]:
    """Every name in the folder and below it."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


class Renewing:
    """An open book that is written anew on its own thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book, self.way = unlock(folder, OLD)
        self.worker = VaultWorker(self.book, _ignore)
        self.media = MediaStore(folder / MEDIA, self.way.seed.media_key())
        self.stop = threading.Event()
        self.told: list[tuple[int, int]] = []

    def begin(self, progress: Callable[[int, int], None] | None = None) -> Future[renewal.Renewed]:
        """Write it anew; ``NEW`` opens the new one."""
        salt = os.urandom(16)

        def note(opened: Connection, slot: str) -> None:
            preferences.put(opened, LABEL, slot)

        new_way = renewal.NewWay(derive(NEW, salt, COST), salt, COST, note)

        def work(opened: Connection, let_go: Callable[[], None]) -> renewal.Renewed:
            return renewal.renew(
                opened,
                let_go,
                book=self.book,
                way=self.way,
                media=self.media,
                new_way=new_way,
                progress=progress or self._note,
                stop=self.stop,
            )

        return self.worker.hand_over(work, lambda renewed: renewed.book)

    def _note(self, done: int, total: int) -> None:
        self.told.append((done, total))

    def close(self) -> None:
        self.worker.close()


def _ignore(_changes: ChangeSet) -> None: ...
