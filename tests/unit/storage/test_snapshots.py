"""Places for copies: what is shared, what stays, what is left alone, and that no damaged file is opened."""

import hashlib
import os
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.backup import CHECKING, WORDS, Step
from memorybook.domain.ids import EntryId, MediaId
from memorybook.errors import BookDamaged, BookNewer, CopyNotMade, CopyPlaceBusy, CopyStopped
from memorybook.storage import (
    backup_file,
    backup_format,
    backup_media,
    carrying,
    entries,
    retention,
    staging,
    transcript,
)
from memorybook.storage.backup_file import NotACopyError, Reader
from memorybook.storage.backup_format import Manifest, NotAManifestError, Part
from memorybook.storage.book import MEDIA, BookFile
from memorybook.storage.connection import Connection, connect_to_check
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.replicas import Unlocked
from memorybook.storage.seed import Seed
from memorybook.storage.snapshots import Kept, Place
from tests.unit.storage import renewing

NO_PART = Part(0, "0" * 64)
Made = tuple[BookFile, Unlocked]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A closed book with pages and pictures, and how it is opened."""
    folder = tmp_path_factory.mktemp("copied") / "book"
    renewing.make(folder)
    return renewing.unlock(folder, renewing.OLD)


def nothing(_: object) -> None:
    """Goes on."""


def staged(made: Made) -> staging.Staged:
    """A checked copy of the database beside the book."""
    book, _ = made
    connection = book.connect()
    try:
        taken = staging.take(connection, staging.begin(book.folder), nothing, threading.Event())
    finally:
        connection.close()
    return staging.check(taken, book, nothing, threading.Event())


def put(made: Made, place: Place, copy: staging.Staged, sequence: int, *, without: int = 0) -> Kept:
    """One more copy in the place; ``without`` so many of the files of the book."""
    book, way = made
    files = backup_media.wanted(copy.named)[without:]
    with place.held():
        brought = backup_media.bring(
            files, book.folder / MEDIA, place.media, way.seed.media_key(), place.look().media, nothing
        )
        manifest = Manifest(
            way.key_file.book_id,
            sequence,
            "2026-11-21T10:00:00Z",
            "2026-11-21T10:00:01Z",
            "1",
            copy.schema,
            copy.part,
            NO_PART,
            brought.parts,
            brought.lacking,
        )
        return place.put(manifest, copy.database, staging.keys_of(way), nothing)


def place_for(made: Made, folder: Path) -> Place:
    folder.mkdir(exist_ok=True)
    way = made[1]
    return Place(folder, way.key_file.book_id, way.key_file.db_salt, way.seed)


def test_a_copy_says_what_the_book_says_and_has_no_journal(made: Made) -> None:
    copy = staged(made)
    assert (copy.counts.pages, copy.counts.photos) == (12, 5)
    assert [path.name for path in copy.database.parent.iterdir()] == ["book.db"]
    assert hashlib.sha256(copy.database.read_bytes()).hexdigest() == copy.part.sha256
    staging.sweep(made[0].folder)
    assert not copy.database.parent.exists()


def test_a_copy_is_given_up_at_every_step(made: Made) -> None:
    book, _ = made
    connection = book.connect()
    for count in range(6):
        stop = threading.Event()
        left = [count]

        def told(_: object, stop: threading.Event = stop, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                stop.set()

        here = staging.begin(book.folder)
        if count == 0:
            stop.set()
        try:
            staging.check(staging.take(connection, here, told, stop), book, told, stop)
        except CopyStopped:
            assert stop.is_set()
        else:
            assert count
        staging.give_up(here)
    assert connection.execute("SELECT count(*) FROM entry").fetchone()
    connection.close()


def copied_pages(made: Made, told: Callable[[Step], object] = nothing) -> staging.Taken:
    """The pages of the closed book beside it."""
    book, _ = made
    return staging.take_pages(book, staging.begin(book.folder), told, threading.Event())


def test_pages_as_they_are_say_the_same_as_a_book_written_anew(made: Made) -> None:
    book, _ = made
    connection = book.connect()
    connection.execute("INSERT INTO meta (key, value) VALUES ('unfinished x', ''), ('readable y', '00')")
    connection.close()
    try:
        anew = staged(made)
        taken = copied_pages(made)
        as_they_are = staging.check(taken, book, nothing, threading.Event(), anew.contents)
    finally:
        connection = book.connect()
        connection.execute("DELETE FROM meta WHERE key IN ('unfinished x', 'readable y')")
        connection.close()
    assert as_they_are.contents == anew.contents
    assert (as_they_are.mark, as_they_are.counts) == (anew.mark, anew.counts)
    assert hashlib.sha256(taken.database.read_bytes()).hexdigest() == as_they_are.part.sha256
    assert [path.name for path in taken.folder.iterdir()] == ["book.db"]
    assert taken.database.stat().st_mode & 0o077 == 0
    opened = connect_to_check(taken.database, book.key, book.salt)
    assert opened.execute("PRAGMA journal_mode").fetchall()[0][0] == "delete"
    assert opened.execute("SELECT count(*) FROM meta WHERE key GLOB '[ur]*'").fetchall()[0][0] == 0
    opened.close()
    staging.sweep(book.folder)


def test_no_damaged_page_is_taken_and_none_that_was_damaged_on_its_way(made: Made) -> None:
    book, _ = made
    whole = book.path.read_bytes()
    pages = len(whole) // PAGE_BYTES
    chance = random.Random(5)  # noqa: S311 - which bits are flipped
    spoilt = [(page, at + chance.randrange(200)) for page in range(0, pages, 7) for at in (700, 4000 - 200)]
    try:
        for page, at in spoilt:
            damaged = bytearray(whole)
            damaged[page * PAGE_BYTES + at] ^= 1 << chance.randrange(8)
            book.path.write_bytes(damaged)
            with pytest.raises(BookDamaged):
                copied_pages(made)
            book.path.write_bytes(whole)
            taken = copied_pages(made)
            damaged = bytearray(taken.database.read_bytes())
            damaged[page * PAGE_BYTES + at] ^= 1 << chance.randrange(8)
            taken.database.write_bytes(damaged)
            with pytest.raises(BookDamaged):
                staging.check(taken, book, nothing, threading.Event())
            staging.sweep(book.folder)
        book.path.write_bytes(whole[:-100])
        with pytest.raises(BookDamaged):
            copied_pages(made)
        book.path.write_bytes(whole)
        taken = copied_pages(made)
        os.truncate(taken.database, len(whole) - PAGE_BYTES)
        with pytest.raises(BookDamaged):
            staging.check(taken, book, nothing, threading.Event())
    finally:
        book.path.write_bytes(whole)
        staging.sweep(book.folder)


@pytest.mark.parametrize("stage", [WORDS, CHECKING])
def test_pages_are_given_up_after_one_piece_at_most(
    made: Made, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    monkeypatch.setattr(staging, "_PIECE", PAGE_BYTES * 4)
    book, _ = made
    stop = threading.Event()
    seen: list[Step] = []

    def told(step: Step) -> None:
        seen.append(step)
        if step.stage == stage and step.done:
            stop.set()

    here = staging.begin(book.folder)
    with pytest.raises(CopyStopped):
        staging.check(staging.take_pages(book, here, told, stop), book, told, stop)
    assert [step.done for step in seen if step.stage == stage and step.done] == [PAGE_BYTES * 4]
    assert seen[-1].stage == stage
    staging.give_up(here)


def test_two_copies_share_what_did_not_change(made: Made, tmp_path: Path) -> None:
    place, copy = place_for(made, tmp_path / "stick"), staged(made)
    put(made, place, copy, 1)
    times = {path.name: path.stat().st_mtime_ns for path in place.media.iterdir()}
    put(made, place, copy, 2)
    assert {path.name: path.stat().st_mtime_ns for path in place.media.iterdir()} == times
    found = place.look()
    assert [each.manifest.sequence for each in found.kept] == [2, 1]
    assert (found.highest, found.strangers) == (2, 0)
    assert len(times) == len(found.media) == 10


def test_what_is_in_a_manifest_alone_can_be_seen_without_a_key(made: Made, tmp_path: Path) -> None:
    kept = put(made, place_for(made, tmp_path / "stick"), staged(made), 1)
    said = (kept.folder / "manifest.json").read_bytes()
    for word in (b"Robin", b"page3", b"title", b"caption", b"2026-03-04"):
        assert word not in said


def test_files_go_when_no_copy_names_them_and_their_keys_first(made: Made, tmp_path: Path) -> None:
    place, copy = place_for(made, tmp_path / "stick"), staged(made)
    put(made, place, copy, 1)
    newest = put(made, place, copy, 2, without=1)
    (gone,) = set(place.look().media) - set(newest.manifest.media)
    path = place.media / f"{gone}.mbm"
    seen = path.open("rb")  # as a program that brings deleted files back would have it
    with place.held():
        assert place.remove(place.look().kept[1:]) == 1
    assert not path.exists()
    assert not seen.read().startswith(b"MBMEDIA1")
    seen.close()
    assert [each.manifest.sequence for each in place.look().kept] == [2]
    assert {path.stem for path in place.media.iterdir()} == set(newest.manifest.media)


def _flip(folder: Path) -> None:
    path = folder / "manifest.json"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "spoil",
    [
        _flip,
        lambda folder: (folder / "manifest.json").unlink(),
        lambda folder: folder.rename(folder.with_name("000009")),
        lambda folder: folder.rename(folder.with_name("my copy")),
    ],
    ids=["flipped", "missing", "renumbered", "renamed"],
)
def test_while_one_copy_cannot_be_verified_nothing_it_may_need_goes(
    made: Made, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    place, copy = place_for(made, tmp_path / "stick"), staged(made)
    first = put(made, place, copy, 1)
    put(made, place, copy, 2, without=2)
    put(made, place, copy, 3, without=2)
    spoil(first.folder)
    before = {path.name for path in place.media.iterdir()}
    with place.held():
        place.sweep()
        assert place.remove(place.look().kept[1:]) == 1
    assert {path.name for path in place.media.iterdir()} == before
    assert len([each for each in first.folder.parent.iterdir() if not each.name.startswith(".")]) == 2


def test_another_book_s_copies_are_none_of_this_one(made: Made, tmp_path: Path) -> None:
    place, copy = place_for(made, tmp_path / "stick"), staged(made)
    kept = put(made, place, copy, 1)
    other = replace(kept.manifest, sequence=2)
    second = kept.folder.with_name("000002")
    second.mkdir()
    (second / "manifest.json").write_bytes(backup_format.seal(other, Seed.fresh()))
    found = place.look()
    assert [each.manifest.sequence for each in found.kept] == [1]
    assert (found.highest, found.strangers) == (2, 1)


def test_what_an_ended_process_left_is_swept(made: Made, tmp_path: Path) -> None:
    place, copy = place_for(made, tmp_path / "stick"), staged(made)
    kept = put(made, place, copy, 1)
    half = carrying.unfinished(kept.folder.parent)
    half.mkdir()
    (half / "book.db").write_bytes(b"half")
    carrying.unfinished(place.media).write_bytes(b"half")
    kept.folder.with_name(".going-000001").mkdir()
    with place.held():
        assert place.look().strangers == 0
        place.sweep()
    assert [each.name for each in kept.folder.parent.iterdir()] == ["000001"]
    assert not [each for each in place.media.iterdir() if each.name.startswith(".")]


def test_one_process_at_a_time_writes_in_a_place(made: Made, tmp_path: Path) -> None:
    place = place_for(made, tmp_path / "stick")
    with place.held(), pytest.raises(CopyPlaceBusy), place.held():
        pass


def test_a_file_that_is_damaged_in_the_book_is_taken_from_the_place(made: Made, tmp_path: Path) -> None:
    place, copy = place_for(made, tmp_path / "stick"), staged(made)
    first = put(made, place, copy, 1)
    book = made[0]
    victim = book.folder / MEDIA / f"{max(first.manifest.media)}.mbm"
    whole = victim.read_bytes()
    try:
        victim.write_bytes(whole[:-1])
        second = put(made, place, copy, 2)
        elsewhere = put(made, place_for(made, tmp_path / "other"), copy, 1)
    finally:
        victim.write_bytes(whole)
    assert second.manifest.media == first.manifest.media
    assert second.manifest.lacking == ()
    assert elsewhere.manifest.lacking == (MediaId(victim.stem),)


def test_a_drive_that_gives_back_something_else_makes_no_copy(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, copy = place_for(made, tmp_path / "stick"), staged(made)
    put(made, place, copy, 1)
    whole = carrying.write_new

    def lying(path: Path, content: object, mode: int = 0o600) -> None:
        whole(path, content, mode)  # type: ignore[arg-type]
        if path.name == "book.db":
            with path.open("r+b") as file:
                file.seek(5000)
                (byte,) = file.read(1)
                file.seek(5000)
                file.write(bytes([byte ^ 1]))

    monkeypatch.setattr(carrying, "write_new", lying)
    with pytest.raises(CopyNotMade):
        put(made, place, copy, 2)
    assert [each.manifest.sequence for each in place.look().kept] == [1]
    assert [each.name for each in (place.root / "snapshots").iterdir()] == ["000001"]


@given(st.integers(1, 5000), st.integers(0, 5000))
@settings(max_examples=200, deadline=None)
def test_what_stays_had_stayed_before(sequence: int, later: int) -> None:
    newest = sequence + later
    if retention.stays(sequence, newest):
        assert all(retention.stays(sequence, each) for each in range(sequence, newest, max(1, later // 40)))


def test_seven_and_fewer_of_older_ones_stay() -> None:
    there: list[int] = []
    for newest in range(1, 1001):
        there.append(newest)
        gone = retention.going(there, newest)
        there = [each for each in there if each not in gone]
        assert there[-7:] == list(range(max(1, newest - 6), newest + 1))
    assert there == [each for each in range(1, 1001) if retention.stays(each, 1000)]
    assert len(there) <= 25
    assert there[0] <= 512


MANIFEST = Manifest(
    "ab" * 16, 3, "2026-11-21T10:00:00Z", "", "1", 1, Part(5, "1" * 64), Part(6, "2" * 64),
    {MediaId("cd" * 16): Part(7, "3" * 64)}, (MediaId("ef" * 16),),
)  # fmt: skip


def test_no_changed_byte_of_a_manifest_is_believed() -> None:
    seed = Seed.fresh()
    data = backup_format.seal(MANIFEST, seed)
    assert backup_format.parse(data) == MANIFEST
    assert backup_format.is_genuine(data, seed)
    assert not backup_format.is_genuine(data, Seed.fresh())
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert not backup_format.is_genuine(changed, seed)
        try:
            backup_format.parse(changed)
        except (NotAManifestError, BookNewer):
            continue
    for hostile in (b"", b"{}", b"[" * 100000, data + b" ", data.replace(b"cd" * 16, b"../" + b"c" * 29)):
        with pytest.raises(NotAManifestError):
            backup_format.parse(hostile)


@pytest.fixture(scope="module")
def single(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in one file."""
    copy = staged(made)
    book, way = made
    path = tmp_path_factory.mktemp("carried") / "copy.mbbackup"
    source = book.folder / MEDIA
    parts = {
        each.media: Part(
            (source / f"{each.media}.mbm").stat().st_size, carrying.digest_of(source / f"{each.media}.mbm")
        )
        for each in backup_media.wanted(copy.named)
    }
    backup_file.write(
        path,
        replace(MANIFEST, book_id=way.key_file.book_id, database=copy.part, media=parts, lacking=()),
        way.seed,
        database=copy.database,
        media=source,
        key_file=staging.keys_of(way),
        go_on=nothing,
    )
    staging.sweep(book.folder)
    return path


