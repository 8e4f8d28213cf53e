"""A small book with something of every kind in it, and all that a book says, to be compared."""

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from memorybook.domain.archive import ArchiveForm, ArchiveReport
from memorybook.domain.book import Edition
from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import Edit
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.domain.photo import PhotoDraft, PhotoKind
from memorybook.domain.recording import RecordingDraft
from memorybook.services.archiving import reading
from memorybook.services.archiving.gathering import NOT_OF_THE_BOOK
from memorybook.services.preferences import ME, TITLE
from memorybook.services.vault import Library, Vault
from memorybook.storage.connection import Connection, Row
from tests import recordings
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.unit.services.photos import baby, one

Change = Callable[[dict[str, Any]], object]
PASSWORD = "a password with spaces"
SECRET = "Nachtigall"
"""Stands in every kind of text of the book, and nowhere else."""

_ARCHIVES_OWN = {"media", "rendition", "view"}
_NOT_COMPARED = {"meta"} | {f"entry_search_{each}" for each in ("data", "idx", "docsize", "config")}
"""Which book it is, and where in the index of words its own pieces are."""


def fill(vault: Vault) -> None:
    """Something of every kind: put away, earlier versions, covered, edited, for the parent alone."""
    vault.preferences.put(TITLE, f"For Wren\n& <{SECRET}>").result()
    vault.preferences.put(ME, "Ada").result()
    sam = vault.people.add(f"Sam {SECRET}").result().id
    wren = baby(vault, "Wren")
    kept = next(each for each in vault.record.babies().result() if each.id == wren)
    measured = (Measurement("weight", "345 g"), Measurement("Her hand", "two fingers"))
    vault.record.keep_baby(
        wren,
        replace(
            kept.draft,
            due=VagueDate.parse("2026-10~"),
            born=VagueDate.parse("2026-05-22"),
            died=VagueDate.parse("2026-05-20~"),
            gestation=Gestation(20, 6),
            measurements=measured,
            notes=f"One line.\nAnd {SECRET}.\n\nA paragraph.",
        ),
    ).result()
    gone = vault.record.keep_baby(None, BabyDraft(word="our bean", learned=VagueDate(2024))).result()
    assert gone is not None
    vault.record.remove_baby(gone.id).result()
    farewell = CeremonyDraft(f"Farewell {SECRET}", VagueDate.parse("2026-06"), who="All of us", baby=wren)
    vault.record.keep_ceremony(None, farewell).result()
    photos = _photos(vault)
    account = vault.recordings.bring([recordings.wav()]).done.result()
    (heart,) = account.added
    said = RecordingDraft(title=f"Heart {SECRET}", notes="Fourteen seconds", babies=(wren,), covered=True)
    vault.recordings.keep(heart, said).result()
    page = _pages(vault, EntryDraft(author=sam, babies=(wren,), photos=photos, recordings=(heart,)))
    _things(vault, photos[:1], page)


def _photos(vault: Vault) -> tuple[PhotoId, ...]:
    plain, covered, edited, away = (
        one(vault, source).id
        for source in (
            pictures.jpeg(pictures.scene(96, 64, 1)),
            pictures.heic(pictures.scene(64, 96, 2)),
            pictures.png(),
            pictures.webp(),
        )
    )
    said = PhotoDraft(
        caption=f"Her hand: {SECRET} / 手",
        description='A small hand in a "large" one & more',
        taken=VagueDate.parse("2026-05-22"),
        taken_by="Ellen",
        kind=PhotoKind.HOSPITAL,
        babies=tuple(each.id for each in vault.record.babies().result()),
    )
    vault.album.keep(plain, said).result()
    vault.album.cover([covered], covered=True).result()
    vault.album.edit(edited, Edit(turn=90, grey=True)).result()
    vault.album.measure(plain, 12.5).result()
    vault.album.put_away([away]).result()
    return plain, covered, edited


