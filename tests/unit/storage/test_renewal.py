"""A book written anew under another seed says what it said; what opened it before opens nothing any more."""

import errno
import os
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from memorybook.domain.ids import EntryId, MediaId
from memorybook.errors import (
    BookClosed,
    BookDamaged,
    BookOpenElsewhere,
    BookReadOnly,
    MediaDamaged,
    MediaMissing,
    MemoryBookError,
    RenewalNeedsRoom,
    RenewalStopped,
    StorageFailed,
    WrongPassphrase,
)
from memorybook.storage import book as books
from memorybook.storage import connection, entries, preferences, renewal, replicas, swap, transcript, versions
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.media import MediaStore
from memorybook.storage.mediafile import HEADER_BYTES
from memorybook.storage.migrate import newest
from tests.disks import read_only, small_disk
from tests.unit.storage.making import AT
from tests.unit.storage.renewing import CHANGED, LABEL, NEW, OLD, Renewing, make, names, same, says, unlock

FORBIDDEN = ("ATTACH ':memory:' AS other", "SELECT sqlcipher_export('main')", "PRAGMA rekey = 'x'")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    make(folder)
    return folder


@pytest.fixture
def renewing(folder: Path) -> Iterator[Renewing]:
    renewing = Renewing(folder)
    yield renewing
    renewing.close()


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file, but for the lock, which has no content."""
    return {name: (folder / name).read_bytes() for name in names(folder) if (folder / name).is_file()}


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.write_bytes(data)


def test_the_new_book_says_what_the_old_one_said(folder: Path, renewing: Renewing) -> None:
    before, found = says(folder, OLD), names(folder)
    renewed = renewing.begin().result()
    renewing.close()
    assert renewed.unreadable == 0
    assert same(before, says(folder, NEW))
    assert names(folder) == found
    assert all((folder / name).stat().st_mode & 0o077 == 0 for name in found)


def test_what_opened_the_old_book_opens_nothing_any_more(folder: Path, renewing: Renewing) -> None:
    old = renewing.way
    before = bytes_of(folder)
    renewing.begin().result()
    renewing.close()
    with pytest.raises(WrongPassphrase):
        unlock(folder, OLD)
    assert replicas.unlock_with_seed(folder, old.seed) is None
    for salt in (old.key_file.db_salt, (folder / "book.db").read_bytes()[:16]):
        with pytest.raises(BookDamaged):
            BookFile(folder, old.seed.database_key(), salt).connect()
    store = MediaStore(folder / "media", old.seed.media_key())
    for path in (folder / "media").iterdir():
        with pytest.raises(MediaDamaged):
            store.read(MediaId(path.stem))
    for name, data in bytes_of(folder).items():
        blocks = {data[start : start + 64] for start in range(24, len(data) - 63, 64)}
        old_blocks = {before[name][start : start + 64] for start in range(24, len(before[name]) - 63, 64)}
        assert name.startswith("book.keys") or not blocks & old_blocks, f"{name} has pieces of the old one"


def test_the_old_files_are_overwritten_before_they_go(folder: Path, renewing: Renewing) -> None:
    before = bytes_of(folder)
    kept = {name: (folder / name).open("rb") for name in before}
    try:
        renewing.begin().result()
        renewing.close()
        for name, file in kept.items():
            gone, was = file.read(), before[name]
            assert len(gone) == len(was)
            if name.startswith("media"):
                assert gone[:16] != was[:16]
                assert gone[16:HEADER_BYTES] != was[16:HEADER_BYTES]
            else:
                pages = range(0, len(was), PAGE_BYTES)
                assert not any(gone[at : at + PAGE_BYTES] == was[at : at + PAGE_BYTES] for at in pages), name
    finally:
        for file in kept.values():
            file.close()


def test_everything_is_on_the_disk_before_it_counts(
    folder: Path, renewing: Renewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut needs and a killed process does not show: what was synced when it was decided."""
    fsync, replace = os.fsync, os.replace
    synced: set[int] = set()
    at_moves: list[tuple[str, bool]] = []
    old = {(folder / name).stat().st_ino: name for name in bytes_of(folder)}

    def note_sync(descriptor: int) -> None:
        fsync(descriptor)
        synced.add(os.fstat(descriptor).st_ino)

    def note_move(source: Path, target: Path) -> None:
        if ".renewed-" in str(target):
            inside = [source, *source.rglob("*")]
            assert [path for path in inside if path.stat().st_ino not in synced] == []
            synced.clear()
            at_moves.append(("decided", True))
        elif len(at_moves) == 1 and ".old-" in str(target):
            at_moves.append(("first old file moved", folder.stat().st_ino in synced))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_move)
    renewing.begin().result()
    renewing.close()
    assert at_moves == [("decided", True), ("first old file moved", True)]
    assert [name for inode, name in old.items() if inode not in synced] == [], "unlinked before it was wiped"


