"""Two replicas of the key file: one that is whole is always enough, and the other is made whole again."""

import hashlib
import json
import shutil
import struct
from pathlib import Path

import pytest

from memorybook.errors import (
    BookNewer,
    BookReadOnly,
    KeyFilesDamaged,
    KeyFilesMissing,
    KeyringForgotten,
    MemoryBookError,
    StorageFailed,
    StorageFull,
    WrongPassphrase,
)
from memorybook.storage import keyfile, replicas
from memorybook.storage.kdf import KdfCost, derive
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


def _set_aside(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if replicas.SET_ASIDE in path.name]


@pytest.mark.parametrize("name", replicas.NAMES)
def test_the_key_file_of_another_book_outlasts_a_change(tmp_path: Path, made: KeyFile, name: str) -> None:
    other = _made(seed=Seed(b"o" * 16), book=b"o" * 16)
    (tmp_path / name).write_bytes(other.data)
    newer = _made("the red door", generation=2)
    replicas.save(tmp_path, newer, SEED)
    assert [(tmp_path / each).read_bytes() for each in replicas.NAMES] == [newer.data] * 2
    assert _set_aside(tmp_path) == [other.data]


def test_a_newer_key_file_outlasts_a_change(tmp_path: Path, made: KeyFile) -> None:
    newer = _made(v=2)
    (tmp_path / SECOND).write_bytes(newer.data)
    replicas.save(tmp_path, made, SEED)
    assert _set_aside(tmp_path) == [newer.data]


def test_a_damaged_key_file_is_replaced_by_a_change(tmp_path: Path, made: KeyFile) -> None:
    (tmp_path / FIRST).write_bytes(made.data[:-1])
    (tmp_path / SECOND).write_bytes(b"")
    replicas.save(tmp_path, made, SEED)
    assert {path.name for path in tmp_path.iterdir()} == {FIRST, SECOND}
    assert [(tmp_path / each).read_bytes() for each in replicas.NAMES] == [made.data] * 2


def test_a_key_file_that_would_let_nobody_in_never_takes_the_place(tmp_path: Path, made: KeyFile) -> None:
    asked = []

    def opens(written: KeyFile) -> bool:
        asked.append(written)
        return written.unwrap(lambda salt, cost: derive("the green door", salt, cost)) == SEED

    with pytest.raises(StorageFailed):
        replicas.save(tmp_path, _made("the red door", generation=2), SEED, opens=opens)
    assert len(asked) == 1
    assert {path.name for path in tmp_path.iterdir()} == {FIRST, SECOND}
    assert [(tmp_path / each).read_bytes() for each in replicas.NAMES] == [made.data] * 2


def test_a_change_that_reaches_one_replica_alone_is_taken_back(tmp_path: Path, made: KeyFile) -> None:
    """Whoever is told that nothing was changed goes on with the old passphrase."""
    (tmp_path / SECOND).unlink()
    (tmp_path / SECOND).mkdir()
    with pytest.raises(MemoryBookError):
        replicas.save(tmp_path, _made("the red door", generation=2), SEED)
    assert (tmp_path / FIRST).read_bytes() == made.data
    assert sorted(path.name for path in tmp_path.iterdir()) == [FIRST, SECOND]


def test_what_follows_is_above_the_newest_replica(tmp_path: Path, made: KeyFile) -> None:
    (tmp_path / FIRST).write_bytes(_made("the red door", generation=7).data)
    (old,) = replicas.unlock(tmp_path, PASSPHRASE)
    assert (old.key_file.generation, old.generation) == (1, 7)
    (tmp_path / FIRST).write_bytes(_made(seed=Seed(b"o" * 16), book=b"o" * 16, generation=9).data)
    ways = replicas.unlock(tmp_path, PASSPHRASE)
    assert [way.generation for way in ways] == [9, 1]


def _forged(made: KeyFile, generation: str) -> bytes:
    """What a stranger makes of it: every checksum right but the one that takes the seed."""
    body = dict(made.body) | {"generation": 0}
    text = json.dumps(body, sort_keys=True, separators=(",", ":")).replace(
        '"generation":0', f'"generation":{generation}'
    )
    signed = b"MBKEYS1\n" + struct.pack(">I", len(text)) + text.encode()
    return signed + hashlib.sha256(signed).digest() + bytes(32)


