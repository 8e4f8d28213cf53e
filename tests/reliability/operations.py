"""The long things a person asks for, each with what has to hold when it is broken off at any point.

Kills, power cuts and refusing disks all use these. ``prepare`` makes a book and what else there has to be in
a folder, ``do`` is the operation, and ``wrong`` says in words what does not hold: everything is wholly as it
was before, or wholly as asked for; when ``done`` was told, it is the latter.
"""

import hashlib
import os
import shutil
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from memorybook.domain.archive import ArchiveForm
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.restoring import Copy
from memorybook.errors import BookMissing, MemoryBookError, NoCopyHere, WrongPassphrase
from memorybook.services.archiving import reading
from memorybook.services.restoring import ByPassphrase
from memorybook.services.vault import Library, Vault
from memorybook.storage import header, migrate, replicas
from memorybook.storage.connection import Connection
from memorybook.storage.faults import DatabaseFault
from tests.books import PASSPHRASE
from tests.corpus import pictures

BOOK = "Memory Book"
OTHER = "the other door, further down"
EARLIER = ("The first page that was kept.", "The second one. " * 400, "The third one, with a photo.")
PHOTO = 7

SECOND_STEP = """
ALTER TABLE entry ADD COLUMN after_update TEXT NOT NULL DEFAULT '';
CREATE TABLE after_update (id INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 400)
INSERT INTO after_update (note) SELECT hex(randomblob(1500)) FROM many;
"""


@contextmanager
def a_newer_program() -> Iterator[None]:
    """While this lasts this process knows a second step."""
    before = migrate.steps
    longer = (*before(), (2, SECOND_STEP))
    migrate.steps = lambda: longer  # type: ignore[assignment]
    try:
        yield
    finally:
        migrate.steps = before


def photo() -> bytes:
    return pictures.jpeg(pictures.scene(160, 120, PHOTO), place=False)


def a_book(library: Library, folder: Path) -> None:
    """A small book with pages and a photo."""
    vault = library.create(folder / BOOK, PASSPHRASE)
    for body in EARLIER:
        entry = vault.journal.keep(None, EntryDraft(body=body)).result()
    assert entry is not None
    vault.album.add(entry.id, photo()).result()
    vault.close()


def bodies(vault: Vault) -> dict[str, EntryId]:
    """Every page that can be read, its words compared with their digest on the way."""

    def ids(connection: Connection) -> list[EntryId]:
        return [EntryId(row["id"]) for row in connection.execute("SELECT id FROM entry")]

    return {
        vault.journal.entry(each, in_drawer=True).result().draft.body: each
        for each in vault._worker.read(ids).result()
    }


def opened(library: Library, book: Path, passphrase: str = PASSPHRASE) -> tuple[set[str], list[str]]:
    """The pages of a book, and what is wrong with it."""
    try:
        vault = library.open(book, passphrase)
    except (MemoryBookError, *DatabaseFault) as error:
        return set(), [f"{book.name} does not open: {error!r}"]
    wrong = []
    try:
        found = set(bodies(vault))
        if lost := set(EARLIER) - found:
            wrong.append(f"{len(lost)} pages are not in {book.name}")
        rows = vault._worker.read(lambda c: c.execute("SELECT id FROM photo").fetchall()).result()
        if any(vault.album.original_now(PhotoId(row["id"])) != photo() for row in rows):
            wrong.append(f"a photo of {book.name} is another")
    except (MemoryBookError, LookupError, *DatabaseFault) as error:
        return set(), [f"{book.name} cannot be read: {error!r}"]
    finally:
        vault.close()
    return found, wrong


class Operation(ABC):
    """One of them."""

    name: ClassVar[str]

    def prepare(self, library: Library, folder: Path) -> None:
        """Make what there is before it."""
        a_book(library, folder)

    @abstractmethod
    def do(self, library: Library, folder: Path) -> None:
        """What may be broken off."""

    @abstractmethod
    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        """What does not hold afterwards."""


class Create(Operation):
    name = "create"

    def prepare(self, library: Library, folder: Path) -> None:
        """Nothing."""

    def do(self, library: Library, folder: Path) -> None:
        library.create(folder / BOOK, PASSPHRASE).close()

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        try:
            library.open(folder / BOOK, PASSPHRASE).close()
        except BookMissing:
            if done:
                return ["there is no book"]
        return []


class Delete(Operation):
    name = "delete"

    def do(self, library: Library, folder: Path) -> None:
        vault = library.open(folder / BOOK, PASSPHRASE)
        try:
            entry = vault.journal.keep(None, EntryDraft(body="What is to go. " * 900)).result()
            assert entry is not None
            vault.album.add(entry.id, photo()).result()
            vault.journal.delete(entry.id).result()
            vault.journal.delete_for_ever([entry.id]).result()
        finally:
            vault.close()

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        found, wrong = opened(library, folder / BOOK)
        return wrong + (["it is still there"] if done and found - set(EARLIER) else [])


