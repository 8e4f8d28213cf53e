"""What can be made from the rest of a book is made again by itself, and holds back no copy."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.edit import Edit
from memorybook.domain.health import PutRight
from memorybook.domain.recording import RecordingDraft
from memorybook.services.vault import Library, Vault
from memorybook.storage import replicas, schema_pages
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection, connect, copy_into
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.migrate import newest
from tests.books import PASSPHRASE
from tests.unit.services.test_damaged_things import damage
from tests.unit.services.test_health import media_files
from tests.unit.services.test_planning import page, photo, recording


def _copied(vault: Vault, folder: Path) -> object:
    folder.mkdir()
    place = vault.backups.add_place(folder).result()
    return vault.backups.copy(place.id, lambda _: None, threading.Event()).result().counts


def _turn(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _rows(vault: Vault, _: Path) -> None:
    damage(
        vault,
        "UPDATE thumbnail SET jpeg = x'00' WHERE photo = 1",
        "UPDATE recording_picture SET waveform = x'00'",
    )


def _files(vault: Vault, _: Path) -> None:
    query = "SELECT rendition FROM photo UNION SELECT view FROM photo WHERE view > ''"
    for path in media_files(vault, query):
        _turn(path)


def _gone(vault: Vault, _: Path) -> None:
    for path in media_files(vault, "SELECT rendition FROM photo"):
        path.unlink()


@pytest.mark.parametrize("harm", [_rows, _files, _gone])
def test_small_pictures_are_made_again_and_the_copy_goes_on(
    vault: Vault, tmp_path: Path, harm: Callable[[Vault, Path], None]
) -> None:
    shown = [photo(vault, seed) for seed in (1, 2)]
    vault.album.edit(shown[1], Edit(turn=90)).result()
    heard = recording(vault, RecordingDraft(title="Heart"))
    small = [vault.album.thumbnail(each).result() for each in shown]
    large = [vault.album.rendition(each).result() for each in shown]
    picture = vault.recordings.picture(heard).result()
    told: list[ChangeSet] = []
    vault.changes.subscribe(told.append)
    harm(vault, tmp_path)
    assert _copied(vault, tmp_path / "stick") is not None
    assert vault.health.put_right() == {PutRight.PICTURES}
    assert any(changes.damage for changes in told)
    assert [vault.album.thumbnail(each).result() for each in shown] == small
    assert [vault.album.rendition(each).result() for each in shown] == large
    assert vault.recordings.picture(heard).result() == picture
    assert vault.health.check(deep=True).result().is_whole


def test_a_small_picture_is_shown_again_where_it_is_asked_for(vault: Vault) -> None:
    one = photo(vault, 1)
    small = vault.album.thumbnail(one).result()
    damage(vault, "UPDATE thumbnail SET jpeg = x'00'")
    assert vault.album.thumbnail(one).result() == small
    assert vault.health.check().result().is_whole


def _harm(vault: Vault, number: int) -> None:
    """With the book closed."""
    with (vault.folder / "book.db").open("r+b") as file:
        file.seek((number - 1) * PAGE_BYTES + 900)
        file.write(b"damage")


@pytest.mark.parametrize("made", ["begun", "copied", "withdrawn"])
def test_a_book_opens_whose_definitions_of_tables_are_damaged(
    vault: Vault, library: Library, tmp_path: Path, made: str
) -> None:
    page(vault, "First", "A lantern", photos=(photo(vault, 1),))
    if made == "withdrawn":
        vault.ways.withdraw_sheet(
            PASSPHRASE, "", progress=lambda *_: None, stop=threading.Event()
        ).result()
    vault.close()
    folder = vault.folder
    file = BookFile(folder, *_key_of(folder))
    if made == "copied":
        opened = connect(file.path, file.key, file.salt, newest=newest())
        (tmp_path / "copy.db").touch()
        copy_into(opened, tmp_path / "copy.db")
        opened.close()
        (tmp_path / "copy.db").replace(file.path)
    leaves = schema_pages._leaves(file)
    assert leaves
    for number in leaves:
        _harm(vault, number)
        again = library.open(folder, PASSPHRASE)
        try:
            assert again.health.put_right() == {PutRight.FILE}
            assert [row.title for row in again.journal.search("lantern").result().rows] == ["First"]
            assert again.health.check().result().is_whole
        finally:
            again.close()
    assert len(list(folder.glob("book.page*.damaged"))) == len(leaves)


def test_a_book_opens_whose_page_of_notes_about_itself_is_damaged(vault: Vault, library: Library) -> None:
    page(vault, "First", "A lantern", photos=(photo(vault, 1),))
    known, number = vault.book_id, _page_of(vault, "meta")
    vault.close()
    _harm(vault, number)
    again = library.open(vault.folder, PASSPHRASE)
    try:
        assert again.health.put_right() == {PutRight.FILE}
        assert [row.title for row in again.journal.search("lantern").result().rows] == ["First"]
        assert (again.book_id, again.health.check().result().is_whole) == (known, True)
        assert again.backups.due().result()
    finally:
        again.close()


def _key_of(folder: Path) -> tuple[bytes, bytes]:
    (way,) = replicas.unlock(folder, PASSPHRASE)
    return way.seed.database_key(), way.key_file.db_salt


def _page_of(vault: Vault, table: str) -> int:
    def work(connection: Connection) -> int:
        row = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = :name", {"name": table})
        found = row.fetchone()
        assert found is not None
        return int(found[0])

    return vault._worker.read(work).result()


@pytest.mark.parametrize("table", ["entry_search_data", "thumbnail", "recording_picture", "photo_grid"])
def test_a_copy_is_made_of_a_book_whose_file_is_damaged_where_no_words_are(
    vault: Vault, library: Library, tmp_path: Path, table: str
) -> None:
    shown = photo(vault, 1)
    page(vault, "First", "A lantern", photos=(shown,))
    heard = recording(vault, RecordingDraft(title="Heart"))
    small, picture = vault.album.thumbnail(shown).result(), vault.recordings.picture(heard).result()
    number = _page_of(vault, table)
    vault.close()
    _harm(vault, number)
    again = library.open(vault.folder, PASSPHRASE)
    try:
        assert _copied(again, tmp_path / "stick") is not None
        assert PutRight.FILE in again.health.put_right()
        assert [row.title for row in again.journal.search("lantern").result().rows] == ["First"]
        assert again.album.thumbnail(shown).result() == small
        assert again.recordings.picture(heard).result() == picture
        assert again.health.check().result().is_whole
        again.close()
        assert not list(vault.folder.glob(".anew-*"))
    finally:
        again.close()
