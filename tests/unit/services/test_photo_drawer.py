"""A picture that is put away is shown nowhere and comes back everywhere; a destroyed one leaves no trace."""

import hashlib
from pathlib import Path

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.edit import Edit
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.domain.story import StoryFilter
from memorybook.errors import BookReadOnly, MediaMissing
from memorybook.services.vault import Library, Vault
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.unit.services.photos import baby, bring, media, on, one, page_of, published, rows, small


def three(vault: Vault) -> tuple[EntryId, tuple[PhotoId, PhotoId, PhotoId]]:
    page = page_of(vault, "A page")
    first, second, third = bring(vault, *(small(n) for n in range(3)), entry=page).added
    return page, (first, second, third)


def put_away(vault: Vault) -> list[PhotoId]:
    return [photo.id for photo in vault.album.put_away_rows().result()]


def test_it_is_on_no_page_and_in_no_list_and_comes_back_to_its_place(vault: Vault) -> None:
    page, (first, second, third) = three(vault)
    told = published(vault)
    vault.album.put_away([second, second], origin="photos").result()
    changes = ChangeSet(entries=frozenset({page}), photos=frozenset({second}), drawer=True, origin="photos")
    assert told == [changes]
    assert on(vault, page) == (first, third)
    assert rows(vault) == [third, first]
    assert [row.photo_count for row in vault.journal.page().result().rows] == [2]
    assert put_away(vault) == [second]
    vault.album.put_away([second]).result()
    assert told == [changes]
    vault.album.bring_back([second, first], origin="photos").result()
    assert told == [changes, changes]
    assert on(vault, page) == (first, second, third)
    assert rows(vault) == [third, second, first]
    assert put_away(vault) == []


def test_its_place_is_kept_while_the_page_is_written_on(vault: Vault) -> None:
    page, (first, second, third) = three(vault)
    vault.album.put_away([second]).result()
    kept = vault.journal.keep(page, EntryDraft("Another title", photos=(third, first))).result()
    assert kept is not None
    assert kept.draft.photos == (third, first)
    late = vault.album.add(page, small(9)).result().id
    vault.album.bring_back([second]).result()
    assert on(vault, page) == (third, first, second, late)
    vault.album.put_away([first]).result()
    vault.journal.take_off(page, second).result()
    vault.album.bring_back([first]).result()
    assert on(vault, page) == (third, first, late)


def test_a_page_that_was_begun_with_it_is_kept_without_it(vault: Vault) -> None:
    page, (first, second, third) = three(vault)
    vault.album.put_away([second, third]).result()
    vault.album.delete_for_ever([third]).result()
    draft = EntryDraft("A page", photos=(third, second, first, PhotoId(99)))
    kept = vault.journal.keep(page, draft).result()
    told = published(vault)
    assert vault.journal.keep(page, draft).result() == kept
    assert told == []
    assert on(vault, page) == (first,)
    assert vault.journal.keep(None, EntryDraft(photos=(third, second))).result() is None
    vault.album.bring_back([second]).result()
    assert on(vault, page) == (first, second)


def test_what_is_put_away_can_be_seen_by_those_who_look_into_the_drawer(vault: Vault) -> None:
    photo = one(vault)
    vault.album.put_away([photo.id]).result()
    (away,) = vault.album.put_away_rows().result()
    assert (away.id, away.deleted_at is not None) == (photo.id, True)
    assert vault.album.thumbnail(photo.id).result().startswith(b"\xff\xd8")
    assert vault.album.rendition(photo.id).result().startswith(b"\xff\xd8")
    assert vault.album.keep(photo.id, PhotoDraft(caption="Kept all the same")).result().caption


def test_the_last_one_comes_first(vault: Vault) -> None:
    _, ids = three(vault)
    for photo in (ids[1], ids[0], ids[2]):
        vault.album.put_away([photo]).result()
    found = put_away(vault)
    assert set(found) == set(ids)
    times = [photo.deleted_at or "" for photo in vault.album.put_away_rows().result()]
    assert times == sorted(times, reverse=True)


def test_a_page_of_one_picture_goes_and_comes_with_it(vault: Vault) -> None:
    page = page_of(vault)
    photo = vault.album.add(page, small(1)).result()
    vault.album.put_away([photo.id]).result()
    assert vault.journal.page().result().rows == ()
    assert vault.journal.drawer().result() == ()
    vault.album.bring_back([photo.id]).result()
    assert [row.id for row in vault.journal.page().result().rows] == [page]


def test_a_story_with_photos_is_one_whose_photos_are_shown(vault: Vault) -> None:
    page, ids = three(vault)
    vault.album.put_away(ids).result()
    assert vault.journal.count(StoryFilter(photos=True)).result() == 0
    assert vault.journal.count(StoryFilter(photos=False)).result() == 1
    vault.journal.delete(page).result()
    assert [row.photo_count for row in vault.journal.drawer().result()] == [0]
    vault.album.bring_back(ids[:1]).result()
    assert [row.photo_count for row in vault.journal.drawer().result()] == [1]


