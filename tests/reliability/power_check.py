"""Looks into the book that a power cut has left, and compares it with what the program had said by then."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, PhotoId, RecordingId
from memorybook.errors import BookMissing, MemoryBookError
from memorybook.services.vault import Library, Vault
from memorybook.storage import header, replicas
from memorybook.storage.faults import DatabaseFault
from tests.books import PASSPHRASE
from tests.reliability.operations import BOOK
from tests.reliability.power_script import EARLIER

COPY = "Before update 2"


@dataclass
class Told:
    """What has been done for certain, and what was on its way when the power failed."""

    pages: dict[int, str] = field(default_factory=dict)
    photos: set[str] = field(default_factory=set)
    recordings: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    on_its_way: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, marks: Iterable[str]) -> "Told":
        made = cls()
        for mark in marks:
            ((kind, what),) = json.loads(mark).items()
            made.on_its_way = what if kind == "will" else {}
            if kind == "did":
                made._note(what)
        return made

    def _note(self, what: dict[str, object]) -> None:
        match what:
            case {"page": int(number), "body": str(digest)}:
                self.pages[number] = digest
            case {"gone": int(number)}:
                del self.pages[number]
            case {"photo": str(digest)}:
                self.photos.add(digest)
            case {"recording": str(digest)}:
                self.recordings.add(digest)
            case _:
                self.done.update(what)

    def allows(self, number: int, digest: str | None) -> bool:
        """Whether this page may say this now; ``None`` when it is not there."""
        match self.on_its_way:
            case {"page": way, "body": body} if way == number and body == digest:
                return True
            case {"gone": way} if way == number and digest is None:
                return True
        return self.pages.get(number) == digest


def wrong(library: Library, folder: Path, marks: Iterable[str], *, begun: bool = False) -> list[str]:
    """What is not as it was told, in words; ``begun`` when there was a book before anything was recorded."""
    told = Told.of(marks)
    try:
        vault = library.open(folder / BOOK, PASSPHRASE)
    except BookMissing:
        return ["the book is not there"] if begun or "create" in told.done else []
    except (MemoryBookError, *DatabaseFault) as error:
        return [f"the book does not open: {error!r}"]
    try:
        found = [*_wrong_pages(vault, told, begun=begun), *_wrong_media(vault, told)]
        kept = vault.journal.keep(None, EntryDraft(body="afterwards")).result()
        found += [] if kept else ["nothing can be written"]
    except (MemoryBookError, LookupError, *DatabaseFault) as error:
        found = [f"something cannot be read: {error!r}"]
    finally:
        vault.close()
    way = replicas.unlock(folder / BOOK, PASSPHRASE)[0]
    key, salt = way.seed.database_key(), way.key_file.db_salt
    found += _torn(folder / BOOK, key, salt)
    if "update" in told.done and not (folder / BOOK / COPY).is_dir():
        found.append("there is no copy from before the update")
    return found


def _torn(book: Path, key: bytes, salt: bytes) -> Iterator[str]:
    """Every database in the folder, down to its last page; what has no final name yet is nobody's."""
    for path in sorted(book.rglob("book.db")):
        if not path.parent.name.startswith("."):
            bad = [number for number, whole in enumerate(header.whole_pages(path, key, salt), 1) if not whole]
            if bad or not path.stat().st_size:
                yield f"{path.relative_to(book)} is torn at {bad[:5]}"


def _wrong_pages(vault: Vault, told: Told, *, begun: bool) -> Iterator[str]:
    ids = vault._worker.read(
        lambda connection: [EntryId(row["id"]) for row in connection.execute("SELECT id FROM entry")]
    ).result()
    bodies = [vault.journal.entry(each, in_drawer=True).result().draft.body for each in ids]
    found = {
        int(body.split()[0].removeprefix("page")): hashlib.sha256(body.encode()).hexdigest()
        for body in bodies
        if body.startswith("page")
    }
    if begun and EARLIER not in bodies:
        yield "what was in the book before is not there"
    for number in told.pages.keys() | found.keys():
        if not told.allows(number, found.get(number)):
            yield f"page {number} {'says something else' if number in found else 'is not there'}"


def _wrong_media(vault: Vault, told: Told) -> Iterator[str]:
    def ids(table: str) -> list[int]:
        sql = f"SELECT id FROM {table}"  # noqa: S608 - our own table
        return vault._worker.read(lambda connection: [row["id"] for row in connection.execute(sql)]).result()

    photos = {PhotoId(each) for each in ids("photo")}
    digests = {hashlib.sha256(vault.album.original_now(each)).hexdigest() for each in photos}
    for each in photos:
        assert vault.album.thumbnail(each).result()
        assert vault.album.rendition(each).result()
    yield from (f"photo {digest[:8]} is not there" for digest in told.photos - digests)
    sounds = set()
    for each in ids("recording"):
        sounds.add(hashlib.sha256(b"".join(vault.recordings._contents(RecordingId(each)))).hexdigest())
    yield from (f"recording {digest[:8]} is not there" for digest in told.recordings - sounds)
