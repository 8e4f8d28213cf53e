"""Many pictures come in together, in order, and the account at the end says what came of each."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from memorybook.domain.bringing import BringProgress
from memorybook.domain.changes import ChangeSet
from memorybook.domain.edit import Edit
from memorybook.domain.entry import EntryDraft
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.photo import BYTE_LIMIT, PhotoDraft
from memorybook.errors import (
    BookClosed,
    PictureDamaged,
    PictureNotRecognised,
    PictureTooManyBytes,
    PictureUnreadable,
    StorageFailed,
    StorageFull,
)
from memorybook.services.preferences import COVER_NEW, GIVEN_UP
from memorybook.services.vault import Library, Vault
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import small_disk
from tests.unit.services.photos import bring, media, on, one, page_of, published, rows, small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pictures, one of them in a folder below, and what else lies about in folders."""
    (tmp_path / "all" / "below").mkdir(parents=True)
    (tmp_path / "all" / "2 a picture.txt").write_bytes(small(2))
    (tmp_path / "all" / "below" / "1 another.jpg").write_bytes(small(1))
    (tmp_path / "all" / "notes.jpg").write_bytes(b"text")
    (tmp_path / "all" / "nothing.jpg").write_bytes(b"")
    (tmp_path / "all" / ".hidden.jpg").write_bytes(small(3))
    with (tmp_path / "all" / "film.mov").open("wb") as file:
        file.truncate(BYTE_LIMIT + 1)
    return tmp_path / "all"


def held_by(gate: threading.Event, *, after: int = 0) -> Callable[[BringProgress], None]:
    """Stops what is being brought, once so many are done, until the gate is open."""

    def hear(progress: BringProgress) -> None:
        if progress.done >= after:
            gate.wait()

    return hear


def test_a_folder_comes_in_with_all_below_it(vault: Vault, folder: Path) -> None:
    told: list[BringProgress] = []
    account = bring(vault, folder, told=told)
    kept = vault.album.photos(account.added).result()
    assert [photo.digest for photo in kept] == [hashlib.sha256(small(n)).hexdigest() for n in (2, 1)]
    assert (account.known, account.not_taken) == ((), 0)
    assert [(refused.name, type(refused.error)) for refused in account.refused] == [
        ("notes.jpg", PictureNotRecognised),
        ("nothing.jpg", PictureNotRecognised),
    ], "what is called like a picture is named, for somebody believes it is one"
    assert (account.others, account.closed_folders, account.stopped_by) == (2, 0, None)
    assert rows(vault) == [*reversed(account.added)]
    assert told[0] == BringProgress(0, 0)
    assert told[-1] == BringProgress(5, 5)


def test_the_account_says_what_came_of_each_file(vault: Vault, tmp_path: Path) -> None:
    known = one(vault, small(1))
    sources = {
        "cut.jpg": pictures.shortened(pictures.jpeg(pictures.scene(800, 600)), 0.5),
        "text.jpg": b"text",
        "new.jpg": small(2),
        "known.jpg": small(1),
        "twice.jpg": small(2),
    }
    for name, data in sources.items():
        (tmp_path / name).write_bytes(data)
    with (tmp_path / "large.png").open("wb") as file:
        file.truncate(BYTE_LIMIT + 1)
    paths = [tmp_path / name for name in (*sources, "large.png", "gone.heic")]
    account = bring(vault, *paths, pictures.webp())
    (new, pasted) = account.added
    assert account.known == (known.id, new)
    assert account.ids == (new, pasted, known.id, new)
    assert [(refused.name, type(refused.error)) for refused in account.refused] == [
        ("cut.jpg", PictureDamaged),
        ("text.jpg", PictureNotRecognised),
        ("large.png", PictureTooManyBytes),
        ("gone.heic", PictureUnreadable),
    ]
    assert (account.others, account.not_taken, account.back) == (0, 0, ())
    assert "cut.jpg" not in repr(account)
    assert len(media(vault)) == 6
    assert [len(vault.album.original(each).result()) for each in account.added] == [
        len(small(2)),
        len(pictures.webp()),
    ]


