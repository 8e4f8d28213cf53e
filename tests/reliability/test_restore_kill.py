"""A book that is brought back, killed on the way: the old one or the new one opens, and both are whole."""

import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.services.vault import Library
from tests.books import PASSPHRASE
from tests.copies import Copied, copied, reads
from tests.reliability.kills import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

_WHILE_COPYING = 6
"""Steps before the swap that are tried: nothing is in its place then, whichever it is."""


@dataclass(frozen=True)
class Scene:
    """A book that has gone on since it was copied, and what it says now."""

    copies: Copied
    now: list[object]


@pytest.fixture
def scene(library: Library, tmp_path: Path) -> Scene:
    (tmp_path / "made").mkdir()
    copies = copied(library, tmp_path / "made", pages=2)
    vault = library.open(copies.book, PASSPHRASE)
    vault.journal.keep(None, EntryDraft(title="Since then", body="more words")).result()
    vault.close()
    return Scene(copies, reads(library, copies.book))


def run(scene: Scene, target: Path, kill_before: int = 0) -> tuple[int, dict[str, int]]:
    """One restorer: how it ended, and how many steps there were when it told what."""
    command = [sys.executable, "-m", "tests.reliability.restorer", str(scene.copies.place), str(target)]
    command += [PASSPHRASE, "--kill-before", str(kill_before)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = (line.split() for line in ended.stdout.splitlines() if " " in line)
    return ended.returncode, {word: int(count) for word, count in told}


def test_killed_before_every_step_of_the_swap_both_books_are_whole(
    library: Library, scene: Scene, tmp_path: Path
) -> None:
    ended, counts = run(scene, Path(shutil.copytree(scene.copies.book, tmp_path / "try" / "book")))
    assert ended == 0
    shutil.rmtree(tmp_path / "try")
    before = counts["deciding"]
    spread = range(1, before + 1, max(1, before // _WHILE_COPYING))
    swap = range(before + 1, counts["done"] + 1)
    opened = {}
    for step in (*spread, *swap):
        place = tmp_path / f"step-{step}"
        target = Path(shutil.copytree(scene.copies.book, place / "book"))
        assert run(scene, target, step)[0] == -signal.SIGKILL
        said = reads(library, target)
        (*others,) = [path for path in place.iterdir() if path != target]
        if said == scene.now:
            assert not others, "what was not decided is taken away"
        else:
            assert said == scene.copies.said
            assert [reads(library, path) for path in others] == [scene.now]
        opened[step] = said == scene.copies.said
    print(f"{len(opened)} kills in {counts['done']} steps: the new book {sum(opened.values())} times")
    assert not any(opened[step] for step in spread)
    assert len(swap) >= 3
    assert opened[swap[-1]]
    assert any(not each for each in opened.values())


def test_killed_where_there_was_no_book_all_of_it_is_there_or_nothing(
    library: Library, scene: Scene, tmp_path: Path
) -> None:
    _, counts = run(scene, tmp_path / "whole" / "book")
    for step in range(counts["deciding"], counts["done"] + 1):
        target = tmp_path / f"step-{step}" / "book"
        assert run(scene, target, step)[0] == -signal.SIGKILL
        library.restoring.finish(target)
        if target.exists():
            assert reads(library, target) == scene.copies.said
        assert {path.name for path in target.parent.iterdir()} <= {"book"}
