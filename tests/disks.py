"""Disks that are full or that nobody may write to, made for one test."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, getrlimit, setrlimit
from typing import BinaryIO, Protocol

import pytest

from memorybook.files import open_to_read
from memorybook.storage import media

_NOBODY = 65534


class Disk(Protocol):
    """Somewhere with little room. ``fill`` leaves none, ``free`` gives it back."""

    folder: Path

    def fill(self) -> None: ...
    def free(self) -> None: ...


class _Mounted:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        with self._filler.open("ab", buffering=0) as file, suppress(OSError):
            for size in (65536, 4096, 512, 1):
                with suppress(OSError):
                    while file.write(bytes(size)) == size:
                        pass

    def free(self) -> None:
        self._filler.unlink()


class _Limited:
    """Where nothing may be mounted: no file may grow beyond a part of the room. The same writes fail."""

    def __init__(self, folder: Path, size: str) -> None:
        self.folder = folder
        self._most = int(size[:-1]) * {"k": 1 << 10, "m": 1 << 20}[size[-1]] // 4
        self.free()

    def fill(self) -> None:
        _limit(1)

    def free(self) -> None:
        _limit(self._most)


def _limit(size: int) -> None:
    setrlimit(RLIMIT_FSIZE, (size, getrlimit(RLIMIT_FSIZE)[1]))


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Disk]:
    """A disk of ``size`` ("8m") at ``folder``, a tmpfs where that is allowed."""
    folder.mkdir()
    if _may_mount(["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]):
        try:
            yield _Mounted(folder)
        finally:
            # Lazily: what looks at a closed book for a moment may just have one of its files open.
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    assert getrlimit(RLIMIT_FSIZE)[0] == RLIM_INFINITY
    try:
        yield _Limited(folder, size)
    finally:
        _limit(RLIM_INFINITY)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody may write in ``folder``: by its permissions, or for root by a mount."""
    if os.geteuid() != 0:
        modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
        for path, mode in modes.items():
            path.chmod(mode & ~0o222)
        try:
            yield
        finally:
            for path, mode in modes.items():
                path.chmod(mode)
        return
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


class Drive:
    """A drive with a folder on it that can be pulled out in the middle of anything, and put back.

    ``kept`` is where its content lies: on a disk of its own, when something asks which disk it is.
    """

    def __init__(self, at: Path, kept: Path | None = None) -> None:
        self.at = at
        self._kept = kept or at.with_name(f"{at.name} lies on the table")
        at.mkdir()
        self._kept.mkdir(exist_ok=True)
        self._mounts = self.is_there = _may_mount(["--bind", str(self._kept), str(at)])
        """Whether it is mounted now; a mount of the same disk does not look like one."""

    def pull(self) -> None:
        """Take it away, with whatever is open on it."""
        if self._mounts:
            subprocess.run(["umount", "--lazy", str(self.at)], check=True)
            self.is_there = False
        else:
            self.at.rename(self._kept / self.at.name)

    def plug(self) -> None:
        """Connect it again, in the same place."""
        if self._mounts:
            subprocess.run(["mount", "--bind", str(self._kept), str(self.at)], check=True)
            self.is_there = True
        else:
            (self._kept / self.at.name).rename(self.at)


@contextmanager
def drive(at: Path, kept: Path | None = None) -> Iterator[Drive]:
    """A drive at ``at``: a mount where that is allowed, else a folder that is moved away."""
    made = Drive(at, kept)
    try:
        yield made
    finally:
        if made.is_there:
            made.pull()


@contextmanager
def another_user(folder: Path) -> Iterator[None]:
    """Be somebody else, to whom ``folder`` is closed; without root, the folder is."""
    if os.geteuid() == 0:
        os.seteuid(_NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
        return
    mode = folder.stat().st_mode
    folder.chmod(0)
    try:
        yield
    finally:
        folder.chmod(mode)


def _may_mount(arguments: list[str]) -> bool:
    return (
        os.geteuid() == 0
        and not subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode
    )


def bad_place(monkeypatch: pytest.MonkeyPatch, bad: Path) -> None:
    """From now on the disk does not give out what is in the media file ``bad``."""

    def opened(path: Path) -> BinaryIO:
        if path == bad:
            raise OSError(errno.EIO, "Input/output error")
        return open_to_read(path)

    monkeypatch.setattr(media, "open_to_read", opened)
