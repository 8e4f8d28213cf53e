"""A picture is shown and printed as the parent wants it, and the original stays what it was."""

import datetime
import io
from pathlib import Path

import pytest
from PIL import Image

from memorybook.domain.book import CoveredPhotos, Edition
from memorybook.domain.changes import ChangeSet
from memorybook.domain.edit import UNTOUCHED, Crop, Edit
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.errors import (
    BookClosed,
    CopyNotSaved,
    MediaDamaged,
    MediaMissing,
    StorageFailed,
    StorageFull,
)
from memorybook.rendering.pdf import Typesetter
from memorybook.services.vault import Library, Vault
from memorybook.storage import edit_wishes
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import small_disk
from tests.unit.services.photos import media, on, one, page_of, published, seen

CREATED = datetime.datetime(2026, 10, 3, tzinfo=datetime.UTC)
LEFT = Crop(0, 0, 5_000, 10_000)


def large(vault: Vault) -> Photo:
    return one(vault, pictures.jpeg(pictures.scene(2400, 1200)))


def sizes(vault: Vault, photo: Photo) -> tuple[tuple[int, int], tuple[int, int]]:
    shown = (vault.album.thumbnail(photo.id).result(), vault.album.rendition(photo.id).result())
    return seen(shown[0]).size, seen(shown[1]).size


def test_a_turn_and_a_cut_are_shown_and_the_original_stays(vault: Vault) -> None:
    photo = large(vault)
    original, before = vault.album.original(photo.id).result(), vault.album.rendition(photo.id).result()
    told = published(vault)
    edited = vault.album.edit(photo.id, Edit(turn=90, crop=LEFT), origin="large").result()
    assert told == [ChangeSet(photos=frozenset({photo.id}), origin="large")]
    assert (edited.width, edited.height, edited.shown_size) == (2400, 1200, (1200, 1200))
    assert sizes(vault, photo) == ((640, 640), (1200, 1200))
    assert vault.album.original(photo.id).result() == original
    assert vault.album.original_rendition(photo.id).result() == before
    assert vault.album.photos([photo.id]).result() == (edited,)


def test_grey_is_grey(vault: Vault) -> None:
    photo = one(vault, pictures.jpeg(pictures.motif(300, 200)))
    vault.album.edit(photo.id, Edit(grey=True, soft=True)).result()
    for jpeg in (
        vault.album.thumbnail(photo.id).result(),
        vault.album.rendition(photo.id).result(),
        vault.album.printable(photo.id, longest=300),
        vault.album.sharp(photo.id, longest=300).result(),
    ):
        red, green, blue = seen(jpeg).convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
        assert red == green == blue
    plain = seen(vault.album.sharp(photo.id, longest=300, with_edit=False).result()).convert("RGB")
    assert len(set(plain.getpixel((30, 30)))) > 1  # type: ignore[arg-type]


def test_looking_closely_gives_the_pixels_of_the_original(vault: Vault) -> None:
    photo = large(vault)
    vault.album.edit(photo.id, Edit(crop=LEFT)).result()
    assert seen(vault.album.sharp(photo.id, longest=8000).result()).size == (1200, 1200)
    assert seen(vault.album.sharp(photo.id, longest=8000, with_edit=False).result()).size == (2400, 1200)
    assert seen(vault.album.sharp(photo.id, longest=750).result()).size == (750, 750)


def test_back_to_the_original_leaves_nothing_of_the_edit(vault: Vault) -> None:
    photo = large(vault)
    files, thumbnail = media(vault), vault.album.thumbnail(photo.id).result()
    for edit in (Edit(grey=True), Edit(turn=180), Edit(crop=LEFT)):
        vault.album.edit(photo.id, edit).result()
        assert len(media(vault)) == 3  # the one before is gone
    assert vault.album.edit(photo.id, UNTOUCHED).result() == photo
    assert media(vault) == files
    assert vault.album.thumbnail(photo.id).result() == thumbnail


def test_an_edit_is_there_when_the_book_is_opened_again(vault: Vault, library: Library) -> None:
    photo = large(vault)
    edited = vault.album.edit(photo.id, Edit(90, LEFT, grey=True, soft=True)).result()
    shown = vault.album.rendition(photo.id).result()
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.album.photos([photo.id]).result() == (edited,)
    assert again.album.rendition(photo.id).result() == shown
    again.close()


def test_edits_come_in_the_order_they_were_asked_for(vault: Vault) -> None:
    photo = one(vault)
    asked = [vault.album.edit(photo.id, Edit(turn=turn)) for turn in (90, 180, 270, 0, 90)]
    assert [future.result().edit.turn for future in asked] == [90, 180, 270, 0, 90]
    assert vault.album.photos([photo.id]).result()[0].edit == Edit(turn=90)
    assert len(media(vault)) == 3


