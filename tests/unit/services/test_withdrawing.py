"""A sheet is withdrawn: the whole book as a person has it, before and after, and closing it in between."""

import tempfile
import threading
from concurrent.futures import wait
from dataclasses import dataclass
from pathlib import Path

import pytest

from memorybook.domain.book import Edition, KeptEdition
from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import Crop, Edit
from memorybook.domain.entry import Entry, EntryDraft, EntryRow
from memorybook.domain.ids import EntryId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.domain.occasion import Occasion, OccasionDraft, OccasionKind
from memorybook.domain.people import Baby, BabyDraft, Person
from memorybook.domain.photo import Photo, PhotoFilter
from memorybook.domain.recording import Recording
from memorybook.errors import (
    BookClosed,
    KeyringForgotten,
    RecoveryWordsOther,
    RenewalStopped,
    WrongPassphrase,
)
from memorybook.services.vault import Library, Vault
from memorybook.services.ways_in import SheetState
from tests.benchmarks.books import picture
from tests.books import PASSPHRASE
from tests.keyrings import SECONDS, Session, bus, desktop_keyring

__all__ = ["bus", "desktop_keyring"]

NEW = "a gate that nobody knows"


@dataclass(frozen=True)
class Said:
    """Everything a person can see in the book."""

    entries: tuple[Entry, ...]
    photos: tuple[Photo, ...]
    originals: tuple[bytes, ...]
    renditions: tuple[bytes, ...]
    thumbnails: tuple[bytes, ...]
    people: tuple[Person, ...]
    babies: tuple[Baby, ...]
    occasions: tuple[Occasion, ...]
    recordings: tuple[Recording, ...]
    heard: tuple[bytes, ...]
    keepsakes: tuple[Keepsake, ...]
    editions: tuple[KeptEdition, ...]
    put_away: tuple[Photo, ...]
    title: str | None
    found: tuple[EntryRow, ...]


def heard(vault: Vault, recording: Recording) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        vault.recordings.export(recording.id, copy).result()
        return copy.read_bytes()


def says(vault: Vault) -> Said:
    rows = vault.journal.page().result().rows
    entries = tuple(vault.journal.entry(row.id).result() for row in rows)
    photos = vault.album.photos([photo for entry in entries for photo in entry.draft.photos]).result()
    recordings = vault.recordings.rows().result()
    return Said(
        entries,
        photos,
        tuple(vault.album.original(photo.id).result() for photo in photos),
        tuple(vault.album.rendition(photo.id).result() for photo in photos),
        tuple(vault.album.thumbnail(photo.id).result() for photo in photos),
        vault.people.all().result(),
        vault.record.babies().result(),
        vault.occasions.all().result(),
        recordings,
        tuple(heard(vault, recording) for recording in recordings),
        vault.keepsakes.all().result(),
        vault.editions.all().result(),
        vault.album.put_away_rows().result(),
        vault.preferences.get("title").result(),
        vault.journal.search("lighthouse").result().rows,
    )


def page(vault: Vault, body: str) -> EntryId:
    entry = vault.journal.keep(None, EntryDraft(title="A page", body=body)).result()
    assert entry is not None
    return entry.id


@pytest.fixture
def filled(vault: Vault) -> Vault:
    for number in range(6):
        entry = page(vault, f"The lighthouse, and the sea. {number} " + "waves " * 900)
        vault.album.add(entry, picture(number)).result()
    edited, cut, *_, put_away = (row.id for row in vault.album.rows(PhotoFilter()).result())
    vault.album.edit(edited, Edit(turn=90, grey=True)).result()
    vault.album.edit(cut, Edit(crop=Crop(1000, 1000, 9000, 8000))).result()
    vault.album.put_away([put_away]).result()
    vault.recordings.bring([bytes(range(256)) * 900]).done.result()
    vault.keepsakes.keep(None, KeepsakeDraft(title="A band", photos=(cut,))).result()
    vault.editions.keep(None, "For Ada", Edition("Robin", (), dedication="For Ada", photos=(cut,))).result()
    vault.people.add("Ada").result()
    baby = vault.record.keep_baby(None, BabyDraft(names="Robin")).result()
    assert baby is not None
    day = OccasionDraft("due", VagueDate(2026, 3, 4), OccasionKind.OTHER, yearly=True, note="n", baby=baby.id)
    vault.occasions.add(day).result()
    vault.preferences.put("title", "For Robin").result()
    vault.ways.add_passphrase("Ben", "the other passphrase").result()
    vault.ways.mark_sheet_shown().result()
    vault.ways.confirm_sheet(" ".join(vault.ways.sheet().result().words)).result()
    return vault


