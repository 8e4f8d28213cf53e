"""The power fails at any moment, whatever is being done: nothing is lost that the program had said was kept.

The program runs under a layer that records what it asks of the disk (shim.py), and the recording is played up
to a moment that chance chooses (power.py). Then the book is opened and looked through.
"""

import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from memorybook.services.vault import Library
from tests.reliability import power, shim
from tests.reliability.operations import BY_NAME, a_newer_program
from tests.reliability.power_check import wrong

pytestmark = pytest.mark.slow

SEED = 20261121
SCRIPT = "tests.reliability.power_script"


@dataclass(frozen=True)
class Recorded:
    """The disk before, and what was asked of it."""

    disk: power.Disk
    events: list[shim.Event]


def recorded(folder: Path, chapter: str, *arguments: str, script: str = SCRIPT) -> Recorded:
    """Run it to its end; ``arguments`` stand before the folder."""
    folder.mkdir(exist_ok=True)
    log = folder.with_name(f"{folder.name} {chapter}")
    disk = power.Disk(folder)
    shim.run(script, chapter, *arguments, str(folder), folder=folder, log=log)
    return Recorded(disk, list(shim.events(log)))


def cut(
    library: Library, what: Recorded, points: int, after: Path, *, begun: bool = False
) -> dict[int, list[str]]:
    """What was wrong after each power cut at which something was, by the number of events before it."""
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    found = {}
    for place, marks in power.crashes(what.disk, what.events, points, chance, after):
        if problems := wrong(library, after, marks, begun=begun):
            found[place] = problems
    return found


def test_whatever_is_written_is_there_or_was_never_said_to_be(
    library: Library, tmp_path: Path, torture: bool
) -> None:
    points = 500 if torture else 90
    what = recorded(tmp_path / "disk", "write")
    found = cut(library, what, points, tmp_path / "after")
    print(f"{points} power cuts in {len(what.events)} steps: {len(found)} books with something wrong")
    assert found == {}


def test_an_update_is_made_or_not_begun_and_leaves_the_copy(
    library: Library, tmp_path: Path, torture: bool
) -> None:
    points = 250 if torture else 40
    recorded(tmp_path / "disk", "prepare")
    what = recorded(tmp_path / "disk", "update")
    with a_newer_program():
        found = cut(library, what, points, tmp_path / "after", begun=True)
    print(f"{points} power cuts in {len(what.events)} steps: {len(found)} books with something wrong")
    assert found == {}


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("backup", 20),
        ("carry", 10),
        ("restore", 20),
        ("archive", 8),
        ("delete", 6),
        ("passphrase", 6),
        ("anew", 8),
    ],
)
def test_what_takes_long_is_done_or_was_not_begun(
    library: Library, tmp_path: Path, torture: bool, name: str, points: int
) -> None:
    operation = BY_NAME[name]
    points *= 5 if torture else 1
    folder, after = tmp_path / "disk", tmp_path / "after"
    folder.mkdir()
    operation.prepare(library, folder)
    what = recorded(folder, "record", name, script="tests.reliability.operate")
    chance = random.Random(SEED)  # noqa: S311
    found = {}
    for place, marks in power.crashes(what.disk, what.events, points, chance, after):
        if problems := operation.wrong(library, after, done=any('"did"' in mark for mark in marks)):
            found[place] = problems
    print(f"{name}: {points} power cuts in {len(what.events)} steps, {len(found)} with something wrong")
    assert found == {}


def test_without_waiting_for_the_disk_much_is_lost(library: Library, tmp_path: Path, torture: bool) -> None:
    """The control: the same with ``synchronous = OFF`` is noticed in a fifth of all cases or more."""
    points = 200 if torture else 30
    what = recorded(tmp_path / "disk", "write", "--careless")
    found = cut(library, what, points, tmp_path / "after")
    print(f"{points} power cuts with synchronous=OFF: {len(found)} books with something wrong")
    assert len(found) >= points // 5