def test_one_whose_original_is_damaged_is_shown_as_before(vault: Vault) -> None:
    photo = one(vault)
    shown, files = vault.album.rendition(photo.id).result(), media(vault)
    path = vault.folder / "media" / f"{photo.media}.mbm"
    path.write_bytes(path.read_bytes()[:-10])
    assert isinstance(vault.album.edit(photo.id, Edit(turn=90)).exception(), MediaDamaged)
    path.unlink()
    assert isinstance(vault.album.edit(photo.id, Edit(turn=90)).exception(), MediaMissing)
    assert vault.album.photos([photo.id]).result() == (photo,)
    assert vault.album.rendition(photo.id).result() == shown
    assert len(media(vault)) == len(files) - 1


def test_a_damaged_picture_is_named_and_never_shown(vault: Vault) -> None:
    photo = one(vault)
    vault.album.edit(photo.id, Edit(turn=90)).result()
    for path in (vault.folder / "media").iterdir():
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    for future in (
        vault.album.rendition(photo.id),
        vault.album.original_rendition(photo.id),
        vault.album.original(photo.id),
        vault.album.sharp(photo.id, longest=100),
    ):
        assert isinstance(future.exception(), MediaDamaged)


@pytest.mark.parametrize("gone", [True, False])
def test_a_picture_for_the_screen_is_made_anew_from_a_whole_original(vault: Vault, gone: bool) -> None:
    photo = large(vault)
    vault.album.edit(photo.id, Edit(turn=90)).result()
    shown = (vault.album.rendition(photo.id).result(), vault.album.original_rendition(photo.id).result())
    files, told = media(vault), published(vault)
    for name in files:
        path = vault.folder / "media" / name
        if name != f"{photo.media}.mbm":
            path.unlink() if gone else path.write_bytes(path.read_bytes()[:-9])
    again = (vault.album.rendition(photo.id).result(), vault.album.original_rendition(photo.id).result())
    assert again == shown
    made = media(vault)
    assert len(made) == 3
    assert set(made) & set(files) == {f"{photo.media}.mbm"}
    (vault.folder / "media" / f"{photo.media}.mbm").unlink()  # they do not depend on it any more
    assert vault.album.rendition(photo.id).result() == shown[0]
    assert vault.album.original_rendition(photo.id).result() == shown[1]
    assert told == []


