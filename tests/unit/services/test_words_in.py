"""The sheet opens the book whatever became of the key files, and one wrong word never does."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from memorybook.domain import recovery
from memorybook.domain.entry import EntryDraft
from memorybook.errors import (
    BookDamaged,
    BookMissing,
    BookNewer,
    BookOpenElsewhere,
    KeyFilesDamaged,
    KeyFilesMissing,
    MemoryBookError,
    NoPassphrase,
    NotABook,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
)
from memorybook.services.recovery import RecoverySheet, RecoveryWords
from memorybook.services.vault import Library, Vault
from memorybook.services.words_in import salt_without_keys
from memorybook.storage import kdf, keyfile, replicas
from memorybook.storage.header import COPY_NAME
from memorybook.storage.keyfile import KeyFile
from memorybook.storage.seed import Seed
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import read_only

SEED = 20261121
WORDS = RecoveryWords()
FIRST, SECOND = replicas.NAMES


class Book:
    """A closed book with one page and a picture, and its sheet."""

    def __init__(self, folder: Path, sheet: RecoverySheet, key_file: KeyFile) -> None:
        self.folder = folder
        self.sheet = sheet
        self.key_file = key_file

    @property
    def text(self) -> str:
        return " ".join(self.sheet.words)

    @property
    def seed(self) -> Seed:
        return Seed(WORDS.read(self.text))

    def with_word(self, position: int, word: str) -> str:
        typed = list(self.sheet.words)
        typed[position] = word
        return " ".join(typed)

    def write_keys(self, first: bytes | None, second: bytes | None) -> None:
        for name, data in zip(replicas.NAMES, (first, second), strict=True):
            (self.folder / name).unlink()
            if data is not None:
                (self.folder / name).write_bytes(data)

    def damage(self, start: int, length: int = 1, name: str = "book.db") -> None:
        with (self.folder / name).open("r+b") as file:
            file.seek(start)
            data = file.read(length)
            file.seek(start)
            file.write(bytes(byte ^ 0x5A for byte in data))


def _made(library: Library, folder: Path) -> Book:
    vault = library.create(folder, PASSPHRASE)
    entry = vault.journal.keep(None, EntryDraft(title="a page", body="Some words.")).result()
    assert entry is not None
    vault.album.add(entry.id, pictures.jpeg()).result()
    sheet = vault.ways.sheet().result()
    vault.close()
    return Book(folder, sheet, keyfile.parse((folder / FIRST).read_bytes()))


@pytest.fixture(name="book")
def _book(library: Library, tmp_path: Path) -> Book:
    return _made(library, tmp_path / "book")


@pytest.fixture(name="no_argon2")
def _no_argon2(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on, running Argon2 anywhere is a mistake."""

    class Never:
        def __init__(self, **_numbers: object) -> None:
            raise AssertionError("Argon2 was run")

    return lambda: monkeypatch.setattr(kdf, "Argon2id", Never)


def _is_whole(vault: Vault) -> bool:
    (row,) = vault.journal.page().result().rows
    entry = vault.journal.entry(row.id).result()
    (photo,) = entry.draft.photos
    vault.album.original_now(photo)
    return (entry.draft.title, entry.draft.body) == ("a page", "Some words.")


def _opens(library: Library, book: Book, text: str | None = None) -> bool:
    vault = library.open_with_words(book.folder, text or book.text)
    try:
        return _is_whole(vault) and vault.opened_by == "words"
    finally:
        vault.close()


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if path.name != "book.lock"
    }


def test_the_words_and_the_code_open_the_book_and_change_nothing(
    library: Library, book: Book, no_argon2: Callable[[], None]
) -> None:
    no_argon2()
    before = _contents(book.folder)
    assert _opens(library, book)
    assert _opens(library, book, book.sheet.code)
    lines = [f"{number}. {word[:4].upper()}" for number, word in enumerate(book.sheet.words, 1)]
    assert _opens(library, book, "\n".join(lines))
    assert _contents(book.folder) == before