def ignore(_done: int, _total: int) -> None: ...


def test_the_sheet_is_withdrawn_and_nothing_else_changes(library: Library, filled: Vault) -> None:
    before, sheet, folder = says(filled), filled.ways.sheet().result(), filled.folder
    told: list[tuple[int, int]] = []
    stop = threading.Event()
    withdrawn = filled.ways.withdraw_sheet(
        NEW, " Ada ", progress=lambda *both: told.append(both), stop=stop
    )
    assert withdrawn.result() == 0
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == told[0][1] > 6 * 1000
    for refused in (filled.journal.count(), filled.ways.sheet(), filled.ways.all()):
        with pytest.raises(BookClosed):
            refused.result()
    assert filled.admits(NEW)
    assert not filled.admits(PASSPHRASE)
    filled.close()
    for old in (PASSPHRASE, "the other passphrase"):
        with pytest.raises(WrongPassphrase):
            library.open(folder, old)
    for text in (" ".join(sheet.words), sheet.code):
        with pytest.raises(RecoveryWordsOther):
            library.open_with_words(folder, text)
    vault = library.open(folder, NEW)
    assert says(vault) == before
    (way,) = vault.ways.all().result()
    assert (way.kind, way.label) == ("passphrase", "Ada")
    assert way.created
    assert vault.ways.sheet_state().result() == SheetState(None, None)
    new_sheet = vault.ways.sheet().result()
    assert new_sheet.words != sheet.words
    page(vault, "and it goes on")
    vault.close()
    library.open_with_words(folder, new_sheet.code).close()
    assert not list(folder.glob(".*"))


def test_closing_the_book_gives_it_up(library: Library, filled: Vault) -> None:
    before, folder = says(filled), filled.folder
    begun, go_on = threading.Event(), threading.Event()

    def progress(_done: int, _total: int) -> None:
        begun.set()
        go_on.wait()

    stop = threading.Event()
    withdrawn = filled.ways.withdraw_sheet(NEW, "", progress=progress, stop=stop)
    assert begun.wait(10)
    kept = filled.journal.keep(None, EntryDraft(body="written meanwhile"))
    spelled = filled.spelling.state("en")  # which waits for the book
    closing = threading.Thread(target=filled.close)
    closing.start()
    assert stop.wait(10)
    go_on.set()
    closing.join()
    with pytest.raises(RenewalStopped):
        withdrawn.result()
    assert kept.result() is not None
    assert spelled.done()
    assert not list(folder.glob(".*"))
    vault = library.open(folder, PASSPHRASE)
    assert says(vault).originals == before.originals
    assert vault.journal.count().result() == 7
    vault.close()
    with pytest.raises(BookClosed):
        filled.ways.withdraw_sheet(NEW, "", progress=ignore, stop=threading.Event()).result()


def test_a_picture_that_comes_meanwhile_is_in_the_new_book_or_refused(
    library: Library, filled: Vault, tmp_path: Path
) -> None:
    home = page(filled, "for pictures")
    added = [filled.album.add(home, picture(100 + number)) for number in range(4)]
    added[0].result()
    withdrawn = filled.ways.withdraw_sheet(NEW, "", progress=ignore, stop=threading.Event())
    added += [filled.album.add(home, picture(200 + number)) for number in range(4)]
    assert withdrawn.result() == 0
    wait(added)
    kept = [future.result().id for future in added if future.exception() is None]
    refused = [future.exception() for future in added if future.exception() is not None]
    assert all(isinstance(error, BookClosed) for error in refused)
    filled.close()
    vault = library.open(filled.folder, NEW)
    assert list(vault.journal.entry(home).result().draft.photos) == kept
    for photo in kept:
        vault.album.original(photo).result()
        vault.album.rendition(photo).result()
    vault.close()


def test_a_passphrase_is_needed(vault: Vault) -> None:
    with pytest.raises(ValueError, match="empty"):
        vault.ways.withdraw_sheet("", "", progress=ignore, stop=threading.Event())


def test_the_computer_does_not_remember_the_new_book_and_keeps_nothing_of_the_old(
    desktop_keyring: Session, library: Library, filled: Vault
) -> None:
    folder = filled.folder
    filled.ways.remember_here().result(SECONDS)
    assert desktop_keyring.search("service", "org.memorybook")
    filled.ways.withdraw_sheet(NEW, "", progress=ignore, stop=threading.Event()).result()
    filled.close()
    assert not desktop_keyring.search("service", "org.memorybook")
    assert not library.remembers(folder)
    with pytest.raises(KeyringForgotten):
        library.open_with_keyring(folder)
    library.open(folder, NEW).close()
