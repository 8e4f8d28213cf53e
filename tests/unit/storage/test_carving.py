"""The pages of a database read outside SQLite give what SQLite gives, and nothing that is wrong breaks it."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.storage import btree, entries
from memorybook.storage.btree import Payload
from memorybook.storage.carving import USABLE, Page, Pages
from memorybook.storage.connection import transaction
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.rows import GAP, Carved
from memorybook.storage.sql_rows import SqlRows
from memorybook.storage.tables import known
from tests.unit.storage.making import AT, KEY, SALT, book_in, opened, write_entries


def _bodies(carved: Carved) -> dict[int, object]:
    return {
        number: next(carved.rows("entry_text", number)).values["body"] for number in carved.ids("entry_text")
    }


def _damaged(path: Path, *numbers: int) -> None:
    data = bytearray(path.read_bytes())
    for number in numbers:
        data[(number - 1) * PAGE_BYTES : number * PAGE_BYTES] = bytes(PAGE_BYTES)
    path.write_bytes(data)


def _expected(written: dict[EntryId, EntryDraft]) -> dict[int, object]:
    return {int(number): draft.body for number, draft in written.items()}


def test_every_row_is_read_as_sqlite_reads_it(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    written = write_entries(book, 40, 9_000)
    with Pages(book.path, KEY, SALT) as pages:
        carved = Carved(pages, {})
        sql = SqlRows(book.path, KEY, SALT)
        assert pages.bad == set()
        assert pages.version == 1
        assert _bodies(carved) == _expected(written)
        for name, table in known().items():
            if table.key:
                assert carved.ids(name) == sql.ids(name)
                for number in carved.ids(name):
                    (row,), (other,) = carved.rows(name, number), sql.rows(name, number)
                    assert row == other
                    assert row.is_sure
            else:
                assert sorted(map(repr, carved.all(name))) == sorted(map(repr, sql.all(name)))
        assert carved.named("entry") == carved.ids("entry")
        sql.close()


def test_what_is_only_in_the_log_is_there_and_what_was_not_committed_is_not(tmp_path: Path) -> None:
    book = book_in(tmp_path / "book")
    write_entries(book, 3, 9_000)
    connection = opened(book)
    with transaction(connection):
        late = entries.insert(connection, EntryDraft(title="late", body="in the log" * 900), "", AT)
    committed = (tmp_path / "book" / "book.db-wal").stat().st_size
    connection.set_authorizer(None)
    connection.execute("PRAGMA cache_size = 20")  # what does not fit goes to the log before it is committed
    connection.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        entries.insert(connection, EntryDraft(title="never", body=os.urandom(200_000).hex()), "", AT)
    shutil.copytree(tmp_path / "book", tmp_path / "copy")
    connection.execute("ROLLBACK")
    connection.close()
    assert (tmp_path / "copy" / "book.db-wal").stat().st_size > committed + 500_000, "the control"
    with Pages(tmp_path / "copy" / "book.db", KEY, SALT) as pages:
        carved = Carved(pages, {})
        assert len(carved.ids("entry")) == 4
        assert _bodies(carved)[late] == "in the log" * 900
    (tmp_path / "copy" / "book.db-wal").unlink()
    with Pages(tmp_path / "copy" / "book.db", KEY, SALT) as pages:
        assert len(Carved(pages, {}).ids("entry")) == 3, "the control"


def test_an_older_version_of_a_page_serves_where_the_newest_is_damaged(tmp_path: Path) -> None:
    book = book_in(tmp_path / "book")
    (number,) = write_entries(book, 1, 100)
    connection = opened(book)
    with transaction(connection):
        connection.execute("UPDATE entry_text SET body = 'newer'")
    shutil.copytree(tmp_path / "book", tmp_path / "copy")
    connection.close()
    log = tmp_path / "copy" / "book.db-wal"
    log.write_bytes(log.read_bytes()[:56] + bytes(log.stat().st_size - 56))
    with Pages(tmp_path / "copy" / "book.db", KEY, SALT) as pages:
        (row,) = Carved(pages, {}).rows("entry_text", number)
        assert row.is_sure
        assert row.values["body"] != "newer"


@pytest.mark.parametrize("salt", [SALT, None])
def test_without_page_one_and_without_the_salt(tmp_path: Path, salt: bytes | None) -> None:
    """The control: SQLite itself reads nothing at all."""
    book = book_in(tmp_path)
    written = write_entries(book, 40, 9_000)
    _damaged(book.path, 1)
    sql = SqlRows(book.path, KEY, SALT)
    assert sql.ids("entry") == frozenset()
    sql.close()
    with Pages(book.path, KEY, salt) as pages:
        carved = Carved(pages, {})
        assert _bodies(carved) == _expected(written)


def test_the_copy_of_page_one_is_used(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    write_entries(book, 3, 100)
    spare = book.path.read_bytes()[:PAGE_BYTES]
    _damaged(book.path, 1)
    with Pages(book.path, KEY, SALT, spare=spare) as pages:
        assert pages.version == 1
        assert pages.bad == {1}
    with Pages(book.path, KEY, SALT, spare=bytes(PAGE_BYTES)) as pages:
        assert pages.version is None


def test_a_text_with_a_page_gone_is_given_in_part_and_says_so(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    written = write_entries(book, 6, 30_000)
    with Pages(book.path, KEY, SALT) as pages:
        carved = Carved(pages, {})
        leaf, place = carved._located("entry_text")[3][0]
        page = pages.page(leaf)
        assert page is not None
        cell = btree.cell(page, btree.TABLE_LEAF, place)
        assert cell is not None
        second = pages.page(cell.overflow)
        assert second is not None
        gone = int.from_bytes(second.content[:4], "big")
    _damaged(book.path, gone)
    with Pages(book.path, KEY, SALT) as pages:
        (row,) = Carved(pages, {}).rows("entry_text", 3)
        body = str(row.values["body"])
        before, after = body.split(GAP)
        assert not row.is_sure
        assert row.in_part == frozenset({"body"})
        assert written[EntryId(3)].body.startswith(before)
        assert written[EntryId(3)].body.endswith(after)
        assert len(before) + len(after) == 30_000 - btree.ON_OVERFLOW


def test_sqlite_itself_reads_the_rest_with_a_fresh_connection_after_each_failure(tmp_path: Path) -> None:
    """The control: one connection alone reads nothing more once it has come upon a damaged page."""
    book = book_in(tmp_path)
    written = write_entries(book, 30, 9_000)
    with Pages(book.path, KEY, SALT) as pages:
        carved = Carved(pages, {})
        gone = [carved._located("entry_text")[number][0][0] for number in (4, 20)]
        lost = [number for number, places in carved._located("entry_text").items() if places[0][0] in gone]
    _damaged(book.path, *gone)
    sql = SqlRows(book.path, KEY, SALT)
    found = {number: row for number in written for row in sql.rows("entry_text", number)}
    assert found.keys() == written.keys() - set(lost)
    assert all(row.values["body"] == written[EntryId(number)].body for number, row in found.items())
    assert sql.ids("entry_text") >= found.keys() - set(lost) - set(range(min(lost), max(lost)))
    sql.close()
    connection = opened(book)
    read = 0
    for number in written:
        try:
            connection.execute("SELECT body FROM entry_text WHERE entry = :id", {"id": number}).fetchone()
            connection.execute("SELECT count(*) FROM entry").fetchone()
            read += 1
        except dbapi2.DatabaseError:
            continue
    connection.close()
    assert read < len(found)


def test_another_key_gives_nothing(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    write_entries(book, 20, 9_000)
    for salt in (SALT, None):
        with Pages(book.path, bytes(32), salt) as pages:
            assert Carved(pages, {}).ids("entry") == frozenset()


@given(st.binary(min_size=USABLE, max_size=USABLE), st.integers(1, 3), st.sampled_from([2, 5, 10, 13]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_at_all_break_it(content: bytes, number: int, kind: int) -> None:
    start = 100 if number == 1 else 0
    page = Page(number, content[:start] + bytes([kind]) + content[start + 1 :], is_sure=False)
    node = btree.node(page)
    for place in () if node is None else node.cells:
        cell = btree.cell(page, kind, place)
        if cell is not None and cell.length < 1 << 16:
            payload = btree.payload(cell, True, lambda _: page)  # noqa: FBT003 - what is sure of it
            btree.record(payload)


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_a_record_of_any_bytes_is_one_or_none(data: bytes) -> None:
    record = btree.record(Payload(data, (), is_sure=False))
    assert record is None or len(record[0]) == len(record[1])
