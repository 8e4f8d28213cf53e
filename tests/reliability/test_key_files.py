"""Nobody is locked out while one whole key file or the sheet is there: damage, mix-ups, kills and power cuts.

The kills show that a change is handed to the system in one piece and in order; what a power cut leaves is
played through in ``test_power.py``.
"""

import collections
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.errors import KeyFilesDamaged, KeyFilesMissing, MemoryBookError, WrongPassphrase
from memorybook.services.vault import Library
from memorybook.storage import keyfile, replicas
from memorybook.storage.keyfile import ReplicaDamagedError
from tests.books import PASSPHRASE
from tests.reliability.changer import passphrase
from tests.reliability.kills import PATIENCE_S, ROOT

pytestmark = pytest.mark.slow

SEED = 20261121
KILLS = 200
CONTROL_KILLS = 120
LABEL = "mine"
FIRST, SECOND = replicas.NAMES


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    """A closed book with one page, whose passphrase is number 0 and has a label."""
    vault = library.create(tmp_path / "book", passphrase(0))
    (way,) = vault.ways.all().result()
    vault.ways.rename(way.id, LABEL).result()
    vault.journal.keep(None, EntryDraft(title="a page")).result()
    vault.close()
    return vault.folder


def opened_by(library: Library, folder: Path, phrase: str) -> str:
    """"open", or the name of what was said instead."""
    try:
        vault = library.open(folder, phrase)
    except MemoryBookError as error:
        return type(error).__name__
    (row,) = vault.journal.page().result().rows
    vault.close()
    assert row.title == "a page"
    return "open"


def test_a_flipped_byte_never_looks_like_a_wrong_passphrase(library: Library, book: Path) -> None:
    """Every byte, with the right passphrase: in both key files, or in one with the other gone or whole."""
    whole = (book / FIRST).read_bytes()
    found: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        for name, (first, second) in {
            "both": (flipped, flipped),
            "one, the other gone": (flipped, None),
            "the first": (flipped, whole),
            "the second": (whole, flipped),
        }.items():
            for replica, data in zip(replicas.NAMES, (first, second), strict=True):
                (book / replica).unlink(missing_ok=True)
                if data is not None:
                    (book / replica).write_bytes(data)
            found[name][opened_by(library, book, passphrase(0))] += 1
            if whole in (first, second):
                assert (book / FIRST).read_bytes() == (book / SECOND).read_bytes() == whole
    print({name: dict(counted) for name, counted in found.items()}, f"of {len(whole)} bytes")
    assert found == {
        "both": {"KeyFilesDamaged": len(whole)},
        "one, the other gone": {"KeyFilesDamaged": len(whole)},
        "the first": {"open": len(whole)},
        "the second": {"open": len(whole)},
    }


@pytest.mark.parametrize("first", ["whole", "missing", "empty", "flipped", "another book's"])
@pytest.mark.parametrize("second", ["whole", "missing", "empty", "flipped", "another book's"])
def test_one_whole_key_file_or_the_sheet_is_enough(
    library: Library, book: Path, tmp_path: Path, first: str, second: str
) -> None:
    vault = library.open(book, passphrase(0))
    sheet = vault.ways.sheet().result()
    vault.close()
    other = library.create(tmp_path / "other", PASSPHRASE)
    other.close()
    whole = (book / FIRST).read_bytes()
    flipped = bytearray(whole)
    flipped[60] ^= 1
    kinds = {
        "whole": whole,
        "empty": b"",
        "flipped": bytes(flipped),
        "another book's": (other.folder / FIRST).read_bytes(),
    }
    for name, kind in ((FIRST, first), (SECOND, second)):
        (book / name).unlink()
        if kind in kinds:
            (book / name).write_bytes(kinds[kind])
    said = opened_by(library, book, passphrase(0))
    if "whole" in (first, second):
        assert said == "open"
    elif "another book's" in (first, second):
        assert said == "WrongPassphrase"
        assert opened_by(library, book, PASSPHRASE) == "KeyFilesMissing"
    else:
        missing = first == second == "missing"
        assert said == (KeyFilesMissing if missing else KeyFilesDamaged).__name__
    vault = library.open_with_words(book, " ".join(sheet.words))
    (row,) = vault.journal.page().result().rows
    assert row.title == "a page"
    if not vault.ways.all().result():
        vault.ways.add_passphrase("", passphrase(0)).result()
    vault.close()
    assert opened_by(library, book, passphrase(0)) == "open"


