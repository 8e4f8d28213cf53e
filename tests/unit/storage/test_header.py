"""What lies where the book should be is told apart without any key."""

import os
import sqlite3
from pathlib import Path

import pytest

from memorybook.errors import BookEmpty, BookMissing, NotABook
from memorybook.storage import header
from tests.disks import read_only
from tests.unit.storage.making import KEY, SALT, book_in, write_entries


def _plain_database(path: Path) -> bytes:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    return path.read_bytes()


FOREIGN = {
    "pdf": b"%PDF-1.7\n" + os.urandom(8000),
    "zip": b"PK\x03\x04" + os.urandom(8000),
    "jpeg": b"\xff\xd8\xff\xe0" + os.urandom(8000),
    "text": ("Liebe Großmutter, heute war ein stiller Tag.\n" * 200).encode(),
    "short text": b"hello",
    "page": b"<!DOCTYPE html><html></html>",
    "keys": b"MBKEYS1\n" + os.urandom(400),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_something_else_is_recognised(kind: str) -> None:
    page = FOREIGN[kind][: header.PAGE_BYTES]
    assert header.is_foreign(page)
    assert not header.looks_encrypted(page)


def test_a_plain_database_is_recognised(tmp_path: Path) -> None:
    assert header.is_foreign(_plain_database(tmp_path / "plain.db"))


def test_random_pages_look_encrypted() -> None:
    for _ in range(2000):
        page = os.urandom(header.PAGE_BYTES)
        assert header.looks_encrypted(page)


@pytest.mark.parametrize("page", [bytes(4096), b"\xff" * 4096, os.urandom(512), os.urandom(1) + bytes(4095)])
def test_a_damaged_page_is_neither(page: bytes) -> None:
    assert not header.is_foreign(page)
    assert not header.looks_encrypted(page)


def test_what_is_not_there_or_empty_says_so(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    with pytest.raises(BookMissing):
        header.first_page(path)
    with pytest.raises(BookMissing):
        header.first_page(tmp_path / "gone" / "book.db")
    path.write_bytes(b"")
    with pytest.raises(BookEmpty):
        header.first_page(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(NotABook):
        header.first_page(path)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(NotABook):
        header.first_page(path)


def test_the_first_page_is_copied_when_it_has_changed(tmp_path: Path) -> None:
    database, copy = tmp_path / "book.db", tmp_path / header.COPY_NAME
    database.write_bytes(os.urandom(8192))
    header.keep_copy(tmp_path, database)
    assert copy.read_bytes() == database.read_bytes()[:4096]
    first = copy.stat().st_ino
    header.keep_copy(tmp_path, database)
    assert copy.stat().st_ino == first
    database.write_bytes(os.urandom(8192))
    with read_only(tmp_path):
        header.keep_copy(tmp_path, database)
    assert copy.read_bytes() != database.read_bytes()[:4096]
    header.keep_copy(tmp_path, database)
    assert copy.read_bytes() == database.read_bytes()[:4096]


def test_a_file_shorter_than_a_page_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "book.db").write_bytes(os.urandom(100))
    header.keep_copy(tmp_path, tmp_path / "book.db")
    assert not (tmp_path / header.COPY_NAME).exists()


def test_a_whole_page_shows_its_key_and_salt(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    write_entries(book, 4, 3_000)
    data = book.path.read_bytes()
    pages = [data[start : start + header.PAGE_BYTES] for start in range(0, len(data), header.PAGE_BYTES)]
    assert len(pages) > 20
    for number, page in enumerate(pages, 1):
        assert header.page_fits(page, number, KEY, SALT)
        assert not header.page_fits(page, number + 1, KEY, SALT)
        assert not header.page_fits(page, number, bytes(32), SALT)
        assert not header.page_fits(page, number, KEY, bytes(16))
        for place in (16, 2000, 4095):
            damaged = bytearray(page)
            damaged[place] ^= 1
            assert not header.page_fits(bytes(damaged), number, KEY, SALT)
    assert not header.page_fits(pages[0][:-1], 1, KEY, SALT)


def test_every_damaged_page_of_a_file_is_told(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    write_entries(book, 4, 3_000)
    data = book.path.read_bytes()
    count = len(data) // header.PAGE_BYTES
    assert list(header.whole_pages(book.path, KEY, SALT)) == [True] * count
    for number in range(count):
        damaged = bytearray(data)
        damaged[number * header.PAGE_BYTES + 77] ^= 1
        book.path.write_bytes(damaged)
        expected = [each != number for each in range(count)]
        assert list(header.whole_pages(book.path, KEY, SALT)) == expected
    book.path.write_bytes(data[:-1])
    assert list(header.whole_pages(book.path, KEY, SALT))[-1] is False


def test_one_whole_page_is_enough(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    data = bytearray(book.path.read_bytes())
    assert header.fits(book.path, KEY, SALT)
    for start in range(0, len(data) - header.PAGE_BYTES, header.PAGE_BYTES):
        data[start + 99] ^= 1
    book.path.write_bytes(data)
    assert header.fits(book.path, KEY, SALT)
    data[-1] ^= 1
    book.path.write_bytes(data)
    assert not header.fits(book.path, KEY, SALT)
    with pytest.raises(BookMissing):
        header.fits(tmp_path / "gone", KEY, SALT)


def test_a_salt_is_found_in_front_of_the_book_and_in_the_copy(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    assert list(header.salts(tmp_path, book.path)) == [SALT]
    header.keep_copy(tmp_path, book.path)
    assert list(header.salts(tmp_path, book.path)) == [SALT]
    book.path.write_bytes(bytes(16) + book.path.read_bytes()[16:])
    assert list(header.salts(tmp_path, book.path)) == [bytes(16), SALT]
    book.path.unlink()
    assert list(header.salts(tmp_path, book.path)) == [SALT]
