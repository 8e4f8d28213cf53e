"""The program is killed while a computer is told to remember a book or to forget it."""

import random
import select
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from memorybook.errors import KeyringForgotten
from memorybook.services.vault import Library
from memorybook.storage import replicas
from tests.books import PASSPHRASE
from tests.keyrings import SECONDS, Session, bus, desktop_keyring

__all__ = ["bus", "desktop_keyring"]

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SEED = 20261121
KILLS = 40


def test_whenever_it_is_killed_the_passphrase_opens_and_both_halves_can_go(
    desktop_keyring: Session, library: Library, tmp_path: Path
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    book = tmp_path / "Memory Book"
    library.create(book, PASSPHRASE).close()
    found: Counter[str] = Counter()
    for _ in range(KILLS):
        _kill_one(book, desktop_keyring, chance)
        found["between two key files"] += len(replicas.whole(book)) == 2
        library.open(book, PASSPHRASE).close()
        try:
            library.open_with_keyring(book).close()
        except KeyringForgotten:
            found["forgotten"] += 1
        else:
            found["remembered"] += 1
    print(dict(found))
    assert found["forgotten"], "positive control: some were killed on each side"
    assert found["remembered"]
    last = library.open(book, PASSPHRASE)
    last.ways.forget_here().result()
    last.close()
    assert not library.remembers(book)
    assert desktop_keyring.search("service", "org.memorybook") == ""


def _kill_one(book: Path, session: Session, chance: random.Random) -> None:
    """Within the time that remembering takes once it was forgotten, or forgetting once it was remembered."""
    said, seconds = chance.choice(((b"on\n", 0.005), (b"off\n", 0.15)))
    command = [sys.executable, "-m", "tests.reliability.rememberer", str(book)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=session.environment) as process:
        assert process.stdout is not None
        while process.stdout.readline() != said:
            assert process.poll() is None
        select.select([process.stdout], [], [], chance.uniform(0, seconds))
        process.kill()
        process.wait(SECONDS)
