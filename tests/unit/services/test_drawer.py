"""Deleted pages wait in the drawer, come back as they were, and go for good only when that is asked for."""

import datetime
from pathlib import Path

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.ids import EntryId
from memorybook.errors import StorageFailed, StorageFull
from memorybook.services.vault import Library, Vault
from tests.benchmarks.books import DayClock, picture
from tests.books import FAST, PASSPHRASE
from tests.disks import small_disk

DRAFT = EntryDraft(
    title="The quiet river",
    body="Some **words**.",
    day=VagueDate(2026, 10),
    kind=EntryKind.LETTER,
    recipient="Élan",
    tags=("sea",),
)


def _keep(vault: Vault, draft: EntryDraft = DRAFT) -> Entry:
    entry = vault.journal.keep(None, draft).result()
    assert entry is not None
    return entry


def test_a_deleted_page_is_in_the_drawer_and_nowhere_else(vault: Vault) -> None:
    entry = _keep(vault)
    photo = vault.album.add(entry.id, picture(1)).result()
    assert vault.journal.delete(entry.id).result()
    assert vault.journal.page().result().rows == ()
    assert vault.journal.all_for_book().result() == ()
    assert vault.journal.count().result() == 0
    assert vault.journal.months().result() == ()
    assert vault.journal.tags().result() == ()
    assert vault.journal.search("river").result().rows == ()
    assert isinstance(vault.journal.entry(entry.id).exception(), LookupError)
    (row,) = vault.journal.drawer().result()
    assert (row.id, row.title, row.excerpt, row.day) == (entry.id, DRAFT.title, "Some words.", DRAFT.day)
    assert row.photo_count == 1
    assert "river" not in repr(row)
    waiting = vault.journal.entry(entry.id, in_drawer=True).result()
    assert waiting.draft.photos == (photo.id,)
    assert waiting.draft.body == DRAFT.body


def test_a_page_comes_back_as_it_was(vault: Vault, library: Library) -> None:
    entry = _keep(vault)
    vault.journal.keep(entry.id, EntryDraft(title="Other")).result()
    before = vault.journal.entry(entry.id).result()
    versions = vault.journal.versions(entry.id).result()
    vault.journal.delete(entry.id).result()
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.journal.bring_back(entry.id).result()
    assert again.journal.entry(entry.id).result() == before
    assert again.journal.versions(entry.id).result() == versions
    assert [row.id for row in again.journal.search("other").result().rows] == [entry.id]
    assert again.journal.drawer().result() == ()
    again.close()


def test_both_say_whether_anything_was_to_be_done(vault: Vault) -> None:
    entry = _keep(vault)
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    assert not vault.journal.bring_back(entry.id).result()
    assert vault.journal.delete(entry.id, origin="story").result()
    assert not vault.journal.delete(entry.id).result()
    assert vault.journal.bring_back(entry.id, origin="drawer").result()
    ids = frozenset({entry.id})
    assert published == [
        ChangeSet(entries=ids, tags=True, drawer=True, origin="story"),
        ChangeSet(entries=ids, tags=True, drawer=True, origin="drawer"),
    ]
    assert isinstance(vault.journal.delete(EntryId(99)).exception(), LookupError)
    assert isinstance(vault.journal.bring_back(EntryId(99)).exception(), LookupError)


def test_words_and_pictures_that_were_on_their_way_follow_the_page(vault: Vault) -> None:
    entry = _keep(vault)
    vault.journal.delete(entry.id).result()
    kept = vault.journal.keep(entry.id, EntryDraft(title="The last words")).result()
    assert kept is not None
    photo = vault.album.add(entry.id, picture(1)).result()
    assert vault.journal.page().result().rows == ()
    assert vault.journal.search("last").result().rows == ()
    assert [row.title for row in vault.journal.drawer().result()] == ["The last words"]
    vault.journal.bring_back(entry.id).result()
    draft = vault.journal.entry(entry.id).result().draft
    assert (draft.title, draft.photos) == ("The last words", (photo.id,))
    assert [row.id for row in vault.journal.search("last").result().rows] == [entry.id]


def test_the_drawer_shows_the_last_first_and_keeps_pages_for_years(tmp_path: Path, library: Library) -> None:
    clock = DayClock(datetime.date(2026, 10, 1))
    library = Library(decoder=library._decoder, clock=clock, kdf=FAST)
    vault = library.create(tmp_path / "book", PASSPHRASE)
    for number in range(3):
        vault.journal.delete(_keep(vault, EntryDraft(title=f"page {number}")).id).result()
        clock.day += datetime.timedelta(days=1)
    vault.close()
    clock.day += datetime.timedelta(days=20_000)
    vault = library.open(tmp_path / "book", PASSPHRASE)
    _keep(vault)
    assert [row.title for row in vault.journal.drawer().result()] == ["page 2", "page 1", "page 0"]
    vault.close()


