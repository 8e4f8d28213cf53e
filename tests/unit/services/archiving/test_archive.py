"""What is in an archive: the originals, a page for any browser, text files, and data that fit the schema."""

import contextlib
import hashlib
import json
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
import pyzipper

from memorybook import resources
from memorybook.domain.archive import ArchiveForm
from memorybook.domain.backup import Step
from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import Thing
from memorybook.domain.ids import PhotoId
from memorybook.errors import (
    ArchiveNotSaved,
    ArchiveStopped,
    BookClosed,
    BookDamaged,
    ExportNeedsRoom,
    FolderInUse,
    MemoryBookError,
)
from memorybook.services.archiving.archive import Archive
from memorybook.services.vault import Library, Vault
from memorybook.storage import photo_files, readable
from memorybook.storage.archive_kinds import KINDS
from memorybook.storage.connection import Connection
from tests.books import PASSPHRASE
from tests.disks import small_disk
from tests.unit.services.archiving.books import PASSWORD, SECRET, read_in, saved

_VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Notes every tag with what it is within, and that all are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}, tuple(self.open)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, *names: str) -> list[tuple[dict[str, str], tuple[str, ...]]]:
        """What these tags say, and what they are within."""
        return [(said, within) for tag, said, within in self.tags if tag in names]


def page(out: Path) -> str:
    return (out / "Memory Book.html").read_text("utf-8")


