"""Damage where nothing is that people wrote: the file is written anew from the rest, and all of it works."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import PutRight
from memorybook.errors import BookDamaged, CheckStopped
from memorybook.storage import anew, entries, inspection, story, transcript
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.worker import VaultWorker
from tests.reliability.every_page import make
from tests.unit.storage.making import AT, book_in, opened, write_entries


def _root(book: BookFile, name: str) -> int:
    connection = opened(book)
    try:
        row = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = :name", {"name": name}
        ).fetchone()
        assert row is not None
        return int(row[0])
    finally:
        connection.close()


def _harm(book: BookFile, page: int) -> None:
    with book.path.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES + 500)
        file.write(os.urandom(64))


def _said(book: BookFile) -> dict[str, bytes]:
    """Of every table but those of the index."""
    connection = opened(book)
    try:
        said = transcript.contents(connection, lambda: False)
    finally:
        connection.close()
    return {name: digest for name, digest in said.items() if not name.startswith("entry_search")}


def _found(connection: Connection, word: str) -> int:
    return len(story.found(connection, word, 100)[0])


def test_searching_and_keeping_go_on_when_the_index_of_words_is_damaged(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    written = write_entries(book, 12, 300)
    _harm(book, _root(book, "entry_search_data"))
    told: list[ChangeSet] = []
    worker = VaultWorker(book, told.append)
    try:
        assert worker.browse(lambda it: _found(it, '"page"')).result() == len(written)
        assert worker.put_right == {PutRight.FILE}
        assert any(changes.damage for changes in told)
    finally:
        worker.close()
    assert not inspection.bad_pages(book.path, book.key, book.salt, lambda _: None, lambda: False)
    _harm(book, _root(book, "entry_search_docsize"))
    worker = VaultWorker(book, told.append)
    try:
        draft = EntryDraft(title="lantern")
        worker.write(lambda it: (entries.insert(it, draft, "", AT), None)).result()
        assert worker.browse(lambda it: _found(it, '"lantern"')).result() == 1
    finally:
        worker.close()
    assert not list(book.folder.glob(".anew-*"))


@pytest.mark.parametrize("name", ["entry_story", "sqlite_autoindex_photo_1", "entry_search_idx"])
def test_all_that_was_said_is_said_by_the_new_file(tmp_path: Path, name: str) -> None:
    book = make(tmp_path).book
    said = _said(book)
    _harm(book, _root(book, name))
    assert anew.write(book, lambda _: None, lambda: False)
    assert _said(book) == said
    assert not inspection.bad_pages(book.path, book.key, book.salt, lambda _: None, lambda: False)


def _stop() -> bool:
    return True


def _go_on() -> bool:
    return False


@pytest.mark.parametrize(
    ("table", "stopped", "expected"),
    [("entry_text", _go_on, False), ("entry_search_data", _stop, CheckStopped)],
)
def test_a_file_that_would_lose_something_or_is_not_to_be_written_stays(
    tmp_path: Path, table: str, stopped: Callable[[], bool], expected: object
) -> None:
    book = book_in(tmp_path)
    write_entries(book, 3, 300)
    _harm(book, _root(book, table))
    before = book.path.read_bytes()
    if expected is CheckStopped:
        with pytest.raises(CheckStopped):
            anew.write(book, lambda _: None, stopped)
    else:
        assert anew.write(book, lambda _: None, stopped) is expected
    assert book.path.read_bytes() == before
    assert not list(book.folder.glob(".anew-*"))
    worker = VaultWorker(book, lambda _: None)
    try:
        if table == "entry_text":
            with pytest.raises(BookDamaged):
                worker.read(lambda it: entries.get(it, 1)).result()  # type: ignore[arg-type]
    finally:
        worker.close()


def test_a_whole_file_is_left_alone(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    write_entries(book, 3, 300)
    before = book.path.read_bytes()
    assert not anew.write(book, lambda _: None, lambda: False)
    assert book.path.read_bytes() == before
