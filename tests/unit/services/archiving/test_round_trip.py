"""A book, its archive, and the book that is made of that say the same."""

import datetime
import hashlib
import json
import shutil
import unicodedata
import zipfile
from pathlib import Path

import pytest

from memorybook.domain.archive import ArchiveForm
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.services.archiving import reading
from memorybook.services.preferences import TITLE
from memorybook.services.vault import Library, Vault
from memorybook.storage import transcript
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE
from tests.unit.services.archiving.books import PASSWORD, changed, everything, read_in, saved

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("form", "name", "password"),
    [
        (ArchiveForm.FOLDER, "out", ""),
        (ArchiveForm.ZIP, "out.zip", ""),
        (ArchiveForm.LOCKED_ZIP, "out.zip", PASSWORD),
    ],
)
def test_every_table_says_the_same(
    full: Vault, library: Library, tmp_path: Path, form: ArchiveForm, name: str, password: str
) -> None:
    report = saved(full, tmp_path / name, form)
    assert report.left_out == ()
    seen = reading.look(tmp_path / name, password)
    assert seen.counts == report.counts
    assert seen.is_locked == bool(password)
    again = read_in(library, tmp_path / name, tmp_path / "again", password)
    assert (again.counts, again.left_out) == (report.counts, ())
    before = everything(full)
    opened = library.open(tmp_path / "again", PASSPHRASE)
    try:
        after = everything(opened)
        assert list(before) == list(after)
        for table, rows in before.items():
            assert after[table] == rows, table
        # what was found by words before is found by them now, and originals are the very files
        was, now = (_found(each) for each in (full, opened))
        assert was
        assert was == now
        for photo in opened.album.rows().result():
            data = opened.album.original(photo.id).result()
            assert data == full.album.original(photo.id).result()
    finally:
        opened.close()


def test_the_archive_of_the_new_book_has_the_same_data(
    full: Vault, library: Library, tmp_path: Path
) -> None:
    saved(full, tmp_path / "out")
    read_in(library, tmp_path / "out", tmp_path / "again")
    opened = library.open(tmp_path / "again", PASSPHRASE)
    try:
        saved(opened, tmp_path / "second")
    finally:
        opened.close()
    first, second = (_digests(tmp_path / name) for name in ("out", "second"))
    of_the_moment = {"data/book.json", "SHA256SUMS", "README.txt", "Memory Book.html"}
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} <= of_the_moment
    numbers = [
        json.loads((tmp_path / name / "data/book.json").read_text())["numbers"] for name in ("out", "second")
    ]
    assert numbers[0] == numbers[1]


def test_the_new_book_is_whole_page_by_page(full: Vault, library: Library, tmp_path: Path) -> None:
    saved(full, tmp_path / "out")
    read_in(library, tmp_path / "out", tmp_path / "again")
    opened = library.open(tmp_path / "again", PASSPHRASE)
    try:
        contents = opened._worker.read(lambda connection: transcript.contents(connection, bool)).result()
        assert contents
        fresh = opened.journal.keep(None, EntryDraft(title="New")).result()
        assert fresh is not None
        # a number that a page had which was deleted for ever is not given again
        assert fresh.id > max(row[0] for row in everything(full)["entry"]) + 1
    finally:
        opened.close()


def test_an_archive_of_the_first_version_can_be_read(library: Library, tmp_path: Path) -> None:
    """Kept for ever: every later version reads it."""
    seen = reading.look(DATA / "archive1.zip")
    report = read_in(library, DATA / "archive1.zip", tmp_path / "again")
    assert report.counts == seen.counts
    assert (report.counts.pages, report.counts.photos, report.counts.recordings) == (2, 3, 1)
    assert report.left_out == ()
    opened = library.open(tmp_path / "again", PASSPHRASE)
    try:
        (first, *_) = opened.journal.search("Nachtigall").result().rows
        assert opened.journal.entry(first.id).result().draft.recipient in {"", "Wren"}
        with zipfile.ZipFile(DATA / "archive1.zip") as archive:
            sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
        photos = opened.album.photos([row.id for row in opened.album.rows().result()]).result()
        assert {photo.digest for photo in photos} <= set(sums.values())
    finally:
        opened.close()