def files(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def data(out: Path) -> dict[str, list[dict[str, object]]]:
    """Every item by kind."""
    found: dict[str, list[dict[str, object]]] = {}
    book = json.loads((out / "data/book.json").read_text("utf-8"))
    for name in book["data"]:
        part = json.loads((out / name).read_text("utf-8"))
        found.setdefault(part["kind"], []).extend(part["items"])
    return found


def test_originals_are_there_byte_for_byte_under_names_that_say_something(full: Vault, out: Path) -> None:
    photos = full.album.photos([row.id for row in full.album.rows().result()]).result()
    for photo, item in ((each, data(out)["photos"][each.id - 1]) for each in photos):
        assert (out / str(item["file"])).read_bytes() == full.album.original(photo.id).result()
    assert f"photos/2026-05-22 Her hand {SECRET} 手.jpg" in files(out)
    assert any(name.startswith("put away/") and name.endswith(".webp") for name in files(out))
    assert any(name.startswith("recordings/") and name.endswith(".wav") for name in files(out))


def test_the_checksums_name_every_file_but_their_own(out: Path) -> None:
    lines = (out / "SHA256SUMS").read_text("utf-8").splitlines()
    found = {line[66:]: line[:64] for line in lines}
    assert found.keys() == files(out) - {"SHA256SUMS"}
    for name, digest in found.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest


def test_names_are_possible_on_every_system(out: Path) -> None:
    for name in files(out):
        for part in name.split("/"):
            assert not set(part) & set('<>:"\\|?*')
            assert part == part.strip(" .")
            assert len(part.encode()) <= 140
    assert len({name.casefold() for name in files(out)}) == len(files(out))


def test_data_fit_the_schema_that_is_beside_them_and_hold_everything(out: Path) -> None:
    schema = json.loads((out / "data/schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in (out / "data").glob("*.json"):
        if path.name != "schema.json":
            validator.validate(json.loads(path.read_text("utf-8")))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"format": "memorybook-archive", "version": 1, "kind": "pages", "items": [{}]})
    found = data(out)
    assert found.keys() == {kind.name for kind in KINDS}
    assert [item["deleted_at"] is None for item in found["pages"]] == [True, True, False]
    assert [item["in_book"] for item in found["pages"]] == [True, False, True]
    assert SECRET in str(found["earlier-versions"])
    for name in ("people", "ceremonies", "keepsakes", "days", "editions", "spelling-words", "preferences"):
        assert SECRET in json.dumps(found[name], ensure_ascii=False), name
    assert not any(str(item["key"]).startswith("way.") for item in found["preferences"])


def test_the_schema_says_what_the_book_says() -> None:
    schema = json.loads((resources.folder("archive") / "schema.json").read_text("utf-8"))
    for kind in KINDS:
        said = set(schema["$defs"][kind.name]["properties"])
        columns = {kind.named(column) for column in kind.columns} | {each.key for each in kind.lists}
        assert columns <= said <= columns | {"file", "shown", "body"}


def test_the_page_needs_nothing_but_what_is_beside_it(out: Path) -> None:
    text = page(out)
    read = Page(text)
    assert not read.of("script", "link", "iframe", "object", "embed", "form", "base")
    assert "<b>not HTML</b>" not in text
    assert "&lt;b&gt;not HTML&lt;/b&gt;" in text
    assert not re.search(r"url\(|@import|https?:|javascript:", text)
    for said, _ in read.of("img", "a", "audio", "video"):
        target = said.get("src") or said["href"]
        if not target.startswith("#"):
            assert unquote(target) in files(out)
    for said, _ in read.of("img"):
        assert said["alt"]
        assert said["loading"] == "lazy"
        assert unquote(said["src"]).rpartition(".")[2] in {"jpg", "png", "webp", "gif", "bmp"}
    headings = [int(tag[1]) for tag, _, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    ids = [said["id"] for _, said, _ in read.tags if "id" in said]
    assert len(ids) == len(set(ids))
    assert {said["href"][1:] for said, _ in read.of("a") if said["href"].startswith("#")} <= set(ids)


def test_what_is_covered_is_hidden_and_what_is_put_away_is_not_there(full: Vault, out: Path) -> None:
    read = Page(page(out))
    items = {str(item["shown"] or item["file"]): item for item in data(out)["photos"]}
    shown = {unquote(said["src"]): within for said, within in read.of("img")}
    assert {name for name, item in items.items() if item["deleted_at"] is None} == shown.keys()
    for name, within in shown.items():
        assert ("details" in within) == items[name]["covered"]
    assert all("details" in within for _, within in read.of("audio"))
    assert "In the drawer" not in page(out)
    assert page(out).count("For me alone") == 1
    # on a page's text file, what is covered is a link and no picture
    (letter,) = (out / "pages").glob("2026-05-23 To you*")
    covered = next(item for item in items.values() if item["covered"])
    written = letter.read_text("utf-8")
    assert "![" in written
    assert str(covered["shown"]).rpartition("/")[2].replace(" ", "%20") in written.replace("%2C", ",")
    assert not re.search(r"!\[[^\]]*\]\([^)]*as%20shown\.jpg\)\n\n\[", written.partition("\n[")[0])


def test_a_text_file_is_the_page_word_for_word(full: Vault, out: Path) -> None:
    (written,) = (path for path in (out / "pages").iterdir() if path.name.startswith("2026-05-23 To you"))
    kept = next(item for item in data(out)["pages"] if item["file"] == f"pages/{written.name}")
    text = written.read_text("utf-8")
    assert str(kept["body"]).strip() in text
    assert text.startswith(f"# To you: {SECRET}?\n")
    assert "Sam" in text
    assert "Wren" in text


@pytest.mark.parametrize("form", [ArchiveForm.ZIP, ArchiveForm.LOCKED_ZIP])
def test_a_zip_file_holds_the_same_and_a_locked_one_says_nothing(
    full: Vault, tmp_path: Path, form: ArchiveForm
) -> None:
    report = saved(full, tmp_path / "out.zip", form)
    content = (tmp_path / "out.zip").read_bytes()
    if form is ArchiveForm.ZIP:
        with zipfile.ZipFile(tmp_path / "out.zip") as archive:
            assert archive.testzip() is None
            assert len(archive.namelist()) == report.files
            assert SECRET in archive.read("Memory Book.html").decode()
        return
    assert SECRET.encode() not in content
    with pyzipper.AESZipFile(tmp_path / "out.zip") as locked:
        for info in locked.infolist():
            assert info.flag_bits & 1
            assert SECRET not in info.filename
            assert "2026" not in info.filename
        with pytest.raises(RuntimeError):
            locked.read("Memory Book.html")
        locked.setpassword(PASSWORD.encode())
        assert SECRET in locked.read("Memory Book.html").decode()
        sums = locked.read("SHA256SUMS").decode().splitlines()
        for line in sums:
            assert hashlib.sha256(locked.read(line[66:])).hexdigest() == line[:64]


def test_a_password_is_for_a_locked_zip_alone(vault: Vault, tmp_path: Path) -> None:
    for form, password in ((ArchiveForm.LOCKED_ZIP, ""), (ArchiveForm.ZIP, "x"), (ArchiveForm.FOLDER, "x")):
        with pytest.raises(ValueError, match="password"):
            vault.archive.save(
                tmp_path / "o.zip", form, password=password, told=lambda _: None, stop=threading.Event()
            )


@pytest.mark.parametrize("form", [ArchiveForm.FOLDER, ArchiveForm.ZIP])
def test_stopping_leaves_nothing(full: Vault, tmp_path: Path, form: ArchiveForm) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for moment in (0, 1, 3):
        stop, steps = threading.Event(), list[Step]()
        told = _stopping_after(moment, steps, stop)
        with pytest.raises(ArchiveStopped):
            full.archive.save(place / "out", form, told=told, stop=stop).result()
        assert len(steps) <= moment + 2
        assert list(place.iterdir()) == []


def _stopping_after(moment: int, steps: list[Step], stop: threading.Event) -> Callable[[Step], None]:
    def told(step: Step) -> None:
        steps.append(step)
        if len(steps) > moment:
            stop.set()

    return told


def test_closing_the_book_gives_an_archive_up(filled: Path, library: Library, tmp_path: Path) -> None:
    shutil.copytree(filled, tmp_path / "Memory Book")
    vault = library.open(tmp_path / "Memory Book", PASSPHRASE)
    begun, go_on = threading.Event(), threading.Event()

    def told(step: Step) -> None:
        begun.set()
        go_on.wait(30)

    future = vault.archive.save(tmp_path / "out", ArchiveForm.FOLDER, told=told, stop=threading.Event())
    assert begun.wait(30)
    closing = threading.Thread(target=vault.close)
    closing.start()
    go_on.set()
    closing.join()
    with contextlib.suppress(BookClosed):  # unless it was finished a moment before
        future.result()
    assert {path.name for path in tmp_path.iterdir()} <= {"Memory Book", "out"}
    with pytest.raises(BookClosed):
        saved(vault, tmp_path / "other")


def test_what_is_there_is_not_touched(full: Vault, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    with pytest.raises(FolderInUse):
        saved(full, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(MemoryBookError):
        saved(full, tmp_path / "file" / "out")
    with pytest.raises(ArchiveNotSaved):
        saved(full, tmp_path / "file" / "out.zip", ArchiveForm.ZIP)
    (tmp_path / "empty").mkdir()
    assert saved(full, tmp_path / "empty").left_out == ()


def test_a_full_disk_leaves_nothing(full: Vault, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64k") as disk:
        for form in (ArchiveForm.FOLDER, ArchiveForm.ZIP):
            with pytest.raises(ExportNeedsRoom):
                saved(full, disk.folder / "out", form)
            assert list(disk.folder.iterdir()) == []


def test_what_an_ended_process_left_goes_at_the_next_opening(
    library: Library, tmp_path: Path
) -> None:
    """As after a kill: a folder under the name of the moment, noted in the book."""
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    left = tmp_path / ".0123456789abcdef.part"
    (left / "photos").mkdir(parents=True)
    (left / "photos" / "a.jpg").write_bytes(b"x")

    def note(connection: Connection) -> tuple[None, None]:
        readable.note(connection, left)
        return None, None

    vault._worker.write(note).result()
    vault.close()
    vault = library.open(tmp_path / "Memory Book", PASSPHRASE)
    try:
        deadline = time.monotonic() + 30
        while vault._worker.read(readable.left).result():
            assert time.monotonic() < deadline
        assert not left.exists()
    finally:
        vault.close()


def test_what_cannot_be_read_is_left_out_and_named(library: Library, full: Vault, tmp_path: Path) -> None:
    photo = full.album.rows().result()[0].id
    names = full._worker.read(lambda connection: photo_files.of(connection, PhotoId(photo))).result()
    path = full.folder / "media" / f"{names.media}.mbm"
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(bytes(content))

    def spoil(connection: Connection) -> tuple[None, None]:
        connection.execute("UPDATE entry SET title = 'not as it was' WHERE in_book = 0")
        return None, None

    full._worker.write(spoil).result()
    report = saved(full, tmp_path / "out")
    assert {(each.thing, each.lost) for each in report.left_out} == {
        (Thing.PHOTO, "original"),
        (Thing.PAGE, "words"),
    }
    assert "Not in here" in page(tmp_path / "out")
    assert "Not in here" in (tmp_path / "out" / "README.txt").read_text("utf-8-sig")
    assert "not as it was" not in page(tmp_path / "out")
    again = read_in(library, tmp_path / "out", tmp_path / "again")
    assert set(again.left_out) == set(report.left_out)
    assert (again.counts.pages, again.counts.photos) == (1, 2)


def test_a_baby_that_cannot_be_read_does_not_take_its_pages_along(
    library: Library, full: Vault, tmp_path: Path
) -> None:
    def spoil(connection: Connection) -> tuple[None, None]:
        connection.execute("UPDATE baby SET notes = 'not as it was' WHERE names = 'Wren'")
        return None, None

    full._worker.write(spoil).result()
    report = saved(full, tmp_path / "out")
    assert [each.thing for each in report.left_out] == [Thing.BABY]
    again = read_in(library, tmp_path / "out", tmp_path / "again")
    assert (again.counts.pages, again.counts.photos) == (2, 3)
    opened = library.open(tmp_path / "again", PASSPHRASE)
    try:
        for row in opened.journal.all_for_book().result():
            assert opened.journal.entry(row.id).result().draft
    finally:
        opened.close()


def test_archives_are_written_one_after_the_other(full: Vault, tmp_path: Path) -> None:
    assert isinstance(full.archive, Archive)
    futures = [
        full.archive.save(
            tmp_path / f"{number}.zip", ArchiveForm.ZIP, told=lambda _: None, stop=threading.Event()
        )
        for number in range(2)
    ]
    assert len({future.result().files for future in futures}) == 1


def test_a_damaged_page_of_the_file_costs_what_is_on_it(
    filled: Path, library: Library, tmp_path: Path
) -> None:
    """One bit in each of some pages of the file in turn: what is left is an archive, or there is none."""
    names: list[int] = []
    pages = (filled / "book.db").stat().st_size // 4096
    for number in range(2, pages, max(1, pages // 10)):
        folder = tmp_path / f"book {number}"
        shutil.copytree(filled, folder)
        content = bytearray((folder / "book.db").read_bytes())
        content[number * 4096 + 100] ^= 1
        (folder / "book.db").write_bytes(bytes(content))
        try:
            vault = library.open(folder, PASSPHRASE)
        except BookDamaged:
            continue
        try:
            report = saved(vault, tmp_path / f"out {number}")
        except BookDamaged:
            assert not (tmp_path / f"out {number}").exists()
            continue
        finally:
            vault.close()
        names.append(len(report.left_out))
        found = data(tmp_path / f"out {number}")
        assert sum(map(len, found.values())) + len(report.left_out) >= 1
        if not report.left_out:
            assert len(found["pages"]) == 3
    assert names


def test_what_is_written_meanwhile_does_not_mix_two_moments(full: Vault, tmp_path: Path) -> None:
    steps: list[Step] = []

    def told(step: Step) -> None:
        if not steps:
            full.journal.keep(None, EntryDraft(title="Meanwhile", body="x")).result()
        steps.append(step)

    future = full.archive.save(tmp_path / "out", ArchiveForm.FOLDER, told=told, stop=threading.Event())
    report = future.result()
    assert report.counts.pages == 3
    assert sum(item["deleted_at"] is None for item in data(tmp_path / "out")["pages"]) == 3


def test_the_page_can_be_read_by_day_and_by_night() -> None:
    """WCAG 2: 4.5 to 1 for words, on the page and on the cards."""
    style = (resources.folder("archive") / "page.css").read_text("utf-8")
    schemes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", each)) for each in style.split("}", 1)]
    for colours in (schemes[0], {**schemes[0], **schemes[1]}):
        for ground in ("paper", "card"):
            for ink in ("ink", "soft", "link"):
                assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert schemes[0]["paper"] != schemes[1]["paper"]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
