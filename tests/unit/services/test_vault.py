"""Beginning a book and opening it: every way it can be refused has its own error and changes nothing."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from memorybook.domain.entry import Entry, EntryDraft
from memorybook.errors import (
    BookClosed,
    BookDamaged,
    BookEmpty,
    BookMissing,
    BookNewer,
    BookOpenElsewhere,
    BookReadOnly,
    BookWithoutWords,
    FolderInUse,
    KeyFilesDamaged,
    KeyFilesMissing,
    MemoryBookError,
    NotABook,
    StorageFailed,
    StorageFull,
    WrongPassphrase,
)
from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library, Vault
from memorybook.storage import connection, founding, keyfile, replicas
from memorybook.storage.kdf import derive, stretch_measured
from memorybook.storage.seed import Seed
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE
from tests.corpus import pictures
from tests.disks import read_only, small_disk


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if path.name != "book.lock"
    }


def _shut(vault: Vault) -> Vault:
    vault.close()
    return vault


def _keep(vault: Vault, title: str) -> Entry:
    entry = vault.journal.keep(None, EntryDraft(title=title)).result()
    assert entry is not None
    return entry


@pytest.fixture(name="book")
def _book(library: Library, tmp_path: Path) -> Path:
    """A closed book with one page."""
    vault = library.create(tmp_path / "book", PASSPHRASE)
    _keep(vault, "a page")
    vault.close()
    return vault.folder


def _opens(library: Library, folder: Path) -> bool:
    vault = library.open(folder, PASSPHRASE)
    rows = vault.journal.page().result().rows
    vault.close()
    return [row.title for row in rows] == ["a page"]


def test_a_book_is_begun_kept_closed_and_opened(library: Library, book: Path) -> None:
    assert set(_contents(book)) == {"book.db", "book.keys", "book.keys.copy", "book.page1", "media"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (book, *book.rglob("*")))
    library.look(book)
    assert _opens(library, book)


def _measuring(library: Library, seconds: Sequence[float], refused_mib: int = 1 << 20) -> list[KdfCost]:
    """Have the library measure runs that take these times; the costs it tries. None of them is paid."""
    tried: list[KdfCost] = []
    now = 0.0

    def run(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
        nonlocal now
        tried.append(cost)
        if cost.memory_kib >= refused_mib * 1024:
            raise MemoryError
        now += seconds[min(len(tried), len(seconds)) - 1]
        return derive(passphrase, salt, FAST)

    library._stretch = stretch_measured(lambda: now, derive=run)
    return tried


def test_without_a_cost_a_new_passphrase_gets_one_that_is_measured(
    decoder: Decoder, tmp_path: Path
) -> None:
    library = Library(decoder=decoder, clock=SystemClock())
    vault = library.create(tmp_path / "book", PASSPHRASE)
    vault.close()
    kdf = keyfile.parse((vault.folder / "book.keys").read_bytes()).body["slots"][0]["kdf"]
    assert kdf["m"] in {1024 * mib for mib in (64, 128, 256)}
    assert kdf["t"] in range(3, 11)
    assert kdf["p"] == 4
    assert _shut(library.open(vault.folder, PASSPHRASE)).opened_by == "passphrase"


def test_a_computer_without_the_memory_says_so_and_leaves_nothing(library: Library, tmp_path: Path) -> None:
    tried = _measuring(library, [1.0], refused_mib=0)
    with pytest.raises(MemoryBookError):
        library.create(tmp_path / "one" / "book", PASSPHRASE)
    assert [cost.memory_kib // 1024 for cost in tried] == [256, 128, 64]
    assert not list(tmp_path.iterdir())


def test_the_wrong_passphrase_is_told_and_changes_nothing(library: Library, book: Path) -> None:
    before = _contents(book)
    for wrong in ("", "the blue door", PASSPHRASE.upper(), PASSPHRASE + " "):
        with pytest.raises(WrongPassphrase):
            library.open(book, wrong)
    assert _contents(book) == before
    assert _opens(library, book)


def test_a_passphrase_of_nothing_is_not_taken(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        library.create(tmp_path / "book", "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "what", ["missing folder", "missing", "empty", "pdf", "text", "plain", "folder", "no keys"]
)
def test_what_is_not_a_book_is_never_made_one(library: Library, book: Path, what: str) -> None:
    database = book / "book.db"
    expected: type[MemoryBookError] = NotABook
    match what:
        case "missing folder":
            shutil.rmtree(book)
            expected = BookMissing
        case "missing":
            database.unlink()
            expected = BookMissing
        case "empty":
            database.write_bytes(b"")
            expected = BookEmpty
        case "pdf":
            database.write_bytes(b"%PDF-1.7\n" + os.urandom(20_000))
        case "text":
            database.write_text("Dear diary,\n" * 500)
        case "plain":
            database.unlink()
            plain = sqlite3.connect(database)
            plain.execute("CREATE TABLE entry (x)")
            plain.commit()
            plain.close()
        case "folder":
            database.unlink()
            database.mkdir()
        case _:
            for name in replicas.NAMES:
                (book / name).unlink()
            expected = KeyFilesMissing
    before = _contents(book)
    with pytest.raises(expected):
        library.look(book)
    with pytest.raises(expected):
        library.open(book, PASSPHRASE)
    assert _contents(book) == before


def test_a_file_of_noise_without_keys_is_told_from_one_of_zeros(library: Library, tmp_path: Path) -> None:
    (tmp_path / "book.db").write_bytes(os.urandom(8192))
    with pytest.raises(KeyFilesMissing):
        library.look(tmp_path)
    (tmp_path / "book.db").write_bytes(bytes(8192))
    with pytest.raises(NotABook):
        library.look(tmp_path)


def test_a_damaged_book_is_told_from_a_wrong_passphrase(library: Library, book: Path) -> None:
    data = bytearray((book / "book.db").read_bytes())
    data[1000] ^= 1
    data[5000] ^= 1  # without this the copy of the first page would make it whole again
    (book / "book.db").write_bytes(data)
    before = _contents(book)
    with pytest.raises(WrongPassphrase):
        library.open(book, "another")
    with pytest.raises(BookDamaged):
        library.open(book, PASSPHRASE)
    assert _contents(book) == before


def test_damaged_key_files_are_told_from_a_wrong_passphrase(library: Library, book: Path) -> None:
    whole = (book / "book.keys").read_bytes()
    (book / "book.keys").write_bytes(whole[:-5])
    assert _opens(library, book)
    assert (book / "book.keys").read_bytes() == whole
    for name in replicas.NAMES:
        (book / name).write_bytes(whole[:-5])
    with pytest.raises(KeyFilesDamaged):
        library.open(book, PASSPHRASE)


def test_numbers_that_were_edited_look_like_a_wrong_passphrase(library: Library, book: Path) -> None:
    """Whoever made a guess cheaper, without the seed, has made a key file that opens to nothing."""
    whole = (book / "book.keys").read_bytes()
    body = json.loads(whole[12:-64])
    body["slots"][0]["kdf"]["t"] = 2
    forged = keyfile.seal(body, Seed(bytes(16))).data
    (book / "book.keys").write_bytes(forged)
    assert _opens(library, book)
    for name in replicas.NAMES:
        (book / name).write_bytes(forged)
    with pytest.raises(WrongPassphrase):
        library.open(book, PASSPHRASE)


def test_every_finding_about_the_keys_says_what_is_safe_and_what_to_do() -> None:
    for kind in (KeyFilesDamaged, KeyFilesMissing):
        assert "pages are still there" in kind.sentence
        assert "twelve words" in kind.sentence
    assert "Take your time" in WrongPassphrase.sentence
    assert "Nothing has been changed" in BookDamaged.sentence


def test_key_files_of_another_book_do_not_open_this_one(library: Library, book: Path, tmp_path: Path) -> None:
    other = library.create(tmp_path / "other", PASSPHRASE)
    other.close()
    foreign = (other.folder / "book.keys").read_bytes()
    (book / "book.keys").write_bytes(foreign)
    assert _opens(library, book)
    assert (book / "book.keys").read_bytes() == foreign
    (book / "book.keys.copy").write_bytes(foreign)
    with pytest.raises(KeyFilesMissing):
        library.open(book, PASSPHRASE)
    assert (book / "book.keys").read_bytes() == (book / "book.keys.copy").read_bytes() == foreign


def test_a_newer_book_is_refused_and_not_a_byte_changed(library: Library, book: Path) -> None:
    (way,) = replicas.unlock(book, PASSPHRASE)
    opened = connection.connect(book / "book.db", way.seed.database_key(), way.key_file.db_salt, newest=1)
    opened.execute("PRAGMA user_version = 2")
    opened.close()
    before = _contents(book)
    with pytest.raises(BookNewer):
        library.open(book, PASSPHRASE)
    assert _contents(book) == before


def test_a_book_can_be_open_once(library: Library, vault: Vault) -> None:
    with pytest.raises(BookOpenElsewhere):
        library.open(vault.folder, PASSPHRASE)
    library.look(vault.folder)
    assert _keep(vault, "still mine").id


_OPEN_THERE = """
import sys
from pathlib import Path
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
with Decoder() as decoder:
    vault = Library(decoder=decoder, clock=SystemClock()).open(Path(sys.argv[1]), sys.stdin.readline()[:-1])
    print(vault.journal.count().result(), flush=True)
    sys.stdin.readline()