@pytest.mark.parametrize("generation", ["1" + "0" * 30, "1" + "0" * 5000, "1e300", "-1", "true", "NaN"])
@pytest.mark.parametrize("name", replicas.NAMES)
def test_a_number_that_a_stranger_wrote_is_never_the_newest(
    tmp_path: Path, made: KeyFile, name: str, generation: str
) -> None:
    (tmp_path / name).write_bytes(_forged(made, generation))
    (way,) = replicas.unlock(tmp_path, PASSPHRASE)
    assert (way.key_file.data, way.generation) == (made.data, 1)
    replicas.repair(tmp_path, way)
    assert [(tmp_path / each).read_bytes() for each in replicas.NAMES] == [made.data] * 2


@pytest.mark.parametrize("name", replicas.NAMES)
def test_an_older_replica_that_is_put_back_goes_again(tmp_path: Path, made: KeyFile, name: str) -> None:
    """With it comes a passphrase that was removed; whoever opens the book the next time takes it away."""
    newer = _made("only the red door", generation=2)
    replicas.save(tmp_path, newer, SEED)
    (tmp_path / name).write_bytes(made.data)
    (way,) = replicas.unlock(tmp_path, "only the red door")
    replicas.repair(tmp_path, way)
    assert [(tmp_path / each).read_bytes() for each in replicas.NAMES] == [newer.data] * 2
    with pytest.raises(WrongPassphrase):
        replicas.unlock(tmp_path, PASSPHRASE)


def test_the_seed_finds_its_newest_key_file_without_a_passphrase(tmp_path: Path, made: KeyFile) -> None:
    newer = _made("the red door", generation=2)
    (tmp_path / SECOND).write_bytes(newer.data)
    way = replicas.unlock_with_seed(tmp_path, SEED)
    assert way is not None
    assert (way.key_file, way.generation) == (newer, 2)
    assert replicas.unlock_with_seed(tmp_path, Seed(b"o" * 16)) is None
    for name in replicas.NAMES:
        (tmp_path / name).write_bytes(b"")
    assert replicas.unlock_with_seed(tmp_path, SEED) is None
    (tmp_path / FIRST).write_bytes(_made(v=2).data)
    with pytest.raises(BookNewer):
        replicas.unlock_with_seed(tmp_path, SEED)


def test_what_a_computer_keeps_opens_while_its_slot_is_there(tmp_path: Path, made: KeyFile) -> None:
    kek = bytes(range(32))
    with pytest.raises(KeyringForgotten):
        replicas.unlock_with_kept(tmp_path, kek)
    assert replicas.remembered(tmp_path) is None
    slots = [*made.slots, keyfile.keyring_slot(SEED, BOOK, kek)]
    replicas.save(tmp_path, _made(slots=slots, generation=2), SEED)
    (way,) = replicas.unlock_with_kept(tmp_path, kek)
    assert way.seed == SEED
    assert replicas.remembered(tmp_path) == BOOK.hex()
    with pytest.raises(KeyringForgotten):
        replicas.unlock_with_kept(tmp_path, bytes(32))
    for name in replicas.NAMES:
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(KeyFilesDamaged):
        replicas.unlock_with_kept(tmp_path, kek)
    assert replicas.remembered(tmp_path) is None


def test_nothing_is_remembered_where_nothing_is(tmp_path: Path) -> None:
    assert replicas.remembered(tmp_path / "gone") is None
    (tmp_path / FIRST).write_bytes(_made(v=2).data)
    assert replicas.remembered(tmp_path) is None


def test_what_an_ended_process_was_writing_is_deleted(tmp_path: Path, made: KeyFile) -> None:
    names = [f".{digit * 16}.part" for digit in "abcdef"]
    contents = [made.data, made.data[:50], made.data[:3], b"", b"%PDF-1.7", made.data]
    for name, data in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(data)
    (tmp_path / names[5]).rename(tmp_path / "mine.part")
    (way,) = replicas.unlock(tmp_path, PASSPHRASE)
    replicas.repair(tmp_path, way)
    assert {path.name for path in tmp_path.iterdir()} == {FIRST, SECOND, names[4], "mine.part"}
