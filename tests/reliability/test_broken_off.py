"""A process is killed, or its disk refuses a call, in something long: that is wholly done, or not begun."""

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from memorybook.services.vault import Library
from tests.reliability import shim
from tests.reliability.operations import ALL, BY_NAME, Operation

pytestmark = pytest.mark.slow

SEED = 20261121
PATIENCE_S = 60.0
KILLS = {
    "create": 2,
    "delete": 3,
    "passphrase": 3,
    "update": 4,
    "backup": 5,
    "carry": 3,
    "restore": 4,
    "archive": 2,
    "unarchive": 3,
    "salvage": 3,
    "anew": 3,
}
"""Thirty-five in all; other tests kill what writes, brings in, edits, renews and exports."""
CONTROLS = 24


class Operator:
    """A process that does one operation after another, each in a fork that may be killed."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.reliability.operate", "wait"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=shim.ROOT, bufsize=0
        )
        self._lines: list[str] = []

    def _next(self) -> str:
        assert self._process.stdout is not None
        rest = b""
        while not self._lines:
            assert select.select([self._process.stdout], [], [], PATIENCE_S)[0], "nothing is told"
            data = os.read(self._process.stdout.fileno(), 4096)
            assert data, "the operator has ended"
            *lines, rest = (rest + data).split(b"\n")
            self._lines = [line.decode() for line in lines]
        return self._lines.pop(0)

    def do(self, operation: Operation, folder: Path, seconds: float) -> tuple[bool, float]:
        """Do it and kill it after so long: whether it was told to be done, and how long it went on."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{operation.name} {folder}\n".encode())
        word, _, number = self._next().partition(" ")
        assert word == "begun"
        began = time.monotonic()
        assert self._process.stdout is not None
        if not self._lines:
            select.select([self._process.stdout], [], [], seconds)
        took = time.monotonic() - began
        os.kill(int(number), signal.SIGKILL)
        told = []
        while (line := self._next()) != "ended":
            told.append(line)
        return "done" in told, took

    def end(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        assert self._process.wait(PATIENCE_S) == 0
        self._process.stdout.close()


@contextmanager
def operator() -> Iterator[Operator]:
    made = Operator()
    try:
        yield made
    finally:
        made.end()


def test_what_is_killed_is_done_or_was_not_begun(library: Library, tmp_path: Path, torture: bool) -> None:
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    counted: Counter[str] = Counter()
    wrong = []
    with operator() as killer:
        for name, kills in KILLS.items():
            operation = BY_NAME[name]
            before = tmp_path / name
            before.mkdir()
            operation.prepare(library, before)
            whole, longest = copied(before, tmp_path / "whole"), PATIENCE_S
            done, longest = killer.do(operation, whole, longest)
            assert done, f"{name} was not done when nobody broke it off"
            assert operation.wrong(library, whole, done=True) == []
            for number in range(kills * (7 if torture else 1)):
                folder = copied(before, tmp_path / "killed")
                done, _ = killer.do(operation, folder, chance.uniform(0, longest * 1.1))
                counted[f"{name} done" if done else f"{name} killed"] += 1
                wrong += [f"{name} {number}: {each}" for each in operation.wrong(library, folder, done=done)]
    print(f"{sum(counted.values())} kills: {dict(counted)}")
    assert wrong == []


def copied(folder: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)
    return to


def test_a_careless_restore_is_noticed(library: Library, tmp_path: Path) -> None:
    """The control: killed a little later each time, it has soon lost the book."""
    operation = BY_NAME["careless"]
    before = tmp_path / "before"
    before.mkdir()
    operation.prepare(library, before)
    with operator() as killer:
        for number in range(CONTROLS):
            folder = copied(before, tmp_path / "killed")
            done, _ = killer.do(operation, folder, 0.005 * 1.3**number)
            if not done and operation.wrong(library, folder, done=False):
                print(f"noticed at kill {number + 1}")
                return
    pytest.fail("a restore that empties the book first was never noticed")


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
def test_what_the_disk_refuses_is_said_and_can_be_done_afterwards(
    library: Library, tmp_path: Path, torture: bool, operation: Operation
) -> None:
    chance = random.Random(SEED)  # noqa: S311
    before = tmp_path / "disk" / "before"
    before.mkdir(parents=True)
    operation.prepare(library, before)
    kinds = (("WRITE", "EIO", 60), ("CREATE", "ENOSPC", 12), ("SYNC", "EIO", 16), ("NAME", "EIO", 12))
    asked = []
    for kind, error, most in (*kinds, ("SYNC_FOLDER", "EIO", 8)):
        chosen = range(1, most) if torture else chance.sample(range(1, most), 3)
        asked += [f"{kind},{error},{n}" for n in chosen]
    disk = before.parent
    said = shim.run("tests.reliability.operate", "refuse", operation.name, str(disk), *asked, folder=disk)
    result = json.loads(said)
    print(f"{operation.name}: {result['counted']}")
    assert result["wrong"] == []
