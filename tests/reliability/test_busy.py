"""The book is closed by its key in the middle of everything, and another process is there within a moment.

No process is spared and none is played: whatever was on its way ends with the one that is replaced.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from memorybook.domain.entry import Entry, EntryDraft
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Library, Vault
from memorybook.storage import lock, replicas
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.reliability import busy
from tests.reliability.program import Program

pytestmark = [pytest.mark.slow, pytest.mark.desktop, pytest.mark.timeout(240)]

PICTURES = 40


@dataclass(frozen=True)
class Case:
    """A book, what it held before, and the folder that pictures come from and PDFs go to."""

    book: Path
    place: Path
    kept: list[Entry]


@pytest.fixture
def case(library: Library, tmp_path: Path) -> Case:
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    for page in range(6):
        entry = vault.journal.keep(None, EntryDraft(title=f"Page {page}", body="words " * 400)).result()
        assert entry is not None
        for number in range(2):
            picture = pictures.jpeg(pictures.scene(2400, 1800, 10 * page + number), orientation=6)
            vault.album.add(entry.id, picture).result()
    kept = entries(vault)
    vault.close()
    place = tmp_path / "place"
    place.mkdir()
    return Case(vault.folder, place, kept)


def entries(vault: Vault) -> list[Entry]:
    return [vault.journal.entry(row.id).result() for row in vault.journal.all_for_book().result()]


def large_picture(seed: int) -> bytes:
    """Some megabytes, as a phone makes them."""
    return pictures.jpeg(pictures.scene(4032, 3024, seed))


def secrets(book: Path) -> dict[str, bytes]:
    (way,) = replicas.unlock(book, PASSPHRASE)
    key = way.seed.database_key()
    sheet = RecoveryWords().sheet(way.seed.value)
    found = {"seed": way.seed.value, "key": key, "key in hex": key.hex().encode()}
    found |= {"media key": way.seed.media_key()}
    texts = {"words": busy.WORDS, "passphrase": PASSPHRASE, "another": busy.ADDED, "code": sheet.code}
    for name, text in texts.items():
        found |= {name: text.encode(), f"{name}, as Qt has it": text.encode("utf-16-le")}
    return found


@pytest.mark.parametrize("what", busy.KINDS)
def test_whatever_runs_the_closed_book_is_there_and_nothing_is_lost(
    what: str, case: Case, library: Library, tmp_path: Path, qapp: QApplication
) -> None:
    if what == "importing":
        first = large_picture(0)
        for number in range(PICTURES):
            (case.place / f"{number:02}.jpg").write_bytes(first + b"\0" * number)
    coming = {path.name: path.read_bytes() for path in case.place.iterdir()}
    arguments = ("-m", "tests.reliability.busy", what, str(case.book), str(case.place))
    wanted = secrets(case.book)
    with Program(case.book, tmp_path / "person", instead=arguments) as program:
        program.wait(lambda: "busy" in program.told(), "the middle of it")
        workers = program.children()
        before = program.begun()
        began = time.monotonic()
        program.press("ctrl+l")
        program.wait(lambda: program.is_closed_again(before), "a fresh process")
        took = time.monotonic() - began
        print(f"{what}: closed after {took:.2f} s; picture workers before: {len(workers)}")
        assert not any(program.copies(wanted.values()).values())
        assert program.children() == []
        program.wait(lambda: not any((Path("/proc") / each).exists() for each in workers), "their end")
        ours = (str(case.book), str(case.place))
        assert [name for name in program.descriptors() if name.startswith(ours)] == []
        assert not lock.is_held(case.book)
        assert program.said() == ""
        program.unlock(PASSPHRASE)
        program.lock()
    assert {path.name: path.read_bytes() for path in case.place.iterdir()} == coming
    added = opens_whole(library, case, coming)
    assert not coming or len(added) < PICTURES, "it closed only when all of them had come in"
    assert left_over(case.book) == []


def test_a_session_that_ends_does_not_wait_for_an_import(
    case: Case, library: Library, tmp_path: Path, qapp: QApplication
) -> None:
    first = large_picture(0)
    for number in range(PICTURES):
        (case.place / f"{number:02}.jpg").write_bytes(first + b"\0" * number)
    coming = {path.name: path.read_bytes() for path in case.place.iterdir()}
    arguments = ("-m", "tests.reliability.busy", "importing", str(case.book), str(case.place))
    with Program(case.book, tmp_path / "person", instead=arguments) as program:
        program.wait(lambda: "busy" in program.told(), "the middle of it")
        program.process.terminate()
        assert program.process.wait(240) == 0
        assert program.said() == ""
    assert not lock.is_held(case.book)
    assert len(opens_whole(library, case, coming)) < PICTURES
    assert left_over(case.book) == []


def opens_whole(library: Library, case: Case, coming: dict[str, bytes]) -> list[bytes]:
    """The pictures that had come in, all there as they were."""
    vault = library.open(case.book, PASSPHRASE)
    try:
        found = {entry.id: entry for entry in entries(vault)}
        assert [found.pop(entry.id) for entry in case.kept] == case.kept
        (page,) = found.values()
        assert page.draft.body.strip() == busy.WORDS
        added = [vault.album.original(photo).result() for photo in page.draft.photos]
        assert added == [coming[name] for name in sorted(coming)[: len(added)]]
        print(f"pictures that were added: {len(added)} of {len(coming)}")
        for entry in case.kept:
            assert all(vault.album.original(photo).result() for photo in entry.draft.photos)
        return added
    finally:
        vault.close()


def left_over(book: Path) -> list[str]:
    return [str(path) for path in book.rglob("*") if path.name.startswith(".")]