def test_a_page_that_never_held_anything_is_not_shown_and_one_that_did_is(vault: Vault) -> None:
    empty = vault.journal.keep(None, EntryDraft(), hold_place=True).result()
    emptied = _keep(vault)
    vault.journal.keep(emptied.id, EntryDraft()).result()
    assert empty is not None
    for entry in (empty, emptied):
        vault.journal.delete(entry.id).result()
    assert [row.id for row in vault.journal.drawer().result()] == [emptied.id]
    (version,) = vault.journal.versions(emptied.id).result()
    assert vault.journal.bring_version_back(version.id).result().draft == DRAFT
    assert [row.title for row in vault.journal.drawer().result()] == [DRAFT.title]


def test_a_page_that_everything_was_taken_off_waits_there_with_its_last_words(vault: Vault) -> None:
    entry = _keep(vault)
    blank = vault.journal.keep(None, EntryDraft(), hold_place=True).result()
    assert blank is not None
    for deleted in (False, True):
        vault.journal.keep(entry.id, EntryDraft()).result()
        assert vault.journal.page().result().rows == ()
        if deleted:
            vault.journal.delete(entry.id).result()
        (row,) = vault.journal.drawer().result()
        assert (row.id, row.title, row.excerpt) == (entry.id, DRAFT.title, "Some words.")
        assert vault.journal.entry(entry.id, in_drawer=True).result().draft == DRAFT
        assert vault.journal.bring_back(entry.id).result()
        assert vault.journal.entry(entry.id).result().draft == DRAFT
        assert [row.id for row in vault.journal.search("river").result().rows] == [entry.id]
        assert vault.journal.drawer().result() == ()
    assert not vault.journal.bring_back(blank.id).result()
    vault.journal.keep(entry.id, EntryDraft()).result()
    assert vault.journal.delete_for_ever([entry.id, blank.id]).result() == 1
    assert vault.journal.drawer().result() == ()
    assert vault.journal.versions(entry.id).result() == ()


@pytest.mark.parametrize("draft", [EntryDraft(title="Bo"), EntryDraft(tags=("sea",)), EntryDraft(body="x")])
def test_a_page_with_little_on_it_waits_there_too(vault: Vault, draft: EntryDraft) -> None:
    entry = _keep(vault, draft)
    vault.journal.keep(entry.id, EntryDraft()).result()
    assert [row.id for row in vault.journal.drawer().result()] == [entry.id]
    assert vault.journal.bring_back(entry.id).result()
    assert vault.journal.entry(entry.id).result().draft == draft


def test_only_what_is_in_the_drawer_goes_for_ever(vault: Vault) -> None:
    first, second, third = (_keep(vault, EntryDraft(title=f"page {number}")) for number in range(3))
    vault.journal.keep(first.id, EntryDraft(title="other")).result()
    for entry in (first, second):
        vault.journal.delete(entry.id).result()
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    gone = vault.journal.delete_for_ever([first.id, third.id, EntryId(99), first.id], origin="drawer")
    assert gone.result() == 1
    changes = ChangeSet(entries=frozenset({first.id}), tags=True, drawer=True, origin="drawer")
    assert published == [changes]
    assert [row.id for row in vault.journal.drawer().result()] == [second.id]
    assert [row.id for row in vault.journal.page().result().rows] == [third.id]
    assert isinstance(vault.journal.entry(first.id, in_drawer=True).exception(), LookupError)
    assert isinstance(vault.journal.bring_back(first.id).exception(), LookupError)
    assert vault.journal.versions(first.id).result() == ()
    assert vault.journal.delete_for_ever([third.id]).result() == 0
    assert len(published) == 1
    assert vault.journal.bring_back(second.id).result()


def test_the_pictures_of_a_page_that_is_gone_stay_in_the_book(vault: Vault) -> None:
    entry = _keep(vault)
    photo = vault.album.add(entry.id, picture(1)).result()
    vault.journal.delete(entry.id).result()
    vault.journal.delete_for_ever([entry.id]).result()
    assert vault.album.original_now(photo.id) == picture(1)
    other = _keep(vault)
    assert vault.album.add(other.id, picture(1)).result().id == photo.id


def test_a_person_is_named_as_long_as_their_page_waits(vault: Vault) -> None:
    anna = vault.people.add("Anna").result()
    entry = _keep(vault, EntryDraft(body="x", author=anna.id))
    vault.journal.delete(entry.id).result()
    assert not vault.people.remove(anna.id).result()
    vault.journal.delete_for_ever([entry.id]).result()
    assert vault.people.remove(anna.id).result()


@pytest.mark.slow
def test_on_a_full_disk_nothing_goes_or_everything(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        for number in range(300):
            _keep(vault, EntryDraft(title=f"page {number}", body=f"word{number} and others " * 40))
        page = vault.journal.page().result().rows[0].id
        vault.journal.delete(page).result()
        vault._worker.fold().result()  # else there is room in the log
        disk.fill()
        assert isinstance(vault.journal.delete_for_ever([page]).exception(), StorageFull | StorageFailed)
        disk.free()
        assert [row.id for row in vault.journal.drawer().result()] == [page]
        assert len(vault.journal.search("others", limit=1_000).result().rows) == 299
        assert vault.journal.delete_for_ever([page]).result() == 1
        assert len(vault.journal.search("others", limit=1_000).result().rows) == 299
        vault.close()