def read_all(path: Path, seed: Seed) -> int:
    """Bytes of all records. Raises for what is no whole copy."""
    with Reader(path) as reader:
        reader.unlock(seed)
        return sum(len(piece) for record in reader.records() for piece in record.pieces)


def test_no_flipped_or_cut_file_is_read_as_a_whole_one(made: Made, single: Path, tmp_path: Path) -> None:
    data, seed = single.read_bytes(), made[1].seed
    assert read_all(single, seed) > 300_000
    chance = random.Random(8)  # noqa: S311 - which bits are flipped
    copy = tmp_path / "copy"
    flips = [chance.randrange(len(data)) for _ in range(60)] + list(range(40)) + [len(data) - 1]
    variants = [data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :] for at in flips]
    variants += [data[:at] for at in (0, 5, 30, 5000, len(data) // 2, len(data) - 33, len(data) - 1)]
    variants += [data + b"\0", b""]
    opened = 0
    for variant in variants:
        copy.write_bytes(variant)
        try:
            read_all(copy, seed)
        except (NotACopyError, BookNewer):
            continue
        opened += 1
    assert opened == 0


def test_a_file_of_another_book_and_lengths_without_end_are_refused(single: Path, tmp_path: Path) -> None:
    with pytest.raises(NotACopyError):
        read_all(single, Seed.fresh())
    hostile = tmp_path / "hostile"
    hostile.write_bytes(b"MBBACKUP1 0000000001\nx\x09book.keys" + b"\x7f" + b"\xff" * 7)
    with pytest.raises(NotACopyError):
        Reader(hostile)
    hostile.write_bytes(b"MBBACKUP1 9999999999\n" + os.urandom(100))
    with pytest.raises(NotACopyError):
        Reader(hostile)


def test_only_pages_that_say_something_new_are_compared_again(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcript, "_BLOCK_LENGTH", 4)
    read: list[int] = []
    whole = entries.get

    def seen(connection: Connection, entry_id: EntryId, **more: bool) -> object:
        read.append(int(entry_id))
        return whole(connection, entry_id, **more)

    monkeypatch.setattr(transcript.entries, "get", seen)
    book, _ = made
    connection = book.connect()
    before: transcript.Contents = {}
    seen_each: list[list[int]] = []
    for sql in ("", "", "UPDATE entry SET title = title || 'x' WHERE id = 6"):
        if sql:
            connection.execute(sql)
        here = staging.begin(book.folder)
        try:
            taken = staging.take(connection, here, nothing, threading.Event())
            before = staging.check(taken, book, nothing, threading.Event(), before).contents
        except BookDamaged:
            assert sql
        finally:
            staging.give_up(here)
        seen_each.append(read.copy())
        read.clear()
    connection.execute("UPDATE entry SET title = rtrim(title, 'x') WHERE id = 6")
    connection.close()
    assert sorted(seen_each[0]) == list(range(1, 13))
    assert seen_each[1:] == [[], [4, 5, 6]]
