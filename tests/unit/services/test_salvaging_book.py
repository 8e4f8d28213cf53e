"""A damaged book is taken out into a new one: whatever is lost of it, and whatever it is opened with."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from memorybook.domain.backup import Step
from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import Edit
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import EntryId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.domain.photo import PhotoDraft
from memorybook.domain.salvage import COPYING, PICTURES, READING, WRITING, SalvageMarks, SalvageReport, Tally
from memorybook.errors import (
    BookDamaged,
    BookMissing,
    BookOpenElsewhere,
    FolderInUse,
    KeyFilesMissing,
    MemoryBookError,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
    SalvageStopped,
    WrongPassphrase,
)
from memorybook.services.salvaging_book import BookSalvage
from memorybook.services.vault import Library, Vault
from memorybook.storage import replicas, tables, transcript
from memorybook.storage.carving import Pages
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.rows import Carved
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.recordings import wav

MARKS = SalvageMarks()


class Book:
    """A small book with one of everything, closed; and what stands in it."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.folder = folder
        self._library = library
        vault = library.create(folder, PASSPHRASE)
        self.words = " ".join(vault.ways.sheet().result().words)
        self._fill(vault)
        vault.close()
        self.way = replicas.unlock(folder, PASSPHRASE)[0]
        with self.open_pages() as pages:
            self.roots = Carved(pages, {})._tables._roots()

    def open_pages(self) -> Pages:
        return Pages(self.folder / "book.db", self.way.seed.database_key(), self.way.key_file.db_salt)

    def _fill(self, vault: Vault) -> None:
        person = vault.people.add("Noor").result()
        baby = vault.record.keep_baby(
            None, BabyDraft(names="Wren", notes="so small", measurements=(Measurement("weight", "345 g"),))
        ).result()
        assert baby is not None
        vault.record.keep_ceremony(None, CeremonyDraft(label="In the garden", baby=baby.id)).result()
        vault.occasions.add(OccasionDraft(label="The day", day=VagueDate(2026, 5, 4))).result()
        first = EntryDraft(title="A letter", body="what it said " * 3_000, day=VagueDate(2026, 5, 4))
        entry = vault.journal.keep(None, first).result()
        assert entry is not None
        self.photo_bytes = pictures.jpeg(pictures.scene(900, 700))
        photo = vault.album.add(entry.id, self.photo_bytes).result()
        said = PhotoDraft(caption="the window", babies=(baby.id,), taken=VagueDate(2026, 5, 4))
        self.photo = vault.album.keep(photo.id, said).result()
        recording = vault.recordings.bring([wav()], entry=entry.id)
        (self.recording,) = recording.done.result().added
        second = EntryDraft(
            title="A letter, longer",
            body="**what** it says now " * 400,
            kind=EntryKind.LETTER,
            day=VagueDate(2026, 5, 5),
            recipient="Wren",
            author=person.id,
            babies=(baby.id,),
            tags=("Sea", "sky"),
            photos=(photo.id,),
            recordings=(self.recording,),
        )
        kept = vault.journal.keep(entry.id, second).result()
        assert kept is not None
        self.entry = kept
        vault.journal.keep(None, EntryDraft(title="Another page", body="short", tags=("sky",))).result()
        vault.keepsakes.keep(
            None, KeepsakeDraft(kind="blanket", words="knitted", photos=(photo.id,), babies=(baby.id,))
        ).result()
        vault.preferences.put("title", "Wren’s book").result()
        (self.version,) = vault.journal.versions(entry.id).result()
        self.contents = _contents(vault)

    def damaged(self, folder: Path, *tables: str, pages: tuple[int, ...] = ()) -> Path:
        """A copy in which the first pages of these tables, and these pages, are zeros."""
        shutil.copytree(self.folder, folder)
        data = bytearray((folder / "book.db").read_bytes())
        for number in (*(self.roots[table] for table in tables), *pages):
            data[(number - 1) * PAGE_BYTES : number * PAGE_BYTES] = bytes(PAGE_BYTES)
        (folder / "book.db").write_bytes(data)
        return folder


