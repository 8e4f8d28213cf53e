"""Pictures come into the book whole, once, and come out byte for byte, or it is said that they do not."""

import hashlib
import io
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import Edit
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, MediaId, PhotoId
from memorybook.domain.jpeg import bare, read
from memorybook.domain.photo import BYTE_LIMIT, Photo, PhotoDraft
from memorybook.errors import (
    MediaDamaged,
    MediaMissing,
    MemoryBookError,
    PictureDamaged,
    PictureError,
    PictureIsFolder,
    PictureNotRecognised,
    PictureTooManyBytes,
    PictureTooManyPixels,
    PictureUnreadable,
    StorageFailed,
    StorageFull,
)
from memorybook.services.media_writing import MediaWriting
from memorybook.services.preferences import GIVEN_UP
from memorybook.services.vault import Library, Vault
from memorybook.storage.connection import Connection
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import bad_place, small_disk


def _page(vault: Vault) -> EntryId:
    entry = vault.journal.keep(None, EntryDraft(), hold_place=True).result()
    assert entry is not None
    return entry.id


@pytest.fixture(name="page")
def _held(vault: Vault) -> EntryId:
    return _page(vault)


def _on(vault: Vault, page: EntryId) -> tuple[PhotoId, ...]:
    return vault.journal.entry(page).result().draft.photos


def _media(vault: Vault) -> list[str]:
    return sorted(path.name for path in (vault.folder / "media").iterdir())


