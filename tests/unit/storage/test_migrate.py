"""A database comes to the newest version step by step, each whole or not begun."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from memorybook.storage import connection, migrate
from tests.unit.storage.making import KEY, SALT, book_in, opened


def test_a_new_book_has_the_newest_version(tmp_path: Path) -> None:
    open_book = opened(book_in(tmp_path))
    row = open_book.execute("PRAGMA user_version").fetchone()
    assert row is not None
    assert row[0] == migrate.newest() == len(migrate.steps())
    open_book.close()


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    open_book = opened(book)
    migrate.migrate(open_book)
    assert open_book.total_changes == 0
    open_book.close()


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_in(tmp_path)
    broken = (*migrate.steps(), (2, "CREATE TABLE half (x);\nCREATE TABLE half (x);"))
    monkeypatch.setattr(migrate, "steps", lambda: broken)
    open_book = opened(book)
    with pytest.raises(dbapi2.OperationalError):
        migrate.migrate(open_book)
    row = open_book.execute("PRAGMA user_version").fetchone()
    tables = open_book.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").fetchone()
    assert row is not None
    assert tables is not None
    assert (row[0], tables[0]) == (1, 0)
    open_book.close()


def test_a_later_step_runs_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_in(tmp_path)
    longer = (
        *migrate.steps(),
        (2, "-- a remark; with a semicolon\nINSERT INTO preference VALUES ('a', 'b;c');"),
    )
    monkeypatch.setattr(migrate, "steps", lambda: longer)
    for _ in range(2):
        open_book = connection.connect(book.path, KEY, SALT, newest=2)
        migrate.migrate(open_book)
        row = open_book.execute("SELECT count(*), max(value) FROM preference").fetchone()
        assert row is not None
        assert (row[0], row[1]) == (1, "b;c")
        open_book.close()


def test_the_first_step_is_frozen() -> None:
    """Books of every age were made by it: a change belongs into a step of its own."""
    import hashlib

    assert hashlib.sha256(migrate.steps()[0][1].encode()).hexdigest() == FIRST_STEP


FIRST_STEP = "e3f04e2be9f534b58fead1dfa4624b05e8c2d0ca4b03bd53bd046984473e4c24"
