"""Books brought back from copies: what is found, what is verified, and what takes the place of what."""

import datetime
import shutil
import threading
from pathlib import Path

import pytest

from memorybook.domain.backup import Step
from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import FILE, SMALL_PICTURE
from memorybook.domain.restoring import Copy, CopyKind, Restored
from memorybook.errors import (
    BookOpenElsewhere,
    CopyDamaged,
    FolderInUse,
    MemoryBookError,
    NoCopyHere,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
    RestoreNeedsRoom,
    RestoreStopped,
    StorageFailed,
    WrongPassphrase,
)
from memorybook.services.restoring import ByPassphrase, ByWords, Restoring, Way
from memorybook.services.vault import Library, Vault
from memorybook.storage import placing
from memorybook.system.clock import SystemClock
from tests.benchmarks.books import picture
from tests.books import PASSPHRASE
from tests.copies import copied
from tests.disks import drive, read_only, small_disk

KEY = ByPassphrase(PASSPHRASE)


@pytest.fixture
def restoring() -> Restoring:
    return Restoring(SystemClock())


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    """A closed book with three pages and two photos."""
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    fill(vault)
    vault.close()
    return vault.folder


def fill(vault: Vault) -> None:
    for number in range(3):
        entry = vault.journal.keep(None, EntryDraft(title=f"Day {number}", body="waves " * 900)).result()
        assert entry is not None
        if number:
            vault.album.add(entry.id, picture(number)).result()


def says(library: Library, folder: Path) -> list[object]:
    """Every page and picture of a book, read whole."""
    vault = library.open(folder, PASSPHRASE)
    try:
        said: list[object] = []
        for row in vault.journal.page().result().rows:
            entry = vault.journal.entry(row.id).result()
            said.append(entry)
            said += [vault.album.original(photo).result() for photo in entry.draft.photos]
        return said
    finally:
        vault.close()


def take(
    restoring: Restoring, source: Path, target: Path, way: Way = KEY, told: list[Step] | None = None
) -> Restored:
    found = restoring.find(source)
    steps: list[Step] = [] if told is None else told
    return restoring.take(found[0], target, way, steps.append, threading.Event())


def names_in(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()}


def test_a_copied_folder_is_brought_back_and_the_old_book_is_kept(
    library: Library, restoring: Restoring, book: Path, tmp_path: Path
) -> None:
    beside = shutil.copytree(book, tmp_path / "stick" / "copied book")
    before = says(library, beside)
    vault = library.open(book, PASSPHRASE)
    vault.journal.keep(None, EntryDraft(title="Later", body="what came afterwards")).result()
    steps: list[Step] = []
    brought = take(restoring, tmp_path / "stick", book, told=steps)
    assert brought.is_whole
    assert (brought.counts.pages, brought.counts.photos) == (3, 2)
    assert brought.counts.newest[:4] == str(datetime.datetime.now(datetime.UTC).year)
    assert {step.stage for step in steps} == {"copying", "checking", "checking files"}
    assert all(step.done <= step.total for step in steps)
    with pytest.raises(BookOpenElsewhere):
        restoring.put_in_place(brought)
    vault.close()
    kept = restoring.put_in_place(brought)
    today = datetime.datetime.now().astimezone().date()
    assert kept == tmp_path / placing.kept_name("Memory Book", today)
    assert says(library, book) == before
    assert len(says(library, kept)) == len(before) + 1
    assert names_in(tmp_path) == {"Memory Book", kept.name, "stick"}


def test_words_alone_bring_a_book_back_where_there_is_nothing_else(
    library: Library, restoring: Restoring, book: Path, tmp_path: Path
) -> None:
    vault = library.open(book, PASSPHRASE)
    sheet = vault.ways.sheet().result()
    vault.close()
    beside = book.rename(tmp_path / "copied")
    for name in ("book.keys", "book.keys.copy"):
        (beside / name).unlink()
    target = tmp_path / "new" / "computer" / "Memory Book"
    brought = take(restoring, beside, target, ByWords(" ".join(sheet.words)))
    assert not brought.has_passphrase
    assert not brought.missing
    assert restoring.put_in_place(brought) is None
    library.open_with_words(target, sheet.code).close()


@pytest.mark.parametrize(
    ("way", "error"),
    [
        (ByPassphrase("something else"), WrongPassphrase),
        (ByWords("no words of any sheet"), RecoveryWordsMistyped),
    ],
)
def test_what_does_not_open_it_leaves_nothing_behind(
    restoring: Restoring, book: Path, tmp_path: Path, way: Way, error: type[MemoryBookError]
) -> None:
    with pytest.raises(error):
        take(restoring, book, tmp_path / "target", way)
    assert names_in(tmp_path) == {"Memory Book"}


def test_the_words_of_another_book_say_so(
    library: Library, restoring: Restoring, book: Path, tmp_path: Path
) -> None:
    other = library.create(tmp_path / "other", PASSPHRASE)
    words = other.ways.sheet().result().words
    other.close()
    with pytest.raises(RecoveryWordsOther):
        take(restoring, book, tmp_path / "target", ByWords(" ".join(words)))


def test_what_was_written_last_and_is_in_the_log_alone_comes_back(
    library: Library, restoring: Restoring, book: Path, tmp_path: Path
) -> None:
    vault = library.open(book, PASSPHRASE)
    vault.journal.keep(None, EntryDraft(title="Last", body="in the log")).result()
    beside = shutil.copytree(book, tmp_path / "copied")
    vault.close()
    assert (beside / "book.db-wal").stat().st_size > 0
    brought = take(restoring, beside, tmp_path / "target")
    assert brought.is_whole
    assert brought.counts.pages == 4
    restoring.discard(brought)
    assert names_in(tmp_path) == {"Memory Book", "copied"}


