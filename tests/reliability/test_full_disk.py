"""A disk that fills up, at any point: what was kept is there, and once there is room it goes on by itself."""

import hashlib
from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.errors import StorageFailed, StorageFull
from memorybook.services.vault import Library, Vault
from memorybook.storage import ballast
from tests.books import PASSPHRASE
from tests.disks import Disk, small_disk

pytestmark = pytest.mark.slow

MIB = 1 << 20


def write_until_refused(vault: Vault, kept: dict[EntryId, str], start: int) -> int:
    """Pages of a quarter of a megabyte until there is no room; how many were kept."""
    for number in range(start, start + 200):
        body = f"page {number} " + hashlib.sha256(str(number).encode()).hexdigest() * 4096
        try:
            entry = vault.journal.keep(None, EntryDraft(body=body)).result()
        except (StorageFull, StorageFailed):
            return number - start
        assert entry is not None
        kept[entry.id] = body
    raise AssertionError("the disk is larger than it should be")


def is_all_there(vault: Vault, kept: dict[EntryId, str]) -> bool:
    return all(vault.journal.entry(each).result().draft.body == body for each, body in kept.items())


@pytest.mark.parametrize("at", range(2, 11))
def test_at_every_mebibyte_nothing_is_lost_and_it_goes_on(library: Library, tmp_path: Path, at: int) -> None:
    """Something else fills the disk until so much is left; what is typed then fills the rest."""
    with small_disk(tmp_path / "disk", "12m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        kept: dict[EntryId, str] = {}
        filler = disk.folder / "something else"
        filler.write_bytes(bytes((11 - at) * MIB))
        number = write_until_refused(vault, kept, 0)
        assert is_all_there(vault, kept)
        with pytest.raises((StorageFull, StorageFailed)):
            vault.journal.keep(None, EntryDraft(body="x" * (2 * MIB))).result()
        make_room(disk, filler)
        entry = vault.journal.keep(None, EntryDraft(body="Typed while there was no room.")).result()
        assert entry is not None, "it is kept as soon as there is room, in the same open book"
        kept[entry.id] = entry.draft.body
        vault.close()
        again = library.open(disk.folder / "book", PASSPHRASE)
        assert is_all_there(again, kept)
        again.close()
        assert number or at < 4


def make_room(disk: Disk, filler: Path) -> None:
    filler.unlink()
    disk_is_limited = not filler.parent.is_mount()
    if disk_is_limited:
        disk.free()


def test_with_room_kept_for_words_a_full_disk_takes_many_hours_of_writing(
    library: Library, tmp_path: Path
) -> None:
    """A hundred thousand words are still kept when nothing at all is left, and a page deleted for ever."""
    with small_disk(tmp_path / "disk", "48m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        kept: dict[EntryId, str] = {}
        for number in range(8):
            body = f"page {number} " + "and so it went on all day " * 4000
            entry = vault.journal.keep(None, EntryDraft(body=body)).result()
            assert entry is not None
            kept[entry.id] = body
        vault._worker.fold().result()
        (vault.folder / ballast.NAME).write_bytes(bytes(ballast.BYTES))
        disk.fill()
        last = max(kept)
        assert vault.journal.delete(last).result()
        assert vault.journal.delete_for_ever([last]).result() == 1
        del kept[last]
        words = 0
        while words < 100_000:
            body = "a page as people write them, some hundred words and then it is night " * 60
            entry = vault.journal.keep(None, EntryDraft(body=body)).result()
            assert entry is not None
            kept[entry.id] = body
            words += len(body.split())
        vault.close()
        again = library.open(disk.folder / "book", PASSPHRASE)
        assert is_all_there(again, kept)
        again.close()
