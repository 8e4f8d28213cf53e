"""Copies made to do harm: refused, with nothing left behind and within a little memory."""

import json
import resource
import shutil
from pathlib import Path

import pytest

from memorybook.errors import BookNewer, CopyDamaged, CopyForeign, MemoryBookError
from memorybook.services.restoring import ByPassphrase, ByWords, Restoring
from memorybook.services.vault import Library
from memorybook.storage import connection, replicas
from memorybook.storage.migrate import newest
from memorybook.system.clock import SystemClock
from tests.books import PASSPHRASE
from tests.copies import Copied, copied, take

KEY = ByPassphrase(PASSPHRASE)
_MUCH = 300 << 10
"""KiB of memory that none of this may take."""


@pytest.fixture
def copies(library: Library, tmp_path: Path) -> Copied:
    (tmp_path / "made").mkdir()
    return copied(library, tmp_path / "made", pages=2)


@pytest.fixture
def restoring() -> Restoring:
    return Restoring(SystemClock())


def refused(restoring: Restoring, source: Path, target: Path) -> str:
    """Bring it back as far as that goes; what came of it. Nothing is ever left but what was asked for."""
    around = {path.name for path in target.parent.iterdir()}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        restored = take(restoring, source, target, KEY)
    except MemoryBookError as error:
        said = type(error).__name__
    else:
        said = "whole" if restored.is_whole else "partly"
        restoring.discard(restored)
    assert {path.name for path in target.parent.iterdir()} == around
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < _MUCH
    return said


def record(name: bytes, content: bytes, told: int | None = None) -> bytes:
    return bytes([len(name)]) + name + (len(content) if told is None else told).to_bytes(8, "big") + content


