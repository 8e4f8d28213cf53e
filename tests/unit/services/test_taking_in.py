"""What happens elsewhere in the book while a picture is on its way in."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from memorybook.domain.edit import Edit
from memorybook.domain.ids import PhotoId
from memorybook.errors import BookClosed, StorageFailed
from memorybook.services.taking_in import Place, TakingIn
from memorybook.services.vault import Library, Vault
from memorybook.storage import unfinished
from memorybook.storage.media import MediaStore
from tests.books import PASSPHRASE
from tests.unit.services.photos import bring, media, on, one, page_of, rows, small


def left(vault: Vault) -> tuple[str, ...]:
    return vault._worker.read(unfinished.left).result()


def test_one_that_is_deleted_for_ever_meanwhile_comes_in_anew(vault: Vault) -> None:
    photo = one(vault, small(1))
    prepared = vault.album._taking_in.prepare(small(1))
    assert prepared.picture is None
    vault.album.put_away([photo.id]).result()
    vault.album.delete_for_ever([photo.id]).result()
    again = vault.album._taking_in.keep(prepared, Place())
    assert again.id != photo.id
    assert rows(vault) == [again.id]
    assert vault.album.original(again.id).result() == small(1)


@pytest.mark.parametrize("late", [False, True])
def test_one_that_comes_in_twice_at_once_is_stored_once(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    page = page_of(vault)
    first, second = (vault.album._taking_in.prepare(small(1)) for _ in range(2))
    kept = vault.album._taking_in.keep(first, Place())
    files = media(vault)
    if late:  # it came between looking for it and putting it into the book
        monkeypatch.setattr(TakingIn, "_came_meanwhile", lambda *_: False)
    assert vault.album._taking_in.keep(second, Place(page)).id == kept.id
    assert media(vault) == files
    assert left(vault) == ()
    assert on(vault, page) == (kept.id,)


def test_one_that_is_edited_while_it_is_mended_stays_as_it_was_edited(vault: Vault) -> None:
    photo = one(vault, small(1))
    file = vault.folder / "media" / f"{vault.album._files(photo.id).rendition}.mbm"
    whole = file.read_bytes()
    file.write_bytes(whole[:-10])
    prepared = vault.album._taking_in.prepare(small(1))
    vault.album.edit(photo.id, Edit(turn=90)).result()
    shown = vault.album.rendition(photo.id).result()
    assert vault.album._taking_in.keep(prepared, Place()).edit == Edit(turn=90)
    assert vault.album.rendition(photo.id).result() == shown
    assert left(vault) == ()


def test_many_ways_in_at_once_store_each_picture_once(vault: Vault) -> None:
    page = page_of(vault)
    offered = [small(n) for n in range(6)]
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(bring, vault, *offered), pool.submit(bring, vault, *reversed(offered))]
        added = [vault.album.add(page, data) for data in offered]
        ids: set[PhotoId] = {future.result().id for future in added}
        assert {each for account in asked for each in account.result().ids} == ids
    assert set(rows(vault)) == ids
    assert len(ids) == 6
    assert len(media(vault)) == 12
    assert left(vault) == ()


def test_what_could_not_be_settled_is_settled_at_the_next_opening(
    vault: Vault, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_store: MediaStore, _name: object) -> None:
        raise StorageFailed

    photo = one(vault, small(1))
    vault.album.edit(photo.id, Edit(turn=90)).result()
    monkeypatch.setattr(MediaStore, "destroy", refused)
    edited = vault.album.edit(photo.id, Edit(turn=180)).result()
    assert len(media(vault)) == 4  # the one before could not be destroyed
    assert len(left(vault)) == 1
    monkeypatch.undo()
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert left(again) == ()
    assert len(media(again)) == 3
    assert again.album.photos([photo.id]).result() == (edited,)
    again.close()


def test_a_book_that_is_closing_begins_nothing(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(small(1))
    prepared = vault.album._taking_in.prepare(tmp_path / "a.jpg")
    vault.album._giving_up.set()
    with pytest.raises(BookClosed):
        vault.album._taking_in.prepare(small(2))
    with pytest.raises(BookClosed):
        vault.album._taking_in.keep(prepared, Place())
    assert not (vault.folder / "media").exists() or media(vault) == []


def test_what_the_disk_does_not_let_go_holds_no_other_file_up(vault: Vault, library: Library) -> None:
    first, second = vault.album._taking_in._writing.names(2)
    folder = vault.folder / "media"
    (folder / f"{first}.mbm").mkdir(parents=True)  # nothing that can be destroyed
    vault.album._media.write(b"of no use to anybody", second)
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert left(again) == (first,)
    assert media(again) == [f"{first}.mbm"]
    (folder / f"{first}.mbm").rmdir()
    again.close()