"""


def test_a_book_open_in_another_process_is_refused_until_that_ends(library: Library, book: Path) -> None:
    source = str(Path(keyfile.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", _OPEN_THERE, str(book)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": source},
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.write(PASSPHRASE + "\n")
        other.stdin.flush()
        assert other.stdout.readline() == "1\n"
        with pytest.raises(BookOpenElsewhere):
            library.open(book, PASSPHRASE)
        (book / "book.lock").unlink()  # the lock in front is a courtesy: SQLite's own stands behind it
        with pytest.raises(BookOpenElsewhere):
            library.open(book, PASSPHRASE)
        other.kill()
        other.wait()
    assert _opens(library, book)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", ["book.keys.copy", "book.page1", "book.lock", ".0123456789abcdef.part"])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(library: Library, book: Path, name: str) -> None:
    (book / name).unlink(missing_ok=True)
    os.mkfifo(book / name)
    library.look(book)
    vault = library.open(book, PASSPHRASE)
    assert vault.journal.keep(None, EntryDraft(body="kept")).result()
    vault.close()
    library.open(book, PASSPHRASE).close()


@pytest.mark.timeout(30)
def test_a_pipe_in_the_place_of_a_picture_is_not_waited_for(library: Library, book: Path) -> None:
    vault = library.open(book, PASSPHRASE)
    page = vault.journal.keep(None, EntryDraft(body="kept")).result()
    assert page is not None
    photo = vault.album.add(page.id, pictures.jpeg()).result()
    for path in (book / "media").iterdir():
        path.unlink()
        os.mkfifo(path)
    assert isinstance(vault.album.original(photo.id).exception(), StorageFailed)
    vault.close()


def test_a_read_only_book_is_refused(library: Library, book: Path) -> None:
    with read_only(book):
        before = _contents(book)
        with pytest.raises(BookReadOnly):
            library.open(book, PASSPHRASE)
        assert _contents(book) == before
    assert _opens(library, book)


@pytest.mark.parametrize("where", ["book", "one/two/book"])
def test_a_book_cannot_be_begun_in_a_read_only_folder(library: Library, tmp_path: Path, where: str) -> None:
    with read_only(tmp_path), pytest.raises(BookReadOnly):
        library.create(tmp_path / where, PASSPHRASE)
    assert not list(tmp_path.iterdir())


def test_a_book_is_not_begun_where_something_is(library: Library, book: Path, tmp_path: Path) -> None:
    before = _contents(book)
    (tmp_path / "file").write_bytes(b"x")
    for folder in (book, tmp_path, tmp_path / "file"):
        with pytest.raises(FolderInUse):
            library.create(folder, PASSPHRASE)
    assert _contents(book) == before
    assert (tmp_path / "file").read_bytes() == b"x"


@pytest.mark.parametrize("name", ["book.db", "book.keys", "media"])
def test_a_book_that_arrives_while_another_is_begun_stays(tmp_path: Path, name: str) -> None:
    """A service that copies folders brings it to a new computer, a moment after it was said to be empty."""
    folder = tmp_path / "Memory Book"

    def stretch(passphrase: str, salt: bytes) -> tuple[bytes, KdfCost]:
        if name == "media":
            (folder / name).mkdir()
            (folder / name / "theirs").write_bytes(b"theirs")
        else:
            (folder / name).write_bytes(b"theirs")
        return derive(passphrase, salt, FAST), FAST

    with pytest.raises(FolderInUse):
        founding.found(folder, PASSPHRASE, stretch, "2026-10-03T18:04:05Z", lambda: None)
    assert [path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [b"theirs"]
    assert [path.name for path in folder.iterdir()] == [name]


def test_a_book_may_be_begun_in_an_empty_folder(library: Library, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir(mode=0o755)
    vault = library.create(tmp_path / "book", PASSPHRASE)
    vault.close()
    assert vault.folder.stat().st_mode & 0o777 == 0o700


def test_what_an_ended_process_left_is_cleared_away(library: Library, tmp_path: Path) -> None:
    left = tmp_path / "book" / ".beginning-0123456789abcdef"
    left.mkdir(parents=True)
    (left / "book.db").write_bytes(b"x")
    library.create(tmp_path / "book", PASSPHRASE).close()
    assert not left.exists()


@pytest.mark.parametrize("size", ["16k", "40k", "64k", "100k", "140k"])
def test_a_book_that_does_not_fit_leaves_nothing_behind(library: Library, tmp_path: Path, size: str) -> None:
    with small_disk(tmp_path / "disk", size) as disk:
        with pytest.raises((StorageFull, StorageFailed)):
            library.create(disk.folder / "one" / "book", PASSPHRASE)
        assert {path.name for path in disk.folder.iterdir()} <= {"filler"}


def test_a_beginning_that_cannot_be_opened_leaves_nothing_behind(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Library, folder: Path, _passphrase: str) -> Vault:
        assert (folder / "book.db").exists()
        raise BookDamaged

    monkeypatch.setattr(Library, "_begun", refuse)
    with pytest.raises(BookDamaged):
        library.create(tmp_path / "one" / "book", PASSPHRASE)
    assert not list(tmp_path.iterdir())
    (tmp_path / "empty").mkdir()
    with pytest.raises(BookDamaged):
        library.create(tmp_path / "empty", PASSPHRASE)
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_nothing_is_done_after_closing(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    entry = _keep(vault, "a page")
    vault.close()
    vault.close()
    for future in (
        vault.journal.keep(entry.id, EntryDraft(title="other")),
        vault.journal.entry(entry.id),
        vault.journal.page(),
        vault.journal.search("x"),
        vault.journal.all_for_book(),
        vault.journal.count(),
        vault.album.add(entry.id, b"x"),
        vault.album.photos([]),
        vault.people.add("Anna"),
        vault.people.all(),
        vault.occasions.all(),
        vault.preferences.get("title"),
    ):
        assert isinstance(future.exception(), BookClosed)
    assert _opens(library, vault.folder)


def test_closing_from_several_threads_is_one_closing(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    futures = [vault.journal.keep(None, EntryDraft(title=str(n))) for n in range(20)]
    with ThreadPoolExecutor(4) as pool:
        for closing in [pool.submit(vault.close) for _ in range(4)]:
            closing.result()
    assert all(future.result() for future in futures)
    assert not any(thread.name.startswith("memorybook-vault") for thread in threading.enumerate())


def test_a_folder_by_a_relative_name_stays_found(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    vault = library.create(Path("book"), PASSPHRASE)
    monkeypatch.chdir("/")
    _keep(vault, "a page")
    vault.close()
    assert _opens(library, tmp_path / "book")


def test_neither_key_nor_passphrase_is_shown(library: Library, book: Path) -> None:
    vault = library.open(book, PASSPHRASE)
    (way,) = replicas.unlock(book, PASSPHRASE)
    shown = repr(vars(vault)) + repr(vars(vault.journal)) + repr(vars(library)) + repr(way)
    vault.close()
    for secret in (
        PASSPHRASE,
        way.seed.value.hex(),
        way.seed.database_key().hex(),
        repr(way.seed.database_key()),
    ):
        assert secret not in shown


def test_the_tests_use_the_lowest_cost_there_is() -> None:
    with pytest.raises(ValueError, match="bounds"):
        KdfCost(FAST.memory_kib - 1, 1, 1)


@pytest.mark.parametrize("left", ["media", "book.keys"])
def test_a_folder_without_the_words_of_its_book_is_told_from_an_empty_one(
    vault: Vault, library: Library, tmp_path: Path, left: str
) -> None:
    vault.album.bring([], told=lambda _: None).done.result()
    (vault.folder / "media" / f"{'ab' * 16}.mbm").write_bytes(b"of a photo")
    vault.close()
    for item in list(vault.folder.iterdir()):
        if item.name != left:
            item.unlink() if item.is_file() else None
    if left != "media":
        (vault.folder / "media" / f"{'ab' * 16}.mbm").unlink()
    with pytest.raises(BookWithoutWords):
        library.look(vault.folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BookMissing) as missing:
        library.look(tmp_path / "empty")
    assert type(missing.value) is BookMissing
