"""An archive comes from anywhere: what is not one, or is made to do harm, is refused and leaves nothing."""

import hashlib
import json
import os
import random
import shutil
import threading
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from memorybook.domain.archive import ArchiveForm
from memorybook.domain.backup import Step
from memorybook.domain.health import Thing
from memorybook.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveNewer,
    ArchivePasswordWrong,
    ArchiveStopped,
    FolderInUse,
    NotAnArchive,
    RestoreNeedsRoom,
)
from memorybook.services.archiving import reading
from memorybook.services.vault import Library, Vault
from tests.books import PASSPHRASE
from tests.unit.services.archiving.books import (
    Change,
    changed,
    everything,
    read_in,
    saved,
    summed,
)


def refused(library: Library, source: Path, error: type[Exception], password: str = "") -> None:
    """No book, nothing half made, and the archive is as it was."""
    place = source.parent / "place"
    place.mkdir(exist_ok=True)
    with pytest.raises(error):
        read_in(library, source, place / "again", password)
    assert list(place.iterdir()) == []


def first(part: dict[str, Any]) -> Any:
    return part["items"][0]


CHANGES: tuple[tuple[str, Change], ...] = (
    ("data/pages-1.json", lambda part: first(part).update(title="Other words")),
    ("data/pages-1.json", lambda part: first(part).update(body="Other words")),
    ("data/pages-1.json", lambda part: first(part).update(day="2026-13-45")),
    ("data/pages-1.json", lambda part: first(part).update(kind="spell")),
    ("data/pages-1.json", lambda part: first(part).update(id=0)),
    ("data/pages-1.json", lambda part: first(part).update(id=1 << 24)),
    ("data/pages-1.json", lambda part: first(part).update(id="1")),
    ("data/pages-1.json", lambda part: first(part).update(in_book=1)),
    ("data/pages-1.json", lambda part: first(part).update(photos=[1, 1])),
    ("data/pages-1.json", lambda part: first(part).update(created_at="yesterday")),
    ("data/pages-1.json", lambda part: first(part).update(title="\ud800")),
    ("data/pages-1.json", lambda part: first(part).update(digest="00" * 32)),
    ("data/pages-1.json", lambda part: first(part).pop("body")),
    ("data/pages-1.json", lambda part: part["items"].append(first(part))),
    ("data/pages-1.json", lambda part: part.update(kind="sqlite_schema")),
    ("data/pages-1.json", lambda part: part.update(items={"a": 1})),
    ("data/photos-1.json", lambda part: first(part).update(file="../../etc/passwd")),
    ("data/photos-1.json", lambda part: first(part).update(file="/etc/passwd")),
    ("data/photos-1.json", lambda part: first(part).update(file="C:\\Windows\\win.ini")),
    ("data/photos-1.json", lambda part: first(part).update(edit="90 1 2 3")),
    ("data/photos-1.json", lambda part: first(part).update(per_mm=float("1e300"))),
    ("data/days-1.json", lambda part: first(part).update(reminder=4_000)),
    ("data/days-1.json", lambda part: first(part).update(uid="")),
    ("data/babies-1.json", lambda part: first(part)["measurements"].append({"what": 1, "value": "x"})),
    ("data/book.json", lambda book: book.update(version="1")),
    ("data/book.json", lambda book: book.update(data=["../data/pages-1.json"])),
    ("data/book.json", lambda book: book.update(data=["data/none.json"])),
    ("data/book.json", lambda book: book.update(counts={})),
    ("data/book.json", lambda book: book.update(numbers={"entry": -5})),
    ("data/book.json", lambda book: book.update(left_out=[{"thing": "ghost"}])),
)


def test_data_of_another_shape_are_refused(library: Library, out: Path, tmp_path: Path) -> None:
    for number, (name, change) in enumerate(CHANGES):
        source = tmp_path / f"out {number}"
        shutil.copytree(out, source)
        if not name.endswith("photos-1.json"):  # what looks at pictures is asked elsewhere
            changed(source, "data/book.json", lambda book: book.update(data=_without_media(book["data"])))
        changed(source, name, change)
        refused(library, source, ArchiveDamaged)
    # the control: the same detour without a change is read
    changed(out, "data/book.json", lambda book: book.update(data=_without_media(book["data"])))
    changed(out, "data/pages-1.json", lambda _: None)
    assert read_in(library, out, tmp_path / "again").counts.pages == 2