def test_a_folder_that_was_put_into_a_zip_file_by_hand_is_read(
    out: Path, library: Library, tmp_path: Path
) -> None:
    shutil.make_archive(str(tmp_path / "by hand"), "zip", out.parent, out.name)
    assert read_in(library, tmp_path / "by hand.zip", tmp_path / "again").left_out == ()


@pytest.mark.parametrize("name", ["", "Memory Book.html", "README.txt", "SHA256SUMS", "data/book.json"])
def test_any_file_at_its_top_leads_to_an_archive(out: Path, name: str) -> None:
    assert reading.look(out / name).counts.pages == 2


def _found(vault: Vault) -> list[int]:
    return [row.id for row in vault.journal.search("Nachtigall").result().rows]


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_names_that_another_system_has_written_apart_are_found(
    out: Path, library: Library, tmp_path: Path
) -> None:
    """Copying by way of some drives and systems parts letters from their marks."""
    (photo,) = (out / "photos").glob("*Nachtigall*")
    item = json.loads((out / "data/photos-1.json").read_text("utf-8"))["items"][0]
    assert item["file"] == f"photos/{photo.name}"
    changed(out, "data/photos-1.json", lambda part: part["items"][0].update(file="photos/Été.jpg"))
    photo.rename(photo.with_name(unicodedata.normalize("NFD", "Été.jpg")))
    assert read_in(library, out, tmp_path / "again").left_out == ()
    shutil.make_archive(str(tmp_path / "apart"), "zip", out)
    assert read_in(library, tmp_path / "apart.zip", tmp_path / "third").left_out == ()


def test_a_clock_without_its_battery_does_not_keep_an_archive_back(
    filled: Path, decoder: Decoder, tmp_path: Path
) -> None:
    class Old(SystemClock):
        def now(self) -> datetime.datetime:
            return datetime.datetime(1970, 1, 1, 0, 0, 9, tzinfo=datetime.UTC)

    shutil.copytree(filled, tmp_path / "book")
    vault = Library(decoder=decoder, clock=Old(), kdf=FAST).open(tmp_path / "book", PASSPHRASE)
    try:
        assert saved(vault, tmp_path / "out.zip", ArchiveForm.ZIP).left_out == ()
    finally:
        vault.close()
    assert reading.look(tmp_path / "out.zip").made_at.startswith("1970")


NASTY = (
    "\0",
    "a\r\nb\rc",
    "\u2028\u2029\x85\x0b",
    "\ufeff\ufffe",
    "<!-- --> ]]> &amp; </script><script>",
    "\u202eright to left\u202c",
    "\U0001f469\u200d\U0001f467 e\u0301 \U000e0041",
    '"quoted" \\ / : * ? | \x7f',
    "=SUM(A1) {{x}} {y} %s",
    "long " * 40_000,
    "",
    " . ",
)


def test_no_words_are_too_odd(vault: Vault, library: Library, tmp_path: Path) -> None:
    for number, words in enumerate(NASTY):
        day = VagueDate.parse(("XXXX-02-29", "2026~", "", "0001-01-01", "9999-12")[number % 5])
        draft = EntryDraft(title=words[:900], body=words, recipient=words[:99], tags=(words[:40],), day=day)
        vault.journal.keep(None, draft, hold_place=True).result()
        vault.keepsakes.keep(None, KeepsakeDraft(kind=words[:50], title=words[:99], words=words)).result()
    vault.preferences.put(TITLE, NASTY[4]).result()
    for form, name in ((ArchiveForm.FOLDER, "out"), (ArchiveForm.ZIP, "out.zip")):
        assert saved(vault, tmp_path / name, form).left_out == ()
        read_in(library, tmp_path / name, tmp_path / f"again {name}")
        opened = library.open(tmp_path / f"again {name}", PASSPHRASE)
        try:
            for table, rows in everything(vault).items():
                assert [r for r in everything(opened)[table] if r not in rows] == [], table
        finally:
            opened.close()
    text = (tmp_path / "out" / "Memory Book.html").read_text("utf-8")
    assert "<script" not in text
    assert "\0" not in text


def test_an_empty_book_goes_out_and_comes_back(vault: Vault, library: Library, tmp_path: Path) -> None:
    report = saved(vault, tmp_path / "out")
    assert report.counts == read_in(library, tmp_path / "out", tmp_path / "again").counts
    assert "A memory book" in (tmp_path / "out" / "Memory Book.html").read_text("utf-8")