class Changer:
    """One process that changes the passphrase; a context manager, at whose end it has been killed."""

    def __init__(self, nursery: subprocess.Popen[bytes], number: int) -> None:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        self.told = number
        self._ended = False
        self._process = 0
        self._pipe = nursery.stdout.fileno()
        self._rest = b""
        nursery.stdin.write(f"{number}\n".encode())
        nursery.stdin.flush()
        while not self._process:
            self.listen(PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self._process, signal.SIGKILL)
        until = time.monotonic() + PATIENCE_S
        while not self._ended:
            assert time.monotonic() < until
            self.listen(PATIENCE_S)

    def listen(self, seconds: float) -> None:
        """Take what is told, at the latest after this time."""
        if not select.select([self._pipe], [], [], seconds)[0]:
            return
        data = os.read(self._pipe, 1 << 16)
        assert data, "the process that starts others has ended"
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            match line.decode().split():
                case ["begun", process]:
                    self._process = int(process)
                case ["changed", number]:
                    self.told = int(number)
                case ["ended"]:
                    self._ended = True
                case other:
                    raise AssertionError(other)


@contextmanager
def starting(book: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.reliability.changer", str(book), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as nursery:
        yield nursery


def killed(nursery: subprocess.Popen[bytes], number: int, chance: random.Random) -> int:
    """Kill one process at any moment, most often within a change; the last passphrase that it told."""
    with Changer(nursery, number) as changer:
        if chance.random() < 0.9:
            until = time.monotonic() + PATIENCE_S
            while changer.told == number:
                assert time.monotonic() < until
                changer.listen(PATIENCE_S)
        until = time.monotonic() + chance.uniform(0, 0.08)
        while (left := until - time.monotonic()) > 0:
            changer.listen(left)
    return changer.told


def damaged(book: Path) -> int:
    """How many of the two key files are not whole."""
    wrong = 0
    for name in replicas.NAMES:
        try:
            keyfile.parse((book / name).read_bytes())
        except (FileNotFoundError, ReplicaDamagedError):
            wrong += 1
    return wrong


def labels(library: Library, book: Path, number: int) -> list[str]:
    vault = library.open(book, passphrase(number))
    found = [way.label for way in vault.ways.all().result()]
    vault.close()
    return found


def after(library: Library, book: Path, told: int) -> int | None:
    """The number of the passphrase that opens the book, the next one or the last that was told."""
    for number in (told + 1, told):
        if opened_by(library, book, passphrase(number)) == "open":
            return number
    return None


def test_nobody_is_locked_out_by_a_kill(library: Library, book: Path) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    number = changes = unacknowledged = both = 0
    with starting(book) as nursery:
        for kill in range(KILLS):
            told = killed(nursery, number, chance)
            assert damaged(book) == 0, f"kill {kill}"
            first, second = (keyfile.parse((book / name).read_bytes()) for name in replicas.NAMES)
            both += first.generation != second.generation
            now = after(library, book, told)
            assert now is not None, f"locked out by kill {kill}"
            if kill % 10 == 0:
                assert labels(library, book, now) == [LABEL]
            if told > number and kill % 10 == 0:
                with pytest.raises(WrongPassphrase):
                    library.open(book, passphrase(told - 1))
            changes += told - number
            unacknowledged += now > told
            number = now
            assert not list(book.glob(".*.part"))
    print(f"{KILLS} kills during {changes} changes that were told; {both} between the two key files,")
    print(f"{unacknowledged} changes made and not told; 0 locked out, 0 key files damaged, 0 taken back")
    assert changes > KILLS


@pytest.mark.parametrize(("fault", "noticed"), [("--early", "locked out"), ("--in-place", "damaged")])
def test_a_change_that_is_not_careful_is_noticed(
    library: Library, book: Path, fault: str, noticed: str
) -> None:
    """The control: told before it is made, or written in place, a change soon does harm that is seen."""
    chance = random.Random(SEED)  # noqa: S311
    number = 0
    with starting(book, fault) as nursery:
        for kill in range(CONTROL_KILLS):
            told = killed(nursery, number, chance)
            if fault == "--in-place":
                harmed, now = damaged(book) > 0, after(library, book, told)
            else:
                harmed = opened_by(library, book, passphrase(told)) != "open"
                now = told
            if harmed:
                print(f"{noticed} at kill {kill + 1}")
                return
            assert now is not None
            number = now
    pytest.fail("no harm was seen")
