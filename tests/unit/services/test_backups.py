"""Copies of an open book: made, checked, refused, stopped, found again; what was whole is never lost."""

import datetime
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from memorybook.domain.backup import Snapshot, Step
from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import HealthReport
from memorybook.domain.ids import PlaceId
from memorybook.errors import (
    BookClosed,
    BookNotCopied,
    CopyFileExists,
    CopyFileTooLarge,
    CopyNeedsRoom,
    CopyPlaceGone,
    CopyReadOnly,
    CopyStopped,
    PlaceInBook,
    StorageFull,
)
from memorybook.services import copy_memory, copy_places, copying
from memorybook.services.vault import Library, Vault
from memorybook.storage import keyfile, retention
from memorybook.storage.connection import Connection
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.replicas import Unlocked
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE
from tests.disks import read_only, small_disk
from tests.drives import Computer
from tests.unit.services.photos import one, page_of, small

FIRST = PlaceId(1)


def untold(_: object) -> None:
    """Nobody is told."""


def write(vault: Vault, title: str = "A page") -> None:
    vault.journal.keep(None, EntryDraft(title=title, body="words " * 400)).result()


def copy(vault: Vault, place: PlaceId = FIRST, *, without_damaged: bool = False) -> Snapshot:
    return vault.backups.copy(
        place, untold, threading.Event(), without_damaged=without_damaged
    ).result()


def folder_of(vault: Vault, place: PlaceId = FIRST) -> Path:
    """The folder of this book in a place."""
    (found,) = [each.folder for each in vault.backups.places().result() if each.id == place]
    return min(each for each in found.iterdir() if each.name.startswith("Memory Book "))


def numbers(vault: Vault, place: PlaceId = FIRST) -> list[int]:
    return [each.sequence for each in vault.backups.snapshots(place).result()]


@pytest.fixture(autouse=True)
def own_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first place is below the test's own folder."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)
    (tmp_path / "home" / "Documents").mkdir(parents=True)


@contextmanager
def opened(decoder: Decoder, computer: Computer, folder: Path) -> Iterator[Vault]:
    """The book on this computer."""
    library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST, volumes=computer.volumes)
    begin = library.open if (folder / "book.db").exists() else library.create
    vault = begin(folder, PASSPHRASE)
    try:
        yield vault
    finally:
        vault.close()


def test_a_copy_is_opened_again_and_counted(vault: Vault) -> None:
    write(vault)
    one(vault)
    steps: list[Step] = []
    made = vault.backups.copy(FIRST, steps.append, threading.Event()).result()
    assert made.counts is not None
    assert (made.counts.pages, made.counts.photos) == (1, 1)
    assert made.checked_at >= made.made_at
    assert [*dict.fromkeys(step.stage for step in steps)] == ["words", "checking", "files"]
    assert all(0 <= step.done <= step.total for step in steps)
    (place,) = vault.backups.places().result()
    assert (place.copies, place.is_automatic, place.is_own_disk) == (1, True, True)
    assert place.last == made
    assert place.folder == vault.backups.default_folder
    assert not [each for each in vault.folder.iterdir() if each.name.startswith(".copying")]


def test_a_copy_is_due_when_the_book_says_something_new(library: Library, vault: Vault) -> None:
    backups = vault.backups
    write(vault)
    assert backups.due().result()
    (made,) = backups.automatic(threading.Event()).result()
    assert made.snapshot is not None
    assert not backups.due().result()
    assert backups.automatic(threading.Event()).result() == ()
    copy(vault)
    backups.dismiss_reminder().result()
    assert not backups.due().result()
    write(vault)
    assert backups.due().result()
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    try:
        assert again.backups.due().result()
        again.backups.automatic(threading.Event()).result()
        assert numbers(again) == [3, 2, 1]
    finally:
        again.close()
    last = library.open(vault.folder, PASSPHRASE)
    try:
        assert not last.backups.due().result()
        last.backups.set_automatic(FIRST, on=False).result()
        write(last)
        assert not last.backups.due().result()
    finally:
        last.close()
    with pytest.raises(BookClosed):
        last.backups.due().result()


