"""Folders that look as if a renewal had left them: nothing is destroyed that it cannot have put there."""

import shutil
from pathlib import Path

import pytest

from memorybook.services.vault import Library
from memorybook.storage import swap
from tests.books import PASSPHRASE
from tests.unit.storage.renewing import NEW, OLD, Renewing, make, unlock

NUMBER = "0123456789abcdef"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    make(folder)
    return folder


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another book of the same person."""
    other = tmp_path / "other"
    make(other)
    return other


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def opened(folder: Path) -> None:
    """As a person opens it, whose passphrase is right."""
    unlock(folder, OLD)


@pytest.mark.parametrize("name", [".renewing-", ".renewed-", ".old-"])
def test_a_link_to_another_book_is_not_followed(folder: Path, other: Path, name: str) -> None:
    before, mine = files(other), files(folder)
    (folder / f"{name}{NUMBER}").symlink_to(other)
    opened(folder)
    assert files(other) == before
    assert {path: data for path, data in files(folder).items() if not path.startswith(".")} == mine


@pytest.mark.parametrize("target", ["../other/media", "media"])
def test_pictures_behind_a_link_among_old_files_stay(folder: Path, other: Path, target: str) -> None:
    before, mine = files(other), files(folder)
    old = folder / f".old-{NUMBER}"
    old.mkdir()
    (old / "media").symlink_to(target)
    opened(folder)
    assert files(other) == before
    assert files(folder) == mine


def test_pictures_of_another_book_behind_a_link_outlast_a_renewal(folder: Path, other: Path) -> None:
    before = files(other)
    shutil.rmtree(folder / "media")
    (folder / "media").symlink_to(other / "media")
    renewing = Renewing(folder)
    renewing.begin().result()
    renewing.close()
    unlock(folder, NEW)
    assert files(other) == before


def test_a_foreign_book_that_takes_the_place_destroys_nothing(library: Library, tmp_path: Path) -> None:
    library.create(tmp_path / "book", PASSPHRASE).close()
    foreign = tmp_path / "foreign"
    library.create(foreign, "of a stranger").close()
    mine = files(tmp_path / "book")
    foreign.rename(tmp_path / "book" / f".renewed-{NUMBER}")
    library.open(tmp_path / "book", "of a stranger").close()
    kept = files(tmp_path / "book" / f".old-{NUMBER}")
    assert {name: kept[name] for name in mine.keys() - {"book.lock"}} == {
        name: data for name, data in mine.items() if name != "book.lock"
    }


def test_an_older_copy_that_takes_the_place_destroys_nothing(library: Library, tmp_path: Path) -> None:
    """Also one from before a sheet was withdrawn, which the same passphrase opens."""
    book = tmp_path / "book"
    vault = library.create(book, PASSPHRASE)
    vault.close()
    older = shutil.copytree(book, tmp_path / "older")
    (older / "book.lock").unlink()
    shutil.rmtree(book / "media", ignore_errors=True)
    make(tmp_path / "newer")
    newer = files(tmp_path / "newer")
    aside = book / f".old-{NUMBER}"
    shutil.copytree(tmp_path / "newer", aside)
    library.open(book, PASSPHRASE).close()
    assert files(aside) == newer
    shutil.rmtree(aside)
    shutil.copytree(older, aside)
    kept = files(aside)
    library.open(book, PASSPHRASE).close()
    assert files(aside) == kept, "a copy of the same book"


def test_what_is_newer_stays_whatever_opens_the_book(folder: Path, tmp_path: Path) -> None:
    before = shutil.copytree(folder, tmp_path / "before")
    renewing = Renewing(folder)
    renewing.begin().result()
    renewing.close()
    newer = files(folder)
    shutil.copytree(before, folder / f".renewed-{NUMBER}")
    unlock(folder, OLD)
    kept = files(folder / f".old-{NUMBER}")
    assert kept == {name: data for name, data in newer.items() if name in kept}
    assert {"book.db", "book.keys", "book.keys.copy"} <= kept.keys()


def test_the_log_of_the_book_stays_beside_it(folder: Path) -> None:
    """What a crash left in it are words that were kept."""
    for name in (".renewed-", ".old-"):
        (folder / f"{name}{NUMBER}").mkdir()
    (folder / "book.db-wal").write_bytes(b"words that were kept")
    swap.finish_swap(folder)
    assert (folder / "book.db-wal").read_bytes() == b"words that were kept"


def test_what_a_stranger_put_beside_the_new_book_stays(folder: Path) -> None:
    ready = folder / f".renewed-{NUMBER}"
    shutil.copytree(folder, ready)
    (ready / "mine").mkdir()
    (ready / "mine" / "letter.txt").write_text("mine")
    opened(folder)
    assert (ready / "mine" / "letter.txt").read_text() == "mine"