def test_an_earlier_version_names_only_what_is_shown(vault: Vault) -> None:
    page, (first, second, third) = three(vault)
    words = "Many words, so that taking them away makes a version of the page. " * 20
    vault.journal.keep(page, EntryDraft("A page", words, photos=(first, second, third))).result()
    vault.journal.keep(page, EntryDraft("A page", photos=(first, second, third))).result()
    version = next(row for row in vault.journal.versions(page).result() if row.words > 100)
    assert vault.journal.version(version.id).result().draft.photos == (first, second, third)
    vault.album.put_away([second, third]).result()
    vault.album.delete_for_ever([third]).result()
    assert vault.journal.version(version.id).result().draft.photos == (first,)
    back = vault.journal.bring_version_back(version.id).result()
    assert (back.draft.body, back.draft.photos) == (words, (first,))
    vault.album.bring_back([second]).result()
    assert on(vault, page) == (first, second)


def test_a_keepsake_goes_without_it(vault: Vault) -> None:
    first, second = bring(vault, small(1), small(2)).added
    keepsake = vault.keepsakes.keep(None, KeepsakeDraft(title="Prints", photos=(first, second))).result()
    assert keepsake is not None
    told = published(vault)
    vault.album.put_away([first]).result()
    changes = ChangeSet(photos=frozenset({first}), keepsakes=frozenset({keepsake.id}), drawer=True)
    assert told == [changes]
    assert vault.keepsakes.keepsake(keepsake.id).result().draft.photos == (second,)
    vault.album.bring_back([first]).result()
    assert vault.keepsakes.keepsake(keepsake.id).result().draft.photos == (first, second)
    vault.album.put_away([first]).result()
    vault.album.delete_for_ever([first]).result()
    assert told[-1] == changes
    assert vault.keepsakes.keepsake(keepsake.id).result().draft.photos == (second,)


def test_deleted_for_ever_is_gone_from_the_disk(
    vault: Vault, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, (first, second, third) = three(vault)
    wren = baby(vault, "Wren")
    vault.album.keep(first, PhotoDraft(caption="quillwort", babies=(wren,))).result()
    vault.album.edit(first, Edit(turn=90)).result()
    (photo,) = vault.album.photos([first]).result()
    vault.album.put_away([first, second]).result()
    overwritten: list[str] = []
    destroy = MediaStore.destroy

    def noted(store: MediaStore, name: object) -> None:
        overwritten.append(f"{name}.mbm")
        destroy(store, name)  # type: ignore[arg-type]

    monkeypatch.setattr(MediaStore, "destroy", noted)
    before = media(vault)
    told = published(vault)
    assert vault.album.delete_for_ever([first, third, PhotoId(99)], origin="drawer").result() == 1
    assert told == [
        ChangeSet(entries=frozenset({page}), photos=frozenset({first}), drawer=True, origin="drawer")
    ]
    assert len(overwritten) == 3
    assert sorted({*media(vault), *overwritten}) == before
    assert not {*media(vault)} & {*overwritten}
    assert f"{photo.media}.mbm" in overwritten
    assert put_away(vault) == [second]
    assert isinstance(vault.album.photos([first]).exception(), LookupError)
    assert on(vault, page) == (third,)
    assert vault.journal.search("quillwort").result().rows == ()
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert rows(again) == [third]
    assert one(again, small(0)).id not in (first, second, third)  # it is taken in as if it were new
    again.close()


def test_one_that_came_back_meanwhile_is_not_destroyed(vault: Vault) -> None:
    photo = one(vault)
    vault.album.put_away([photo.id]).result()
    vault.album.bring_back([photo.id])
    assert vault.album.delete_for_ever([photo.id]).result() == 0
    assert vault.album.original(photo.id).result() == pictures.jpeg()


def test_where_files_cannot_be_removed_it_stays_put_away(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = one(vault)
    vault.album.put_away([photo.id]).result()
    destroy = MediaStore.destroy

    def refused(_store: MediaStore, _name: object) -> None:
        raise BookReadOnly

    monkeypatch.setattr(MediaStore, "destroy", refused)
    assert isinstance(vault.album.delete_for_ever([photo.id]).exception(), BookReadOnly)
    assert put_away(vault) == [photo.id]
    monkeypatch.setattr(MediaStore, "destroy", destroy)
    assert vault.album.delete_for_ever([photo.id]).result() == 1
    assert (put_away(vault), media(vault)) == ([], [])


def test_one_whose_file_is_gone_can_be_deleted_for_ever(vault: Vault) -> None:
    photo: Photo = one(vault)
    (vault.folder / "media" / f"{photo.media}.mbm").unlink()
    assert isinstance(vault.album.original(photo.id).exception(), MediaMissing)
    vault.album.put_away([photo.id]).result()
    assert vault.album.delete_for_ever([photo.id]).result() == 1


def test_nothing_in_the_book_names_what_was_destroyed(vault: Vault, tmp_path: Path) -> None:
    page, ids = three(vault)
    vault.album.keep(ids[0], PhotoDraft(caption="quillwort")).result()
    digest = hashlib.sha256(small(0)).digest()
    vault.album.put_away(ids).result()
    vault.album.delete_for_ever(ids).result()
    vault.journal.delete(page).result()
    vault.journal.delete_for_ever([page]).result()

    def count(connection: Connection) -> int:
        tables = ("photo", "thumbnail", "photo_baby", "entry_photo", "keepsake_photo")
        return sum(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in tables)  # noqa: S608

    assert vault._worker.read(count).result() == 0
    assert media(vault) == []
    assert digest not in (vault.folder / "book.db").read_bytes()