def _contents(vault: Vault) -> dict[str, bytes]:
    """A digest of each table that holds content, but for what the program notes for itself."""
    found = vault._worker.read(lambda connection: transcript.contents(connection, lambda: False)).result()
    return {table: digest for table, digest in found.items() if table in tables.known() and table != "meta"}


@pytest.fixture(name="book")
def _book(library: Library, tmp_path: Path) -> Book:
    return Book(library, tmp_path / "Memory Book")


@pytest.fixture(name="salvage")
def _salvage(decoder: Decoder) -> BookSalvage:
    return BookSalvage(decoder, SystemClock())


def _left(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def test_a_book_that_is_whole_comes_out_equal(book: Book, salvage: BookSalvage, library: Library) -> None:
    steps: list[Step] = []
    before = {item: item.read_bytes() for item in book.folder.rglob("*") if item.is_file()}
    target = salvage.free_folder(book.folder)
    assert target.name == "Memory Book brought back"
    report = salvage.salvage(book.folder, target, passphrase=PASSPHRASE, told=steps.append)
    assert report.is_whole
    assert (report.pages, report.photos, report.recordings) == (Tally(2), Tally(1), Tally(1))
    assert report.others == Tally(6)
    assert (report.bad_pages, report.strays, report.has_passphrase) == (0, 0, True)
    assert [stage for stage in (READING, COPYING, WRITING) if any(step.stage == stage for step in steps)] == [
        READING,
        COPYING,
        WRITING,
    ]
    assert all(0 <= step.done <= step.total for step in steps)
    assert {item: item.read_bytes() for item in book.folder.rglob("*") if item.is_file()} == before
    assert (target.stat().st_mode & 0o777, (target / "book.db").stat().st_mode & 0o777) == (0o700, 0o600)
    vault = library.open(target, PASSPHRASE)
    assert _contents(vault) == book.contents
    assert vault.album.original(book.photo.id).result() == book.photo_bytes
    assert [row.title for row in vault.journal.search("now").result().rows] == ["A letter, longer"]
    late = vault.journal.keep(None, EntryDraft(title="later")).result()
    assert late is not None
    assert late.id > book.entry.id
    vault.close()
    library.open_with_words(target, book.words).close()
    assert salvage.free_folder(book.folder).name == "Memory Book brought back 2"


@pytest.mark.parametrize(
    "tables",
    [
        ("entry_baby", "entry_tag", "photo_baby", "keepsake_baby"),
        ("thumbnail", "recording_picture", "entry_photo", "entry_recording", "keepsake_photo"),
        ("meta", "sqlite_sequence", "entry_story", "entry_search_data"),
    ],
    ids=["what things are about", "pictures and places", "what the program needs"],
)
def test_what_hangs_on_things_is_found_by_what_agrees(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path, tables: tuple[str, ...]
) -> None:
    damaged = book.damaged(tmp_path / "damaged", *tables)
    report = salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE)
    assert report.is_whole
    assert report.bad_pages == len(tables)
    vault = library.open(tmp_path / "new", PASSPHRASE)
    entry = vault.journal.entry(book.entry.id).result()
    assert entry.draft == book.entry.draft
    assert vault.album.photos([book.photo.id]).result()[0].draft == book.photo.draft
    assert vault.album.thumbnail(book.photo.id).result()
    assert vault.keepsakes.all().result()[0].draft.photos == (book.photo.id,)
    vault.close()


