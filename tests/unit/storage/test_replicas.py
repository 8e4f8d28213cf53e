"""Two replicas of the key file: one that is whole is always enough, and the other is made whole again."""

import shutil
from pathlib import Path

import pytest

from memorybook.errors import (
    BookNewer,
    BookReadOnly,
    KeyFilesDamaged,
    KeyFilesMissing,
    MemoryBookError,
    StorageFull,
    WrongPassphrase,
)
from memorybook.storage import keyfile, replicas
from memorybook.storage.kdf import KdfCost
from memorybook.storage.keyfile import KeyFile
from memorybook.storage.seed import Seed
from tests.disks import read_only, small_disk

PASSPHRASE = "the blue door"
BOOK = bytes(range(16))
SEED = Seed(bytes(16))
FIRST, SECOND = replicas.NAMES


def _made(passphrase: str = PASSPHRASE, *, seed: Seed = SEED, book: bytes = BOOK, **more: object) -> KeyFile:
    body = keyfile.begin(book_id=book, db_salt=b"s" * 16, created="2026-10-03T18:04:05Z")
    body["slots"] = [keyfile.passphrase_slot(seed, book, passphrase, KdfCost(8192, 1, 1))]
    return keyfile.seal({**body, **more}, seed)


@pytest.fixture(name="made")
def _saved(tmp_path: Path) -> KeyFile:
    made = _made()
    replicas.save(tmp_path, made, SEED)
    return made


def test_both_replicas_are_written_for_the_owner_alone(tmp_path: Path, made: KeyFile) -> None:
    assert {path.name for path in tmp_path.iterdir()} == {FIRST, SECOND}
    for name in (FIRST, SECOND):
        assert (tmp_path / name).read_bytes() == made.data
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_whole_replicas_are_not_written_again(tmp_path: Path, made: KeyFile) -> None:
    before = [(tmp_path / name).stat().st_ino for name in replicas.NAMES]
    (way,) = replicas.unlock(tmp_path, PASSPHRASE)
    replicas.repair(tmp_path, way)
    assert way.seed == SEED
    assert [(tmp_path / name).stat().st_ino for name in replicas.NAMES] == before


@pytest.mark.parametrize("name", replicas.NAMES)
@pytest.mark.parametrize("damage", ["missing", "empty", "flipped", "cut", "untrue"])
def test_one_whole_replica_is_enough_and_mends_the_other(
    tmp_path: Path, made: KeyFile, name: str, damage: str
) -> None:
    path = tmp_path / name
    flipped = bytearray(made.data)
    flipped[40] ^= 1
    untrue = made.data[:-1] + bytes([made.data[-1] ^ 1])
    contents = {"flipped": bytes(flipped), "cut": made.data[:100], "untrue": untrue}
    path.write_bytes(contents.get(damage, b""))
    if damage == "missing":
        path.unlink()
    (way,) = replicas.unlock(tmp_path, PASSPHRASE)
    replicas.repair(tmp_path, way)
    assert path.read_bytes() == made.data
    with pytest.raises(WrongPassphrase):
        replicas.unlock(tmp_path, "another")


def test_every_byte_flipped_in_both_is_damage_not_a_wrong_passphrase(tmp_path: Path, made: KeyFile) -> None:
    for place in range(len(made.data)):
        changed = bytearray(made.data)
        changed[place] ^= 1
        for name in replicas.NAMES:
            (tmp_path / name).write_bytes(changed)
        with pytest.raises(KeyFilesDamaged):
            replicas.unlock(tmp_path, PASSPHRASE)


def test_damage_at_different_places_is_damage(tmp_path: Path, made: KeyFile) -> None:
    (tmp_path / FIRST).write_bytes(made.data[:-1])
    (tmp_path / SECOND).unlink()
    with pytest.raises(KeyFilesDamaged):
        replicas.unlock(tmp_path, PASSPHRASE)


def test_both_gone_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(KeyFilesMissing):
        replicas.unlock(tmp_path, PASSPHRASE)
    assert not replicas.exist(tmp_path)


def test_a_newer_key_file_is_refused_and_stays(tmp_path: Path, made: KeyFile) -> None:
    newer = _made(v=2)
    (tmp_path / SECOND).write_bytes(newer.data)
    with pytest.raises(BookNewer):
        replicas.unlock(tmp_path, PASSPHRASE)
    assert (tmp_path / SECOND).read_bytes() == newer.data


def test_a_change_that_stopped_halfway_opens_with_either_passphrase(tmp_path: Path, made: KeyFile) -> None:
    newer = _made("the red door", generation=2)
    (tmp_path / FIRST).write_bytes(newer.data)
    (old,) = replicas.unlock(tmp_path, PASSPHRASE)
    replicas.repair(tmp_path, old)
    assert (tmp_path / FIRST).read_bytes() == newer.data
    (new,) = replicas.unlock(tmp_path, "the red door")
    assert new.seed == SEED
    replicas.repair(tmp_path, new)
    assert (tmp_path / SECOND).read_bytes() == newer.data


def test_the_key_file_of_another_book_is_tried_and_left_alone(tmp_path: Path, made: KeyFile) -> None:
    other = _made(seed=Seed(b"o" * 16), book=b"o" * 16, generation=9)
    (tmp_path / FIRST).write_bytes(other.data)
    ways = replicas.unlock(tmp_path, PASSPHRASE)
    assert [way.seed for way in ways] == [Seed(b"o" * 16), SEED]
    replicas.repair(tmp_path, ways[1])
    assert (tmp_path / FIRST).read_bytes() == other.data


def test_a_slot_with_an_unreasonable_cost_does_not_lock_anyone_out(tmp_path: Path, made: KeyFile) -> None:
    slot = dict(made.body["slots"][0])
    hostile = _made(slots=[{**slot, "kdf": {**slot["kdf"], "m": 1 << 42}}])
    (tmp_path / FIRST).write_bytes(hostile.data)
    (way,) = replicas.unlock(tmp_path, PASSPHRASE)
    assert way.seed == SEED
    shutil.copy(tmp_path / FIRST, tmp_path / SECOND)
    with pytest.raises(KeyFilesDamaged):
        replicas.unlock(tmp_path, PASSPHRASE)


def test_a_replica_that_cannot_be_read_is_not_called_damaged(tmp_path: Path, made: KeyFile) -> None:
    for name in replicas.NAMES:
        (tmp_path / name).unlink()
        (tmp_path / name).mkdir()
    with pytest.raises(MemoryBookError) as raised:
        replicas.unlock(tmp_path, PASSPHRASE)
    assert not isinstance(raised.value, WrongPassphrase | KeyFilesDamaged | KeyFilesMissing)


def test_a_full_disk_keeps_the_old_key_files(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        made = _made()
        replicas.save(disk.folder, made, SEED)
        disk.fill()
        with pytest.raises(StorageFull):
            replicas.save(disk.folder, _made("the red door", generation=2), SEED)
        assert [(disk.folder / name).read_bytes() for name in replicas.NAMES] == [made.data, made.data]


def test_a_folder_that_cannot_be_written_to_still_opens(tmp_path: Path, made: KeyFile) -> None:
    (tmp_path / SECOND).unlink()
    with read_only(tmp_path):
        (way,) = replicas.unlock(tmp_path, PASSPHRASE)
        replicas.repair(tmp_path, way)
        assert not (tmp_path / SECOND).exists()
        with pytest.raises(BookReadOnly):
            replicas.save(tmp_path, made, SEED)
