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
KILLS = 60


def test_whenever_it_is_killed_the_passphrase_opens_and_both_halves_can_go(
    desktop_keyring: Session, library: Library, tmp_path: Path
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    book = tmp_path / "Memory Book"
    library.create(book, PASSPHRASE).close()
    found: Counter[str] = Counter()
    for _ in range(KILLS):
        _kill_one(book, desktop_keyring, chance)
        library.open(book, PASSPHRASE).close()
        whole = replicas.whole(book)
        try:
            library.open_with_keyring(book).close()
        except KeyringForgotten:
            found["forgotten"] += 1
        else:
            found["remembered"] += 1
        found["between two key files"] += len(whole) == 2
    print(dict(found))
    assert found["forgotten"], "positive control: some were killed on each side"
    assert found["remembered"]
    last = library.open(book, PASSPHRASE)
    last.ways.forget_here().result()
    last.close()
    assert not library.remembers(book)
    assert desktop_keyring.search("service", "org.memorybook") == ""


def _kill_one(book: Path, session: Session, chance: random.Random) -> None:
    """After some answers and a part of the time that the next one takes; forgetting takes much less of it."""
    command = [sys.executable, "-m", "tests.reliability.rememberer", str(book)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=session.environment) as process:
        assert process.stdout is not None
        for _ in range(chance.randint(1, 4)):
            assert process.stdout.readline()
        select.select([process.stdout], [], [], chance.uniform(0, chance.choice((0.01, 0.12))))
        process.kill()
        process.wait(SECONDS)