def test_a_photo_and_a_recording_of_which_no_row_is_left(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    """By their small pictures they have their numbers again, and stand on their page."""
    damaged = book.damaged(tmp_path / "damaged", "photo", "recording")
    report = salvage.salvage(damaged, tmp_path / "new", words=book.words)
    assert (report.pages, report.photos, report.recordings) == (Tally(2), Tally(0, 1), Tally(0, 1))
    vault = library.open(tmp_path / "new", PASSPHRASE)
    (photo,) = vault.album.photos([book.photo.id]).result()
    assert vault.album.original(photo.id).result() == book.photo_bytes
    assert photo.covered, "it may have been"
    assert photo.description == MARKS.note
    entry = vault.journal.entry(book.entry.id).result()
    assert entry.draft == book.entry.draft
    assert vault.recordings.get([book.recording]).result()[0].draft.covered
    assert len(_left(tmp_path / "new" / "media")) == len(_left(book.folder / "media"))
    vault.close()


def test_an_edited_photo_without_its_row_is_the_original_and_no_second_one(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    vault = library.open(book.folder, PASSPHRASE)
    vault.album.edit(book.photo.id, Edit(turn=90)).result()
    vault.close()
    assert len(_left(book.folder / "media")) == 4
    damaged = book.damaged(tmp_path / "damaged", "photo")
    report = salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE)
    assert (report.photos, report.strays) == (Tally(0, 1), 0)
    vault = library.open(tmp_path / "new", PASSPHRASE)
    assert vault.album.original(book.photo.id).result() == book.photo_bytes
    vault.close()
    (damaged / "media" / f"{book.photo.media}.mbm").unlink()
    report = salvage.salvage(damaged, tmp_path / "newer", passphrase=PASSPHRASE)
    assert report.photos == Tally(0, 1)
    vault = library.open(tmp_path / "newer", PASSPHRASE)
    (photo,) = vault.album.photos([book.photo.id]).result()
    assert max(photo.width, photo.height) == 900, "the picture for the screen, not the small one"
    vault.close()


def test_when_nothing_but_the_photos_is_left(book: Book, salvage: BookSalvage, tmp_path: Path) -> None:
    shutil.copytree(book.folder, tmp_path / "damaged")
    for name in ("book.db", "book.keys", "book.keys.copy", "book.page1"):
        (tmp_path / "damaged" / name).unlink()
    report = salvage.salvage(tmp_path / "damaged", tmp_path / "new", words=book.words)
    assert (report.photos, report.recordings) == (Tally(0, 1), Tally(0, 1))
    assert not report.has_passphrase


def test_a_picture_whose_file_is_gone_is_its_small_picture(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    damaged = book.damaged(tmp_path / "damaged", "photo")
    shutil.rmtree(damaged / "media")
    report = salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE)
    assert (report.photos, report.recordings) == (Tally(0, 1), Tally(0, 1))
    vault = library.open(tmp_path / "new", PASSPHRASE)
    assert vault.album.original(book.photo.id).result().startswith(b"\xff\xd8\xff")
    vault.close()


def test_a_page_whose_text_is_gone_says_what_it_said_before(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    damaged = book.damaged(tmp_path / "damaged", "entry_text")
    report = salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE)
    assert (report.pages, report.from_earlier) == (Tally(0, 2), 1)
    vault = library.open(tmp_path / "new", PASSPHRASE)
    draft = vault.journal.entry(book.entry.id).result().draft
    assert draft.body.startswith(f"*{MARKS.earlier}*")
    assert draft.body.count("what it said") == 3_000
    assert (draft.tags, draft.in_book) == ((MARKS.tag,), False)
    assert draft.photos == (book.photo.id,)
    other = vault.journal.entry(EntryId(book.entry.id + 1)).result().draft
    assert other.title == "Another page"
    assert other.body == f"*{MARKS.notice}*\n\nshort", "its beginning is in the list as well"
    vault.close()


def test_a_page_of_which_the_text_alone_is_left(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    damaged = book.damaged(tmp_path / "damaged", "entry", "entry_version")
    marks = SalvageMarks(tag="beschädigt", notice="Nicht ganz.")
    report = salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE, marks=marks)
    assert report.pages == Tally(0, 2)
    vault = library.open(tmp_path / "new", PASSPHRASE)
    draft = vault.journal.entry(book.entry.id).result().draft
    assert draft.body == f"*Nicht ganz.*\n\n{book.entry.draft.body}"
    assert draft.tags == ("Sea", "sky", "beschädigt")
    assert not draft.in_book
    assert draft.day == VagueDate()
    vault.close()


def test_what_is_left_of_a_baby_and_of_those_who_write(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    damaged = book.damaged(tmp_path / "damaged", "measurement", "person")
    report = salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE)
    assert report.others == Tally(4, 1, 0)
    vault = library.open(tmp_path / "new", PASSPHRASE)
    (baby,) = vault.record.babies().result()
    assert (baby.name, baby.draft.notes) == ("Wren", f"so small\n\n{MARKS.note}")
    entry = vault.journal.entry(book.entry.id).result()
    assert entry.draft == book.entry.draft
    assert entry.author_name == MARKS.someone
    vault.close()


def test_a_baby_of_whom_nothing_is_left_is_not_shown_and_the_pages_are_whole(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    damaged = book.damaged(tmp_path / "damaged", "baby", "measurement", "ceremony")
    report = salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE)
    assert report.pages == Tally(2)
    assert report.photos == Tally(1)
    vault = library.open(tmp_path / "new", PASSPHRASE)
    assert vault.record.babies().result() == ()
    assert vault.journal.entry(book.entry.id).result().draft == book.entry.draft
    vault.close()


def test_a_folder_that_cannot_be_written_to_is_enough(
    book: Book, salvage: BookSalvage, tmp_path: Path
) -> None:
    damaged = book.damaged(tmp_path / "damaged", pages=(1,))
    for item in (*damaged.rglob("*"), damaged):
        item.chmod(0o500 if item.is_dir() else 0o400)
    names = _left(damaged)
    report = salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE)
    assert report.is_whole
    assert _left(damaged) == names


