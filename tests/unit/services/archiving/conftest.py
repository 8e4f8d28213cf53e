"""The book of these tests is filled once; each test has a copy of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE
from tests.unit.services.archiving.books import fill, saved


@pytest.fixture(scope="session")
def filled(decoder: Decoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed book with something of every kind, not to be changed."""
    folder = tmp_path_factory.mktemp("archiving") / "Memory Book"
    vault = Library(decoder=decoder, clock=SystemClock(), kdf=FAST).create(folder, PASSPHRASE)
    try:
        fill(vault)
        saved(vault, folder.parent / "archive")
    finally:
        vault.close()
    return folder


@pytest.fixture
def full(filled: Path, library: Library, tmp_path: Path) -> Iterator[Vault]:
    """That book, open, and this test's own."""
    shutil.copytree(filled, tmp_path / "Memory Book")
    vault = library.open(tmp_path / "Memory Book", PASSPHRASE)
    yield vault
    vault.close()


@pytest.fixture
def out(filled: Path, tmp_path: Path) -> Path:
    """An archive of that book as a folder, this test's own."""
    shutil.copytree(filled.parent / "archive", tmp_path / "out")
    return tmp_path / "out"
