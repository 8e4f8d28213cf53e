"""The program is killed while it writes; nothing that the screen said was kept may be missing.

``kill -9`` ends the process and leaves the computer running, so these tests show that a page is handed to the
system, in one piece and in order, before the screen says that it is kept. What the system does with it when
the power fails is another matter, and rests on ``synchronous = FULL``, which other tests look at.
"""

import hashlib
import random
from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.errors import MediaDamaged
from memorybook.services.vault import Library
from tests.benchmarks.books import picture
from tests.books import PASSPHRASE
from tests.reliability.kills import Moment, Told, missing, one_kill

pytestmark = [pytest.mark.slow, pytest.mark.desktop]

SEED = 20261121
MOMENTS = [Moment.ANY] * 12 + [Moment.SAID] * 8 + [Moment.WRITING] * 6 + [Moment.FOLDING] * 4
PICTURES_IN_A_ROUND = 6
CONTROL_ROUNDS = 12


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    folder = tmp_path / "Memory Book"
    library.create(folder, PASSPHRASE).close()
    return folder


def pictures(folder: Path, number: int) -> list[Path]:
    """Files that no round before had."""
    paths = [folder / f"{number}-{each}.jpg" for each in range(PICTURES_IN_A_ROUND)]
    for each, path in enumerate(paths):
        path.write_bytes(picture(number * PICTURES_IN_A_ROUND + each))
    return paths


def test_nothing_is_lost_that_the_screen_said_was_kept(library: Library, book: Path, tmp_path: Path) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    moments = chance.sample(MOMENTS, len(MOMENTS))
    told, offered = Told(), set[str]()
    for number, moment in enumerate(moments):
        added = pictures(tmp_path, number) if number % 3 == 0 else []
        offered |= {hashlib.sha256(path.read_bytes()).hexdigest() for path in added}
        arguments = tuple(f"--picture={path}" for path in added)
        one_kill(book, told, moment, chance, number=number, arguments=arguments)
        assert not missing(library, book, told, offered), f"kill {number}, {moment.value}"
    print(f"{len(moments)} kills; the screen had said {told.times} times that something was kept,")
    print(f"{len(told.pages)} pages and {len(told.pictures)} pictures in all; none was missing")
    assert told.times >= len(moments)
    assert len(told.pictures) >= PICTURES_IN_A_ROUND


def test_saying_so_before_it_is_kept_is_noticed(library: Library, book: Path) -> None:
    """The control: with the words said just before they are written, a kill soon finds one missing."""
    chance = random.Random(SEED)  # noqa: S311
    told = Told()
    for number in range(CONTROL_ROUNDS):
        one_kill(book, told, Moment.SAID, chance, number=number, arguments=("--hasty",))
        if missing(library, book, told, set()):
            print(f"noticed at kill {number + 1}")
            return
    pytest.fail("a page that was said to be kept too early was never missing")


def test_half_a_picture_is_noticed(library: Library, book: Path) -> None:
    """The control for pictures: one that is cut short does not pass for whole."""
    vault = library.open(book, PASSPHRASE)
    entry = vault.journal.keep(None, EntryDraft(body="page0x1 word0x1")).result()
    assert entry is not None
    photo = vault.album.add(entry.id, picture(0)).result()
    vault.close()
    digest = hashlib.sha256(picture(0)).hexdigest()
    told = Told(pictures={digest})
    assert not missing(library, book, told, {digest})
    file = book / "media" / f"{photo.media}.mbm"
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(MediaDamaged):
        missing(library, book, told, {digest})
