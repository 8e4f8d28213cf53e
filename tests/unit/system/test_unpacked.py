"""The lock on the folder of an unpacked AppImage is known from every other open file."""

import os
import sys
from pathlib import Path

import pytest

from memorybook.system import replacement, unpacked


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An unpacked copy, with the program that runs from it."""
    tree = tmp_path / "copy" / "tree"
    program = tree / "usr" / "lib" / "memorybook" / "memorybook"
    program.parent.mkdir(parents=True)
    program.touch()
    (tree.parent / "in-use").touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setenv("APPDIR", str(tree))
    return tree.parent


def test_the_lock_alone_is_the_lock(copy: Path) -> None:
    with (copy / "in-use").open() as lock, Path(sys.executable).open() as program:
        assert unpacked.is_lock(lock.fileno())
        assert not unpacked.is_lock(program.fileno())
        (copy / "in-use").unlink()
        assert not unpacked.is_lock(lock.fileno())


def test_only_the_lock_reaches_the_program_that_follows(copy: Path) -> None:
    with (copy / "in-use").open() as lock, (copy / "other").open("w") as other:
        os.set_inheritable(other.fileno(), True)  # noqa: FBT003 - takes no name
        replacement._let_no_descriptor_through()
        assert os.get_inheritable(lock.fileno())
        assert not os.get_inheritable(other.fileno())


def test_another_program_does_not_keep_it(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (copy / "in-use").open() as lock:
        monkeypatch.setattr(sys, "executable", "/usr/lib/memorybook/memorybook")
        assert not unpacked.is_lock(lock.fileno())
        monkeypatch.delenv("APPDIR")
        assert not unpacked.is_lock(lock.fileno())
