"""Builds the layer between a program and the system, starts programs under it, and reads what it recorded."""

import ctypes
import errno
import hashlib
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).with_name("shim.c")

_HEAD = struct.Struct("<cQQII")


class Call(IntEnum):
    """What may be refused, and counted."""

    WRITE = 0
    SYNC = 1
    SYNC_FOLDER = 2
    NAME = 3
    CREATE = 4
    TRUNCATE = 5


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was asked of the disk, or a mark of the program ("M").

    ``kind``: C created, N made without a name, W written, T cut or lengthened to ``offset``, S synced,
    D folder synced, R renamed, L linked, U unlinked, F folder made, Q folder removed.
    """

    kind: str
    number: int
    offset: int
    data: bytes = field(repr=False)
    more: bytes = field(repr=False)

    @property
    def path(self) -> str:
        return os.fsdecode(self.data)

    @property
    def target(self) -> str:
        return os.fsdecode(self.more)


def library() -> Path:
    """The compiled layer; made once for each state of its source."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    assert compiler, "a C compiler is needed: packaging/linux/system-packages/test.txt names it"
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]
    made = ROOT / "build" / f"shim-{digest}.so"
    if not made.exists():
        made.parent.mkdir(exist_ok=True)
        unfinished = made.with_suffix(f".{os.getpid()}")
        command = [compiler, "-shared", "-fPIC", "-O2", "-o", unfinished, SOURCE, "-ldl", "-lpthread"]
        subprocess.run(command, check=True)
        unfinished.replace(made)
    return made


def environment(folder: Path, log: Path | None = None) -> dict[str, str]:
    """What makes a program run under the layer."""
    own = {"LD_PRELOAD": str(library()), "MB_SHIM_FOLDER": str(folder)}
    return {**os.environ, **own, **({"MB_SHIM_LOG": str(log)} if log else {})}


def run(module: str, *arguments: str, folder: Path, log: Path | None = None) -> str:
    """Run a module of the tests under the layer to its end; what it wrote to its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment(folder, log),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=500,
    )
    assert not done.returncode, f"{module} ended with {done.returncode}: {done.stdout[-2000:]}"
    return done.stdout


def events(log: Path) -> Iterator[Event]:
    """What was recorded, in order."""
    with log.open("rb") as file:
        while head := file.read(_HEAD.size):
            kind, number, offset, first, second = _HEAD.unpack(head)
            yield Event(kind.decode(), number, offset, file.read(first), file.read(second))


# For programs under the layer:


def mark(text: str) -> None:
    """Put a line between what is recorded."""
    ctypes.CDLL(None).mb_mark(text.encode())


def fault(call: Call, n: int, times: int = 1, error: int = errno.EIO) -> None:
    """Have the ``n``-th call from now fail, and so many from there on."""
    long = ctypes.c_long
    ctypes.CDLL(None).mb_fault(ctypes.c_int(call), long(n), long(times), ctypes.c_int(error))


def no_faults() -> None:
    """Let everything through again."""
    for call in Call:
        fault(call, 0, 0, 0)


def calls(call: Call) -> int:
    """How many of them there were since a fault of this kind was last set or taken away."""
    count = ctypes.CDLL(None).mb_calls
    count.restype = ctypes.c_long
    return int(count(ctypes.c_int(call)))


@contextmanager
def failing(call: Call, n: int, times: int = 1, error: int = errno.EIO) -> Iterator[None]:
    """While this lasts, the ``n``-th call fails."""
    fault(call, n, times, error)
    try:
        yield
    finally:
        fault(call, 0, 0, 0)