def test_single_files_that_lie_about_what_is_in_them(
    restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    text = b"MBBACKUP1 0000000004\ntext"
    hostile = {
        "a text beyond the end": b"MBBACKUP1 9999999999\ntext",
        "no text": b"MBBACKUP1 0000000000\n",
        "a name that leads elsewhere": text + record(b"../../outside", b"x") + b"\0" + bytes(32),
        "a medium that leads elsewhere": text + record(b"media/../../../outside", b"x") + b"\0" + bytes(32),
        "a name of no letters": text + record(b"\xff\xfe\x00", b"x") + b"\0" + bytes(32),
        "a length beyond all disks": text + record(b"book.db", b"x", 1 << 62),
        "the same name twice": text + record(b"book.keys", b"x") * 2 + b"\0" + bytes(32),
        "a key file without end": text + record(b"book.keys", b"x", 1 << 40),
        "a manifest of brackets": text
        + record(b"book.keys", b"x")
        + record(b"manifest.json", b"[" * (8 << 20))
        + b"\0"
        + bytes(32),
        "a manifest of commas": text + record(b"manifest.json", b"[" + b"0," * (8 << 20)) + b"\0" + bytes(32),
        "nothing at all": text + b"\0" + bytes(32),
    }
    source = tmp_path / "hostile.mbbackup"
    for what, data in hostile.items():
        source.write_bytes(data)
        assert refused(restoring, source, tmp_path / "target") not in {"whole", "partly"}, what
    source.write_bytes(copies.file.read_bytes() + b"more")
    assert refused(restoring, source, tmp_path / "target") == "partly"


def test_a_sparse_file_is_not_copied_out(restoring: Restoring, copies: Copied, tmp_path: Path) -> None:
    """Eight terabytes of nothing under the name of the words: there is no room for it, and it is said so."""
    with (copies.place / "snapshots" / "000001" / "book.db").open("r+b") as file:
        file.truncate(1 << 43)
    assert refused(restoring, copies.place, tmp_path / "target") == "RestoreNeedsRoom"


def test_links_are_not_followed(restoring: Restoring, copies: Copied, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    snapshot = copies.place / "snapshots" / "000001"
    for name in ("book.db", "book.keys"):
        shutil.copy(snapshot / name, outside / name)
    media = next(iter((copies.place / "media").iterdir()))
    shutil.move(media, outside / media.name)
    media.symlink_to(outside / media.name)
    assert refused(restoring, copies.place, tmp_path / "target") == "partly"
    (snapshot / "book.db").unlink()
    (snapshot / "book.db").symlink_to(outside / "book.db")
    assert refused(restoring, copies.place, tmp_path / "target") == "CopyDamaged"
    (snapshot / "book.db").unlink()
    (snapshot / "book.db").symlink_to("/dev/zero")
    assert refused(restoring, copies.place, tmp_path / "target") == "CopyDamaged"


def test_a_manifest_that_nobody_with_the_key_wrote_counts_for_nothing(
    restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    path = copies.place / "snapshots" / "000001" / "manifest.json"
    body = json.loads(path.read_bytes())
    changes: tuple[dict[str, object], ...] = (
        {"media": []},
        {"lacking": ["0" * 32]},
        {"made_at": "2090-01-01T00:00:00Z"},
    )
    for change in changes:
        forged = {**body, **change}
        path.write_text(json.dumps(forged, sort_keys=True, separators=(",", ":")))
        assert refused(restoring, copies.place, tmp_path / "target") == "partly", change
    path.unlink()
    (copy,) = restoring.find(copies.place)
    assert not copy.looks_complete
    assert refused(restoring, copies.place, tmp_path / "target") == "partly"


def rewritten(copies: Copied, folder: Path, *statements: str) -> Path:
    """The copied book, with statements run in it by somebody who has its key."""
    book = Path(shutil.copytree(copies.book, folder))
    (way,) = replicas.unlock(book, PASSPHRASE)
    opened = connection.connect(
        book / "book.db", way.seed.database_key(), way.key_file.db_salt, newest=newest()
    )
    with connection.for_upkeep(opened):
        for statement in statements:
            opened.execute(statement)
    opened.close()
    return book


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW trap AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT * FROM n",
        "CREATE TRIGGER trap AFTER UPDATE ON meta BEGIN DELETE FROM entry; END",
        "CREATE TRIGGER trap AFTER INSERT ON meta BEGIN DELETE FROM entry; END",
        "CREATE TABLE stowaway (x)",
        "DROP INDEX entry_author",
        "ALTER TABLE person ADD COLUMN more TEXT",
    ],
)
def test_tables_that_no_memory_book_makes_are_not_opened(
    restoring: Restoring, copies: Copied, tmp_path: Path, statement: str
) -> None:
    book = rewritten(copies, tmp_path / "book", statement)
    with pytest.raises(CopyForeign):
        take(restoring, book, tmp_path / "target", KEY)


def test_what_a_newer_memory_book_made_is_left_to_it(
    restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    book = rewritten(copies, tmp_path / "book", f"PRAGMA user_version = {newest() + 1}")
    with pytest.raises(BookNewer):
        take(restoring, book, tmp_path / "target", KEY)
    path = copies.place / "snapshots" / "000001" / "manifest.json"
    body = {**json.loads(path.read_bytes()), "v": 2}
    path.write_text(json.dumps(body, sort_keys=True, separators=(",", ":")))
    (copy,) = restoring.find(copies.place)
    assert copy.is_newer
    with pytest.raises(BookNewer):
        take(restoring, copy, tmp_path / "target", KEY)


def test_a_copy_of_two_books_mixed_up_is_no_copy(
    library: Library, restoring: Restoring, copies: Copied, tmp_path: Path
) -> None:
    (tmp_path / "second").mkdir()
    other = copied(library, tmp_path / "second", pages=2)
    name = Path("snapshots") / "000001" / "book.db"
    shutil.copy(other.place / name, copies.place / name)
    with pytest.raises(CopyDamaged):
        take(restoring, copies.place, tmp_path / "target", KEY)
    with pytest.raises(MemoryBookError):
        take(restoring, copies.place, tmp_path / "target", ByWords(copies.sheet))