def test_a_copy_that_shares_its_bytes_stays_whole(folder: Path, tmp_path: Path, renewing: Renewing) -> None:
    """As `cp --link` makes it: the same file under a second name."""
    copy = tmp_path / "copy"
    for name in bytes_of(folder):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).hardlink_to(folder / name)
    renewing.begin().result()
    renewing.close()
    assert same(says(copy, OLD), says(folder, NEW))


def test_what_is_asked_for_meanwhile_is_done_in_the_new_book(folder: Path, renewing: Renewing) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def progress(_done: int, _total: int) -> None:
        begun.set()
        go_on.wait()

    renewed = renewing.begin(progress)
    assert begun.wait(10)
    written = renewing.worker.write(lambda opened: (preferences.put(opened, "meanwhile", "kept"), None))
    waiting = threading.Thread(target=lambda: refused.append(_refusal(renewing.media)))
    refused: list[bool] = []
    waiting.start()
    go_on.set()
    renewed.result()
    assert written.result()
    waiting.join()
    assert refused == [True]
    with pytest.raises(BookClosed):
        renewing.worker.read(lambda _: None).result()
    with pytest.raises(BookClosed):
        renewing.media.read(MediaId(next((folder / "media").iterdir()).stem))
    renewing.close()
    book, way = unlock(folder, NEW)
    opened = book.connect()
    assert preferences.get(opened, "meanwhile") == "kept"
    assert preferences.get(opened, LABEL) == way.key_file.slots[0]["kdf"]["salt"]
    opened.close()


def _refusal(media: MediaStore) -> bool:
    try:
        media.write(b"a picture that came too late")
    except BookClosed:
        return True
    return False


def test_a_damaged_page_holds_it_back_and_changes_nothing(folder: Path, tmp_path: Path) -> None:
    """Unless nothing is on it that the new book would need, such as an index, which is made anew."""
    whole = (folder / "book.db").read_bytes()
    before = says(folder, OLD)
    pages = len(whole) // PAGE_BYTES
    refused = 0
    for page in range(pages):
        book = shutil.copytree(folder, tmp_path / f"book-{page}")
        place = page * PAGE_BYTES + 2000
        flip(book / "book.db", place)
        files = bytes_of(book)
        renewing = Renewing(book)
        try:
            renewing.begin().result()
        except BookDamaged:
            refused += 1
            assert bytes_of(book) == files
        else:
            renewing.close()
            assert same(before, says(book, NEW))
        renewing.close()
    print(f"{pages} pages, {refused} refusals")
    assert pages > 40
    assert refused > 60


@pytest.mark.parametrize("damage", ["chunk", "end", "key", "beginning"])
def test_a_damaged_photo_comes_along_as_it_is(folder: Path, damage: str) -> None:
    """Nothing of it is lost, nothing else is touched by it, and it does not pass for whole afterwards."""
    largest = max((folder / "media").iterdir(), key=lambda path: path.stat().st_size)
    media = MediaId(largest.stem)
    data = largest.read_bytes()
    place = {"chunk": HEADER_BYTES + 70_000, "end": len(data) - 1, "key": 50, "beginning": 3}[damage]
    flip(largest, place)
    damaged = largest.read_bytes()
    renewing = Renewing(folder)
    before = _rows(folder)
    assert renewing.begin().result().unreadable == 1
    renewing.close()
    assert _rows(folder, NEW) == before
    _, way = unlock(folder, NEW)
    store = MediaStore(folder / "media", way.seed.media_key())
    after = (folder / "media" / largest.name).read_bytes()
    assert after[HEADER_BYTES:] == damaged[HEADER_BYTES:]
    with pytest.raises(MediaDamaged):
        store.read(media)
    if damage in {"key", "beginning"}:
        assert after == damaged
    else:
        (folder / "media" / largest.name).write_bytes(after[:HEADER_BYTES] + data[HEADER_BYTES:])
        assert len(store.read(media)) > 3 * 65_536  # its own key came along: a good copy of the body fits


