"""A file is whole or not there, whatever happens while it is written."""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook import files
from memorybook.errors import BookReadOnly, MemoryBookError, StorageFailed, StorageFull, WrongPassphrase
from tests.disks import read_only, small_disk


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "a file"
    files.write_atomically(target, [b"one ", b"two"])
    assert target.read_bytes() == b"one two"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a file"
    files.write_atomically(target, b"old")
    files.write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_piece_that_cannot_be_made_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a file"
    target.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise WrongPassphrase

    with pytest.raises(WrongPassphrase):
        files.write_atomically(target, pieces())
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_check_sees_the_finished_file_and_may_refuse_it(tmp_path: Path) -> None:
    target = tmp_path / "a file"
    target.write_bytes(b"old")

    def refuse(unfinished: Path) -> None:
        assert unfinished.read_bytes() == b"new"
        raise StorageFailed

    with pytest.raises(StorageFailed):
        files.write_atomically(target, b"new", check=refuse)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


class _Held:
    """Windows' answer while another program has the file open, for the first few times it is asked."""

    def __init__(self, times: int) -> None:
        self._left = times
        self.asked = 0
        self._replace = Path.replace

    def replace(self, source: Path, target: Path) -> Path:
        self.asked += 1
        self._left -= 1
        if self._left >= 0:
            raise PermissionError(errno.EACCES, "in use")
        return self._replace(source, target)


@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_file_that_another_program_holds_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    held = _Held(times)
    monkeypatch.setattr(files, "_RETRY_SECONDS", (0.0, 0.0, 0.0))
    monkeypatch.setattr(Path, "replace", lambda source, target: held.replace(source, target))
    target = tmp_path / "a file"
    files.write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert held.asked == times + 1


def test_a_file_that_stays_held_is_given_up_and_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _Held(100)
    monkeypatch.setattr(files, "_RETRY_SECONDS", (0.0, 0.0, 0.0))
    monkeypatch.setattr(Path, "replace", lambda source, target: held.replace(source, target))
    target = tmp_path / "a file"
    target.write_bytes(b"old")
    with pytest.raises(BookReadOnly):
        files.write_atomically(target, b"new")
    assert held.asked == 4
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        target = disk.folder / "a file"
        target.write_bytes(b"old")
        disk.fill()
        with pytest.raises(StorageFull):
            files.write_atomically(target, bytes(2 << 20))
        assert target.read_bytes() == b"old"
        assert not list(disk.folder.glob(f"*{files.UNFINISHED}"))
        disk.free()
        files.write_atomically(target, b"new")
        assert target.read_bytes() == b"new"


def test_a_folder_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(BookReadOnly):
        files.write_atomically(tmp_path / "a file", b"new")


def test_a_folder_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        files.write_atomically(tmp_path / "gone" / "a file", b"new")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EFBIG, StorageFull),
        (errno.EROFS, BookReadOnly),
        (errno.EACCES, BookReadOnly),
        (errno.EPERM, BookReadOnly),
        (errno.EIO, StorageFailed),
        (errno.ENODEV, StorageFailed),
    ],
)
def test_each_refusal_of_the_system_has_its_error(number: int, expected: type[MemoryBookError]) -> None:
    error = files.translate_os_error(OSError(number, os.strerror(number), "a path with a name in it"))
    assert type(error) is expected
    assert "name" not in repr(error)


def test_a_private_folder_is_closed_to_others(tmp_path: Path) -> None:
    folder = files.private_folder(tmp_path / "one" / "two")
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    files.private_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_private_folder_cannot_stand_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageFailed):
        files.private_folder(tmp_path / "file")


def test_free_room_is_what_a_person_may_write(tmp_path: Path) -> None:
    assert files.free_bytes(tmp_path) > 0
    with pytest.raises(StorageFailed):
        files.free_bytes(tmp_path / "gone")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_anyone_could_read_has_no_name_before_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a file"
    target.write_bytes(b"old")
    seen: list[list[str]] = []

    def pieces() -> Iterator[bytes]:
        yield b"ne"
        seen.append(_names(tmp_path))
        yield b"w"

    files.write_readable(target, pieces())
    assert seen == [["a file"]]
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o600
    files.write_readable(tmp_path / "another", [b"one"])
    assert _names(tmp_path) == ["a file", "another"]


@pytest.fixture
def no_nameless_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system as on most memory sticks: it refuses files without a name."""
    real = os.open

    def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
        nameless = getattr(os, "O_TMPFILE", 0)
        if nameless and flags & nameless == nameless:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)


@pytest.mark.usefixtures("no_nameless_files")
def test_where_every_file_has_a_name_an_unfinished_one_can_be_taken_away(tmp_path: Path) -> None:
    target = tmp_path / "a file"

    def pieces() -> Iterator[bytes]:
        yield b"in clear"
        assert len(_names(tmp_path)) == 1
        with files.nothing_readable_unfinished():
            assert _names(tmp_path) == []
        yield b"more"

    with pytest.raises(StorageFailed):
        files.write_readable(target, pieces())
    assert _names(tmp_path) == []
    files.write_readable(target, [b"whole"])
    assert target.read_bytes() == b"whole"
    assert _names(tmp_path) == ["a file"]


@pytest.mark.usefixtures("no_nameless_files")
def test_no_readable_file_is_begun_while_there_must_be_none(tmp_path: Path) -> None:
    begun = threading.Event()

    def pieces() -> Iterator[bytes]:
        begun.set()
        yield b"in clear"

    writing = threading.Thread(target=files.write_readable, args=(tmp_path / "a file", pieces()))
    with files.nothing_readable_unfinished():
        writing.start()
        assert not begun.wait(0.2)
        assert _names(tmp_path) == []
    writing.join()
    assert (tmp_path / "a file").read_bytes() == b"in clear"


_ENDLESS = """
import sys
from pathlib import Path
from memorybook import files

def pieces():
    while True:
        yield b"readable words " * 4096
        print("written", flush=True)

files.write_readable(Path(sys.argv[1]), pieces())
"""


def test_nothing_readable_is_left_of_a_process_that_is_killed(tmp_path: Path) -> None:
    target = tmp_path / "a file"
    with subprocess.Popen([sys.executable, "-c", _ENDLESS, str(target)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(20):
            assert process.stdout.readline().rstrip() == b"written"
        process.kill()
    assert _names(tmp_path) == []