def _pages(vault: Vault, draft: EntryDraft) -> EntryId:
    body = f"# A heading\n\nWords and **{SECRET}**.\n\n- one\n- two\n\n> said\n\n<b>not HTML</b>\n\nمرحبا\n"
    letter = replace(
        draft, title=f"To you: {SECRET}?", body=body, kind=EntryKind.LETTER, recipient="Wren", tags=("Sea",)
    )
    first = vault.journal.keep(None, replace(letter, day=VagueDate.parse("2026-05-23"))).result()
    assert first is not None
    vault.journal.keep(first.id, EntryDraft(day=VagueDate.parse("2026-05-23"))).result()
    vault.journal.keep(first.id, replace(letter, day=VagueDate.parse("2026-05-23"))).result()
    assert vault.journal.versions(first.id).result()
    vault.journal.keep(None, EntryDraft(title="To you: same", body="Alone " + SECRET, in_book=False)).result()
    deleted = vault.journal.keep(None, EntryDraft(title="In the drawer", body=SECRET)).result()
    destroyed = vault.journal.keep(None, EntryDraft(title="Not any more", body="…")).result()
    assert deleted is not None
    assert destroyed is not None
    vault.journal.delete(deleted.id).result()
    vault.journal.delete(destroyed.id).result()
    vault.journal.delete_for_ever([destroyed.id]).result()
    return first.id


def _things(vault: Vault, photos: tuple[PhotoId, ...], page: EntryId) -> None:
    draft = KeepsakeDraft("band", f"The band {SECRET}", "So small.", kept="In the box", photos=photos)
    vault.keepsakes.keep(None, draft).result()
    away = vault.keepsakes.keep(None, KeepsakeDraft("own kind", "A stone", "From the sea")).result()
    assert away is not None
    vault.keepsakes.put_away([away.id]).result()
    vault.occasions.add(
        OccasionDraft(
            f"Her day {SECRET}",
            VagueDate.parse("2026-05-22"),
            OccasionKind.ANNIVERSARY,
            yearly=True,
            reminder=3,
            reminder_words="Flowers",
        )
    ).result()
    vault.editions.keep(None, "For the shelf", Edition(f"Ours {SECRET}", (page,))).result()
    vault.spelling.keep(SECRET).result()


def saved(vault: Vault, to: Path, form: ArchiveForm = ArchiveForm.FOLDER) -> ArchiveReport:
    """An archive of it."""
    password = PASSWORD if form is ArchiveForm.LOCKED_ZIP else ""
    future = vault.archive.save(
        to, form, password=password, told=lambda _: None, stop=threading.Event()
    )
    return future.result()


def read_in(library: Library, source: Path, folder: Path, password: str = "") -> ArchiveReport:
    """A new book out of an archive."""
    return reading.into_new_book(
        library, source, folder, PASSPHRASE, password=password, told=lambda _: None, stop=threading.Event()
    )


def everything(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as it is, but for the random names of media files and which book it is."""

    def work(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name"
        ).fetchall()
        found = {}
        for (table,) in tables:
            if table in _NOT_COMPARED:
                continue
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - its own tables
            found[table] = sorted((_compared(row) for row in rows), key=repr)
        kept = [row for row in found["preference"] if not str(row[0]).startswith(NOT_OF_THE_BOOK)]
        return {**found, "preference": kept}

    return vault._worker.read(work).result()


def _compared(row: Row) -> tuple[object, ...]:
    columns = list(row.keys())
    return tuple(value for column, value in zip(columns, row, strict=True) if column not in _ARCHIVES_OWN)


def summed(out: Path) -> None:
    """Make the checksums fit again, as whoever made the archive could."""
    lines = (out / "SHA256SUMS").read_text("utf-8").splitlines()
    with (out / "SHA256SUMS").open("w", encoding="utf-8", newline="\n") as file:
        for name in (line[66:] for line in lines):
            if (out / name).is_file():
                file.write(f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n")


def changed(out: Path, name: str, change: Change) -> None:
    """Change one file of data, and its checksum."""
    path = out / name
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    summed(out)