def _rows(folder: Path, passphrase: str = OLD) -> transcript.Contents:
    book, _ = unlock(folder, passphrase)
    opened = book.connect()
    try:
        found = transcript.contents(opened, lambda: False)
        return {table: digest for table, digest in found.items() if table not in CHANGED}
    finally:
        opened.close()


def test_a_photo_whose_file_is_gone_does_not_hold_it_back(folder: Path) -> None:
    gone = max((folder / "media").iterdir(), key=lambda path: path.stat().st_size)
    gone.unlink()
    renewing = Renewing(folder)
    before = says(folder, OLD)
    assert renewing.begin().result().unreadable == 1
    renewing.close()
    assert same(before, says(folder, NEW))
    _, way = unlock(folder, NEW)
    with pytest.raises(MediaMissing):
        MediaStore(folder / "media", way.seed.media_key()).read(MediaId(gone.stem))


def test_a_file_that_no_row_names_comes_along(folder: Path, renewing: Renewing) -> None:
    media = renewing.media.write(b"a picture of a page that is being written")
    assert renewing.begin().result().unreadable == 0
    renewing.close()
    _, way = unlock(folder, NEW)
    store = MediaStore(folder / "media", way.seed.media_key())
    assert store.read(media) == b"a picture of a page that is being written"


def test_what_is_not_ours_stays(folder: Path, renewing: Renewing) -> None:
    strange = ("note.txt", "media/note.txt", ".renewing-mine/note.txt", ".old-0123456789abcdeg/note.txt")
    for name in strange:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("mine")
    renewing.begin().result()
    renewing.close()
    swap.finish_swap(folder)
    assert all((folder / name).read_text() == "mine" for name in strange)
    assert not [name for name in names(folder) if re.search(r"\.(renewing|renewed|old)-[0-9a-f]{16}$", name)]


def test_it_can_be_stopped_at_any_moment(folder: Path) -> None:
    renewing = Renewing(folder)
    before, files = says(folder, OLD), bytes_of(folder)
    renewing.close()
    moment = 0
    while True:
        renewing, moment = Renewing(folder), moment + 1
        seen = 0

        def progress(_done: int, _total: int, at: int = moment, renewing: Renewing = renewing) -> None:
            nonlocal seen
            seen += 1
            if seen == at:
                renewing.stop.set()

        try:
            renewing.begin(progress).result()
        except RenewalStopped:
            assert bytes_of(folder) == files
            title = renewing.worker.read(lambda opened: preferences.get(opened, "title"))
            assert title.result() == "For Robin"
            assert renewing.media.write(b"still ours")
            for path in (folder / "media").iterdir():
                if f"media/{path.name}" not in files:
                    path.unlink()
        else:
            break
        finally:
            renewing.close()
    print(f"stopped at {moment - 1} moments")
    assert moment > 30
    assert same(before, says(folder, NEW))


def test_too_little_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "2m") as disk:
        folder = disk.folder / "book"
        make(folder)
        renewing = Renewing(folder)
        files = bytes_of(folder)
        disk.fill()
        with pytest.raises(RenewalNeedsRoom):
            renewing.begin().result()
        assert bytes_of(folder) == files
        disk.free()
        assert renewal.bytes_to_write(folder) > sum(len(files[name]) for name in files if "keys" not in name)
        renewing.close()


