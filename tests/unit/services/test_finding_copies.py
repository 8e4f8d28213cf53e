"""Where copies are found, whatever a person points at, and copies of folders in unusual states."""

import shutil
from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.domain.restoring import CopyKind
from memorybook.errors import NoCopyHere, RecoveryWordsMistyped, RecoveryWordsOther
from memorybook.services.restoring import ByPassphrase, ByWords, Restoring
from memorybook.services.vault import Library
from memorybook.storage.header import PAGE_BYTES
from memorybook.system.clock import SystemClock
from tests.books import PASSPHRASE
from tests.copies import Copied, copied, copy_to, reads, take

KEY = ByPassphrase(PASSPHRASE)


@pytest.fixture
def copies(library: Library, tmp_path: Path) -> Copied:
    (tmp_path / "made").mkdir()
    return copied(library, tmp_path / "made", pages=2)


@pytest.fixture
def restoring() -> Restoring:
    return Restoring(SystemClock())


def test_a_place_is_found_from_every_folder_that_may_be_pointed_at(
    library: Library, restoring: Restoring, copies: Copied
) -> None:
    stick, snapshot = copies.place.parent, copies.place / "snapshots" / "000001"
    vault = library.open(copies.book, PASSPHRASE)
    vault.journal.keep(None, EntryDraft(title="More")).result()
    vault.backups.add_place(stick).result()
    copy_to(vault, stick)
    vault.close()
    for path in (
        stick,
        copies.place,
        copies.place / "snapshots",
        copies.place / "media",
        copies.place / "README.txt",
    ):
        found = restoring.find(path)
        assert [(each.kind, each.sequence) for each in found] == [
            (CopyKind.SNAPSHOT, 2),
            (CopyKind.SNAPSHOT, 1),
        ], path
        assert all(each.looks_complete for each in found)
    assert [each.sequence for each in restoring.find(snapshot)] == [1]
    assert [each.sequence for each in restoring.find(snapshot / "book.db")] == [1]
    everything = restoring.find(copies.book.parent)
    assert {each.kind for each in everything} == set(CopyKind)
    assert len({each.book for each in everything}) == 1
    next((copies.place / "media").iterdir()).unlink()
    assert not any(each.looks_complete for each in restoring.find(stick))
    (copies.place / "snapshots" / ".going-000001").mkdir()
    (copies.place / "snapshots" / "7").mkdir()
    assert len(restoring.find(stick)) == 2


def test_the_order_is_that_of_the_numbers_whatever_the_clock_said(
    library: Library, restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    first = copies.place / "snapshots" / "000001"
    shutil.copytree(first, copies.place / "snapshots" / "000009")
    manifest = copies.place / "snapshots" / "000009" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"made_at":"20', b'"made_at":"19'))
    assert [each.sequence for each in restoring.find(copies.place)] == [9, 1]
    shutil.rmtree(copies.place)
    with pytest.raises(NoCopyHere):
        restoring.find(tmp_path / "made" / "stick")
    assert reads(library, copies.book) == copies.said


def test_a_folder_copied_while_a_new_book_was_put_in_its_place(
    library: Library, restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    """What had not moved up yet lies in a folder of its own; the old files are still in their places."""
    half = Path(shutil.copytree(copies.book, tmp_path / "half"))
    ready = half / ".renewed-0123456789abcdef"
    ready.mkdir()
    for name in ("book.db", "media", "book.keys.copy"):
        (half / name).rename(ready / name)
    (half / "book.db").write_bytes(bytes(range(256)) * 64)
    (half / "book.db-wal").write_bytes(b"the log of the old one")
    brought = take(restoring, half, tmp_path / "target", KEY)
    assert brought.is_whole
    restoring.put_in_place(brought)
    assert reads(library, tmp_path / "target") == copies.said


def test_the_copy_from_before_an_update_has_its_pictures_one_level_up(
    library: Library, restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    before = copies.book / "Before update 2"
    before.mkdir()
    for name in ("book.db", "book.keys", "book.keys.copy"):
        shutil.copy(copies.book / name, before / name)
    vault = library.open(copies.book, PASSPHRASE)  # its own database is in use, the copy is not
    brought = take(restoring, copies.book, tmp_path / "target", KEY)
    vault.close()
    assert brought.copy.path == before
    assert brought.is_whole
    restoring.discard(brought)


def test_a_damaged_first_page_is_put_right_from_its_copy(
    restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    with (copies.book / "book.db").open("r+b") as file:
        file.write(bytes(PAGE_BYTES))
    brought = take(restoring, copies.book, tmp_path / "target", KEY)
    assert not brought.missing
    assert brought.counts.pages == 2
    restoring.discard(brought)


def test_one_word_that_was_read_wrongly_is_pointed_out(
    restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    words = copies.sheet.split()
    words[4] = "crisp" if words[4] != "crisp" else "garlic"
    with pytest.raises((RecoveryWordsMistyped, RecoveryWordsOther)) as error:
        take(restoring, copies.file, tmp_path / "target", ByWords(" ".join(words)))
    assert error.value.position == 4
