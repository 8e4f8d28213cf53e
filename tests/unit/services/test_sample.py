"""The sample book, made in a real book and read back."""

import json
import re
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import ExifTags, Image

from memorybook import resources
from memorybook.domain import gestation
from memorybook.domain.entry import Entry, EntryKind
from memorybook.domain.gestation import Gestation
from memorybook.domain.keepsake import KINDS
from memorybook.domain.markup import BlockKind
from memorybook.domain.photo import Photo
from memorybook.domain.recording import RecordingKind, Sort
from memorybook.errors import PictureUnreadable
from memorybook.services import markup
from memorybook.services.sample import make_sample
from memorybook.services.vault import Vault

FOLDER = resources.folder("sample")
CONTENT: dict[str, Any] = json.loads((FOLDER / "sample.json").read_text(encoding="utf-8"))


def entries(vault: Vault) -> list[Entry]:
    return [vault.journal.entry(row.id).result() for row in vault.journal.all_for_book().result()]


def photos_of(vault: Vault, entry: Entry) -> tuple[Photo, ...]:
    return vault.album.photos(entry.draft.photos).result()


def test_everything_written_is_in_the_book(vault: Vault) -> None:
    made = make_sample(vault)
    kept = entries(vault)
    people = vault.people.all().result()
    assert vault.preferences.get("title").result() == "For Wren"
    assert made.entries == len(kept) == vault.journal.count().result() == len(CONTENT["entries"])
    assert made.people == len(people) == 3
    assert made.occasions == len(vault.occasions.all().result()) == len(CONTENT["occasions"])
    photos = {photo.id for entry in kept for photo in photos_of(vault, entry)}
    assert made.pictures == len(photos) == len(CONTENT["pictures"])
    babies = vault.record.babies().result()
    assert [baby.name for baby in babies] == ["", "Wren"]
    assert made.babies == len(babies)
    (farewell,) = vault.record.ceremonies().result()
    assert made.ceremonies == 1
    assert farewell.draft.baby == babies[1].id
    assert {entry.author_name for entry in kept} == {None, "Sam", "Grandma Jo", "Ellen"}


def test_the_record_of_the_sample_agrees_with_itself(vault: Vault) -> None:
    make_sample(vault)
    first, wren = (baby.draft for baby in vault.record.babies().result())
    due, born, learned = wren.due.as_date(), wren.born.as_date(), wren.learned.as_date()
    assert due is not None
    assert born is not None
    assert learned is not None
    assert gestation.at(born, due) == wren.gestation
    assert (gestation.at(learned, due) or Gestation(45)).weeks < 12
    assert first.gestation == Gestation(9, about=True)
    about = {page.draft.babies for page in entries(vault)}
    assert {(), (1,), (2,), (1, 2), (2, 1)} == about
    assert len({tag for page in entries(vault) for tag in page.draft.tags}) > 3


def test_pages_hold_what_was_written_in_the_form_of_the_editor(vault: Vault) -> None:
    make_sample(vault)
    written = {(page["day"], page.get("title", "")): page for page in CONTENT["entries"]}
    for entry in entries(vault):
        page = written.pop((str(entry.draft.day), entry.draft.title))
        assert markup.parse(entry.draft.body) == markup.parse("\n\n".join(page["body"]))
        assert markup.write(markup.parse(entry.draft.body)) == entry.draft.body
        assert entry.draft.in_book is page.get("in_book", True)
        assert entry.draft.recipient == page.get("to", "")
    assert written == {}


def test_pictures_are_the_very_files_with_their_words(vault: Vault) -> None:
    make_sample(vault)
    on_page = {}
    for page in CONTENT["entries"]:
        on_page[page["day"], page.get("title", "")] = page.get("pictures", [])
    for entry in entries(vault):
        names = on_page[str(entry.draft.day), entry.draft.title]
        photos = photos_of(vault, entry)
        assert len(photos) == len(names)
        for photo, name in zip(photos, names, strict=True):
            assert vault.album.original(photo.id).result() == (FOLDER / name).read_bytes()
            assert photo.format == ("HEIF" if name.endswith(".heic") else "JPEG")
            told = {"kind": photo.draft.kind.value, "taken_by": photo.draft.taken_by}
            told |= {"caption": photo.caption, "description": photo.description}
            assert {key: text for key, text in told.items() if text} == CONTENT["pictures"][name]
            assert photo.taken.is_known
            assert vault.album.thumbnail(photo.id).result().startswith(b"\xff\xd8")


