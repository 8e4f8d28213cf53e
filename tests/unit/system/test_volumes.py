"""Drives are known by what they are, wherever they appear."""

from pathlib import Path

import pytest

from memorybook.system.volumes import LONGEST_ON_FAT, Volume, Volumes
from tests.drives import Computer


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "computer")


def test_a_stick_is_the_same_under_another_path(computer: Computer, tmp_path: Path) -> None:
    first, second = tmp_path / "media" / "A STICK", tmp_path / "run" / "stick"
    computer.plug(first)
    stick = computer.volumes.of(first / "Copies" / "not there yet")
    assert (stick.id, stick.mount, stick.name) == ("uuid 1234-ABCD", first, "A STICK")
    assert stick.can_be_taken_away
    assert stick.longest == LONGEST_ON_FAT
    computer.unplug(first)
    assert computer.volumes.find(stick.id) == ()
    computer.plug(second)
    assert [each.mount for each in computer.volumes.find(stick.id)] == [second]
    assert computer.volumes.of(first).id == "uuid 0000-own"


def test_another_partition_of_the_same_disk_is_no_other_disk(computer: Computer, tmp_path: Path) -> None:
    computer.plug(tmp_path / "data", "sda2", "5555", kind="ext4", number="8:2", removable=False)
    computer.plug(tmp_path / "stick")
    own = computer.volumes.of(Path("/"))
    assert own.shares_disk(computer.volumes.of(tmp_path / "data"))
    assert not own.shares_disk(computer.volumes.of(tmp_path / "stick"))
    assert own.longest is None


def test_a_part_of_a_volume_is_not_the_whole(computer: Computer, tmp_path: Path) -> None:
    computer.plug(tmp_path / "part", within="/below")
    assert computer.volumes.of(tmp_path / "part").id == "uuid 1234-ABCD /below"


def test_what_says_nothing_of_itself_is_known_by_its_path(tmp_path: Path) -> None:
    found = Volumes(tmp_path / "nothing here").of(tmp_path)
    assert found.id == ""
    assert not found.can_be_taken_away
    assert found.shares_disk(found)
    broken = tmp_path / "proc/self"
    broken.mkdir(parents=True)
    (broken / "mountinfo").write_text("\n 1 2\n36 35 98:0 / /x\nx - y\n")
    assert Volumes(tmp_path).mounted() == ()


def test_this_computer_answers() -> None:
    found = Volumes()
    own = found.of(Path(__file__))
    assert isinstance(own, Volume)
    assert Path(__file__).resolve().is_relative_to(own.mount)


def test_a_network_drive_shares_no_disk(computer: Computer, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    info = computer.root / "proc/self/mountinfo"
    info.write_text(info.read_text() + f"40 1 0:60 / {share} rw - cifs //server/books rw\n")
    found = computer.volumes.of(share)
    assert (found.id, found.is_network) == ("net cifs //server/books", True)
    assert not found.shares_disk(computer.volumes.of(Path("/")))
