"""Real books for tests, and the checks that nothing of them is left open."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder

PASSPHRASE = "the blue door by the sea"
FAST = KdfCost(8192, 1, 1)
SECONDS = 20
_ENDS_BY_ITSELF = {f"memorybook-{name}" for name in ("keyring", "leftovers", "remembering", "words")}
"""Threads that do one thing and that no closing waits for, as what they ask may never answer."""


@pytest.fixture(scope="session")
def decoder() -> Iterator[Decoder]:
    """The real picture worker."""
    with Decoder() as decoder:
        yield decoder


@pytest.fixture
def library(decoder: Decoder) -> Library:
    """Opens and begins books, with a key derivation that takes milliseconds."""
    return Library(decoder=decoder, clock=SystemClock(), kdf=FAST)


@pytest.fixture
def vault(library: Library, tmp_path: Path) -> Iterator[Vault]:
    """An open book, new and empty; closed afterwards."""
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    yield vault
    vault.close()


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Fail a test that leaves a book's threads running or its files open."""
    threads, files = _threads(), _of_books()
    yield
    for thread in _threads() - threads:
        if thread.name in _ENDS_BY_ITSELF:
            thread.join(SECONDS)
    left = sorted(thread.name for thread in _threads() - threads)
    assert not left, "threads of a book are still running"
    assert _of_books() <= files, "a file of a book is still open"


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("memorybook-")}


def open_files() -> list[str]:
    """What this process has open, by path; Linux alone knows."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one that lists this folder
            found.append(str(descriptor.readlink()))
    return found


def _of_books() -> set[str]:
    return {name for name in open_files() if "/book." in name or ".mbm" in name}
