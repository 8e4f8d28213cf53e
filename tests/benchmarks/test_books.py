"""The books that are measured are books as people write them."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from memorybook.domain.entry import EntryRow
from memorybook.services.times import stamp
from memorybook.services.vault import Library, Vault
from memorybook.storage.connection import Connection
from memorybook.system.decoder import Decoder
from tests.benchmarks import books, words

SIZE = books.Size(300, 12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("books") / "book"
    books.make(made, SIZE)
    return made


@pytest.fixture
def book(folder: Path, decoder: Decoder) -> Iterator[Vault]:
    opened = Library(decoder=decoder, clock=books.DayClock()).open(folder, books.PASSPHRASE)
    yield opened
    opened.close()


def all_rows(vault: Vault) -> list[EntryRow]:
    rows: list[EntryRow] = []
    page = vault.journal.page().result()
    rows.extend(page.rows)
    while page.following is not None:
        page = vault.journal.page(page.following).result()
        rows.extend(page.rows)
    return rows


def table(vault: Vault, name: str) -> list[list[Any]]:
    def work(connection: Connection) -> list[list[Any]]:
        rows = connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()  # noqa: S608 - our own names
        return [list(row) for row in rows]  # type: ignore[call-overload]  # a row is a sequence

    return vault._worker.read(work).result()


def test_every_page_reads_back_with_its_digest(book: Vault) -> None:
    written = {draft.day: draft for draft in books.drafts(SIZE.pages)}
    rows = all_rows(book)
    assert book.journal.count().result() == len(rows) == len(written) == SIZE.pages
    assert [row.day.as_date() for row in rows] == [
        books.LAST_DAY - datetime.timedelta(days=number) for number in range(SIZE.pages)
    ]
    for row in rows:
        entry = book.journal.entry(row.id).result()  # BookDamaged when the digest is another
        assert (entry.draft.title, entry.draft.body) == (written[row.day].title, written[row.day].body)
        assert 125 <= len(entry.draft.body.split()) <= 175


def test_words_are_found_as_often_as_they_were_written(book: Vault) -> None:
    pages = list(words.pages(SIZE.pages, books.SEED))
    common = sum(page.is_common for page in pages)
    assert sum(page.is_rare for page in pages) == words.RARE_PAGES
    assert SIZE.pages / 2 < common < SIZE.pages * 2 / 3
    assert len(book.journal.search(words.RARE).result().rows) == words.RARE_PAGES
    assert len(book.journal.search(words.COMMON, limit=SIZE.pages).result().rows) == common
    assert len(book.journal.search(words.COMMON[:3], limit=SIZE.pages).result().rows) >= common
    assert all(row.hits for row in book.journal.search(words.RARE).result().rows)


def test_pictures_are_whole_and_each_is_another(book: Vault) -> None:
    on_pages = [book.journal.entry(row.id).result().draft.photos for row in all_rows(book)]
    photos = book.album.photos([photo for page in on_pages for photo in page]).result()
    assert [len(page) for page in on_pages[:5]] == [3, 3, 3, 3, 0]
    assert len({photo.digest for photo in photos}) == SIZE.pictures
    originals = {book.album.original_now(photo.id) for photo in photos}
    assert originals == {books.picture(number) for number in range(SIZE.pictures)}
    assert all(book.album.thumbnail(photo.id).result() for photo in photos)


def test_rows_are_those_the_journal_writes(book: Vault, decoder: Decoder, tmp_path: Path) -> None:
    """Text, digest, excerpt, times and index, compared with pages kept one by one."""
    clock = books.DayClock()
    library = Library(decoder=decoder, clock=clock, kdf=books.QUICK)
    other = library.create(tmp_path / "other", books.PASSPHRASE)
    try:
        for draft in reversed(list(books.drafts(SIZE.pages))):
            clock.day = draft.day.as_date() or books.LAST_DAY
            other.journal.keep(None, draft).result()
        clock.day = books.LAST_DAY
        for number in range(SIZE.pictures):
            page = other.journal.page(limit=200).result().rows[number // 3]
            other.album.add(page.id, books.picture(number)).result()
        for name in ("entry", "entry_photo", "person"):
            assert table(other, name) == table(book, name), name
        notes = [[row[1:] for row in table(vault, "preference")] for vault in (book, other)]
        assert notes[0] == notes[1]  # what stands before them names the passphrase by a random number
        lengths = [[row[:2] for row in table(vault, "entry_search_docsize")] for vault in (book, other)]
        assert lengths[0] == lengths[1]  # what follows counts transactions
        for query in (words.RARE, words.COMMON, "th", f"{words.COMMON} the", "q"):
            pages = [vault.journal.search(query, limit=300).result() for vault in (book, other)]
            found = [[(row.id, row.excerpt, row.hits) for row in page.rows] for page in pages]
            assert found[0] == found[1], query
    finally:
        other.close()


def test_a_page_bears_the_evening_of_its_day(book: Vault) -> None:
    newest = all_rows(book)[-1]
    day = newest.day.as_date()
    assert day is not None
    assert book.journal.entry(newest.id).result().created_at == stamp(books.DayClock(day))


def test_the_same_seed_makes_the_same_words() -> None:
    assert list(words.pages(40, 7)) == list(words.pages(40, 7)) != list(words.pages(40, 8))


def test_a_book_is_made_once_and_kept(tmp_path: Path) -> None:
    said: list[str] = []
    size = books.Size(3, 0)
    (tmp_path / "3-0-made-by-an-older-program").mkdir()
    first = books.kept(size, tmp_path, said.append)
    made = (first / "book.db").stat().st_mtime_ns
    assert books.kept(size, tmp_path, said.append) == first
    assert (first / "book.db").stat().st_mtime_ns == made
    assert len(said) == 1
    assert [item.name for item in tmp_path.iterdir()] == [first.name]
