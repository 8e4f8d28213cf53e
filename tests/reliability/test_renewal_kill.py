"""A book that is written anew, killed on the way: what opens then is the old book or the new one, whole."""

import itertools
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.errors import RecoveryWordsOther, WrongPassphrase
from memorybook.services.vault import Library, Vault
from tests.benchmarks.books import picture
from tests.books import PASSPHRASE
from tests.reliability.kills import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

NEW = "a gate that nobody knows"
SEED = 20261121
PICTURES = 3
KILLS = 80
_OURS = re.compile(r"\.(renewing|renewed|old)-")

Said = list[object]


@dataclass(frozen=True)
class Book:
    """A book to make copies of, what is in it, and what its sheet says."""

    folder: Path
    said: Said
    names: set[str]
    sheet: str


def says(vault: Vault) -> Said:
    """Every page with its pictures, byte for byte, and where the words are found."""
    said: Said = []
    for row in vault.journal.page().result().rows:
        entry = vault.journal.entry(row.id).result()
        said.append(entry)
        for photo in entry.draft.photos:
            album = vault.album
            said += [album.original(photo).result(), album.rendition(photo).result()]
            said += [album.thumbnail(photo).result(), album.photos([photo]).result()]
    return [*said, vault.journal.search("waves").result().rows, vault.preferences.get("title").result()]


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Book:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    vault.preferences.put("title", "For Robin").result()
    for number in range(PICTURES):
        entry = vault.journal.keep(None, EntryDraft(title=f"{number}", body="waves " * 4000)).result()
        assert entry is not None
        vault.album.add(entry.id, picture(number)).result()
    said, sheet = says(vault), " ".join(vault.ways.sheet().result().words)
    vault.close()
    return Book(vault.folder, said, names(vault.folder), sheet)


def run(folder: Path, *arguments: str, after: float | None = None) -> tuple[int, str, float]:
    """One renewer: how it ended, what it told, and how long it took from its beginning.

    ``after`` so many seconds it is killed from outside.
    """
    command = [sys.executable, "-m", "tests.reliability.renewer", str(folder), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        started = time.monotonic()
        if after is not None:
            try:
                process.wait(after)
            except subprocess.TimeoutExpired:
                process.kill()
        told += process.stdout.read()
        return process.wait(), told, time.monotonic() - started


def renew(folder: Path, *arguments: str, after: float | None = None) -> tuple[int, str, float]:
    return run(folder, PASSPHRASE, "--renew-to", NEW, *arguments, after=after)


def which(library: Library, folder: Path, book: Book, first: str) -> str:
    """The one passphrase that opens what is left, after all of it was compared. ``first`` is tried first."""
    opened = []
    for passphrase in (first, NEW if first == PASSPHRASE else PASSPHRASE):
        try:
            vault = library.open(folder, passphrase)
        except WrongPassphrase:
            continue
        assert says(vault) == book.said
        vault.close()
        opened.append(passphrase)
    assert len(opened) == 1
    assert names(folder) == book.names, "something was left behind, or is missing"
    try:
        library.open_with_words(folder, book.sheet).close()
    except RecoveryWordsOther:
        assert opened == [NEW]
    else:
        assert opened == [PASSPHRASE]
    return opened[0]


def steps(told: str) -> int:
    return int(told.rsplit(maxsplit=1)[-1])


def test_killed_before_every_step_one_book_is_whole(library: Library, book: Book, tmp_path: Path) -> None:
    folder = shutil.copytree(book.folder, tmp_path / "whole")
    ended, told, _ = renew(folder)
    assert ended == 0
    count = steps(told)
    assert which(library, folder, book, NEW) == NEW
    outcomes, unfinished = [], []
    for step in range(1, count + 1):
        folder = shutil.copytree(book.folder, tmp_path / f"step-{step}")
        ended, told, _ = renew(folder, "--kill-before", str(step))
        assert ended == -signal.SIGKILL, told
        left = {name.split("-")[0] for name in names(folder) if _OURS.match(name)}
        unfinished.append(left)
        outcomes.append(which(library, folder, book, PASSPHRASE if step % 2 else NEW))
    old, new = outcomes.count(PASSPHRASE), outcomes.count(NEW)
    print(f"{count} steps: the old book {old} times, the new one {new}")
    decided = outcomes.index(NEW)
    assert set(outcomes[:decided]) == {PASSPHRASE}
    assert set(outcomes[decided:]) == {NEW}
    assert any(".renewing" in left for left in unfinished[:decided])
    assert sum(".renewed" in left for left in unfinished[decided:]) > 10, "the swap itself was not hit"
    assert any(left == {".old"} for left in unfinished[decided:])


def test_killed_again_while_it_is_being_finished(library: Library, book: Book, tmp_path: Path) -> None:
    """Opening goes on with the swap; that may be killed at every step as well, again and again."""
    folder = shutil.copytree(book.folder, tmp_path / "whole")
    count = steps(renew(folder)[1])
    kills = 0
    for step in range(count, 0, -4):
        folder = shutil.copytree(book.folder, tmp_path / f"step-{step}")
        renew(folder, "--kill-before", str(step))
        ended = 1
        while ended:  # each opening gets a little further than the one before it
            kills += 1
            before = names(folder)
            ended, told, _ = run(folder, NEW, "--kill-before", "4")
            assert ended in {0, -signal.SIGKILL}, told
            if names(folder) == before:
                break
        which(library, folder, book, NEW)
    print(f"{kills} openings were killed")
    assert kills > 20


def test_killed_at_any_moment_one_book_is_whole(library: Library, book: Book, tmp_path: Path) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    folder = shutil.copytree(book.folder, tmp_path / "whole")
    took = renew(folder)[2]
    outcomes: list[str] = []
    for number in itertools.count():
        folder = shutil.copytree(book.folder, tmp_path / f"kill-{number}")
        ended, _, _ = renew(folder, after=chance.uniform(0, 2 * took))
        opened = which(library, folder, book, chance.choice([PASSPHRASE, NEW]))
        shutil.rmtree(folder)
        if ended:  # some are done by then: the first one is no measure for the others
            outcomes.append(opened)
        if len(outcomes) == KILLS:
            break
    old, new = outcomes.count(PASSPHRASE), outcomes.count(NEW)
    print(f"{KILLS} kills within {2 * took:.2f} s: the old book {old} times, the new one {new}")
    assert old
    assert new