def _without_media(names: list[str]) -> list[str]:
    return [name for name in names if "photos" not in name and "recordings" not in name]


def test_what_its_checksums_do_not_fit_is_refused(library: Library, out: Path) -> None:
    path = out / "data" / "pages-1.json"
    path.write_bytes(path.read_bytes().replace(b"Wren", b"Wrem"))
    refused(library, out, ArchiveDamaged)


@pytest.mark.parametrize("name", ["SHA256SUMS", "data/pages-1.json"])
def test_an_archive_without_one_of_its_files_is_refused(library: Library, out: Path, name: str) -> None:
    (out / name).unlink()
    refused(library, out, ArchiveDamaged)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{" * 100_000, b"null", b'{"a": NaN}'])
def test_a_book_that_is_no_json_is_refused(library: Library, out: Path, content: bytes) -> None:
    (out / "data" / "book.json").write_bytes(content)
    summed(out)
    refused(library, out, ArchiveError)


def test_what_is_no_archive_is_refused(library: Library, tmp_path: Path, filled: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("not a zip file")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    for name in ("empty", "text.zip", "other.zip", "nowhere", "nowhere.zip"):
        refused(library, tmp_path / name, NotAnArchive)
        with pytest.raises(NotAnArchive):
            reading.look(tmp_path / name)
    with pytest.raises(NotAnArchive):
        reading.look(filled)


def test_one_of_a_newer_program_is_refused(library: Library, out: Path) -> None:
    changed(out, "data/book.json", lambda book: book.update(version=2, other="unknown"))
    refused(library, out, ArchiveNewer)


def test_links_lead_nowhere(library: Library, out: Path, tmp_path: Path) -> None:
    photos = json.loads((out / "data" / "photos-1.json").read_text("utf-8"))["items"]
    target = out / photos[0]["file"]
    (tmp_path / "elsewhere.jpg").write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(tmp_path / "elsewhere.jpg")
    report = read_in(library, out, tmp_path / "again")
    assert [(each.thing, each.lost) for each in report.left_out] == [(Thing.PHOTO, "original")]
    os.mkfifo(out / "data" / "pipe.json")
    changed(out, "data/book.json", lambda book: book["data"].append("data/pipe.json"))
    refused(library, out, ArchiveDamaged)


def test_damaged_photos_and_recordings_are_left_out_and_named(
    library: Library, out: Path, tmp_path: Path
) -> None:
    photos, recordings = (
        json.loads((out / "data" / f"{name}-1.json").read_text("utf-8"))["items"]
        for name in ("photos", "recordings")
    )
    one = out / photos[0]["file"]
    one.write_bytes(one.read_bytes()[:-1] + b"?")
    (out / photos[1]["file"]).unlink()
    sound = out / recordings[0]["file"]
    sound.write_bytes(sound.read_bytes()[:-1])
    report = read_in(library, out, tmp_path / "again")
    assert [each.thing for each in report.left_out] == [Thing.PHOTO, Thing.PHOTO, Thing.RECORDING]
    assert (report.counts.pages, report.counts.photos, report.counts.recordings) == (2, 1, 0)


def test_a_file_that_is_no_picture_is_left_out(library: Library, out: Path, tmp_path: Path) -> None:
    content = b"<svg onload='alert(1)'>"

    def swap(part: dict[str, Any]) -> None:
        (out / first(part)["file"]).write_bytes(content)
        first(part).update(sha256=hashlib.sha256(content).hexdigest(), byte_size=len(content))

    changed(out, "data/photos-1.json", swap)
    report = read_in(library, out, tmp_path / "again")
    assert [each.thing for each in report.left_out] == [Thing.PHOTO]


def _zip(out: Path, target: Path, **more: bytes) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(out.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(out).as_posix())
        for name, content in more.items():
            archive.writestr(name, content)


def test_a_zip_file_that_unpacks_to_far_more_is_refused(library: Library, out: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with archive.open("data/book.json", "w") as file:
            for _ in range(100):
                file.write(bytes(1 << 20))
        archive.writestr("SHA256SUMS", "")
    tracemalloc.start()
    try:
        refused(library, tmp_path / "bomb.zip", ArchiveDamaged)
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()


def test_a_zip_file_that_says_its_data_are_small_is_not_believed(
    library: Library, out: Path, tmp_path: Path
) -> None:
    """Sizes in its list are what whoever made it wrote there; no more than a part may have is ever read."""
    with (out / "data" / "pages-1.json").open("ab") as file:
        file.write(b" " * (65 << 20))
    summed(out)
    refused(library, out, ArchiveDamaged)


def test_two_files_of_one_name_are_refused(library: Library, out: Path, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        _zip(out, tmp_path / "twice.zip", **{"data/book.json": b"{}"})
    refused(library, tmp_path / "twice.zip", ArchiveDamaged)


def test_names_that_lead_out_of_a_zip_file_are_never_written(
    library: Library, out: Path, tmp_path: Path
) -> None:
    _zip(out, tmp_path / "paths.zip", **{"../../../escaped.txt": b"x", "/abs.txt": b"x"})
    assert read_in(library, tmp_path / "paths.zip", tmp_path / "deep" / "again").left_out == ()
    assert not list(tmp_path.rglob("escaped.txt"))


def test_the_password_is_asked_for_and_told_apart(library: Library, full: Vault, tmp_path: Path) -> None:
    saved(full, tmp_path / "out.zip", ArchiveForm.LOCKED_ZIP)
    refused(library, tmp_path / "out.zip", ArchiveLocked)
    refused(library, tmp_path / "out.zip", ArchivePasswordWrong, "another one")


def test_a_changed_byte_of_a_zip_file_never_becomes_another_book(
    library: Library, full: Vault, tmp_path: Path
) -> None:
    """A bit anywhere, and some cut off: the same book, or less with what is missing named, or none."""
    saved(full, tmp_path / "out.zip", ArchiveForm.ZIP)
    whole = (tmp_path / "out.zip").read_bytes()
    before = everything(full)
    chance = random.Random(8)  # noqa: S311 - the same every time
    outcomes = {"same": 0, "named": 0, "refused": 0}
    for number in range(16):
        content = bytearray(whole if number % 4 else whole[: chance.randrange(len(whole))])
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        source, folder = tmp_path / "changed.zip", tmp_path / f"again {number}"
        source.write_bytes(content)
        try:
            report = read_in(library, source, folder)
        except ArchiveError:
            outcomes["refused"] += 1
            assert not folder.exists()
            continue
        opened = library.open(folder, PASSPHRASE)
        try:
            after = everything(opened)
        finally:
            opened.close()
        if report.left_out:
            outcomes["named"] += 1
            assert {each.thing for each in report.left_out} <= {Thing.PHOTO, Thing.RECORDING}
            assert after["entry_text"] == before["entry_text"]
        else:
            outcomes["same"] += 1
            assert after == before
    assert outcomes["refused"] >= 4  # those that were cut off are among them


def test_stopping_leaves_nothing(library: Library, out: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for moment in (1, 2, 4):
        stop, steps = threading.Event(), list[Step]()

        def told(step: Step, moment: int = moment, stop: threading.Event = stop) -> None:
            steps.append(step)  # noqa: B023 - this turn's
            if len(steps) >= moment:  # noqa: B023
                stop.set()

        with pytest.raises(ArchiveStopped):
            reading.into_new_book(library, out, place / "new", PASSPHRASE, told=told, stop=stop)
        assert list(place.iterdir()) == []


def test_what_is_there_stays(library: Library, out: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("x")
    with pytest.raises(FolderInUse):
        read_in(library, out, tmp_path / "there")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert read_in(library, out, tmp_path / "empty").left_out == ()


def test_an_archive_that_says_it_needs_more_room_than_there_is_is_not_begun(
    library: Library, out: Path
) -> None:
    changed(out, "data/book.json", lambda book: book["counts"].update(media_bytes=1 << 52))
    refused(library, out, RestoreNeedsRoom)
