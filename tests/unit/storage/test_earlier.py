"""Before a book is brought to a newer version there is a copy of it that the older version opens."""

import os
from pathlib import Path

import pytest

from memorybook import files
from memorybook.errors import BookNewer, StorageFailed, UpdateNeedsRoom
from memorybook.storage import earlier, migrate
from memorybook.storage.book import BookFile
from tests.disks import small_disk
from tests.unit.storage.making import KEY, SALT, book_in, write_entries

SECOND = "ALTER TABLE entry ADD COLUMN mood TEXT;"


@pytest.fixture
def book(tmp_path: Path) -> BookFile:
    made = book_in(tmp_path / "book")
    write_entries(made, 40, 3000)
    for name in ("book.keys", "book.keys.copy"):
        (made.folder / name).write_bytes(name.encode())
    return made


def update(monkeypatch: pytest.MonkeyPatch, sql: str = SECOND) -> None:
    longer = (*migrate.steps(), (migrate.newest() + 1, sql))
    monkeypatch.setattr(migrate, "steps", lambda: longer)


def opened(book: BookFile) -> tuple[int, int]:
    """Open it as the program does; its version, and its pages."""
    connection = book.connect()
    (count,) = connection.execute("SELECT count(*) FROM entry").fetchone() or (-1,)
    version = migrate.version_of(connection)
    connection.close()
    return version, count


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_the_copy_is_made_first_and_the_older_version_opens_it(
    book: BookFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = book.path.read_bytes()
    with monkeypatch.context() as newer:
        update(newer)
        assert opened(book) == (2, 40)
        assert opened(book) == (2, 40)  # and not a second time
    copy = book.folder / "Before update 2"
    assert copies(book.folder) == [copy.name]
    assert (copy / "book.db").read_bytes() == before
    assert {path.name for path in copy.iterdir()} == {"book.db", "book.keys", "book.keys.copy", "README.txt"}
    assert "media" in (copy / "README.txt").read_text()
    with pytest.raises(BookNewer):
        opened(book)
    assert opened(BookFile(copy, KEY, SALT)) == (1, 40)


def test_nothing_is_copied_or_kept_out_without_need(book: BookFile) -> None:
    assert opened(book) == (1, 40)
    assert copies(book.folder) == []


def test_an_update_that_fails_leaves_the_book_and_makes_one_copy(
    book: BookFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        update(newer, f"{SECOND}\nINSERT INTO nothing VALUES (1);")
        for _ in range(3):
            with pytest.raises(Exception, match="nothing"):
                opened(book)
    assert opened(book) == (1, 40)
    assert copies(book.folder) == ["Before update 2"]


def test_what_is_in_the_way_is_left_and_what_was_unfinished_goes(
    book: BookFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, left = book.folder / "Before update 2", book.folder / ".before-0123456789abcdef.part"
    for folder in (taken, left):
        folder.mkdir()
        (folder / "book.db").write_bytes(b"something of mine")
    update(monkeypatch)
    assert opened(book) == (2, 40)
    assert copies(book.folder) == ["Before update 2", "Before update 2 (2)"]
    assert (taken / "book.db").read_bytes() == b"something of mine"


def test_a_damaged_page_keeps_nobody_out_and_is_copied_as_it_is(
    book: BookFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = bytearray(book.path.read_bytes())
    damaged[-2000] ^= 1
    book.path.write_bytes(damaged)
    update(monkeypatch)
    assert opened(book) == (2, 40)
    assert (book.folder / "Before update 2" / "book.db").read_bytes() == damaged


def test_a_copy_that_does_not_read_back_stops_the_update(
    book: BookFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = book.path.read_bytes()

    def write(path: Path, data: object, mode: int = 0o600) -> None:
        written = data if isinstance(data, bytes) else b"".join(data)  # type: ignore[arg-type]
        if path.name == "book.db":
            written = written[:-1] + bytes([written[-1] ^ 1])
        files.write_new(path, written, mode)

    with monkeypatch.context() as bad:
        update(bad)
        bad.setattr(earlier, "write_new", write)
        with pytest.raises(StorageFailed):
            opened(book)
    assert book.path.read_bytes() == before
    assert copies(book.folder) == []
    assert opened(book) == (1, 40)


def test_a_disk_without_room_for_it_says_so_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        book = book_in(disk.folder / "book")
        write_entries(book, 20, 3000)
        before = book.path.read_bytes()
        with monkeypatch.context() as newer:
            update(newer)
            disk.fill()
            with pytest.raises(UpdateNeedsRoom):
                opened(book)
            disk.free()
            assert book.path.read_bytes() == before
            assert copies(book.folder) == []
            assert opened(book) == (2, 20)
    assert not os.path.lexists(book.folder)