def test_nothing_offered_is_nothing_brought(vault: Vault, tmp_path: Path) -> None:
    assert bring(vault).ids == ()
    assert bring(vault, tmp_path).ids == ()


def test_they_are_put_on_a_page_in_their_order(vault: Vault) -> None:
    page = page_of(vault)
    told = published(vault)
    account = bring(vault, *(small(n) for n in range(5)), entry=page)
    assert on(vault, page) == account.added
    assert told == [ChangeSet(photos=frozenset({each}), entries=frozenset({page})) for each in account.added]
    other = page_of(vault)
    again = bring(vault, small(3), small(0), entry=other)
    assert on(vault, other) == again.known == (account.added[3], account.added[0])


def test_they_are_put_to_a_keepsake(vault: Vault) -> None:
    keepsake = vault.keepsakes.keep(None, KeepsakeDraft(title="The blanket")).result()
    assert keepsake is not None
    told = published(vault)
    bringing = vault.album.bring([small(1)], keepsake=keepsake.id, told=lambda _: None, origin="keepsakes")
    (photo,) = bringing.done.result().added
    assert vault.keepsakes.keepsake(keepsake.id).result().draft.photos == (photo,)
    assert told == [
        ChangeSet(photos=frozenset({photo}), keepsakes=frozenset({keepsake.id}), origin="keepsakes")
    ]


def test_what_was_put_away_comes_back_with_its_words(vault: Vault) -> None:
    page = page_of(vault)
    photo = vault.album.add(page, small(1)).result()
    vault.album.keep(photo.id, PhotoDraft(caption="By the lake")).result()
    vault.album.put_away([photo.id]).result()
    told = published(vault)
    account = bring(vault, small(1))
    assert (account.added, account.known, account.back) == ((), (photo.id,), (photo.id,))
    assert on(vault, page) == (photo.id,)
    assert told == [ChangeSet(entries=frozenset({page}), photos=frozenset({photo.id}), drawer=True)]
    assert vault.album.photos([photo.id]).result()[0].caption == "By the lake"
    vault.album.put_away([photo.id]).result()
    assert vault.album.add(page, small(1)).result().id == photo.id
    assert rows(vault) == [photo.id]


def test_new_ones_are_covered_if_that_was_chosen(vault: Vault) -> None:
    bare = one(vault, small(1))
    vault.preferences.put(COVER_NEW, "1").result()
    assert one(vault, small(2)).covered
    assert vault.album.add(page_of(vault), small(3)).result().covered
    assert not one(vault, small(1)).covered
    assert not bare.covered
    vault.preferences.put(COVER_NEW, "").result()
    assert not one(vault, small(4)).covered


def test_bringing_one_again_mends_it_and_its_edit(vault: Vault) -> None:
    data = pictures.jpeg()
    photo = one(vault, data)
    vault.album.edit(photo.id, Edit(turn=90)).result()
    before = vault.album.rendition(photo.id).result()
    for path in (vault.folder / "media").iterdir():
        path.write_bytes(path.read_bytes()[:-20])
    account = bring(vault, data)
    assert (account.added, account.known) == ((), (photo.id,))
    assert vault.album.original(photo.id).result() == data
    assert vault.album.rendition(photo.id).result() == before
    assert vault.album.original_rendition(photo.id).result() != before


def test_cancelling_keeps_what_came_in_and_counts_the_rest(vault: Vault) -> None:
    waiting = threading.Event()
    bringing = vault.album.bring([small(n) for n in range(20)], told=held_by(waiting, after=1))
    other = vault.album.bring([small(30)], told=lambda _: None)
    bringing.cancel()
    waiting.set()
    account = bringing.done.result()
    assert bringing.is_cancelled
    assert len(account.added) + account.not_taken == 20
    assert account.not_taken > 10
    assert account.refused == ()
    assert len(other.done.result().added) == 1
    assert len(rows(vault)) == len(account.added) + 1
    assert len(media(vault)) == 2 * len(rows(vault))


