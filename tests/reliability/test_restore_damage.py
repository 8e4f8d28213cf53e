"""Copies with one bit changed or cut short: none of them is ever brought back as if it were whole."""

import itertools
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from memorybook.domain.restoring import Restored
from memorybook.errors import MemoryBookError
from memorybook.services.restoring import ByPassphrase, ByWords, Restoring, Way
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from tests.books import PASSPHRASE
from tests.copies import Copied, copied, reads, take

pytestmark = pytest.mark.slow

SEED = 20261121
FLIPS, CUTS = 75, 25
"""Of each form of a copy, of which there are two."""


@pytest.fixture
def copies(library: Library, tmp_path: Path) -> Copied:
    (tmp_path / "made").mkdir()
    return copied(library, tmp_path / "made")


@pytest.fixture
def restoring() -> Restoring:
    return Restoring(SystemClock())


def outcome(restoring: Restoring, source: Path, target: Path, way: Way) -> str:
    """What comes of a copy: the error it is refused with, or how much of it there is."""
    try:
        restored = take(restoring, source, target, way)
    except MemoryBookError as error:
        return type(error).__name__
    try:
        return told(restored)
    finally:
        restoring.discard(restored)


def told(restored: Restored) -> str:
    if restored.is_whole:
        return "whole"
    return "something is missing" if restored.missing else "not as it was made"


def flip(path: Path, at: int, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def files_of(place: Path) -> list[Path]:
    """Everything of a copy that is not text for people, each file as likely as another."""
    return sorted(path for path in place.rglob("*") if path.is_file() and path.name not in _APART)


_APART = {"README.txt", "book.lock"}


def test_one_bit_in_a_place_is_noticed(restoring: Restoring, copies: Copied, tmp_path: Path) -> None:
    found = spoiled(restoring, copies.place, tmp_path, ByWords(copies.sheet), whole_folder=True)
    print(f"a place, {FLIPS} flips and {CUTS} cuts: {dict(found)}")
    assert not found["whole"]


def test_one_bit_in_a_single_file_is_noticed(restoring: Restoring, copies: Copied, tmp_path: Path) -> None:
    found = spoiled(restoring, copies.file, tmp_path, ByWords(copies.sheet), whole_folder=False)
    print(f"a file, {FLIPS} flips and {CUTS} cuts: {dict(found)}")
    assert not found["whole"]
    assert found["not as it was made"] + found["something is missing"], "what is left can be had"


def spoiled(
    restoring: Restoring, source: Path, tmp_path: Path, way: Way, *, whole_folder: bool
) -> Counter[str]:
    """What came of many copies of ``source``, each damaged in one place; and that it itself is whole."""
    target = tmp_path / "target"
    assert outcome(restoring, source, target, way) == "whole"
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    found: Counter[str] = Counter()
    damaged = tmp_path / source.name
    for number in range(FLIPS + CUTS):
        if whole_folder:
            shutil.copytree(source, damaged)
            path = chance.choice(files_of(damaged))
        else:
            path = Path(shutil.copy(source, damaged))
        size = path.stat().st_size
        if number < FLIPS:
            flip(path, chance.randrange(size), chance)
        else:
            with path.open("r+b") as file:
                file.truncate(chance.randrange(size))
        found[outcome(restoring, damaged, target, way)] += 1
        shutil.rmtree(damaged) if whole_folder else damaged.unlink()
    assert not target.exists()
    return found


def test_a_book_comes_back_the_same_from_every_form(
    library: Library, restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    """On a computer on which there is nothing else: neither the book nor anything the program remembers."""
    shutil.rmtree(copies.book)
    ways: tuple[Way, ...] = (ByPassphrase(PASSPHRASE), ByWords(copies.sheet))
    sources = (copies.place, copies.file)
    for number, (source, way) in enumerate(itertools.product(sources, ways)):
        target = tmp_path / f"new computer {number}" / "Documents" / "Memory Book"
        restored = take(restoring, source, target, way)
        assert restored.is_whole
        assert (restored.counts.pages, restored.counts.photos, restored.counts.recordings) == (3, 2, 1)
        assert restoring.put_in_place(restored) is None
        assert reads(library, target) == copies.said