def test_what_was_changed_back_needs_no_copy(library: Library, vault: Vault) -> None:
    write(vault)
    vault.preferences.put("title", "Wren").result()
    copy(vault)
    for title in ("Another", "Wren"):
        vault.preferences.put("title", title).result()
    assert vault.backups.due().result(), "as far as that is known without reading"
    assert vault.backups.automatic(threading.Event()).result() == ()
    assert not vault.backups.due().result()
    assert numbers(vault) == [1]
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    try:
        assert not again.backups.due().result()
    finally:
        again.close()


def test_the_first_place_is_where_this_computer_has_it_unless_it_was_chosen(
    library: Library, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(vault)
    copy(vault)
    assert not vault.backups.due().result()
    vault.close()
    (tmp_path / "another" / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "another"))
    for _ in range(2):
        again = library.open(vault.folder, PASSPHRASE)
        try:
            assert again.backups.due().result()
            (made,) = again.backups.automatic(threading.Event()).result()
            assert made.place.folder.is_relative_to(tmp_path / "another")
            assert not again.backups.due().result()
            shutil.rmtree(made.place.folder)  # copies that are gone are made again
        finally:
            again.close()
    (tmp_path / "chosen").mkdir()
    again = library.open(vault.folder, PASSPHRASE)
    try:
        again.backups.move_default(tmp_path / "chosen").result()
        copy(again)
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        assert not again.backups.due().result()
        assert again.backups.places().result()[0].folder == tmp_path / "chosen"
    finally:
        again.close()


