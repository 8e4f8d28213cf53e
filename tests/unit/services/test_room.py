"""How much room is left is said in time; on a full disk words are still kept and things can be deleted."""

from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.domain.room import Room
from memorybook.errors import StorageFull
from memorybook.services.vault import Library, Vault
from memorybook.storage import ballast
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import small_disk

LONG = "All of this was written on a day in spring. " * 400


def a_picture() -> bytes:
    return pictures.jpeg(pictures.scene(64, 64, 1), place=False)


def keep(vault: Vault, body: str) -> None:
    assert vault.journal.keep(None, EntryDraft(body=body)).result() is not None


def test_a_line_is_due_while_there_is_headroom() -> None:
    plenty = Room(free=100 << 30, wanted=70 << 20, is_full=False)
    little = Room(free=69 << 20, wanted=70 << 20, is_full=False)
    none = Room(free=8 << 20, wanted=70 << 20, is_full=True)
    assert [room.is_short for room in (plenty, little, none)] == [False, True, True]
    assert [room.lacking >> 20 for room in (plenty, little, none)] == [0, 1, 62]


def test_the_room_of_a_real_book(vault: Vault) -> None:
    ballast.keep(vault.folder)
    found = vault.room.look().result()
    assert found.free > found.wanted > 64 << 20
    assert not found.is_short
    assert (vault.folder / ballast.NAME).stat().st_size == ballast.BYTES


def test_a_small_disk_is_left_alone(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "12m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        ballast.keep(vault.folder)
        assert not (vault.folder / ballast.NAME).exists()
        assert vault.room.look().result().is_short
        vault.close()


def test_a_full_disk_keeps_words_and_deletes_and_takes_no_pictures(
    library: Library, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "90m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        keep(vault, LONG)
        entry = vault.journal.keep(None, EntryDraft(body=LONG)).result()
        assert entry is not None
        kept_room(vault)
        disk.fill()
        keep(vault, "Written when there was no room left.")
        assert vault.room.look().result().is_full
        with pytest.raises(StorageFull):
            vault.album.add(entry.id, a_picture()).result()
        assert vault.journal.delete(entry.id).result()
        assert vault.journal.delete_for_ever([entry.id]).result() == 1
        for _ in range(20):
            keep(vault, LONG)
        disk.free()
        ballast.keep(vault.folder)
        assert not vault.room.look().result().is_full
        vault.album.add(vault.journal.page(None).result().rows[0].id, a_picture()).result()
        vault.close()
        again = library.open(disk.folder / "book", PASSPHRASE)
        assert len(again.journal.page(None).result().rows) == 22
        again.close()


def test_without_the_kept_room_the_same_disk_refuses(library: Library, tmp_path: Path) -> None:
    """The control."""
    with small_disk(tmp_path / "disk", "90m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        keep(vault, LONG)
        disk.fill()
        with pytest.raises(StorageFull):
            keep(vault, LONG)
        disk.free()
        keep(vault, LONG)
        vault.close()


def kept_room(vault: Vault) -> None:
    """Have the room kept on a disk that is too small for the headroom beside it."""
    path = vault.folder / ballast.NAME
    path.write_bytes(bytes(ballast.BYTES))