@pytest.mark.parametrize("name", replicas.NAMES)
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "untrue"])
def test_one_whole_key_file_is_kept_and_mends_the_other(
    library: Library, book: Book, name: str, damage: str
) -> None:
    data = book.key_file.data
    path = book.folder / name
    path.write_bytes({"cut": data[:99], "untrue": data[:-1] + bytes([data[-1] ^ 1])}.get(damage, b""))
    if damage == "missing":
        path.unlink()
    assert _opens(library, book)
    assert [(book.folder / each).read_bytes() for each in replicas.NAMES] == [data] * 2
    library.open(book.folder, PASSPHRASE).close()


def _rebuilt(book: Book) -> KeyFile:
    first, second = ((book.folder / name).read_bytes() for name in replicas.NAMES)
    assert first == second
    made = keyfile.parse(first)
    assert made.is_genuine(book.seed)
    return made


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "untrue", "one of each"])
def test_key_files_that_are_lost_are_made_anew(
    library: Library, book: Book, damage: str, no_argon2: Callable[[], None]
) -> None:
    data = book.key_file.data
    untrue = data[:-1] + bytes([data[-1] ^ 1])
    match damage:
        case "missing":
            book.write_keys(None, None)
        case "empty":
            book.write_keys(b"", b"")
        case "cut":
            book.write_keys(data[:-1], data[:100])
        case "untrue":
            book.write_keys(untrue, untrue)
        case _:
            book.write_keys(None, data[:-1])
    with pytest.raises((KeyFilesMissing, KeyFilesDamaged)):
        library.open(book.folder, PASSPHRASE)
    no_argon2()
    assert _opens(library, book)
    made = _rebuilt(book)
    assert (made.book_id, made.db_salt) == (book.key_file.book_id, book.key_file.db_salt)
    assert made.body["created"] == book.key_file.body["created"]
    assert list(made.slots) == []
    with pytest.raises(NoPassphrase):  # nobody is sent to look at the Caps Lock key
        library.open(book.folder, PASSPHRASE)
    assert _opens(library, book)


def test_a_book_that_was_opened_by_its_words_gets_a_new_passphrase(library: Library, book: Book) -> None:
    book.write_keys(None, None)
    vault = library.open_with_words(book.folder, book.text)
    assert vault.ways.all().result() == ()
    assert not vault.admits(PASSPHRASE)
    added = vault.ways.add_passphrase("mine", "the red door").result()
    assert vault.ways.all().result() == (added,)
    vault.close()
    again = library.open(book.folder, "the red door")
    assert _is_whole(again)
    again.close()