class ChangePassphrase(Operation):
    name = "passphrase"

    def do(self, library: Library, folder: Path) -> None:
        vault = library.open(folder / BOOK, PASSPHRASE)
        try:
            (way,) = vault.ways.all().result()
            vault.ways.change_passphrase(way.id, OTHER).result()
        finally:
            vault.close()

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        before = True
        try:
            library.open(folder / BOOK, PASSPHRASE).close()
        except WrongPassphrase:
            before = False
        if before and done:
            return ["the passphrase before still opens it"]
        return opened(library, folder / BOOK, PASSPHRASE if before else OTHER)[1]


class Update(Operation):
    name = "update"

    def do(self, library: Library, folder: Path) -> None:
        with a_newer_program():
            library.open(folder / BOOK, PASSPHRASE).close()

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        book = folder / BOOK
        kept = [path for path in book.iterdir() if path.name.startswith("Before update")]
        wrong = ["there is no copy from before"] if done and not kept else []
        way = replicas.unlock(book, PASSPHRASE)[0]
        for copy in kept:
            pages = header.whole_pages(copy / "book.db", way.seed.database_key(), way.key_file.db_salt)
            if not all(pages):
                wrong.append(f"{copy.name} is torn")
            wrong += self._opens_before(library, copy)
        with a_newer_program():
            return wrong + opened(library, book)[1]

    @staticmethod
    def _opens_before(library: Library, copy: Path) -> list[str]:
        """With the older program; what it does not find are the files of photos, one folder up."""
        assert migrate.newest() == 1
        vault = library.open(copy, PASSPHRASE)
        found = set(bodies(vault))
        vault.close()
        return [] if set(EARLIER) <= found else [f"pages are not in {copy.name}"]


class _WithPlace(Operation):
    """A book that one copy has been made of."""

    LATER = "Written after the first copy."

    def prepare(self, library: Library, folder: Path) -> None:
        super().prepare(library, folder)
        vault = library.open(folder / BOOK, PASSPHRASE)
        (folder / "copies").mkdir()
        place = vault.backups.add_place(folder / "copies").result()
        vault.backups.copy(place.id, lambda _: None, threading.Event()).result()
        vault.journal.keep(None, EntryDraft(body=self.LATER)).result()
        vault.close()


def taken(library: Library, copy: Copy, to: Path) -> list[str]:
    """Bring one copy back, beside ``to``; what is wrong with it."""
    try:
        restored = library.restoring.take(
            copy, to, ByPassphrase(PASSPHRASE), lambda _: None, threading.Event()
        )
    except MemoryBookError as error:
        return [f"copy {copy.sequence} cannot be brought back: {error!r}"]
    library.restoring.discard(restored)
    enough = restored.is_whole and restored.counts.pages >= len(EARLIER)
    return [] if enough else [f"copy {copy.sequence} is not whole"]


class Backup(_WithPlace):
    name = "backup"

    def do(self, library: Library, folder: Path) -> None:
        vault = library.open(folder / BOOK, PASSPHRASE)
        try:
            place = vault.backups.add_place(folder / "copies").result()
            vault.backups.copy(place.id, lambda _: None, threading.Event()).result()
        finally:
            vault.close()

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        _, wrong = opened(library, folder / BOOK)
        copies = [each for each in library.restoring.find(folder / "copies") if each.looks_complete]
        for copy in copies:
            wrong += taken(library, copy, folder / "back")
        if len(copies) < 1 + done:
            wrong.append(f"there are {len(copies)} copies")
        return wrong


class Carry(_WithPlace):
    name = "carry"
    FILE = "carried.mbbackup"

    def do(self, library: Library, folder: Path) -> None:
        vault = library.open(folder / BOOK, PASSPHRASE)
        try:
            vault.backups.copy_to_file(folder / self.FILE, lambda _: None, threading.Event()).result()
        finally:
            vault.close()

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        _, wrong = opened(library, folder / BOOK)
        try:
            (copy,) = library.restoring.find(folder / self.FILE)
        except (NoCopyHere, BookMissing):
            return [*wrong, "there is no file"] if done or (folder / self.FILE).exists() else wrong
        return wrong + taken(library, copy, folder / "back")


class Restore(_WithPlace):
    name = "restore"

    def do(self, library: Library, folder: Path) -> None:
        (copy,) = library.restoring.find(folder / "copies")
        restored = library.restoring.take(
            copy, folder / BOOK, ByPassphrase(PASSPHRASE), lambda _: None, threading.Event()
        )
        library.restoring.put_in_place(restored)

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        found, wrong = opened(library, folder / BOOK)
        if self.LATER in found:
            return [*wrong, "the book is the one before"] if done else wrong
        others = [path for path in folder.iterdir() if path.name not in {BOOK, "copies"}]
        old = [path for path in others if (path / "book.db").is_file()]
        for path in old:
            pages, problems = opened(library, path)
            wrong += problems
            if self.LATER in pages:
                return wrong
        return [*wrong, f"the old book is in none of {len(old)} folders"]


