"""One damaged byte on any page: what is read is right, or it is said that it is not."""

import os
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import UNKNOWN
from memorybook.domain.entry import Entry, EntryDraft
from memorybook.domain.ids import EntryId, MediaId
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.domain.photo import DecodedPicture
from memorybook.errors import BookDamaged, NotABook
from memorybook.storage import attachments, babies, ceremonies, entries, photos, story
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection, transaction
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.worker import VaultWorker
from tests.unit.storage.making import AT, KEY, SALT, book_in, opened, write_entries


def _ignore(_changes: ChangeSet) -> None: ...


def _entry(worker: VaultWorker, entry_id: EntryId) -> Future[Entry]:
    return worker.read(lambda connection: entries.get(connection, entry_id))


def _with_photo(worker: VaultWorker, entry_id: EntryId) -> Future[bool]:
    names = [MediaId(os.urandom(16).hex()) for _ in range(2)]

    def work(connection: Connection) -> tuple[bool, None]:
        photo = photos.insert(
            connection, PICTURE, media=names[0], rendition=names[1], digest=os.urandom(32), byte_size=1, at=AT
        )
        return attachments.attach(connection, entry_id, photo, AT), None

    return worker.write(work)


PICTURE = DecodedPicture("JPEG", 1, 1, 1, "RGB", icc=False, taken=UNKNOWN, thumbnail=b"t", rendition=b"r")


def _flip(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0x10]))