KINDS = {
    "JPEG": pictures.jpeg,
    "HEIF": pictures.heic,
    "PNG": pictures.png_with_holes,
    "WEBP": pictures.webp,
    "TIFF": pictures.tiff,
    "GIF": pictures.gif,
    "BMP": pictures.bmp,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_comes_back_byte_for_byte(
    vault: Vault, library: Library, page: EntryId, tmp_path: Path, kind: str
) -> None:
    data = KINDS[kind]()
    source = tmp_path / "a picture with any name.txt"
    source.write_bytes(data)
    photo = vault.album.add(page, source).result()
    assert (photo.format, photo.byte_size) == (kind, len(data))
    assert photo.digest == hashlib.sha256(data).hexdigest()
    assert vault.album.original(photo.id).result() == data
    assert source.read_bytes() == data
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.album.photos([photo.id]).result() == (photo,)
    assert again.album.original_now(photo.id) == data
    assert again.journal.entry(page).result().draft.photos == (photo.id,)
    again.close()


def test_both_pictures_for_the_screen_are_upright_and_small(vault: Vault, page: EntryId) -> None:
    data = pictures.jpeg(pictures.scene(3000, 1500), orientation=6)
    photo = vault.album.add(page, data).result()
    assert (photo.width, photo.height) == (3000, 1500)
    assert photo.taken == VagueDate(2026, 10, 3)
    for made, edge in ((vault.album.thumbnail(photo.id), 640), (vault.album.rendition(photo.id), 2048)):
        image = Image.open(io.BytesIO(made.result()))
        assert (image.format, image.size) == ("JPEG", (edge, edge // 2))


def test_nothing_of_a_picture_is_in_clear(vault: Vault, page: EntryId) -> None:
    data = pictures.jpeg()
    photo = vault.album.add(page, data).result()
    thumbnail, rendition = vault.album.thumbnail(photo.id).result(), vault.album.rendition(photo.id).result()
    vault.close()
    for path in vault.folder.rglob("*"):
        if path.is_file():
            contents = path.read_bytes()
            assert not any(part[100:164] in contents for part in (data, thumbnail, rendition))
            assert b"JFIF" not in contents
            assert pictures.PLACE.encode() not in contents


def test_a_page_with_a_picture_is_not_empty(vault: Vault, page: EntryId) -> None:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    photo = vault.album.add(page, pictures.jpeg(), origin="write").result()
    (row,) = vault.journal.page().result().rows
    assert (row.id, row.photo_count) == (page, 1)
    assert published == [ChangeSet(entries=frozenset({page}), photos=frozenset({photo.id}), origin="write")]


def test_the_same_picture_is_stored_once(vault: Vault, page: EntryId) -> None:
    other = _page(vault)
    data = pictures.jpeg()
    first = vault.album.add(page, data).result()
    media = _media(vault)
    assert len(media) == 2
    assert vault.album.add(page, data).result() == first
    assert vault.album.add(other, data).result() == first
    assert _media(vault) == media
    assert _on(vault, page) == _on(vault, other) == (first.id,)


def test_pictures_come_in_the_order_they_were_dropped(vault: Vault, page: EntryId) -> None:
    added = [
        vault.album.add(page, pictures.jpeg(pictures.scene(200 + 100 * (n % 3), 200, n))) for n in range(6)
    ]
    ids = tuple(future.result().id for future in added)
    assert _on(vault, page) == ids
    assert vault.album.photos(list(reversed(ids))).result()[0].id == ids[-1]


def test_a_draft_orders_the_pictures_of_a_page_and_never_takes_one_off(vault: Vault, page: EntryId) -> None:
    one, two, three = (
        vault.album.add(page, data).result().id for data in (pictures.jpeg(), pictures.webp(), pictures.bmp())
    )
    kept = vault.journal.keep(page, EntryDraft(photos=(three, one, three))).result()
    assert kept is not None
    assert kept.draft.photos == _on(vault, page) == (three, one, two)
    late = vault.journal.keep(page, EntryDraft(title="A draft from before", photos=(one,))).result()
    assert late is not None
    assert late.draft.photos == (one, three, two)


def test_a_picture_taken_off_its_page_stays_in_the_book(vault: Vault, page: EntryId) -> None:
    photo = vault.album.add(page, pictures.jpeg()).result()
    assert vault.journal.take_off(page, photo.id).result().draft.photos == ()
    assert vault.journal.page().result().rows == ()
    assert vault.album.original(photo.id).result() == pictures.jpeg()
    assert vault.album.add(page, pictures.jpeg()).result().id == photo.id
    assert _on(vault, page) == (photo.id,)


def test_words_put_to_a_picture_are_kept_and_found(vault: Vault, page: EntryId) -> None:
    photo = vault.album.add(page, pictures.jpeg()).result()
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    draft = replace(photo.draft, caption="By the lake", description="Two chairs")
    described = vault.album.keep(photo.id, draft).result()
    assert (described.caption, described.description) == ("By the lake", "Two chairs")
    assert vault.album.photos([photo.id]).result() == (described,)
    for words in ("lake", "chai"):
        assert [row.id for row in vault.journal.search(words).result().rows] == [page]
    assert published == [ChangeSet(photos=frozenset({photo.id}))]
    vault.album.keep(photo.id, draft).result()
    assert len(published) == 1
    assert "lake" not in repr(described)


REFUSED: dict[str, tuple[bytes, type[PictureError]]] = {
    "a PDF": (b"%PDF-1.7\n" + bytes(2000), PictureNotRecognised),
    "nothing": (b"", PictureNotRecognised),
    "text": (b"hello", PictureNotRecognised),
    "cut": (pictures.shortened(pictures.jpeg(pictures.scene(800, 600)), 0.5), PictureDamaged),
    "a bomb": (pictures.png_of_many_pixels(), PictureTooManyPixels),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_refused_leaves_nothing_behind(
    vault: Vault, page: EntryId, tmp_path: Path, kind: str
) -> None:
    data, expected = REFUSED[kind]
    source = tmp_path / "renamed.jpg"
    source.write_bytes(data)
    assert type(vault.album.add(page, source).exception()) is expected
    assert _media(vault) == []
    assert _on(vault, page) == ()
    assert vault.album.add(page, pictures.jpeg()).result().format == "JPEG"


def test_a_file_that_is_too_large_is_not_read(vault: Vault, page: EntryId, tmp_path: Path) -> None:
    source = tmp_path / "large.jpg"
    with source.open("wb") as file:
        file.truncate(BYTE_LIMIT + 1)
    assert isinstance(vault.album.add(page, source).exception(), PictureTooManyBytes)
    assert isinstance(vault.album.add(page, bytes(BYTE_LIMIT + 1)).exception(), PictureTooManyBytes)


def test_what_cannot_be_read_says_so(vault: Vault, page: EntryId, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for source in (tmp_path / "gone.jpg", tmp_path / "pipe", tmp_path / "loop", Path("nul\0.jpg")):
        assert isinstance(vault.album.add(page, source).exception(), PictureUnreadable)
    assert isinstance(vault.album.add(page, Path("/dev/zero")).exception(), PictureUnreadable)
    assert isinstance(vault.album.add(page, tmp_path).exception(), PictureIsFolder)


def test_a_page_that_is_not_there_takes_no_picture(vault: Vault) -> None:
    assert isinstance(vault.album.add(EntryId(9), pictures.jpeg()).exception(), LookupError)
    assert _media(vault) == []
    for future in (
        vault.album.photos([PhotoId(9)]),
        vault.album.thumbnail(PhotoId(9)),
        vault.album.rendition(PhotoId(9)),
        vault.album.original(PhotoId(9)),
        vault.album.keep(PhotoId(9), PhotoDraft()),
    ):
        assert isinstance(future.exception(), LookupError)


def _file_of(vault: Vault, photo: Photo) -> Path:
    return vault.folder / "media" / f"{photo.media}.mbm"


def test_a_damaged_or_missing_original_is_noticed_and_the_rest_stays(vault: Vault, page: EntryId) -> None:
    damaged, gone, swapped, whole = (
        vault.album.add(page, data).result()
        for data in (pictures.jpeg(), pictures.webp(), pictures.bmp(), pictures.gif())
    )
    path = _file_of(vault, damaged)
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)
    _file_of(vault, gone).unlink()
    _file_of(vault, swapped).write_bytes(_file_of(vault, whole).read_bytes())
    assert isinstance(vault.album.original(damaged.id).exception(), MediaDamaged)
    assert isinstance(vault.album.original(gone.id).exception(), MediaMissing)
    assert isinstance(vault.album.original(swapped.id).exception(), MediaDamaged)
    assert vault.album.original(whole.id).result() == pictures.gif()
    for photo in (damaged, gone, swapped, whole):
        assert vault.album.thumbnail(photo.id).result()
        assert vault.album.rendition(photo.id).result()


@pytest.mark.parametrize("kind", ["original", "rendition"])
@pytest.mark.parametrize("gone", [True, False])
def test_adding_a_picture_once_more_mends_what_is_left_of_it(
    vault: Vault, page: EntryId, kind: str, gone: bool
) -> None:
    data = pictures.jpeg()
    photo = vault.album.add(page, data).result()
    file = vault.folder / "media" / f"{vault.album._files(photo.id).all[kind == 'rendition']}.mbm"
    file.unlink() if gone else file.write_bytes(file.read_bytes()[:-20])
    told: list[ChangeSet] = []
    vault.changes.subscribe(told.append)
    assert vault.album.add(page, data).result().id == photo.id
    assert vault.album.original(photo.id).result() == data
    assert vault.album.rendition(photo.id).result().startswith(b"\xff\xd8")
    assert [change.photos for change in told] == [frozenset({photo.id})]
    assert _on(vault, page) == (photo.id,)


def test_a_whole_original_stays_when_what_was_made_of_it_is_mended(vault: Vault, page: EntryId) -> None:
    photo = vault.album.add(page, pictures.jpeg()).result()
    vault.album.edit(photo.id, Edit(turn=90)).result()
    made = vault.album._files(photo.id).all[1:]
    (vault.folder / "media" / f"{made[1]}.mbm").unlink()
    vault.album.add(page, pictures.jpeg()).result()
    after = vault.album._files(photo.id)
    assert after.media == photo.media
    assert {path.stem for path in (vault.folder / "media").iterdir()} == set(after.all)
    assert not set(after.all) & set(made)


def test_a_photo_deleted_for_ever_while_it_is_mended_comes_in_as_a_new_one(
    vault: Vault, page: EntryId, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = vault.album.add(page, pictures.jpeg()).result()
    (vault.folder / "media" / f"{vault.album._files(photo.id).rendition}.mbm").unlink()
    names = MediaWriting.names

    def gone(self: MediaWriting, count: int) -> tuple[MediaId, ...]:
        if vault.album.rows().result():
            vault.album.put_away([photo.id]).result()
            vault.album.delete_for_ever([photo.id]).result()
        return names(self, count)

    monkeypatch.setattr(MediaWriting, "names", gone)
    again = vault.album.add(page, pictures.jpeg()).result()
    assert again.id != photo.id
    assert vault.album.original(again.id).result() == pictures.jpeg()
    assert len(list((vault.folder / "media").iterdir())) == 2


def test_one_on_a_bad_place_of_the_disk_is_mended_by_the_same_picture(
    vault: Vault, page: EntryId, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = vault.album.add(page, pictures.jpeg()).result()
    bad_place(monkeypatch, _file_of(vault, photo))
    assert vault.album.add(page, pictures.jpeg()).result().id == photo.id
    assert vault.album.original(photo.id).result() == pictures.jpeg()


def test_an_original_that_does_not_fit_its_digest_is_not_given_out(vault: Vault, page: EntryId) -> None:
    photo = vault.album.add(page, pictures.jpeg()).result()
    other = vault.album._media.write(b"another content, sealed as it should be")
    path = _file_of(vault, photo)
    path.unlink()

    def rename(connection: Connection) -> tuple[None, None]:
        connection.execute("UPDATE photo SET media = :media", {"media": other})
        return None, None

    vault.album._worker.write(rename).result()
    assert isinstance(vault.album.original(photo.id).exception(), MediaDamaged)


def test_a_jpeg_is_printed_with_its_own_pixels_and_says_nothing(vault: Vault, page: EntryId) -> None:
    behind = pictures.jpeg_with_another_behind() + b"ftyp of a clip that a phone took with it"
    for data in (pictures.jpeg(), pictures.jpeg(progressive=True), pictures.jpeg_grey(), behind):
        photo = vault.album.add(page, data).result()
        printed = vault.album.printable(photo.id, longest=10)
        assert printed == bare(data, 1)
        assert not any(word in printed for word in (b"Exif", b"MPF", b"clip"))
        assert Image.open(io.BytesIO(printed)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
        again = vault.album.add(page, printed).result()
        assert vault.album.printable(again.id, longest=10) == printed
        assert vault.album.original(photo.id).result() == data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_is_turned_for_print_without_new_pixels(
    vault: Vault, page: EntryId, orientation: int
) -> None:
    photo = vault.album.add(page, pictures.jpeg(orientation=orientation)).result()
    for turn in (0, 90, 180, 270):
        vault.album.edit(photo.id, Edit(turn=turn)).result()
        printed = vault.album.printable(photo.id, longest=4000)
        upright = ImageOps.exif_transpose(Image.open(io.BytesIO(printed)))
        shown = Image.open(io.BytesIO(vault.album.rendition(photo.id).result()))
        assert upright.size == shown.size
        assert max(upper for _, upper in ImageChops.difference(upright, shown).getextrema()) < 40
        assert printed == bare(vault.album.original(photo.id).result(), read(printed).orientation)  # type: ignore[union-attr]


def test_a_jpeg_larger_than_it_can_be_printed_is_made_smaller(vault: Vault, page: EntryId) -> None:
    photo = vault.album.add(page, pictures.jpeg(pictures.scene(900, 600))).result()
    large, small = (vault.album.printable(photo.id, longest=300, fits=fits) for fits in (900, 899))
    assert [Image.open(io.BytesIO(it)).size for it in (large, small)] == [(900, 600), (300, 200)]


@pytest.mark.parametrize(
    "make", [pictures.heic, pictures.webp, pictures.tiff, pictures.jpeg_cmyk, pictures.jpeg_wide_colour]
)
def test_other_pictures_are_made_anew_for_print(
    vault: Vault, page: EntryId, make: Callable[[], bytes]
) -> None:
    photo = vault.album.add(page, make()).result()
    printed = Image.open(io.BytesIO(vault.album.printable(photo.id, longest=48)))
    assert (printed.format, printed.mode, max(printed.size)) == ("JPEG", "RGB", 48)


def test_a_full_disk_leaves_no_part_of_a_picture(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        page = _page(vault)
        kept = vault.album.add(page, pictures.jpeg()).result()
        media = _media(vault)
        disk.fill()
        large = pictures.jpeg(pictures.scene(1600, 1200))
        for _ in range(2):
            assert isinstance(vault.album.add(page, large).exception(), StorageFull | StorageFailed)
        assert _media(vault) == media
        assert vault.album.original(kept.id).result() == pictures.jpeg()
        disk.free()
        added = vault.album.add(page, large).result()
        assert _on(vault, page) == (kept.id, added.id)
        vault.close()


def test_a_folder_that_is_gone_says_so(vault: Vault, page: EntryId, tmp_path: Path) -> None:
    photo = vault.album.add(page, pictures.jpeg()).result()
    vault.folder.rename(tmp_path / "away")
    assert isinstance(vault.album.original(photo.id).exception(), MediaMissing)
    assert isinstance(vault.album.add(page, pictures.webp()).exception(), MemoryBookError)
    (tmp_path / "away").rename(vault.folder)
    assert vault.album.add(page, pictures.webp()).result().format == "WEBP"


def test_a_screen_goes_on_while_pictures_come_in(vault: Vault, page: EntryId) -> None:
    """Reading and keeping never wait for a decoder."""
    slow = [vault.album.add(page, pictures.jpeg(pictures.scene(2400, 1800, n))) for n in range(3)]
    assert vault.journal.keep(None, EntryDraft(title="meanwhile")).result()
    assert vault.journal.page().result().rows
    assert not slow[-1].done()
    assert all(future.result() for future in slow)


def test_closing_finishes_the_pictures_that_were_asked_for(
    vault: Vault, library: Library, page: EntryId
) -> None:
    added = [vault.album.add(page, pictures.jpeg(pictures.scene(300, 200, n))) for n in range(3)]
    vault.close()
    ids = tuple(future.result().id for future in added)
    again = library.open(vault.folder, PASSPHRASE)
    assert _on(again, page) == ids
    again.close()


def test_closing_at_once_gives_up_what_has_not_come_in_and_says_how_many(
    library: Library, tmp_path: Path
) -> None:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    page = _page(vault)
    originals = [pictures.jpeg(pictures.scene(3000, 2000, seed)) for seed in range(12)]
    asked = [vault.album.add(page, data) for data in originals]
    first = asked[0].result()
    began = time.monotonic()
    vault.close_at_once()
    print(f"closed after {time.monotonic() - began:.2f} s")
    taken = [future.result().id for future in asked if _came(future)]
    assert taken[0] == first.id
    assert len(taken) < len(asked)
    vault = library.open(tmp_path / "book", PASSPHRASE)
    assert vault.preferences.get(GIVEN_UP).result() == str(len(asked) - len(taken))
    assert list(_on(vault, page)) == taken
    assert len(_media(vault)) == 2 * len(taken)
    assert [vault.album.original(photo).result() for photo in taken] == originals[: len(taken)]
    vault.close()


def _came(future: Future[Photo]) -> bool:
    return not future.cancelled() and future.exception() is None


def test_closing_at_once_with_nothing_coming_in_has_nothing_to_tell(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    refused = vault.album.add(_page(vault), b"not a picture")
    assert isinstance(refused.exception(), PictureNotRecognised)
    vault.album.add(_page(vault), pictures.jpeg()).result()
    vault.close_at_once()
    vault = library.open(tmp_path / "book", PASSPHRASE)
    assert vault.preferences.get(GIVEN_UP).result() is None
    vault.close()


def test_many_threads_may_ask_at_once(vault: Vault, page: EntryId) -> None:
    photo = vault.album.add(page, pictures.jpeg()).result()
    barrier = threading.Barrier(8)

    def ask(_number: int) -> bytes:
        barrier.wait()
        return vault.album.original_now(photo.id)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {pictures.jpeg()}