def _without_keys(damaged: Path) -> None:
    (damaged / "book.keys").write_bytes(b"")
    (damaged / "book.keys.copy").unlink()


def _salt_bent(damaged: Path) -> None:
    _without_keys(damaged)
    (damaged / "book.page1").unlink()
    data = bytearray((damaged / "book.db").read_bytes())
    data[7] ^= 0x41
    (damaged / "book.db").write_bytes(data)


def _salt_gone(damaged: Path) -> None:
    _without_keys(damaged)
    (damaged / "book.page1").unlink()
    data = bytearray((damaged / "book.db").read_bytes())
    data[:PAGE_BYTES] = os.urandom(PAGE_BYTES)
    (damaged / "book.db").write_bytes(data)


def _from_page_one(damaged: Path) -> None:
    _without_keys(damaged)
    data = bytearray((damaged / "book.db").read_bytes())
    data[:PAGE_BYTES] = bytes(PAGE_BYTES)
    (damaged / "book.db").write_bytes(data)


@pytest.mark.parametrize("damage", [_without_keys, _salt_bent, _salt_gone, _from_page_one])
def test_the_words_alone_are_enough(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """The control: the program cannot open it so, where the salt is gone too."""
    damaged = book.damaged(tmp_path / "damaged")
    damage(damaged)
    if damage in {_salt_bent, _salt_gone}:
        shutil.copytree(damaged, tmp_path / "control")
        with pytest.raises((BookDamaged, RecoveryWordsOther)):
            library.open_with_words(tmp_path / "control", book.words)
    report = salvage.salvage(damaged, tmp_path / "new", words=book.words)
    assert (report.pages.whole, report.photos.whole, report.has_passphrase) == (2, 1, False)
    vault = library.open_with_words(tmp_path / "new", book.words)
    assert vault.journal.entry(book.entry.id).result().draft == book.entry.draft
    vault.close()


def test_what_does_not_open_it_makes_nothing(
    book: Book, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    other = library.create(tmp_path / "other", PASSPHRASE)
    words = " ".join(other.ways.sheet().result().words)
    other.close()
    wiped = book.damaged(tmp_path / "wiped")
    (wiped / "book.db").write_bytes(bytes(40 * PAGE_BYTES))
    shutil.rmtree(wiped / "media")
    swapped = book.damaged(tmp_path / "swapped")
    for name in ("book.keys", "book.keys.copy"):
        shutil.copyfile(tmp_path / "other" / name, swapped / name)
    full = tmp_path / "full"
    full.mkdir()
    (full / "a letter.txt").write_text("theirs")
    new = tmp_path / "new"

    def refused(error: type[MemoryBookError], folder: Path, to: Path = new, **key: str) -> None:
        names = _left(tmp_path)
        with pytest.raises(error):
            salvage.salvage(folder, to, **(key or {"passphrase": PASSPHRASE}))  # type: ignore[arg-type]
        assert _left(tmp_path) == names

    refused(WrongPassphrase, book.folder, passphrase="something else")
    refused(RecoveryWordsMistyped, book.folder, words="river river")
    refused(KeyFilesMissing, swapped)
    refused(BookMissing, tmp_path / "nowhere")
    refused(FolderInUse, book.folder, full)
    refused(FolderInUse, book.folder, book.folder / "within")
    refused(KeyFilesMissing, wiped)
    refused(RecoveryWordsOther, book.folder, words=words)
    vault = library.open(book.folder, PASSPHRASE)
    refused(BookOpenElsewhere, book.folder)
    vault.close()
    assert (full / "a letter.txt").read_text() == "theirs"
    with pytest.raises(ValueError, match="passphrase or words"):
        salvage.salvage(book.folder, new)


@pytest.mark.parametrize("stage", [READING, COPYING, PICTURES, WRITING])
def test_it_can_be_stopped_and_leaves_nothing(
    book: Book, salvage: BookSalvage, tmp_path: Path, stage: str
) -> None:
    damaged = book.damaged(tmp_path / "damaged", "photo")
    stop, names = threading.Event(), _left(tmp_path)

    def told(step: Step) -> None:
        if step.stage == stage:
            stop.set()

    with pytest.raises(SalvageStopped):
        salvage.salvage(damaged, tmp_path / "new", passphrase=PASSPHRASE, told=told, stop=stop)
    assert _left(tmp_path) == names


def test_what_a_killed_process_left_goes_and_an_empty_folder_is_used(
    book: Book, salvage: BookSalvage, tmp_path: Path
) -> None:
    left = tmp_path / f".salvaging-{'0' * 16}"
    left.mkdir()
    (left / "book.db").write_bytes(b"half")
    (tmp_path / "new").mkdir()
    assert salvage.salvage(book.folder, tmp_path / "new", passphrase=PASSPHRASE).is_whole
    assert not left.exists()


def test_from_the_command_line(book: Book, tmp_path: Path) -> None:
    def run(secret: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "memorybook", "salvage", *map(str, arguments)],
            input=secret + "\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    done = run(PASSPHRASE, book.folder, "--to", tmp_path / "first")
    assert done.returncode == 0, done.stderr
    assert "pages: 2 whole" in done.stdout
    damaged = book.damaged(tmp_path / "damaged", "photo")
    done = run(book.words, damaged, "--words", "--to", tmp_path / "second")
    assert done.returncode == 1, done.stderr
    assert "photos: 0 whole, 1 in part" in done.stdout
    assert (tmp_path / "second" / "book.db").is_file()
    done = run("something else", damaged, "--to", tmp_path / "third")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, WrongPassphrase.sentence)


def test_a_report_says_when_all_is_there() -> None:
    whole = SalvageReport(
        Path("new"),
        Tally(2),
        Tally(1),
        Tally(),
        Tally(1),
        bad_pages=3,
        all_pages=9,
        from_earlier=0,
        strays=0,
        has_passphrase=True,
    )
    assert whole.is_whole
    assert "new" not in repr(whole)