def test_the_room_is_looked_for_first(
    folder: Path, renewing: Renewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = renewal.bytes_to_write(folder)
    monkeypatch.setattr(renewal, "free_bytes", lambda _: needed - 1)
    with pytest.raises(RenewalNeedsRoom):
        renewing.begin().result()
    assert renewing.told == []
    monkeypatch.setattr(renewal, "free_bytes", lambda _: needed)
    renewing.begin().result()


def test_a_disk_that_fills_up_meanwhile_leaves_the_old_book(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        folder = disk.folder / "book"
        make(folder)
        before, files = says(folder, OLD), bytes_of(folder)
        moment = refused = 0
        while True:
            renewing, moment = Renewing(folder), moment + 1
            seen = 0

            def progress(_done: int, _total: int, at: int = moment) -> None:
                nonlocal seen
                seen += 1
                if seen == at:
                    disk.fill()

            try:
                renewing.begin(progress).result()
            except (RenewalNeedsRoom, StorageFailed):
                refused += 1
                assert bytes_of(folder) == files
            renewing.close()
            if seen < moment:
                break
            disk.free()
            if not refused or bytes_of(folder) != files:
                break
        print(f"full at {refused} moments")
        assert refused > 10
        assert same(before, says(folder, NEW))


def test_where_nothing_may_be_written_nothing_is(folder: Path, renewing: Renewing) -> None:
    renewing.worker.read(lambda _: None).result()
    before = bytes_of(folder)
    with read_only(folder), pytest.raises((BookReadOnly, StorageFailed)):
        renewing.begin().result()
    assert bytes_of(folder).keys() >= before.keys()
    renewing.close()
    assert bytes_of(folder) == before


def test_what_the_connection_forbids_is_forbidden_again_afterwards(folder: Path) -> None:
    book, _ = unlock(folder, OLD)
    opened = connection.connect(book.path, book.key, book.salt, newest=newest())
    for stopped in (False, True):
        target = folder / f"copy-{stopped}.db"
        try:
            transcript.write(opened, target, bytes(32), bytes(16), lambda stopped=stopped: stopped)
        except dbapi2.OperationalError:
            assert stopped
        target.unlink()
        for statement in FORBIDDEN:
            with pytest.raises(dbapi2.DatabaseError):
                opened.execute(statement).fetchone()
    opened.close()


def test_a_transcript_that_differs_is_noticed(folder: Path) -> None:
    """The control of the comparison: another row, a lost row, a lost word of the index."""
    book, _ = unlock(folder, OLD)
    opened = book.connect()
    expected = transcript.contents(opened, lambda: False)
    for number, change in enumerate(
        (
            "UPDATE photo SET caption = 'other' WHERE id = 1",
            "DELETE FROM thumbnail WHERE photo = 2",
            "UPDATE entry SET deleted_at = 'x' WHERE id = 3",
            "DELETE FROM entry_search WHERE rowid = (SELECT min(rowid) FROM entry_search)",
            "UPDATE sqlite_sequence SET seq = 0",
            "DROP INDEX entry_story",
        )
    ):
        target = folder / f"copy-{number}.db"
        transcript.write(opened, target, bytes(32), bytes(16), lambda: False)
        transcript.check(target, bytes(32), bytes(16), expected, lambda: False)
        _change(target, change)
        with pytest.raises(BookDamaged):
            transcript.check(target, bytes(32), bytes(16), expected, lambda: False)
    opened.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET title = 'other' WHERE id = 1",
        "UPDATE entry_version SET title = 'other'",
        "UPDATE baby SET names = 'other'",
        "UPDATE ceremony SET label = 'other'",
        "UPDATE photo SET caption = 'other'",
        "UPDATE keepsake SET title = 'other'",
        "UPDATE edition SET name = 'other' WHERE deleted_at IS NULL",
        "UPDATE edition SET name = 'other' WHERE deleted_at IS NOT NULL",
    ],
)
def test_what_is_not_as_it_was_kept_holds_it_back(folder: Path, change: str) -> None:
    book, _ = unlock(folder, OLD)
    opened = book.connect()
    with connection.transaction(opened):
        versions.put(opened, entries.get(opened, EntryId(1)), "plain", AT)
        opened.execute(change)
    expected = transcript.contents(opened, lambda: False)
    target = folder / "copy.db"
    transcript.write(opened, target, bytes(32), bytes(16), lambda: False)
    opened.close()
    with pytest.raises(BookDamaged):
        transcript.check(target, bytes(32), bytes(16), expected, lambda: False)


