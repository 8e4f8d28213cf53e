"""Looking through a whole book: what is damaged is named, what is whole is said to be."""

import datetime
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from memorybook.domain.backup import Step
from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import (
    FILE,
    FILES,
    LINKS,
    PAGES,
    ROWS,
    WORDS,
    HealthReport,
    PutRight,
    Thing,
)
from memorybook.domain.ids import EntryId
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.photo import PhotoDraft
from memorybook.domain.recording import RecordingDraft
from memorybook.errors import BookClosed, BookDamaged, CheckStopped
from memorybook.services.health import Health
from memorybook.services.vault import Library, Vault
from memorybook.storage import entries
from memorybook.storage.connection import Connection
from memorybook.storage.header import PAGE_BYTES
from tests.books import PASSPHRASE
from tests.unit.services.test_damaged_things import damage
from tests.unit.services.test_planning import keepsake, page, photo, recording


def look(vault: Vault, *, deep: bool = False) -> HealthReport:
    return vault.health.check(deep=deep).result()


def lost(report: HealthReport) -> set[tuple[Thing, str, str, str]]:
    return {(each.thing, each.title, each.day, each.lost) for each in report.damaged}


def media_files(vault: Vault, query: str) -> list[Path]:
    def work(connection: Connection) -> list[str]:
        return [row[0] for row in connection.execute(query).fetchall()]

    return [vault.folder / "media" / f"{name}.mbm" for name in vault._worker.read(work).result()]


def test_a_whole_book_is_said_to_be_whole_and_counted(vault: Vault) -> None:
    page(vault, "First", "Words", photos=(photo(vault, 1),))
    gone = page(vault, "Second")
    vault.journal.delete(gone).result()
    keepsake(vault, title="Hat")
    recording(vault, RecordingDraft(title="Heart"))
    vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    vault.occasions.add(OccasionDraft(label="A day")).result()
    steps: list[Step] = []
    assert vault.health.last().result() is None
    assert vault.health.is_due().result()
    report = vault.health.check(steps.append, deep=True).result()
    assert report.is_whole
    assert (report.damaged, report.bad_pages, report.strays, report.is_deep) == ((), (), 0, True)
    counts = report.counts
    assert counts is not None
    assert (counts.pages, counts.photos, counts.recordings, counts.keepsakes) == (1, 1, 1, 1)
    assert (counts.days, counts.babies) == (1, 1)
    assert counts.newest
    originals = media_files(vault, "SELECT media FROM photo UNION ALL SELECT media FROM recording")
    assert 0 < counts.media_bytes < sum(path.stat().st_size for path in originals)
    assert {step.stage for step in steps} == {PAGES, ROWS, FILES}
    assert all(0 < step.done <= step.total for step in steps)
    assert vault.health.last().result() == report.checked_at
    assert not vault.health.is_due().result()
    assert vault.health.left_out() == ()