def test_a_missing_photo_is_named_and_the_rest_can_be_had(
    library: Library, restoring: Restoring, book: Path, tmp_path: Path
) -> None:
    vault = library.open(book, PASSPHRASE)
    photos = [photo.id for photo in vault.album.rows().result()]
    media = [vault.album.photos([photo]).result()[0].media for photo in photos]
    vault.close()
    (book / "media" / f"{media[0]}.mbm").unlink()
    brought = take(restoring, book, tmp_path / "target")
    assert not brought.is_whole
    assert [(thing.id, thing.lost) for thing in brought.missing] == [(photos[0], FILE)]
    restoring.put_in_place(brought)
    vault = library.open(tmp_path / "target", PASSPHRASE)
    vault.album.original(photos[1]).result()
    vault.close()


def test_a_file_that_is_whole_in_the_book_there_stands_in_for_the_copys(
    library: Library, restoring: Restoring, book: Path, tmp_path: Path
) -> None:
    beside = shutil.copytree(book, tmp_path / "copied")
    for path in (beside / "media").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    brought = take(restoring, beside, tmp_path / "elsewhere")
    assert {thing.lost for thing in brought.missing} == {FILE}
    restoring.discard(brought)
    brought = take(restoring, beside, book)
    assert brought.is_whole
    restoring.put_in_place(brought)
    assert len(says(library, book)) == 5


def test_a_small_picture_that_is_gone_is_named_as_that(
    library: Library, restoring: Restoring, book: Path, tmp_path: Path
) -> None:
    vault = library.open(book, PASSPHRASE)
    row = vault.album.rows().result()[0]
    original = vault.album.photos([row.id]).result()[0].media
    files = {path.stem for path in (book / "media").iterdir()}
    rendition = vault._worker.read(
        lambda connection: connection.execute("SELECT rendition FROM photo WHERE id = :id", {"id": row.id})
        .fetchall()[0][0]
    ).result()
    vault.close()
    assert {original, rendition} <= files
    (book / "media" / f"{rendition}.mbm").unlink()
    brought = take(restoring, book, tmp_path / "target")
    assert [(thing.id, thing.lost) for thing in brought.missing] == [(row.id, SMALL_PICTURE)]
    restoring.discard(brought)


def test_a_damaged_page_is_no_whole_copy(restoring: Restoring, book: Path, tmp_path: Path) -> None:
    database = book / "book.db"
    data = bytearray(database.read_bytes())
    data[5 * 4096 + 100] ^= 1
    database.write_bytes(data)
    with pytest.raises(CopyDamaged):
        take(restoring, book, tmp_path / "target")
    assert names_in(tmp_path) == {"Memory Book"}


def test_it_stops_when_asked_and_leaves_nothing(restoring: Restoring, book: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def told(step: Step) -> None:
        if step.stage == "checking files" and step.done:
            stop.set()

    with pytest.raises(RestoreStopped):
        restoring.take(restoring.find(book)[0], tmp_path / "target", KEY, told, stop)
    assert names_in(tmp_path) == {"Memory Book"}


def test_a_folder_with_other_things_is_left_alone(restoring: Restoring, book: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("words")
    with pytest.raises(FolderInUse):
        take(restoring, book, tmp_path / "letters")


def test_what_is_no_copy_is_said_to_be_none(restoring: Restoring, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("words")
    for path in (tmp_path, tmp_path / "one.txt", tmp_path / "nothing"):
        with pytest.raises(NoCopyHere):
            restoring.find(path)


def test_an_open_book_is_passed_over(library: Library, restoring: Restoring, book: Path) -> None:
    vault = library.open(book, PASSPHRASE)
    with pytest.raises(NoCopyHere):
        restoring.find(book)
    vault.close()
    assert [copy.kind for copy in restoring.find(book / "media")] == [CopyKind.FOLDER]
    assert isinstance(restoring.find(book / "book.db")[0], Copy)


def test_a_copy_on_a_drive_nobody_may_write_to_comes_back(
    library: Library, restoring: Restoring, tmp_path: Path
) -> None:
    (tmp_path / "made").mkdir()
    made = copied(library, tmp_path / "made", pages=2)
    with read_only(tmp_path / "made"):
        for source in (made.place, made.file, made.book):
            brought = take(restoring, source, tmp_path / "target")
            assert brought.is_whole
            restoring.discard(brought)


def test_a_disk_with_too_little_room_is_told_before_anything_is_copied(
    restoring: Restoring, book: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small", "4m") as disk, pytest.raises(RestoreNeedsRoom):
        take(restoring, book, disk.folder / "target")


def test_a_drive_that_is_pulled_out_is_no_damaged_copy(
    library: Library, restoring: Restoring, tmp_path: Path
) -> None:
    with drive(tmp_path / "drive") as stick:
        made = copied(library, stick.at, pages=2)

        def told(step: Step) -> None:
            if step.stage == "checking files" and made.place.exists():
                stick.pull()

        (copy,) = restoring.find(made.place)
        with pytest.raises(StorageFailed):
            restoring.take(copy, tmp_path / "target", KEY, told, threading.Event())
        stick.plug()
        brought = take(restoring, made.place, tmp_path / "target")
        assert brought.is_whole
        restoring.discard(brought)


def test_the_open_book_opens_its_own_copies(library: Library, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    made = copied(library, tmp_path / "made", pages=2)
    vault = library.open(made.book, PASSPHRASE)
    brought = take(library.restoring, made.place, made.book, vault.way_into_copies)
    vault.close()
    assert brought.is_whole
    assert library.restoring.put_in_place(brought) is not None
    library.open_with_words(made.book, made.sheet).close()
