"""Damaged things of the open book, brought back from its copies."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import FILE, SMALL_PICTURE, WORDS, DamagedThing, Thing
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.mending import Offer
from memorybook.errors import BookDamaged
from memorybook.services.vault import Library, Vault
from memorybook.storage.connection import Connection
from memorybook.storage.header import PAGE_BYTES
from tests.benchmarks.books import picture
from tests.books import PASSPHRASE
from tests.copies import copy_to


@pytest.fixture
def copied(vault: Vault, tmp_path: Path) -> Vault:
    """An open book with two pages, a photo and a keepsake, copied to a stick."""
    for title in ("First", "Second"):
        vault.journal.keep(None, EntryDraft(title=title, body=f"{title} words")).result()
    vault.album.add(EntryId(1), picture(1)).result()
    vault.keepsakes.keep(None, KeepsakeDraft(title="A blanket", words="knitted")).result()
    (tmp_path / "stick").mkdir()
    vault.backups.add_place(tmp_path / "stick").result()
    copy_to(vault, tmp_path / "stick")
    return vault


def spoil(vault: Vault, sql: str) -> None:
    """As damage does it that no page shows: the row is there, and is not what was kept."""

    def work(connection: Connection) -> tuple[None, None]:
        connection.execute(sql)
        return None, None

    vault._worker.write(work).result()


def mend(vault: Vault) -> list[tuple[Offer, str]]:
    """Look through the book, and bring back all for which there is a good copy."""
    report = vault.health.check(deep=True).result()
    offers = vault.mending.search(report).result()
    mended = vault.mending.bring_back(offers).result()
    return [(offer, each.how) for offer, each in zip(offers, mended, strict=True)]


def is_whole(vault: Vault) -> bool:
    return vault.health.check(deep=True).result().is_whole


def test_a_page_comes_back_and_what_it_said_meanwhile_is_an_earlier_version(copied: Vault) -> None:
    before = copied.journal.entry(EntryId(1)).result()
    spoil(copied, "UPDATE entry_text SET body = 'Fxrst words' WHERE entry = 1")
    ((offer, how),) = mend(copied)
    assert (offer.thing.thing, offer.thing.lost, how) == (Thing.PAGE, WORDS, "put back")
    assert (offer.title, offer.copy.sequence) == ("First", 1)
    assert copied.journal.entry(EntryId(1)).result() == before
    (version,) = copied.journal.versions(EntryId(1)).result()
    assert copied.journal.version(version.id).result().draft.body == "Fxrst words"
    assert [row.id for row in copied.journal.search("First").result().rows] == [1]
    assert is_whole(copied)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM entry_text WHERE entry = 2",
        "UPDATE photo SET caption = 'x'",
        "UPDATE keepsake SET words = 'x'",
    ],
)
def test_every_sort_of_thing_comes_back(copied: Vault, sql: str) -> None:
    spoil(copied, sql)
    assert not is_whole(copied)
    assert [how for _, how in mend(copied)] == ["put back"]
    assert is_whole(copied)


@pytest.mark.parametrize("is_gone", [True, False])
def test_the_file_of_a_photo_comes_back(copied: Vault, is_gone: bool) -> None:
    (photo,) = copied.album.photos([PhotoId(1)]).result()
    original = copied.album.original(photo.id).result()
    path = copied.folder / "media" / f"{photo.media}.mbm"
    if is_gone:
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    ((offer, how),) = mend(copied)
    assert (offer.thing.lost, how) == (FILE, "put back")
    assert copied.album.original(photo.id).result() == original
    assert is_whole(copied)


def test_a_picture_for_the_screen_comes_back(copied: Vault) -> None:
    (photo,) = copied.album.photos([PhotoId(1)]).result()
    (small,) = [path for path in (copied.folder / "media").iterdir() if path.stem != photo.media]
    report = copied.health.check().result()
    small.unlink()  # looked through once more, it would be made again
    thing = DamagedThing(Thing.PHOTO, photo.id, "", "", SMALL_PICTURE)
    (offer,) = copied.mending.search(replace(report, damaged=(thing,))).result()
    (mended,) = copied.mending.bring_back((offer,)).result()
    assert (offer.thing, mended.how) == (thing, "put back")
    assert is_whole(copied)


def test_a_damaged_copy_is_passed_over_for_an_older_good_one(copied: Vault, tmp_path: Path) -> None:
    copied.journal.keep(None, EntryDraft(title="Third")).result()
    copy_to(copied, tmp_path / "stick")
    (newest,) = tmp_path.glob("stick/*/snapshots/000002/book.db")
    data = bytearray(newest.read_bytes())
    data[3 * PAGE_BYTES + 7] ^= 1
    newest.write_bytes(data)
    spoil(copied, "UPDATE entry_text SET body = 'x' WHERE entry = 1")
    ((offer, how),) = mend(copied)
    assert (offer.copy.sequence, how) == (1, "put back")


def test_what_came_after_every_copy_is_not_offered(copied: Vault) -> None:
    copied.journal.keep(None, EntryDraft(title="Third", body="words")).result()
    spoil(copied, "UPDATE entry_text SET body = 'x' WHERE entry = 3")
    assert mend(copied) == []


def test_another_thing_with_the_same_number_is_not_taken_for_it(copied: Vault) -> None:
    """In a book that was set back to an earlier day, numbers are given out once more."""
    spoil(copied, "UPDATE entry SET created_at = '2020-01-01T00:00:00Z' WHERE id = 2")
    assert not is_whole(copied)
    assert mend(copied) == []


def test_a_page_of_the_file_that_is_damaged_costs_nothing_a_copy_has(
    library: Library, tmp_path: Path
) -> None:
    """Rows on it cannot be written any more: what they said comes back beside them."""
    vault = library.create(tmp_path / "book", PASSPHRASE)
    sizes = []
    for number in range(6):
        draft = EntryDraft(title=f"Page {number}", body=f"word{number} " * 3000)
        vault.journal.keep(None, draft).result()
        vault._worker.fold().result()
        sizes.append((vault.folder / "book.db").stat().st_size)
    (tmp_path / "stick").mkdir()
    vault.backups.add_place(tmp_path / "stick").result()
    copy_to(vault, tmp_path / "stick")
    vault.close()
    vault = with_one_page_damaged(library, vault.folder, range(sizes[1], sizes[2], PAGE_BYTES))
    try:
        assert [how for _, how in mend(vault)] == ["beside"]
        titles = {row.title for row in vault.journal.page().result().rows}
        assert titles == {f"Page {number}" for number in range(6)}
    finally:
        vault.close()


def with_one_page_damaged(library: Library, folder: Path, starts: range) -> Vault:
    """The book with a bit changed in a page of the file that holds words of one page of the book alone."""
    whole = (folder / "book.db").read_bytes()
    for start in starts:
        data = bytearray(whole)
        data[start + 99] ^= 1
        (folder / "book.db").write_bytes(data)
        try:
            vault = library.open(folder, PASSPHRASE)
        except BookDamaged:
            continue
        damaged = vault.health.check(media=False).result().damaged
        if [(each.thing, each.lost) for each in damaged] == [(Thing.PAGE, WORDS)]:
            return vault
        vault.close()
    raise AssertionError("there is no such page")


def test_closing_gives_up_what_runs(copied: Vault) -> None:
    report = copied.health.check().result()
    stop = threading.Event()
    running = copied.mending.search(report, lambda _: None, stop)
    copied.close()
    running.exception()
    assert not [item for item in copied.folder.iterdir() if item.name.startswith(".mending")]