def test_cancelling_at_once_leaves_a_folder_unopened(vault: Vault, folder: Path) -> None:
    blocked = threading.Event()
    first = vault.album.bring([small(9)], told=held_by(blocked))
    second = vault.album.bring([folder], told=lambda _: None)
    second.cancel()
    blocked.set()
    assert len(first.done.result().added) == 1
    account = second.done.result()
    assert (account.ids, account.not_taken) == ((), 1)


def test_a_full_disk_ends_it_and_says_how_many_are_left(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "12m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        kept = one(vault, small(1))
        before = media(vault)
        disk.fill()
        large = [pictures.jpeg(pictures.scene(1600, 1200, n)) for n in range(3)]
        account = bring(vault, small(1), *large)
        assert (account.added, account.known, account.refused) == ((), (kept.id,), ())
        assert account.not_taken == 3
        assert isinstance(account.stopped_by, StorageFull | StorageFailed)
        assert media(vault) == before
        disk.free()
        assert len(bring(vault, *large).added) == 3
        vault.close()


def test_closing_finishes_what_was_asked_for(vault: Vault, library: Library) -> None:
    bringing = vault.album.bring([small(n) for n in range(6)], told=lambda _: None)
    vault.close()
    assert len(bringing.done.result().added) == 6
    late = vault.album.bring([small(7)], told=lambda _: None).done.result()
    assert (late.not_taken, type(late.stopped_by)) == (1, BookClosed)
    again = library.open(vault.folder, PASSPHRASE)
    assert tuple(reversed(rows(again))) == bringing.done.result().added
    again.close()


def test_closing_at_once_gives_up_the_rest_and_says_how_many(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    begun = threading.Event()
    originals = [pictures.jpeg(pictures.scene(3000, 2000, seed)) for seed in range(6)]
    held = threading.Event()
    cancelled = vault.album.bring([small(1)] * 50, told=held_by(held))
    cancelled.cancel()
    held.set()
    bringing = vault.album.bring(originals, told=lambda progress: begun.set() if progress.done else None)
    queued = vault.album.bring([small(2), small(3)], told=lambda _: None)
    begun.wait()
    vault.close_at_once()
    account, behind = bringing.done.result(), queued.done.result()
    assert account.refused == ()
    assert 1 <= len(account.added) < 6
    assert len(account.added) + account.not_taken == 6
    assert (behind.ids, behind.not_taken) == ((), 2)
    vault = library.open(tmp_path / "book", PASSPHRASE)
    assert vault.preferences.get(GIVEN_UP).result() == str(account.not_taken + 2)
    assert tuple(reversed(rows(vault))) == account.added
    assert [vault.album.original(each).result() for each in account.added] == originals[: len(account.added)]
    assert len(media(vault)) == 2 * len(account.added)
    vault.close()


def test_a_page_that_is_gone_says_so_and_takes_nothing(vault: Vault) -> None:
    page = page_of(vault, "For a while")
    vault.journal.delete(page).result()
    vault.journal.delete_for_ever([page]).result()
    bringing = vault.album.bring([small(1)], entry=page, told=lambda _: None)
    assert isinstance(bringing.done.exception(), LookupError)
    assert (rows(vault), media(vault)) == ([], [])


def test_writing_goes_on_meanwhile(vault: Vault) -> None:
    held = threading.Event()
    bringing = vault.album.bring([small(n) for n in range(3)], told=held_by(held, after=1))
    entry = vault.journal.keep(None, EntryDraft(title="meanwhile")).result()
    assert entry is not None
    page = vault.album.add(entry.id, small(8)).result()
    assert on(vault, entry.id) == (page.id,)
    held.set()
    assert len(bringing.done.result().added) == 3