def test_on_a_full_disk_a_damaged_picture_is_shown_all_the_same(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        photo = one(vault, pictures.jpeg(pictures.scene(1600, 1200)))
        shown, files = vault.album.rendition(photo.id).result(), media(vault)
        (made,) = set(files) - {f"{photo.media}.mbm"}
        path = vault.folder / "media" / made
        path.write_bytes(path.read_bytes()[:-9])
        disk.fill()
        assert vault.album.rendition(photo.id).result() == shown
        assert media(vault) == files
        disk.free()
        vault.close()


def test_a_full_disk_leaves_the_picture_as_it_was(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        photo = one(vault, pictures.jpeg(pictures.scene(1600, 1200)))
        shown, files = vault.album.rendition(photo.id).result(), media(vault)
        disk.fill()
        refused = vault.album.edit(photo.id, Edit(turn=90)).exception()
        assert isinstance(refused, StorageFull | StorageFailed)
        assert media(vault) == files
        assert vault.album.photos([photo.id]).result() == (photo,)
        assert vault.album.rendition(photo.id).result() == shown
        disk.free()
        assert vault.album.edit(photo.id, Edit(turn=90)).result().edit.turn == 90
        vault.close()


def test_closing_at_once_leaves_the_last_edit_to_the_next_opening(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    photo = large(vault)
    asked = [vault.album.edit(photo.id, Edit(turn=turn)) for turn in (90, 180, 270) * 20]
    vault.close_at_once()
    assert all(future.done() for future in asked)
    assert asked[-1].cancelled()
    assert isinstance(vault.album.edit(photo.id, Edit()).exception(), BookClosed)
    vault = library.open(tmp_path / "book", PASSPHRASE)
    vault.album.rows().result()
    vault.close()  # it waits for what is being made
    vault = library.open(tmp_path / "book", PASSPHRASE)
    (kept,) = vault.album.photos([photo.id]).result()
    assert kept.edit == Edit(turn=270)
    assert seen(vault.album.rendition(photo.id).result()).size == (1024, 2048)
    assert len(media(vault)) == 3
    assert left(vault) == {}
    vault.close()


def test_an_edit_that_cannot_be_made_is_wanted_no_more(vault: Vault) -> None:
    photo = one(vault)
    path = vault.folder / "media" / f"{photo.media}.mbm"
    kept = path.read_bytes()
    path.write_bytes(kept[:-10])
    assert isinstance(vault.album.edit(photo.id, Edit(turn=90)).exception(), MediaDamaged)
    assert left(vault) == {}
    path.write_bytes(kept)
    for edit in (Edit(turn=90), Edit(turn=90), UNTOUCHED):
        vault.album.edit(photo.id, edit).result()
        assert left(vault) == {}
    assert isinstance(vault.album.edit(PhotoId(9), Edit(turn=90)).exception(), LookupError)
    assert left(vault) == {}


def test_nothing_is_wanted_of_a_photo_that_is_deleted_for_ever(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    photo = large(vault)
    vault.album.want(photo.id, Edit(turn=90)).result()
    vault.album.put_away([photo.id]).result()
    assert vault.album.delete_for_ever([photo.id]).result() == 1
    assert left(vault) == {}
    vault.close()


def left(vault: Vault) -> dict[PhotoId, Edit]:
    return vault.album._worker.read(edit_wishes.left).result()


def test_the_printed_book_has_the_edit(vault: Vault) -> None:
    page = page_of(vault, "At the lake")
    photo = vault.album.add(page, pictures.jpeg(pictures.scene(300, 200), place=False)).result()
    vault.album.edit(photo.id, Edit(turn=90, crop=LEFT)).result()
    plan = vault.books.plan(Edition("Wren", (page,))).result()
    (picture,) = plan.entries[0].pictures
    assert (picture.width, picture.height) == (200, 150)
    printed = vault.album.printable(photo.id, longest=4961)
    assert seen(printed).size == (200, 150)
    pdf = b"".join(Typesetter().pdf(plan, pictures=lambda _: printed, created=CREATED))
    assert printed in pdf


def test_an_odd_cut_stands_in_the_printed_book(vault: Vault) -> None:
    page = page_of(vault, "At the lake")
    photo = vault.album.add(page, pictures.heic(pictures.scene(999, 507))).result()
    vault.album.edit(photo.id, Edit(turn=270, crop=Crop(3_333, 1, 3_999, 9_999), grey=True)).result()
    plan = vault.books.plan(Edition("Wren", (page,))).result()
    pieces = Typesetter().pdf(
        plan,
        pictures=lambda photo: vault.album.printable(photo, longest=200),
        created=CREATED,
    )
    assert b"".join(pieces).startswith(b"%PDF")


def test_what_is_not_in_the_book_is_not_planned(vault: Vault) -> None:
    entry = vault.journal.keep(None, EntryDraft(body="Words")).result()
    assert entry is not None
    first, second, third = (
        vault.album.add(entry.id, data).result().id
        for data in (pictures.jpeg(), pictures.webp(), pictures.bmp())
    )
    vault.album.keep(first, PhotoDraft(in_book=False)).result()
    vault.album.cover([third], covered=True).result()

    def planned(covered: CoveredPhotos) -> list[int]:
        plan = vault.books.plan(Edition("Wren", (entry.id,), covered=covered)).result()
        return [picture.photo for page in plan.entries for picture in page.pictures]

    assert planned(CoveredPhotos.LEAVE_OUT) == [second]
    assert planned(CoveredPhotos.IN_PLACE) == [second, third]
    vault.album.put_away([second, third]).result()
    assert planned(CoveredPhotos.IN_PLACE) == []
    assert on(vault, entry.id) == (first,)


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.heic, pictures.tiff, pictures.gif])
def test_a_copy_is_the_original_or_one_that_tells_nothing(vault: Vault, tmp_path: Path, make: object) -> None:
    assert callable(make)
    data = make()
    photo = one(vault, data)
    vault.album.edit(photo.id, Edit(turn=90)).result()
    target = tmp_path / "copies" / "a copy"
    target.parent.mkdir()
    vault.album.export(photo.id, target, clean=False).result()
    assert target.read_bytes() == data
    vault.album.export(photo.id, target).result()
    clean = Image.open(io.BytesIO(target.read_bytes()))
    assert clean.getexif().get_ifd(0x8825) == {}
    assert pictures.PLACE.encode() not in target.read_bytes()
    assert oct(target.stat().st_mode & 0o777) == "0o600"
    assert [path.name for path in target.parent.iterdir()] == ["a copy"]


def test_a_copy_that_cannot_be_saved_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    photo = one(vault)
    assert isinstance(vault.album.export(photo.id, tmp_path / "gone" / "a.jpg").exception(), CopyNotSaved)
    (vault.folder / "media" / f"{photo.media}.mbm").unlink()
    assert isinstance(vault.album.export(photo.id, tmp_path / "b.jpg").exception(), MediaMissing)
    assert not (tmp_path / "b.jpg").exists()