def test_looking_through_the_pages_notices_each_and_can_be_stopped(folder: Path) -> None:
    book, _ = unlock(folder, OLD)
    opened = book.connect()
    target, key, salt = folder / "copy.db", bytes(32), bytes(16)
    transcript.write(opened, target, key, salt, lambda: False)
    opened.close()
    transcript.check_pages(target, key, salt, lambda: False)
    with pytest.raises(RenewalStopped):
        transcript.check_pages(target, key, salt, lambda: True)
    data = target.read_bytes()
    for place in range(100, len(data), 4096):
        target.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(BookDamaged):
            transcript.check_pages(target, key, salt, lambda: False)


def _change(database: Path, statement: str) -> None:
    changed: Connection = connection.connect(database, bytes(32), bytes(16), newest=newest())
    changed.execute(statement)
    changed.close()


def test_a_workshop_that_somebody_emptied_is_not_put_in_place(folder: Path) -> None:
    workshop = folder / ".renewed-0123456789abcdef"
    workshop.mkdir()
    for name in ("book.keys", "book.page1"):
        (workshop / name).write_bytes(b"of a book that is not there any more")
    before = bytes_of(folder)
    assert books.awaits_swap(folder)
    books.look(folder)
    swap.finish_swap(folder)
    assert bytes_of(folder) == before


def test_destroying_the_old_files_can_be_left_to_the_next_time(
    folder: Path, tmp_path: Path, renewing: Renewing
) -> None:
    before = shutil.copytree(folder, tmp_path / "before")
    renewing.begin().result()
    renewing.close()
    _, way = unlock(folder, NEW)
    old = shutil.copytree(before, folder / ".old-0123456789abcdef")
    swap.destroy_old(folder, way, lambda: True)
    assert bytes_of(old) == bytes_of(before)
    (folder / "book.db").rename(folder / "elsewhere.db")
    swap.destroy_old(folder, way)
    assert bytes_of(old) == bytes_of(before), "without a new book the old one is all there is"
    (folder / "elsewhere.db").rename(folder / "book.db")
    swap.destroy_old(folder, way)
    assert not old.exists()
    assert says(folder, NEW)


@pytest.mark.parametrize("relative", [True, False])
def test_pictures_that_are_kept_elsewhere_come_into_the_book(
    folder: Path, tmp_path: Path, relative: bool
) -> None:
    before = says(folder, OLD)
    elsewhere = (folder / "media").rename(tmp_path / "elsewhere")
    (elsewhere / "note.txt").write_text("mine")
    (folder / "media").symlink_to(Path("..") / "elsewhere" if relative else elsewhere)
    renewing = Renewing(folder)
    renewing.begin().result()
    renewing.close()
    assert same(before, says(folder, NEW))
    assert not (folder / "media").is_symlink()
    assert [path.name for path in elsewhere.iterdir()] == ["note.txt"]
    assert not list(folder.glob(".*"))


def test_a_workshop_that_may_be_in_use_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = folder / ".renewing-0123456789abcdef"
    workshop.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr("fcntl.flock", _no_locks)
        swap.hold(folder).release()
        assert workshop.is_dir()
    held = swap.hold(folder)
    assert not workshop.exists()
    workshop.mkdir()
    with pytest.raises(BookOpenElsewhere):
        swap.hold(folder)
    assert workshop.is_dir()
    held.release()


def _no_locks(_descriptor: int, _operation: int) -> None:
    raise OSError(errno.ENOLCK, "no locks here")


def test_where_there_is_nothing_to_finish_nothing_is_done(tmp_path: Path, folder: Path) -> None:
    before = bytes_of(folder)
    swap.finish_swap(folder)
    assert bytes_of(folder) == before
    assert not books.awaits_swap(folder)
    assert not books.awaits_swap(tmp_path / "nowhere")
    with pytest.raises(MemoryBookError):
        swap.finish_swap(tmp_path / "nowhere")
    assert os.listdir(tmp_path) == ["book"]  # noqa: PTH208