def flip(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[page * PAGE_BYTES + 700] ^= 4
    path.write_bytes(data)


def _first_of(vault: Vault, table: str) -> int:
    """The first page of a table, counted from nought."""

    def work(connection: Connection) -> int:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = :name"
        row = connection.execute(sql, {"name": table}).fetchone()
        assert row is not None
        return int(row[0]) - 1

    return vault._worker.read(work).result()


def test_a_damaged_book_is_not_copied_and_older_copies_stay(library: Library, vault: Vault) -> None:
    for number in range(6):
        write(vault, f"Page {number}")
    copy(vault)
    kept = {path: path.read_bytes() for path in folder_of(vault).rglob("*") if path.is_file()}
    pages = [_first_of(vault, table) for table in ("entry", "entry_text")]
    vault.close()
    damaged = 0
    for page in pages:
        flip(vault.folder / "book.db", page)
        again = library.open(vault.folder, PASSPHRASE)
        try:
            with pytest.raises(BookNotCopied) as refused:
                copy(again)
            assert not refused.value.may_go_on
            assert isinstance(refused.value.report, HealthReport)
            assert page + 1 in refused.value.report.bad_pages
            with pytest.raises(BookNotCopied):
                again.backups.copy_to_file(
                    vault.folder.parent / "x.mbbackup", untold, threading.Event()
                ).result()
            damaged += 1
        finally:
            again.close()
        flip(vault.folder / "book.db", page)
    assert damaged
    assert not (vault.folder.parent / "x.mbbackup").exists()
    now = {path: path.read_bytes() for path in kept}
    assert now == kept
    whole = library.open(vault.folder, PASSPHRASE)
    try:
        assert copy(whole).sequence == 2
    finally:
        whole.close()


def test_a_page_that_differs_from_its_digest_is_not_copied_either(vault: Vault) -> None:
    write(vault)
    vault._worker.write(
        lambda connection: (connection.execute("UPDATE entry SET title = 'other'"), None)
    ).result()
    with pytest.raises(BookNotCopied) as refused:
        copy(vault)
    assert isinstance(refused.value.report, HealthReport)
    assert [each.title for each in refused.value.report.damaged] == ["other"]
    assert not list(vault.backups.default_folder.rglob("manifest.json"))


def test_a_photo_that_cannot_be_read_is_asked_about_once(vault: Vault) -> None:
    whole, broken = one(vault), one(vault, small(3))
    write(vault)
    (vault.folder / "media" / f"{broken.media}.mbm").unlink()
    with pytest.raises(BookNotCopied) as refused:
        copy(vault)
    assert refused.value.may_go_on
    assert isinstance(refused.value.report, HealthReport)
    assert [each.id for each in refused.value.report.damaged] == [broken.id]
    assert copy(vault, without_damaged=True).counts is not None
    write(vault)
    (made,) = vault.backups.automatic(threading.Event()).result()
    assert made.problem is None
    manifest = (folder_of(vault) / "snapshots" / "000002" / "manifest.json").read_bytes()
    assert f'"lacking":["{broken.media}"]'.encode() in manifest
    assert (folder_of(vault) / "media" / f"{whole.media}.mbm").exists()
    vault.backups.copy_to_file(
        vault.folder.parent / "x.mbbackup", untold, threading.Event()
    ).result()


def test_a_photo_damaged_since_is_whole_in_the_next_copy(vault: Vault) -> None:
    photo = one(vault)
    copy(vault)
    (vault.folder / "media" / f"{photo.media}.mbm").write_bytes(b"gone")
    assert copy(vault).sequence == 2
    assert b'"lacking":[]' in (folder_of(vault) / "snapshots" / "000002" / "manifest.json").read_bytes()


@pytest.mark.parametrize("stage", ["words", "checking", "files"])
@pytest.mark.parametrize("before", [0, 1])
def test_stopped_in_any_stage_nothing_is_left(vault: Vault, stage: str, before: int) -> None:
    write(vault)
    one(vault)
    for _ in range(before):  # the ones that follow are made in another way
        copy(vault)
    stop = threading.Event()

    def told(step: Step) -> None:
        if step.stage == stage:
            stop.set()

    with pytest.raises(CopyStopped):
        vault.backups.copy(FIRST, told, stop).result()
    assert len(numbers(vault)) == before
    assert not [each for each in vault.folder.iterdir() if each.name.startswith(".copying")]
    assert not list(vault.backups.default_folder.rglob(".*"))
    write(vault)
    assert copy(vault).sequence == before + 1


def test_closing_ends_a_copy(vault: Vault) -> None:
    write(vault)
    begun = threading.Event()
    stop = threading.Event()
    future = vault.backups.copy(FIRST, lambda _: (begun.set(), stop.wait(20)), stop)
    assert begun.wait(20)
    vault.close()
    with pytest.raises((CopyStopped, BookClosed)):
        future.result()
    assert not [each for each in vault.folder.iterdir() if each.name.startswith(".copying")]


def test_a_full_drive_says_so_and_keeps_what_it_has(vault: Vault, tmp_path: Path) -> None:
    write(vault)
    with small_disk(tmp_path / "stick", "12m") as disk:
        place = vault.backups.add_place(disk.folder).result()
        copy(vault, place.id)
        disk.fill()
        with pytest.raises(StorageFull) as full:
            copy(vault, place.id)
        assert isinstance(full.value, CopyNeedsRoom)
        disk.free()
        assert numbers(vault, place.id) == [1]
        assert copy(vault, place.id).sequence == 2


def test_a_write_protected_folder_is_said_to_be_one(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    place = vault.backups.add_place(tmp_path / "stick").result()
    copy(vault, place.id)
    with read_only(tmp_path / "stick"):
        with pytest.raises(CopyReadOnly):
            copy(vault, place.id)
        with pytest.raises(CopyReadOnly):
            vault.backups.add_place(tmp_path / "stick" / folder_of(vault, place.id).name).result()
    assert numbers(vault, place.id) == [1]


def test_no_place_is_within_the_book_and_none_is_made_where_there_is_none(
    vault: Vault, tmp_path: Path
) -> None:
    for folder in (vault.folder, vault.folder / "media"):
        with pytest.raises(PlaceInBook):
            vault.backups.add_place(folder).result()
    with pytest.raises(CopyPlaceGone):
        vault.backups.add_place(tmp_path / "not there").result()
    assert not (tmp_path / "not there").exists()


def test_a_stick_is_found_under_another_path(decoder: Decoder, tmp_path: Path) -> None:
    computer = Computer(tmp_path / "computer")
    here, there = tmp_path / "media" / "stick", tmp_path / "run" / "stick"
    computer.plug(here)
    with opened(decoder, computer, tmp_path / "book") as vault:
        write(vault)
        (drive,) = vault.backups.drives().result()
        assert (drive.mount, drive.place, drive.is_behind) == (here, None, True)
        (here / "My copies").mkdir()
        place = vault.backups.add_place(here / "My copies").result()
        assert not place.is_own_disk
        copy(vault, place.id)
        (drive,) = vault.backups.drives().result()
        assert drive.place is not None
        assert not drive.is_behind
        computer.unplug(here)
        shutil.move(here, tmp_path / "pocket")
        assert vault.backups.drives().result() == ()
        assert [each.is_there for each in vault.backups.places().result()] == [True, False]
        with pytest.raises(CopyPlaceGone):
            copy(vault, place.id)
        here.mkdir(parents=True)  # what is left where it was mounted: never written into
        with pytest.raises(CopyPlaceGone):
            copy(vault, place.id)
        assert not list(here.iterdir())
        shutil.move(tmp_path / "pocket", there)
        computer.plug(there)
    with opened(decoder, computer, tmp_path / "book") as vault:
        assert copy(vault, place.id).sequence == 2
        assert [each.folder for each in vault.backups.places().result()][1] == there / "My copies"
        assert vault.backups.places().result()[1].copies == 2


def test_fat_holds_no_file_of_four_gigabytes(
    decoder: Decoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer = Computer(tmp_path / "computer")
    stick = tmp_path / "stick"
    computer.plug(stick)
    with opened(decoder, computer, tmp_path / "book") as vault:
        write(vault)
        one(vault)
        monkeypatch.setattr("memorybook.system.volumes.LONGEST_ON_FAT", 100_000)
        place = vault.backups.add_place(stick).result()
        assert copy(vault, place.id).sequence == 1
        with pytest.raises(CopyFileTooLarge):
            vault.backups.copy_to_file(stick / "x.mbbackup", untold, threading.Event()).result()
        assert not list(stick.glob("*.mbbackup"))
        monkeypatch.setattr("memorybook.system.volumes.LONGEST_ON_FAT", 1000)
        with pytest.raises(CopyFileTooLarge):
            copy(vault, place.id)


def test_one_file_is_written_beside_nothing_and_over_nothing(vault: Vault, tmp_path: Path) -> None:
    write(vault)
    file = tmp_path / vault.backups.suggested_name()
    made = vault.backups.copy_to_file(file, untold, threading.Event()).result()
    assert made.sequence == 0
    assert made.counts is not None
    before = file.read_bytes()
    with pytest.raises(CopyFileExists):
        vault.backups.copy_to_file(file, untold, threading.Event()).result()
    assert file.read_bytes() == before
    with pytest.raises(CopyPlaceGone):
        vault.backups.copy_to_file(tmp_path / "no" / "x.mbbackup", untold, threading.Event()).result()
    assert sorted(each.name for each in tmp_path.glob("*.mbbackup")) == [file.name]


def test_what_was_deleted_for_ever_goes_from_copies_on_request(vault: Vault) -> None:
    photo = one(vault)
    write(vault)
    copy(vault)
    vault.album.put_away([photo.id]).result()
    vault.album.delete_for_ever([photo.id]).result()
    copy(vault)
    here = folder_of(vault) / "media"
    assert (here / f"{photo.media}.mbm").exists()
    assert vault.backups.keep_only_newest(FIRST).result() == 1
    assert list(here.iterdir()) == []
    assert numbers(vault) == [2]
    (folder_of(vault) / "snapshots" / "000002" / "book.db").write_bytes(b"")
    copy(vault)
    (folder_of(vault) / "snapshots" / "000003" / "book.db").write_bytes(b"")
    assert vault.backups.keep_only_newest(FIRST).result() == 0
    assert numbers(vault) == [3, 2]


def test_a_withdrawn_sheet_opens_older_copies_alone(library: Library, vault: Vault) -> None:
    write(vault)
    one(vault)
    copy(vault)
    before = folder_of(vault)
    vault.ways.withdraw_sheet(
        "a new green gate", "", progress=lambda *_: None, stop=threading.Event()
    ).result()
    vault.close()
    again = library.open(vault.folder, "a new green gate")
    try:
        assert again.backups.due().result()
        assert again.backups.older_sheet(FIRST).result() == 1
        assert numbers(again) == []
        assert again.backups.remove_older_sheet(FIRST).result() == 0
        assert before.exists()
        copy(again)
        assert {each.name for each in before.parent.iterdir()} > {before.name}
        (before / "my own notes").touch()
        assert again.backups.remove_older_sheet(FIRST).result() == 0
        (before / "my own notes").unlink()
        assert again.backups.remove_older_sheet(FIRST).result() == 1
        assert not before.exists()
        assert again.backups.older_sheet(FIRST).result() == 0
        verified = again.backups.verify(FIRST, untold, threading.Event()).result()
        assert verified.is_whole
    finally:
        again.close()


def test_a_look_at_a_copy_mends_what_the_book_still_has(vault: Vault) -> None:
    photo = one(vault)
    write(vault)
    copy(vault)
    here = folder_of(vault)
    (here / "media" / f"{photo.media}.mbm").write_bytes(b"rotten")
    verified = vault.backups.verify(FIRST, untold, threading.Event()).result()
    assert (verified.mended, verified.damaged, verified.is_whole) == (1, 0, True)
    assert verified.snapshot.counts is not None
    assert not vault.backups.verify(FIRST, untold, threading.Event()).result().mended
    (here / "snapshots" / "000001" / "book.db").write_bytes(b"rotten")
    assert not vault.backups.verify(FIRST, untold, threading.Event()).result().is_whole


def test_only_what_a_person_knows_opens_a_copy(vault: Vault) -> None:
    way = vault.ways.way
    slot = keyfile.keyring_slot(way.seed, bytes.fromhex(way.key_file.book_id), bytes(32))
    with_it = keyfile.seal({**way.key_file.body, "slots": [*way.key_file.slots, slot]}, way.seed)
    vault.ways._keys._way = Unlocked(way.seed, with_it, way.generation)
    write(vault)
    copy(vault)
    kept = keyfile.parse((folder_of(vault) / "snapshots" / "000001" / "book.keys").read_bytes())
    assert kept.is_genuine(way.seed)
    assert [slot["type"] for slot in kept.slots] == ["passphrase"]


def test_the_newest_and_some_older_ones_stay(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "NEWEST", 2)
    write(vault)
    for _ in range(6):
        copy(vault)
    assert numbers(vault) == [6, 5, 4]


class Wound:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.day = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)

    def now(self) -> datetime.datetime:
        return self.day

    def monotonic(self) -> float:
        return 0.0

    def elapsed(self) -> float:
        return 0.0


def test_it_is_said_after_a_while_that_there_is_no_copy_elsewhere(
    decoder: Decoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_memory, "SESSIONS", 3)
    computer, clock = Computer(tmp_path / "computer"), Wound()
    stick = tmp_path / "stick"
    computer.plug(stick)
    library = Library(decoder=decoder, clock=clock, kdf=FAST, volumes=computer.volumes)
    library.create(tmp_path / "book", PASSPHRASE).close()

    def session(then: Callable[[Vault], object] = lambda _: None) -> str | None:
        vault = library.open(tmp_path / "book", PASSPHRASE)
        try:
            write(vault)
            vault.backups.automatic(threading.Event()).result()
            then(vault)
            said = vault.backups.reminder().result()
            return None if said is None else said.last
        finally:
            vault.close()

    def carry_away(vault: Vault) -> None:
        place = vault.backups.add_place(stick).result()
        copy(vault, place.id)

    assert [session() for _ in range(3)] == [None, None, ""]
    assert session(lambda vault: vault.backups.dismiss_reminder().result()) is None
    assert session(carry_away) is None
    clock.day += datetime.timedelta(days=29)
    assert session() is None
    clock.day += datetime.timedelta(days=2)
    assert session() == "2026-11-21T12:00:00Z"  # by the clock
    assert session(carry_away) is None
    clock.day -= datetime.timedelta(days=3650)  # it says nothing any more
    assert [session() for _ in range(2)] == [None, None]
    assert session() == "2026-12-22T12:00:00Z"


def test_what_a_book_remembers_of_places_is_read_whatever_it_is() -> None:
    place = copy_places.Remembered(FIRST, "/x", "uuid 1", "y", automatic=True)
    assert copy_places.read(copy_places.written([place])) == (place,)
    for odd in (None, "", "x", "[[]]", '[{"id": 1}]', '[{"id":1,"path":"/x","sequence":"2"}]', "[" * 9999):
        assert copy_places.read(odd) == ()


def test_writing_goes_on_while_files_are_copied(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    one(vault)
    titles: list[str] = []

    def told(step: Step) -> None:
        if step.stage == "files" and not titles:
            titles.append("Meanwhile")
            write(vault, "Meanwhile")

    vault.backups.copy(FIRST, told, threading.Event()).result()
    assert titles
    assert vault.backups.due().result()
    monkeypatch.setattr(copying, "_SPARE_BESIDE", 1 << 50)
    with pytest.raises(CopyNeedsRoom):
        copy(vault)
    assert page_of(vault)
