"""The one function that opens books, against every way it could go wrong without a word."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from memorybook.errors import BookDamaged, BookNewer, NotABook
from memorybook.storage import connection
from memorybook.storage.book import BookFile
from memorybook.storage.connection import check_sentinel, transaction
from memorybook.storage.migrate import newest
from tests.books import open_files
from tests.unit.storage.making import KEY, SALT, book_in, opened

CANARY = "canary words of a diary"


def test_nothing_of_a_new_book_is_in_clear(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    open_book = opened(book)
    with transaction(open_book):
        open_book.execute("INSERT INTO preference VALUES ('x', :value)", {"value": CANARY})
    wal = (tmp_path / "book.db-wal").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"book.db", "book.db-wal"}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tmp_path.iterdir())
    open_book.close()
    data = book.path.read_bytes() + wal
    for secret in (CANARY.encode(), b"SQLite format 3", b"CREATE TABLE"):
        assert secret not in data
    assert book.path.read_bytes()[:16] == SALT
    connection.verify_encrypted(book.path, SALT)


def test_a_book_that_is_in_clear_after_all_is_noticed(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "book.db")
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    with pytest.raises(BookDamaged):
        connection.verify_encrypted(tmp_path / "book.db", SALT)


@pytest.mark.parametrize(
    ("key", "salt"), [(KEY[:-1], SALT), (KEY + b"x", SALT), (KEY, b""), (KEY, SALT[:-1])]
)
def test_a_raw_key_of_the_wrong_length_is_refused(tmp_path: Path, key: bytes, salt: bytes) -> None:
    with pytest.raises(ValueError, match="96 digits"):
        connection.begin(tmp_path / "book.db", key, salt)
    assert not (tmp_path / "book.db").read_bytes()


def test_a_missing_book_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(dbapi2.OperationalError):
        connection.connect(tmp_path / "book.db", KEY, SALT, newest=1)
    assert not list(tmp_path.iterdir())


def test_an_empty_file_is_not_made_a_book(tmp_path: Path) -> None:
    (tmp_path / "book.db").write_bytes(b"")
    with pytest.raises(NotABook):
        connection.connect(tmp_path / "book.db", KEY, SALT, newest=1)
    assert (tmp_path / "book.db").stat().st_size == 0


def test_a_new_book_does_not_take_the_place_of_anything(tmp_path: Path) -> None:
    book_in(tmp_path)
    before = (tmp_path / "book.db").read_bytes()
    with pytest.raises(Exception, match="StorageFailed"):
        connection.begin(tmp_path / "book.db", KEY, SALT)
    assert (tmp_path / "book.db").read_bytes() == before


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    with pytest.raises(dbapi2.DatabaseError) as raised:
        connection.connect(book.path, bytes(32), SALT, newest=1)
    assert raised.value.sqlite_errorcode == dbapi2.SQLITE_NOTADB


def test_names_that_mean_something_in_an_address_are_only_names(tmp_path: Path) -> None:
    for name in ("a?mode=memory", "b#c", "d%2e", "ein Buch", "Buch für Élan", "e&f=g"):
        opened(book_in(tmp_path / name)).close()
        assert (tmp_path / name / "book.db").stat().st_size > 4096


@pytest.mark.parametrize("number", [2, 1000])
def test_a_newer_book_is_refused_unchanged(tmp_path: Path, number: int) -> None:
    book = book_in(tmp_path)
    open_book = opened(book)
    open_book.execute(f"PRAGMA user_version = {number}")
    open_book.close()
    before = book.path.read_bytes()
    with pytest.raises(BookNewer):
        opened(book)
    assert book.path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["book.db"]


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    open_book = connection.begin(tmp_path / "book.db", KEY, SALT)
    open_book.execute("CREATE TABLE theirs (x)")
    open_book.close()
    with pytest.raises(NotABook):
        connection.connect(tmp_path / "book.db", KEY, SALT, newest=newest())


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE ':memory:' AS other KEY ''",
        "ATTACH DATABASE 'plain.db' AS plain KEY ''",
        "DETACH DATABASE main",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
        "PRAGMA writable_schema = ON",
        "PRAGMA temp_store = 1",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA rekey = 'x'",
        "PRAGMA hexrekey = 'ff'",
        "PRAGMA key = 'x'",
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA cipher_use_hmac = OFF",
        "PRAGMA trusted_schema = ON",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA ignore_check_constraints = ON",
    ],
)
def test_doors_that_are_not_used_are_closed(tmp_path: Path, statement: str) -> None:
    open_book = opened(book_in(tmp_path))
    with pytest.raises(dbapi2.DatabaseError):
        open_book.execute(statement)
    open_book.close()
    assert [path.name for path in tmp_path.iterdir()] == ["book.db"]
    opened(BookFile(tmp_path, KEY, SALT)).close()


def test_a_second_connection_finds_it_taken(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    first = opened(book)
    with pytest.raises(dbapi2.OperationalError) as raised:
        opened(book)
    assert raised.value.sqlite_errorcode == dbapi2.SQLITE_BUSY
    first.close()


def test_a_transaction_is_whole_or_nothing(tmp_path: Path) -> None:
    open_book = opened(book_in(tmp_path))

    def put(*keys: str) -> None:
        with transaction(open_book):
            for key in keys:
                open_book.execute("INSERT INTO preference VALUES (:key, '')", {"key": key})
            if "stop" in keys:
                raise KeyError

    put("a")
    with pytest.raises(KeyError):
        put("b", "stop")
    with pytest.raises(dbapi2.IntegrityError):
        put("c", "a")
    assert [row["key"] for row in open_book.execute("SELECT key FROM preference")] == ["a"]
    assert not open_book.in_transaction
    open_book.close()


def test_types_are_held_to(tmp_path: Path) -> None:
    open_book = opened(book_in(tmp_path))
    with pytest.raises(dbapi2.IntegrityError), transaction(open_book):
        open_book.execute("INSERT INTO preference VALUES ('a', :value)", {"value": b"bytes"})
    with pytest.raises(dbapi2.IntegrityError), transaction(open_book):
        open_book.execute("INSERT INTO entry_photo VALUES (1, 1, 0)")
    open_book.close()


def test_the_sentinel_has_to_be_there(tmp_path: Path) -> None:
    open_book = opened(book_in(tmp_path))
    check_sentinel(open_book)
    with transaction(open_book):
        open_book.execute("UPDATE meta SET value = 'x' WHERE key = 'sentinel'")
    with pytest.raises(BookDamaged):
        check_sentinel(open_book)
    open_book.close()


def test_nothing_is_written_outside_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "HOME"):
        monkeypatch.setenv(name, str(elsewhere))
    open_book = opened(book_in(tmp_path / "book"))
    with transaction(open_book):
        open_book.executemany(
            "INSERT INTO preference VALUES (:key, :value)",
            [{"key": str(n), "value": os.urandom(500).hex()} for n in range(20_000)],
        )
    cursor = open_book.execute("SELECT value FROM preference ORDER BY value")
    cursor.fetchone()
    assert not any("etilqs" in name for name in open_files())
    del cursor
    open_book.close()
    assert not list(elsewhere.iterdir())


def test_errors_of_the_cipher_are_not_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    book = book_in(tmp_path)
    data = bytearray(book.path.read_bytes())
    data[3000] ^= 1
    book.path.write_bytes(data)
    with pytest.raises(dbapi2.DatabaseError):
        opened(book)
    captured = capfd.readouterr()
    assert not captured.err
    assert not captured.out
