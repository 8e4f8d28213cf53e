"""One window at a time has the book, in this process or another."""

import subprocess
import sys
from pathlib import Path

import pytest

from memorybook.errors import BookOpenElsewhere, BookReadOnly, StorageFailed
from memorybook.storage import lock
from memorybook.storage.lock import BookLock
from tests.disks import read_only

_HOLD = """
import sys
from pathlib import Path
from memorybook.storage.lock import BookLock
with BookLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_one_is_told(tmp_path: Path) -> None:
    assert not lock.is_held(tmp_path)
    assert not list(tmp_path.iterdir())
    with BookLock(tmp_path) as first:
        assert lock.is_held(tmp_path)
        with pytest.raises(BookOpenElsewhere):
            BookLock(tmp_path)
        assert lock.is_held(tmp_path)
        first.release()
        first.release()
    assert not lock.is_held(tmp_path)
    BookLock(tmp_path).release()


def test_it_ends_with_the_process_that_held_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(lock.__file__).parents[2])},
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert lock.is_held(tmp_path)
        with pytest.raises(BookOpenElsewhere):
            BookLock(tmp_path)
        other.kill()
        other.wait()
    BookLock(tmp_path).release()


def test_a_folder_that_cannot_be_locked_says_why(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(BookReadOnly):
        BookLock(tmp_path)
    with pytest.raises(StorageFailed):
        BookLock(tmp_path / "gone")