class Archive(Operation):
    name = "archive"
    FOLDER = "Everything"

    def do(self, library: Library, folder: Path) -> None:
        vault = library.open(folder / BOOK, PASSPHRASE)
        try:
            vault.archive.save(
                folder / self.FOLDER, ArchiveForm.FOLDER, told=lambda _: None, stop=threading.Event()
            ).result()
        finally:
            vault.close()

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        _, wrong = opened(library, folder / BOOK)
        made = folder / self.FOLDER
        if not made.exists():
            return [*wrong, "there is no archive"] if done else wrong
        sums = made / "SHA256SUMS"
        if not sums.is_file():
            return [*wrong, "half an archive was left under its name"]
        for line in sums.read_text("utf-8").splitlines():
            digest, _, name = line.partition("  ")
            if hashlib.sha256((made / name).read_bytes()).hexdigest() != digest:
                wrong.append("a file of the archive is another")
        return wrong


class Unarchive(Operation):
    """An archive read back into a new book."""

    name = "unarchive"
    NEW = "Read back"

    def prepare(self, library: Library, folder: Path) -> None:
        super().prepare(library, folder)
        vault = library.open(folder / BOOK, PASSPHRASE)
        to = folder / Archive.FOLDER
        vault.archive.save(to, ArchiveForm.FOLDER, told=lambda _: None, stop=threading.Event()).result()
        vault.close()

    def do(self, library: Library, folder: Path) -> None:
        reading.into_new_book(
            library,
            folder / Archive.FOLDER,
            folder / self.NEW,
            PASSPHRASE,
            told=lambda _: None,
            stop=threading.Event(),
        )

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        wrong = Archive().wrong(library, folder, done=True)
        return wrong + new_book(library, folder / self.NEW, done=done)


class Salvage(Operation):
    """What is left of a book whose first page is gone, in a new one."""

    name = "salvage"
    NEW = "Brought back"

    def prepare(self, library: Library, folder: Path) -> None:
        super().prepare(library, folder)
        (folder / BOOK / "book.page1").unlink()
        with (folder / BOOK / "book.db").open("r+b") as file:
            file.write(bytes(header.PAGE_BYTES))
        (folder / "said").write_text(_said(folder / BOOK), "ascii")

    def do(self, library: Library, folder: Path) -> None:
        library.salvaging.salvage(folder / BOOK, folder / self.NEW, passphrase=PASSPHRASE)

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        wrong = new_book(library, folder / self.NEW, done=done)
        if _said(folder / BOOK) != (folder / "said").read_text("ascii"):
            wrong.append("the damaged book was touched")
        return wrong


class MadeAnew(Operation):
    """The file of a book whose index of words is damaged, written anew in its place."""

    name = "anew"

    def prepare(self, library: Library, folder: Path) -> None:
        super().prepare(library, folder)
        vault = library.open(folder / BOOK, PASSPHRASE)
        root = vault._worker.read(_index_root).result()
        vault.close()
        with (folder / BOOK / "book.db").open("r+b") as file:
            file.seek((root - 1) * header.PAGE_BYTES + 500)
            file.write(bytes(64))

    def do(self, library: Library, folder: Path) -> None:
        vault = library.open(folder / BOOK, PASSPHRASE)
        try:
            vault._worker.write_file_anew(lambda _: None, lambda: False).result()
        finally:
            vault.close()

    def wrong(self, library: Library, folder: Path, *, done: bool) -> list[str]:
        way = replicas.unlock(folder / BOOK, PASSPHRASE)[0]
        key, salt = way.seed.database_key(), way.key_file.db_salt
        pages = header.whole_pages(folder / BOOK / "book.db", key, salt)
        _, wrong = opened(library, folder / BOOK)
        return [*wrong, "it is damaged as before"] if done and not all(pages) else wrong


def _index_root(connection: Connection) -> int:
    row = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entry_search_data'").fetchone()
    assert row is not None
    return int(row["rootpage"])


def new_book(library: Library, book: Path, *, done: bool) -> list[str]:
    """What is wrong with a book that was being made: there is none yet, or all of it is there."""
    if not book.exists():
        return ["there is no new book"] if done else []
    found, wrong = opened(library, book)
    return wrong if wrong or set(EARLIER) <= found else ["a half made book is taken for a whole one"]


def _said(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()


class Careless(Restore):
    """The control: the book makes room for the copy before that is there."""

    name = "careless"

    def do(self, library: Library, folder: Path) -> None:
        (copy,) = library.restoring.find(folder / "copies")
        shutil.rmtree(folder / BOOK)
        (folder / BOOK).mkdir()
        for name in ("book.keys", "book.db"):
            with (folder / BOOK / name).open("wb", buffering=0) as file:
                data = (copy.path / name).read_bytes()
                for start in range(0, len(data), 4096):
                    file.write(data[start : start + 4096])
                    os.fsync(file.fileno())


ALL: tuple[Operation, ...] = (
    Create(),
    Delete(),
    ChangePassphrase(),
    Update(),
    Backup(),
    Carry(),
    Restore(),
    Archive(),
    Unarchive(),
    Salvage(),
    MadeAnew(),
)
BY_NAME = {each.name: each for each in (*ALL, Careless())}
