"""Copies of small books for tests: a place, a single file, and what a book says when it is read whole."""

import threading
from dataclasses import dataclass
from pathlib import Path

from memorybook.domain.entry import EntryDraft
from memorybook.domain.restoring import Copy, Restored
from memorybook.services.restoring import Restoring, Way
from memorybook.services.vault import Library, Vault
from tests.benchmarks.books import picture
from tests.books import PASSPHRASE
from tests.recordings import wav


@dataclass(frozen=True)
class Copied:
    """A closed book and its copies, with what stands on its sheet."""

    book: Path
    place: Path
    file: Path
    sheet: str
    said: list[object]


def fill(vault: Vault, pages: int = 3) -> None:
    """Pages, all but the first with a photo each, and a recording."""
    for number in range(pages):
        entry = vault.journal.keep(None, EntryDraft(title=f"Day {number}", body="waves " * 300)).result()
        assert entry is not None
        if number:
            vault.album.add(entry.id, picture(number)).result()
    heard = vault.folder.parent / "heart.wav"
    heard.write_bytes(wav())
    vault.recordings.bring([heard]).done.result()
    heard.unlink()


def copied(library: Library, folder: Path, pages: int = 3) -> Copied:
    """A book in ``folder`` with a place of one copy and a single file beside it."""
    vault = library.create(folder / "Memory Book", PASSPHRASE)
    try:
        fill(vault, pages)
        (folder / "stick").mkdir()
        place = vault.backups.add_place(folder / "stick").result()
        copy_to(vault, folder / "stick")
        vault.backups.copy_to_file(folder / "book.mbbackup", lambda _: None, threading.Event()).result()
        vault.backups.forget_place(place.id).result()
        sheet = " ".join(vault.ways.sheet().result().words)
        said = says(vault)
    finally:
        vault.close()
    (inner,) = (folder / "stick").iterdir()
    return Copied(vault.folder, inner, folder / "book.mbbackup", sheet, said)


def copy_to(vault: Vault, folder: Path) -> None:
    """One more copy in the place that is remembered for ``folder``."""
    (place,) = [each for each in vault.backups.places().result() if each.folder == folder]
    vault.backups.copy(place.id, lambda _: None, threading.Event()).result()


def says(vault: Vault) -> list[object]:
    """Every page, picture and recording of a book, read whole."""
    said: list[object] = []
    for row in vault.journal.page().result().rows:
        entry = vault.journal.entry(row.id).result()
        said.append(entry)
        said += [vault.album.original(photo).result() for photo in entry.draft.photos]
    for recording in vault.recordings.rows().result():
        said.append(recording)
    return said


def reads(library: Library, folder: Path, passphrase: str = PASSPHRASE) -> list[object]:
    """As :func:`says`, of a closed book."""
    vault = library.open(folder, passphrase)
    try:
        return says(vault)
    finally:
        vault.close()


def take(restoring: Restoring, source: Path | Copy, target: Path, way: Way) -> Restored:
    """The newest copy at ``source``, brought back beside ``target``."""
    copy = restoring.find(source)[0] if isinstance(source, Path) else source
    return restoring.take(copy, target, way, lambda _: None, threading.Event())
