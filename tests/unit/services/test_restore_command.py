"""The command that brings a book back, as it is typed; what is secret is asked for and never an argument."""

from pathlib import Path

import pytest

from memorybook.app import restore
from memorybook.errors import CopyDamaged, FolderInUse, WrongPassphrase
from memorybook.services.vault import Library
from memorybook.storage.header import PAGE_BYTES
from tests.books import PASSPHRASE
from tests.copies import Copied, copied, reads


@pytest.fixture
def copies(library: Library, tmp_path: Path) -> Copied:
    (tmp_path / "made").mkdir()
    return copied(library, tmp_path / "made", pages=2)


def run(*words: str | Path, secret: str = PASSPHRASE) -> int:
    return restore.run([str(word) for word in words], lambda _: secret)


def test_a_book_comes_back_and_the_old_one_is_kept(
    library: Library, copies: Copied, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(copies.place, "--list") == 0
    assert "one of the copies of a place" in capsys.readouterr().out
    assert run(copies.file, "--to", tmp_path / "new", "--words", secret=copies.sheet) == 0
    assert "pages 2, photos 1, recordings 1" in capsys.readouterr().out
    with pytest.raises(FolderInUse):
        run(copies.place, "--to", tmp_path / "new")
    assert run(copies.place, "--to", tmp_path / "new", "--replace") == 0
    assert "is kept in" in capsys.readouterr().out
    assert reads(library, tmp_path / "new") == copies.said
    assert len([path for path in tmp_path.iterdir() if path.name.startswith("new")]) == 2


def test_what_is_missing_is_named_and_nothing_is_put_in_place_unasked(
    copies: Copied, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (copies.place / "media").iterdir():
        path.unlink()
    assert run(copies.place, "--to", tmp_path / "new") == 1
    assert "Photo number 1: its file is gone or damaged." in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
    assert run(copies.place, "--to", tmp_path / "new", "--partly") == 3
    told = capsys.readouterr()
    assert "photos 1, recordings 1. Of these, 1 photo and 1 recording without the original." in told.out
    assert "not all that was in the book when it was copied" in told.err
    assert run(copies.place, "--to", tmp_path / "other", "--number", "9") == 1
    assert "--list" in capsys.readouterr().err
    with pytest.raises(WrongPassphrase):
        run(copies.place, "--to", tmp_path / "other", secret="not this one")


def test_what_is_left_of_damaged_words_is_looked_for_when_that_is_wanted(
    copies: Copied, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = copies.place / "snapshots" / "000001" / "book.db"
    data = bytearray(database.read_bytes())
    data[4 * PAGE_BYTES] ^= 1
    database.write_bytes(data)
    with pytest.raises(CopyDamaged):
        run(copies.place, "--to", tmp_path / "new")
    assert run(copies.place, "--to", tmp_path / "new", "--partly") in {0, 3}  # the page may hold nothing
    assert "What could be read is in a new book" in capsys.readouterr().out
    assert (tmp_path / "new" / "book.db").exists()