def test_a_heart_is_heard_where_it_was_recorded(vault: Vault) -> None:
    made = make_sample(vault)
    (heard,) = vault.recordings.rows().result()
    assert made.recordings == len(CONTENT["recordings"]) == 1
    assert (heard.sort, heard.playable, heard.milliseconds) == (Sort.SOUND, True, 14_016)
    assert heard.draft.kind is RecordingKind.HEARTBEAT
    (page,) = (entry for entry in entries(vault) if entry.draft.recordings)
    assert (page.draft.title, page.draft.recordings) == ("Twelve weeks", (heard.id,))
    assert page.draft.day == heard.draft.taken
    assert heard.byte_size < 100_000


def test_what_was_kept_is_there_in_words_and_with_its_size(vault: Vault) -> None:
    made = make_sample(vault)
    prints, words_alone = (each.draft for each in vault.keepsakes.all().result())
    assert made.keepsakes == len(CONTENT["keepsakes"]) == 2
    (photo,) = vault.album.photos(prints.photos).result()
    assert photo.per_mm == CONTENT["scans"]["prints.jpg"]
    assert photo.width / CONTENT["scans"]["prints.jpg"] < 148, "the card is no larger than a postcard"
    assert not words_alone.photos
    assert words_alone.words
    assert {prints.kind, words_alone.kind} <= set(KINDS)


def test_its_edition_has_everything_that_is_marked_under_words_of_its_own(vault: Vault) -> None:
    made = make_sample(vault)
    (kept,) = vault.editions.all().result()
    assert (kept.id, kept.name) == (made.edition, "For the shelf")
    assert not vault.editions.since(kept.id).result()
    plan = vault.books.plan(kept.edition).result()
    assert (plan.title, plan.subtitle) == ("Wren", "22 May 2026")
    assert plan.dedication
    assert plan.colophon
    assert len(plan.entries) == sum(page.get("in_book", True) for page in CONTENT["entries"])
    assert (len(plan.keepsakes), len(plan.recordings)) == (2, 1)
    assert (len(plan.babies), len(plan.ceremonies), len(plan.photos)) == (2, 1, 0)
    assert plan.cover is not None
    assert plan.cover.credit == "Sam"
    assert {entry.language for entry in plan.entries} == {""}


def test_the_sample_can_be_searched(vault: Vault) -> None:
    make_sample(vault)
    assert {row.title for row in vault.journal.search("blackbird").result().rows} == {
        "",
        "What the midwife told us",
    }


def test_a_picture_that_is_gone_is_said(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(PictureUnreadable):
        make_sample(vault, pictures=tmp_path)


def test_it_shows_what_a_book_can_hold() -> None:
    pages = CONTENT["entries"]
    kinds = {page["kind"] for page in pages}
    blocks = [block for page in pages for block in markup.parse("\n\n".join(page["body"]))]
    spans = [span for block in blocks for span in block.spans]
    words = [len(markup.plain("\n\n".join(page["body"])).split()) for page in pages]
    assert kinds == {kind.value for kind in EntryKind}
    assert {block.kind for block in blocks} >= {BlockKind.QUOTE, BlockKind.BULLET, BlockKind.NUMBER}
    assert any(span.bold for span in spans)
    assert any(span.italic for span in spans)
    assert 14 <= len(pages) <= 20
    assert min(words) < 30
    assert 400 < max(words) <= 500
    assert any(not page.get("title") for page in pages)
    assert any(page["day"].endswith("~") for page in pages)
    assert any(not page["day"] for page in pages)


def test_its_words_are_those_of_a_grown_reader() -> None:
    shown = json.dumps(CONTENT, ensure_ascii=False)
    assert "!" not in shown
    assert not re.search(
        r"\b(angel|heaven|rainbow|passed away|journey|healing|closure)", shown, re.IGNORECASE
    )
    assert "'" not in shown


def test_its_pictures_say_nothing_of_a_place_a_camera_or_a_person() -> None:
    pillow_heif.register_heif_opener()
    for path in FOLDER.iterdir():
        if path.name in CONTENT["pictures"]:
            with Image.open(path) as picture:
                exif = picture.getexif()
            assert set(exif) <= {ExifTags.Base.ExifOffset}, path.name
            assert set(exif.get_ifd(ExifTags.IFD.Exif)) <= {ExifTags.Base.DateTimeOriginal}, path.name
            assert not exif.get_ifd(ExifTags.IFD.GPSInfo), path.name


def test_its_pictures_fit_into_the_program() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir() if path.suffix != ".json"}
    assert set(files) == {*CONTENT["pictures"], *CONTENT["recordings"]}
    assert sum(files.values()) < 5_000_000
    assert sum(name.endswith(".heic") for name in files) == 2
    assert all(each["caption"] and each["description"] for each in CONTENT["pictures"].values())
