"""Books and copies on drives that go away or know no locks: nothing is lost, and what happened is said."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from memorybook.domain.backup import FILES, WORDS, Step
from memorybook.domain.entry import EntryDraft
from memorybook.errors import MemoryBookError
from memorybook.services.restoring import ByPassphrase
from memorybook.services.vault import Library, Vault
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import drive, small_disk
from tests.reliability import shim

pytestmark = pytest.mark.slow

SOMEBODY = """
import sys
from pathlib import Path
from memorybook.domain.entry import EntryDraft
from memorybook.errors import MemoryBookError
from tests.reliability.operate import a_library
with a_library() as library:
    try:
        vault = library.open(Path(sys.argv[1]), sys.argv[2])
    except MemoryBookError as error:
        print(type(error).__name__)
    else:
        vault.journal.keep(None, EntryDraft(body="kept there")).result()
        vault.close()
        print("kept")
"""


@pytest.mark.parametrize("stage", [WORDS, FILES])
def test_a_stick_that_is_pulled_out_during_a_copy_keeps_the_ones_before(
    library: Library, vault: Vault, tmp_path: Path, stage: str
) -> None:
    entry = vault.journal.keep(None, EntryDraft(body="The first page.")).result()
    assert entry is not None
    with small_disk(tmp_path / "disk", "64m") as disk, drive(tmp_path / "stick", disk.folder) as stick:
        place = vault.backups.add_place(stick.at).result()
        stop = threading.Event()
        vault.backups.copy(place.id, lambda _: None, stop).result()
        vault.album.add(entry.id, pictures.jpeg(pictures.scene(400, 300, 5), place=False)).result()
        pulled: list[bool] = []

        def told(step: Step) -> None:
            if step.stage == stage and not pulled:
                pulled.append(True)
                stick.pull()

        refused = vault.backups.copy(place.id, told, stop).exception()
        assert isinstance(refused, MemoryBookError)
        assert pulled
        assert not any(stick.at.glob("*")), "nothing was begun where the stick had been"
        assert vault.journal.keep(entry.id, EntryDraft(body="Written without it.")).result() is not None
        stick.plug()
        copies = library.restoring.find(stick.at)
        restored = library.restoring.take(
            copies[-1], tmp_path / "back", ByPassphrase(PASSPHRASE), lambda _: None, stop
        )
        assert restored.is_whole
        library.restoring.discard(restored)
        again = vault.backups.copy(place.id, lambda _: None, stop).result()
        assert again.counts is not None
        assert again.counts.photos == 1


def test_on_a_drive_without_locks_it_works_or_is_said_and_nothing_is_lost(
    library: Library, tmp_path: Path
) -> None:
    """As a network drive does it that knows neither ``flock`` nor locks on parts of a file."""
    book = tmp_path / "Memory Book"
    vault = library.create(book, PASSPHRASE)
    vault.journal.keep(None, EntryDraft(body="kept here")).result()
    vault.close()
    before = (book / "book.db").read_bytes()
    said = subprocess.run(
        [sys.executable, "-c", SOMEBODY, str(book), PASSPHRASE],
        cwd=shim.ROOT,
        env={**shim.environment(book), "MB_SHIM_NO_LOCKS": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.strip()
    print(f"on a drive without locks: {said}")
    assert said in {"kept", "BookOpenElsewhere", "StorageFailed"}
    assert said == "kept" or (book / "book.db").read_bytes() == before
    vault = library.open(book, PASSPHRASE)
    assert len(vault.journal.page(None).result().rows) == 1 + (said == "kept")
    vault.close()


def test_somebody_else_who_has_it_open_is_left_alone(library: Library, tmp_path: Path) -> None:
    book = tmp_path / "Memory Book"
    vault = library.create(book, PASSPHRASE)
    vault.journal.keep(None, EntryDraft(body="kept here")).result()
    said = subprocess.run(
        [sys.executable, "-c", SOMEBODY, str(book), PASSPHRASE],
        cwd=shim.ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.strip()
    assert said == "BookOpenElsewhere"
    assert vault.journal.keep(None, EntryDraft(body="and here")).result() is not None
    assert len(vault.journal.page(None).result().rows) == 2
    vault.close()