def test_a_damaged_page_never_gives_a_wrong_entry(tmp_path: Path) -> None:
    """And the control: without the checks it does, with no error at all."""
    book = book_in(tmp_path)
    written = write_entries(book, 24, 9_000)
    whole = book.path.read_bytes()
    assert len(whole) // PAGE_BYTES > 60
    silent = refused = 0
    for number in range(len(whole) // PAGE_BYTES):
        book.path.write_bytes(whole)
        _flip(book.path, number * PAGE_BYTES + 2000)
        silent += _reads_wrong_without_checks(book, written)
        worker = VaultWorker(book, _ignore)
        for entry_id, draft in written.items():
            try:
                entry = _entry(worker, entry_id).result()
            except BookDamaged:
                refused += 1
            else:
                assert entry.draft == draft
        try:
            rows = worker.read(lambda connection: story.page(connection, None, 100)).result().rows
        except BookDamaged:
            refused += 1
        else:
            assert {row.id: row.title for row in rows} == {key: draft.title for key, draft in written.items()}
        worker.close()
    assert refused > 40
    assert silent > 5


def _reads_wrong_without_checks(book: BookFile, written: dict[EntryId, EntryDraft]) -> bool:
    """Whether a plain read gives a text that is not what was kept, and no error."""
    wrong = False
    connection = None
    try:
        connection = opened(book)
        for entry_id, draft in written.items():
            values = {"id": entry_id}
            row = connection.execute("SELECT body FROM entry_text WHERE entry = :id", values).fetchone()
            wrong |= row is not None and row["body"] != draft.body
    except dbapi2.DatabaseError:
        pass
    if connection is not None:
        connection.close()
    return wrong


def test_writing_on_a_damaged_page_is_refused_and_the_rest_stays(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    written = write_entries(book, 12, 9_000)
    whole = book.path.read_bytes()
    refused = 0
    for number in range(1, len(whole) // PAGE_BYTES):
        book.path.write_bytes(whole)
        _flip(book.path, number * PAGE_BYTES + 2000)
        worker = VaultWorker(book, _ignore)
        for entry_id, draft in written.items():
            error = _with_photo(worker, entry_id).exception()
            if error is not None:
                assert isinstance(error, BookDamaged)
                refused += 1
                continue
            try:
                entry = _entry(worker, entry_id).result()
            except BookDamaged:
                refused += 1
            else:
                assert entry.draft.body == draft.body
        worker.close()
    assert refused > 10


@pytest.mark.parametrize("bit", [0x01, 0x80])
@pytest.mark.parametrize("place", range(0, 16, 5))
def test_a_damaged_salt_is_put_right_from_the_key_file(tmp_path: Path, place: int, bit: int) -> None:
    book = book_in(tmp_path)
    written = write_entries(book, 3, 5_000)
    whole = bytearray(book.path.read_bytes())
    whole[place] ^= bit
    book.path.write_bytes(whole)
    worker = VaultWorker(book, _ignore)
    for entry_id, draft in written.items():
        assert _entry(worker, entry_id).result().draft == draft
    worker.close()
    assert book.path.read_bytes()[:16] == SALT


@pytest.mark.parametrize("place", [16, 20, 100, 2000, 4016, 4095])
def test_a_damaged_first_page_is_damage_and_its_copy_opens_the_book(tmp_path: Path, place: int) -> None:
    book = book_in(tmp_path)
    write_entries(book, 3, 5_000)
    worker = VaultWorker(book, _ignore)
    assert worker.read(story.count).result() == 3
    worker.close()
    damaged = bytearray(book.path.read_bytes())
    damaged[place] ^= 1
    book.path.write_bytes(damaged)
    worker = VaultWorker(book, _ignore)
    assert isinstance(worker.read(story.count).exception(), BookDamaged)
    worker.close()
    assert book.path.read_bytes() == damaged
    copy = (tmp_path / "book.page1").read_bytes()
    book.path.write_bytes(copy + damaged[PAGE_BYTES:])
    worker = VaultWorker(book, _ignore)
    assert worker.read(story.count).result() == 3
    worker.close()


@pytest.mark.parametrize("length", [100, 4095, 4096, 3 * 4096, 40 * 4096])
def test_a_book_that_was_cut_short_is_damage(tmp_path: Path, length: int) -> None:
    book = book_in(tmp_path)
    written = write_entries(book, 24, 9_000)
    os.truncate(book.path, length)
    worker = VaultWorker(book, _ignore)
    problems = [_entry(worker, entry_id).exception() for entry_id in written]
    worker.close()
    assert any(problems)
    assert all(problem is None or isinstance(problem, BookDamaged) for problem in problems)


def test_a_file_of_zeros_is_damage_and_a_pdf_is_not_a_book(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    for contents, expected in ((bytes(40_960), BookDamaged), (b"%PDF-1.7" + bytes(40_960), NotABook)):
        book.path.write_bytes(contents)
        worker = VaultWorker(book, _ignore)
        assert isinstance(worker.read(story.count).exception(), expected)
        worker.close()
        assert book.path.read_bytes() == contents


def test_an_entry_that_no_longer_fits_its_digest_is_not_shown(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    entry_id, *_ = write_entries(book, 2, 100)
    changes: dict[str, object] = {
        "body": "other",
        "title": "other",
        "day": "2020",
        "kind": "letter",
        "in_book": 0,
        "recipient": "other",
        "created_at": "2020-01-01T00:00:00Z",
        "digest": b"",
    }
    for column, value in (*changes.items(), ("kind", "unheard of"), ("day", "never")):
        old = _set(book, entry_id, column, value)
        worker = VaultWorker(book, _ignore)
        assert isinstance(_entry(worker, entry_id).exception(), BookDamaged), column
        worker.close()
        _set(book, entry_id, column, old)
    worker = VaultWorker(book, _ignore)
    assert _entry(worker, entry_id).result().id == entry_id
    worker.close()


def _set(book: BookFile, entry_id: EntryId, column: str, value: object) -> object:
    """Change one column behind the app's back; what was there."""
    connection = opened(book)
    values = {"id": entry_id, "value": value}
    table, key = ("entry_text", "entry") if column == "body" else ("entry", "id")
    with transaction(connection):
        before = connection.execute(f"SELECT * FROM {table} WHERE {key} = :id", values).fetchone()  # noqa: S608
        connection.execute(f"UPDATE {table} SET {column} = :value WHERE {key} = :id", values)  # noqa: S608
    connection.close()
    assert before is not None
    old: object = before[column]
    return old


def test_a_record_that_no_longer_fits_its_digest_is_not_shown(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    connection = opened(book)
    with transaction(connection):
        draft = BabyDraft(names="Wren", measurements=(Measurement("weight", "345 g"),))
        baby = babies.add(connection, draft, AT)
        ceremony = ceremonies.add(connection, CeremonyDraft(label="In the garden", baby=baby.id), AT)
        page = entries.insert(connection, EntryDraft(body="x", babies=(baby.id,), tags=("sea",)), "x", AT)
    other: tuple[tuple[str, str, object], ...] = (
        *(("baby", column, "other") for column in ("names", "word", "place", "carers", "met", "notes")),
        *(("baby", column, "2020") for column in ("due", "learned", "born", "died")),
        *(("baby", column, "never") for column in ("due", "gestation")),
        *(("baby", "gestation", "20+6"), ("baby", "in_book", 0), ("baby", "digest", b"")),
        *(("measurement", "what", "length"), ("measurement", "value", "340 g")),
        *(("ceremony", column, "other") for column in ("label", "place", "readings", "music", "who")),
        *(("ceremony", column, "other") for column in ("rests", "notes", "day")),
        *(("ceremony", "baby_id", None), ("ceremony", "in_book", 0), ("ceremony", "digest", b"")),
        *(("entry_tag", "name", "lake"), ("entry_tag", "entry", None), ("entry_baby", "entry", None)),
    )

    def read() -> tuple[object, ...]:
        return (
            babies.all_of_them(connection),
            ceremonies.all_of_them(connection),
            entries.get(connection, page),
        )

    whole = read()
    assert whole[0] == (baby,)
    assert whole[1] == (ceremony,)
    for table, column, value in other:
        connection.execute("SAVEPOINT before")
        if value is None and table != "ceremony":
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - the names above
        else:
            connection.execute(f"UPDATE {table} SET {column} = :value", {"value": value})  # noqa: S608
        with pytest.raises(BookDamaged):
            read()
        connection.execute("ROLLBACK TO before")
        connection.execute("RELEASE before")
        assert read() == whole
    connection.close()


def test_the_same_key_is_needed(tmp_path: Path) -> None:
    book_in(tmp_path)
    worker = VaultWorker(BookFile(tmp_path, bytes(32), SALT), _ignore)
    assert isinstance(worker.read(story.count).exception(), BookDamaged)
    worker.close()
    worker = VaultWorker(BookFile(tmp_path, KEY, SALT), _ignore)
    assert worker.read(story.count).result() == 0
    worker.close()