def test_every_kind_of_thing_is_named_and_left_out(vault: Vault) -> None:
    photos = [photo(vault, seed, PhotoDraft(f"Photo {seed}", taken=VagueDate(2026, 5, 3))) for seed in (1, 2)]
    for title in ("First", "Second"):
        page(vault, title, "Words", photos=tuple(photos))
    keepsake(vault, title="Hat"), keepsake(vault, title="Band", photos=tuple(photos))
    for seed in range(2):
        recording(vault, RecordingDraft(title=f"Heart {seed}"), seed)
    for name in ("Wren", "Robin"):
        vault.record.keep_baby(None, BabyDraft(names=name)).result()
        vault.record.keep_ceremony(None, CeremonyDraft(label=name)).result()
        vault.occasions.add(OccasionDraft(label=name)).result()
    told: list[ChangeSet] = []
    vault.changes.subscribe(told.append)
    damage(
        vault,
        "UPDATE photo SET description = 'x' WHERE id = 1",
        "UPDATE thumbnail SET jpeg = x'00' WHERE photo = 2",
        "UPDATE entry_text SET body = 'x' WHERE entry = 2",
        "UPDATE keepsake SET words = 'x' WHERE title = 'Hat'",
        "UPDATE recording SET notes = 'x' WHERE title = 'Heart 0'",
        "UPDATE recording_picture SET waveform = x'00' WHERE recording = 2",
        "UPDATE baby SET notes = 'x' WHERE names = 'Robin'",
        "UPDATE ceremony SET notes = 'x' WHERE label = 'Robin'",
        "UPDATE occasion SET note = 'x' WHERE label = 'Robin'",
    )
    report = look(vault)
    assert not report.is_whole
    assert lost(report) == {
        (Thing.PHOTO, "Photo 1", "2026-05-03", WORDS),
        (Thing.PAGE, "Second", "", WORDS),
        (Thing.KEEPSAKE, "Hat", "", WORDS),
        (Thing.RECORDING, "Heart 0", "", WORDS),
        (Thing.BABY, "Robin", "", WORDS),
        (Thing.CEREMONY, "Robin", "", WORDS),
        (Thing.DAY, "Robin", "", WORDS),
    }
    assert report.counts is not None
    assert (report.counts.pages, report.counts.photos) == (1, 1)
    assert vault.health.left_out() == report.damaged
    assert any(changes.damage for changes in told)
    assert [it.draft.title for it in vault.keepsakes.all().result()] == ["Band"]
    assert [it.draft.names for it in vault.record.babies().result()] == ["Wren"]
    assert [it.draft.label for it in vault.record.ceremonies().result()] == ["Wren"]
    assert vault.occasions.whole().result()[1] == 1
    assert [it.draft.title for it in vault.recordings.rows().result()] == ["Heart 1"]
    assert [it.id for it in vault.album.photos(photos).result()] == [photos[1]]
    assert isinstance(vault.album.photos(photos[:1]).exception(), BookDamaged)
    vault.health.forget()
    assert vault.health.left_out() == ()


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def _turn(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(200)
        byte = file.read(1)[0]
        file.seek(200)
        file.write(bytes([byte ^ 1]))


@pytest.mark.parametrize(("harm", "deep"), [(Path.unlink, False), (_cut, False), (_turn, True)])
def test_a_media_file_that_is_gone_or_damaged_is_named(
    vault: Vault, harm: Callable[[Path], object], deep: bool
) -> None:
    first = photo(vault, 1, PhotoDraft("Feet"))
    photo(vault, 2, PhotoDraft("Hands"))
    recording(vault, RecordingDraft(title="Heart"))
    for query in (
        f"SELECT media FROM photo WHERE id = {first}",  # noqa: S608 - a number
        "SELECT media FROM recording",
        "SELECT rendition FROM photo WHERE caption = 'Hands'",
    ):
        for path in media_files(vault, query):
            harm(path)
    (vault.folder / "media" / f"{'ab' * 16}.mbm").write_bytes(b"of a younger copy")
    report = look(vault, deep=deep)
    assert lost(report) == {
        (Thing.PHOTO, "Feet", "", FILE),
        (Thing.RECORDING, "Heart", "", FILE),
    }
    assert vault.health.put_right() == {PutRight.PICTURES}  # of what is lost nothing can be made
    assert report.strays == 1
    assert (vault.folder / "media" / f"{'ab' * 16}.mbm").exists()
    assert not vault.health.left_out()  # their rows are whole


def test_a_damaged_key_file_is_put_right_from_the_other(vault: Vault) -> None:
    copy = vault.folder / "book.keys.copy"
    whole = copy.read_bytes()
    copy.write_bytes(whole[:-1])
    report = look(vault)
    assert (report.keys_mended, report.keys_damaged, report.is_whole) == (True, False, True)
    assert copy.read_bytes() == whole
    assert not look(vault).keys_mended


def test_tables_that_are_not_ours_are_noticed(vault: Vault) -> None:
    damage(vault, "CREATE VIEW stranger AS SELECT 1")
    report = look(vault)
    assert report.unknown_schema
    assert not report.is_whole


def test_writing_goes_on_and_stopping_is_at_once(vault: Vault) -> None:
    for number in range(5):
        page(vault, f"Page {number}")
    stop = threading.Event()
    seen = threading.Event()
    go_on = threading.Event()

    def told(step: Step) -> None:
        if step.stage == ROWS:
            seen.set()
            go_on.wait(20)

    running = vault.health.check(told, stop)
    assert seen.wait(20)
    page(vault, "Written meanwhile")
    stop.set()
    go_on.set()
    assert isinstance(running.exception(), CheckStopped)
    assert vault.health.last().result() is None
    vault.close()
    assert isinstance(vault.health.check().exception(), BookClosed)


def test_it_is_due_after_a_week_and_when_the_clock_went_back(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Moved:
        def __init__(self, days: int) -> None:
            self.days = days

        def now(self) -> datetime.datetime:
            return datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=self.days)

    look(vault)
    for days, due in ((0, False), (6, False), (8, True), (-2, True)):
        monkeypatch.setattr(vault.health, "_clock", Moved(days))
        assert vault.health.is_due().result() is due, days


# the first page


def closed_book(library: Library, folder: Path) -> Path:
    vault = library.create(folder, PASSPHRASE)
    page(vault, "First", "Words")
    vault.close()
    return folder


@pytest.mark.parametrize("place", [16, 60, 2000, 4016, 4095])
def test_a_damaged_first_page_is_put_back_and_kept_beside(
    library: Library, tmp_path: Path, place: int
) -> None:
    folder = closed_book(library, tmp_path / "book")
    damaged = bytearray((folder / "book.db").read_bytes())
    damaged[place] ^= 4
    (folder / "book.db").write_bytes(damaged)
    vault = library.open(folder, PASSPHRASE)
    assert vault.journal.count().result() == 1
    assert look(vault).is_whole
    vault.close()
    (kept,) = folder.glob("book.page1.damaged-*")
    assert kept.read_bytes() == damaged[:PAGE_BYTES]


def test_it_is_not_put_back_when_the_rest_or_the_copy_does_not_fit(library: Library, tmp_path: Path) -> None:
    folder = closed_book(library, tmp_path / "book")
    database, copy = folder / "book.db", folder / "book.page1"
    whole, first = database.read_bytes(), copy.read_bytes()

    def turned(data: bytes, *places: int) -> bytes:
        changed = bytearray(data)
        for place in places:
            changed[place] ^= 4
        return bytes(changed)

    for content, page1 in (
        (turned(whole, 2000, 5 * PAGE_BYTES + 9), first),
        (turned(whole, 2000), turned(first, 100)),
        (turned(whole[: 20 * PAGE_BYTES], 2000), first),
    ):
        database.write_bytes(content)
        copy.write_bytes(page1)
        with pytest.raises(BookDamaged):
            library.open(folder, PASSPHRASE)
        assert database.read_bytes() == content
        assert not [*folder.glob("book.page1.damaged-*")]


def test_the_copy_of_the_first_page_is_made_again(vault: Vault) -> None:
    page(vault, "First")
    copy = vault.folder / "book.page1"
    copy.write_bytes(b"damaged")
    look(vault)
    assert len(copy.read_bytes()) == PAGE_BYTES


def test_the_service_is_part_of_an_open_book(vault: Vault) -> None:
    assert isinstance(vault.health, Health)


def test_a_page_of_the_file_that_says_what_belongs_to_pages_costs_nobody_words(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    vault = library.create(folder, PASSPHRASE)
    kept = [page(vault, title, "Words", photos=(photo(vault, seed),)) for seed, title in enumerate("AB")]

    def root(connection: Connection) -> int:
        row = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entry_photo'").fetchone()
        assert row is not None
        return int(row[0])

    number = vault._worker.read(root).result()
    vault.close()
    damaged = bytearray((folder / "book.db").read_bytes())
    damaged[(number - 1) * PAGE_BYTES + 50] ^= 1
    (folder / "book.db").write_bytes(damaged)
    vault = library.open(folder, PASSPHRASE)
    try:
        assert [row.title for row in vault.journal.page().result().rows] == ["B", "A"]
        entry = vault.journal.entry(kept[0]).result()
        assert (entry.draft.body, entry.draft.photos) == ("Words", ())
        report = look(vault)
        assert {(each.id, each.lost) for each in report.damaged} == {(it, LINKS) for it in kept}
        assert report.bad_pages == (number,)
        assert report.counts is not None
        assert (report.counts.pages, report.counts.photos) == (2, 2)
    finally:
        vault.close()


@pytest.mark.parametrize("table", ["entry_tag", "entry_baby"])
def test_a_damaged_page_of_tags_or_babies_costs_the_tags_or_babies_alone(
    vault: Vault, library: Library, table: str
) -> None:
    wren = vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    assert wren is not None
    first = EntryDraft(title="First", body="Words", tags=("Garden",), babies=(wren.id,))
    for draft in (first, EntryDraft(title="Second", body="More words")):
        vault.journal.keep(None, draft).result()
    number = root_of(vault, table)
    vault.close()
    with (vault.folder / "book.db").open("r+b") as file:
        file.seek((number - 1) * PAGE_BYTES + 900)
        file.write(b"damage")
    again = library.open(vault.folder, PASSPHRASE)
    try:
        report = look(again)
        # Of the second nobody knows any more whether it had any.
        assert lost(report) == {(Thing.PAGE, title, "", LINKS) for title in ("First", "Second")}
        rows = again.journal.all_for_book().result()
        assert {row.title for row in rows} == {"First", "Second"}
        shown = again.journal.entry(EntryId(1)).result().draft
        assert (shown.title, shown.body) == ("First", "Words")
        assert shown.tags == (() if table == "entry_tag" else ("Garden",))
        assert shown.babies == (() if table == "entry_baby" else (wren.id,))
        assert isinstance(again._worker.read(lambda it: entries.get(it, EntryId(1))).exception(), BookDamaged)
    finally:
        again.close()


def root_of(vault: Vault, table: str) -> int:
    def work(connection: Connection) -> int:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = :name"
        row = connection.execute(sql, {"name": table}).fetchone()
        assert row is not None
        return int(row[0])

    return vault._worker.read(work).result()