def test_nothing_but_the_database_and_the_sheet_is_enough(
    library: Library, book: Book, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    shutil.copy(book.folder / "book.db", bare)
    with pytest.raises(KeyFilesMissing):
        library.look(bare)
    vault = library.open_with_words(bare, book.text)
    (row,) = vault.journal.page().result().rows
    assert vault.journal.entry(row.id).result().draft.body == "Some words."
    vault.ways.add_passphrase("", "the red door").result()
    vault.close()
    library.open(bare, "the red door").close()
    assert {FIRST, SECOND} <= {path.name for path in bare.iterdir()}


@pytest.mark.parametrize("keys", ["whole", "missing"])
def test_a_damaged_salt_is_put_right(library: Library, book: Book, keys: str) -> None:
    """From the key file; and without one from the copy of the first page."""
    whole = (book.folder / "book.db").read_bytes()
    book.damage(3)
    if keys == "missing":
        book.write_keys(None, None)
    assert _opens(library, book)
    assert (book.folder / "book.db").read_bytes()[:16] == whole[:16]
    assert _rebuilt(book).db_salt == whole[:16]


def test_a_damaged_key_file_may_still_tell_the_salt_of_another_of_its_kind(
    library: Library, book: Book
) -> None:
    data = book.key_file.data
    untrue = data[:-1] + bytes([data[-1] ^ 1])
    book.write_keys(untrue, None)
    book.damage(3)
    (book.folder / COPY_NAME).unlink()
    assert _opens(library, book)


@pytest.mark.parametrize("keys", ["whole", "missing"])
def test_a_damaged_first_page_is_told_from_wrong_words(library: Library, book: Book, keys: str) -> None:
    if keys == "missing":
        book.write_keys(None, None)
    book.damage(1000)
    book.damage(5000)  # without this the copy of the first page would make it whole again
    before = _contents(book.folder)
    with pytest.raises(BookDamaged):
        library.open_with_words(book.folder, book.text)
    with pytest.raises(RecoveryWordsOther):
        library.open_with_words(book.folder, " ".join(WORDS.sheet(bytes(16)).words))
    assert _contents(book.folder) == before


def test_a_first_page_of_zeros_does_not_shut_anyone_out(library: Library, book: Book) -> None:
    """The copy of it shows that this is a book, and that the words are right."""
    book.write_keys(None, None)
    with (book.folder / "book.db").open("r+b") as file:
        file.write(bytes(4096))
    book.damage(5000)
    with pytest.raises(KeyFilesMissing):
        library.look(book.folder)
    with pytest.raises(BookDamaged):
        library.open_with_words(book.folder, book.text)
    (book.folder / COPY_NAME).unlink()
    with pytest.raises(NotABook):
        library.open_with_words(book.folder, book.text)


def test_key_files_of_another_book_are_kept_aside(library: Library, book: Book, tmp_path: Path) -> None:
    other = _made(library, tmp_path / "other")
    book.write_keys(other.key_file.data, other.key_file.data)
    with pytest.raises(KeyFilesMissing):
        library.open(book.folder, PASSPHRASE)
    with pytest.raises(RecoveryWordsOther):
        library.open_with_words(book.folder, " ".join(WORDS.sheet(bytes(16)).words))
    assert _opens(library, book)
    assert _rebuilt(book).book_id == book.key_file.book_id
    aside = [path for path in book.folder.iterdir() if replicas.SET_ASIDE in path.name]
    assert [path.read_bytes() for path in aside] == [other.key_file.data] * 2


def test_the_words_of_another_book_do_not_open_this_one(library: Library, book: Book, tmp_path: Path) -> None:
    other = _made(library, tmp_path / "other")
    for keys in ("whole", "missing"):
        if keys == "missing":
            book.write_keys(None, None)
        before = _contents(book.folder)
        for text in (other.text, other.sheet.code):
            with pytest.raises(RecoveryWordsOther) as raised:
                library.open_with_words(book.folder, text)
            assert raised.value.position is None
        assert _contents(book.folder) == before


def test_a_newer_key_file_is_refused_and_stays(library: Library, book: Book) -> None:
    newer = keyfile.seal({**book.key_file.body, "v": 2}, book.seed).data
    book.write_keys(newer, newer)
    before = _contents(book.folder)
    with pytest.raises(BookNewer):
        library.open_with_words(book.folder, book.text)
    assert _contents(book.folder) == before


@pytest.mark.parametrize("keys", ["whole", "missing", "damaged"])
def test_the_one_wrong_word_is_pointed_at_and_nothing_is_opened(
    library: Library, book: Book, keys: str, no_argon2: Callable[[], None]
) -> None:
    if keys != "whole":
        data = None if keys == "missing" else book.key_file.data[:-1]
        book.write_keys(data, data)
    no_argon2()
    before = _contents(book.folder)
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    for position in range(recovery.WORD_COUNT):
        others = [word for word in WORDS.words if word != book.sheet.words[position]]
        chance.shuffle(others)
        whole = [word for word in others if _is_whole_sheet(book.with_word(position, word))]
        broken = [word for word in others if word not in whole]
        for words, expected in ((whole[:2], RecoveryWordsOther), (broken[:2], RecoveryWordsMistyped)):
            for word in words:
                with pytest.raises(expected) as raised:
                    library.open_with_words(book.folder, book.with_word(position, word))
                assert raised.value.position == position
    assert _contents(book.folder) == before


def _is_whole_sheet(text: str) -> bool:
    try:
        WORDS.read(text)
    except RecoveryWordsMistyped:
        return False
    return True


def test_every_single_word_mistake_is_caught_before_argon2(
    book: Book, no_argon2: Callable[[], None]
) -> None:
    """All 24,564 of them: fifteen in sixteen by the check within the words, the rest by the key files."""
    no_argon2()
    by_check = by_key_files = 0
    for position in range(recovery.WORD_COUNT):
        for word in WORDS.words:
            if word == book.sheet.words[position]:
                continue
            try:
                seed = Seed(WORDS.read(book.with_word(position, word)))
            except RecoveryWordsMistyped:
                by_check += 1
                continue
            assert replicas.unlock_with_seed(book.folder, seed) is None
            assert not book.key_file.is_genuine(seed)
            by_key_files += 1
            if by_key_files % 20 == 0:
                assert salt_without_keys(book.folder, seed) is None
    assert by_check + by_key_files == recovery.WORD_COUNT * (recovery.LIST_LENGTH - 1)
    assert 1_300 < by_key_files < 1_800


@pytest.mark.parametrize("keys", ["whole", "missing"])
def test_words_in_the_place_of_their_neighbours_open_nothing(
    library: Library, book: Book, keys: str, no_argon2: Callable[[], None]
) -> None:
    if keys == "missing":
        book.write_keys(None, None)
    no_argon2()
    for place in range(recovery.WORD_COUNT - 1):
        typed = list(book.sheet.words)
        typed[place], typed[place + 1] = typed[place + 1], typed[place]
        if typed == list(book.sheet.words):
            continue
        with pytest.raises((RecoveryWordsMistyped, RecoveryWordsOther)) as raised:
            library.open_with_words(book.folder, " ".join(typed))
        assert raised.value.position is None
    symbols = book.sheet.code.replace("-", "")
    for place in range(len(symbols) - 1):
        if symbols[place] != symbols[place + 1]:
            swapped = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
            with pytest.raises(RecoveryWordsMistyped):
                library.open_with_words(book.folder, swapped)


def test_a_word_that_is_none_is_told_before_anything_is_looked_at(library: Library, tmp_path: Path) -> None:
    for text in ("", "hello", "a b c d e f g h i j k l", "0000-0000"):
        with pytest.raises(RecoveryWordsMistyped):
            library.open_with_words(tmp_path / "gone", text)


@pytest.mark.parametrize("what", ["missing", "noise", "zeros", "open", "read-only"])
def test_what_stands_in_the_way_of_the_words_is_told_apart(library: Library, book: Book, what: str) -> None:
    expected: type[MemoryBookError]
    database = book.folder / "book.db"
    match what:
        case "missing":
            database.unlink()
            expected = BookMissing
        case "noise":
            database.write_bytes(os.urandom(40_960))
            book.write_keys(None, None)
            (book.folder / COPY_NAME).unlink()
            expected = RecoveryWordsOther
        case "zeros":
            database.write_bytes(bytes(40_960))
            book.write_keys(None, None)
            (book.folder / COPY_NAME).unlink()
            expected = NotABook
        case "open":
            vault = library.open(book.folder, PASSPHRASE)
            with pytest.raises(BookOpenElsewhere):
                library.open_with_words(book.folder, book.text)
            assert _is_whole(vault)
            vault.close()
            return
        case _:
            with read_only(book.folder), pytest.raises(MemoryBookError) as refused:
                library.open_with_words(book.folder, book.text)
            assert type(refused.value).__name__ == "BookReadOnly"
            return
    before = _contents(book.folder)
    with pytest.raises(expected):
        library.open_with_words(book.folder, book.text)
    assert _contents(book.folder) == before


def test_a_book_that_does_not_say_which_it_is_gets_a_name(library: Library, book: Book) -> None:
    vault = library.open(book.folder, PASSPHRASE)

    def forget(connection: object) -> tuple[None, None]:
        connection.execute("DELETE FROM meta WHERE key IN ('book_id', 'created')")  # type: ignore[attr-defined]
        return None, None

    vault._worker.write(forget).result()
    vault.close()
    book.write_keys(None, None)
    assert _opens(library, book)
    named = _rebuilt(book).book_id
    assert named != book.key_file.book_id
    book.write_keys(None, None)
    assert _opens(library, book)
    assert _rebuilt(book).book_id == named


def test_the_seed_is_not_shown(library: Library, book: Book) -> None:
    vault = library.open_with_words(book.folder, book.text)
    shown = repr(vars(vault)) + repr(vars(vault.ways)) + repr(vars(library))
    vault.close()
    two_words = " ".join(book.sheet.words[:2])
    for secret in (book.seed.value.hex(), repr(book.seed.value), book.sheet.code, two_words):
        assert secret not in shown
    assert repr(book.sheet.words) not in shown
