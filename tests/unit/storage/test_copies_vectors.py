"""The committed copies open by the page that describes them, with the words, without the program."""

import hashlib
import json
import shutil
import threading
from pathlib import Path
from typing import Any

from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Vault
from memorybook.storage import backup_format
from memorybook.storage.backup_file import Reader
from memorybook.storage.seed import Seed
from tests.books import PASSPHRASE
from tests.unit.services.photos import one, page_of
from tests.unit.storage import copies_reader as reader
from tests.unit.storage.copies import DATA

VECTORS: dict[str, Any] = json.loads((DATA / "vectors.json").read_text())
PAGES = "SELECT title, body FROM entry JOIN entry_text ON entry = id ORDER BY id"


def place_in(folder: Path) -> Path:
    (place,) = folder.iterdir()
    return place


def check_place(place: Path, keys: reader.Keys, tmp_path: Path) -> list[tuple[Any, ...]]:
    """Every file is what the manifest says; the rows of its pages, read with one PRAGMA."""
    snapshot = max((place / "snapshots").iterdir())
    body = reader.manifest((snapshot / "manifest.json").read_bytes(), keys)
    for name, part in body["files"].items():
        data = (snapshot / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (part["size"], part["sha256"])
    for name, size, digest in body["media"]:
        data = (place / "media" / f"{name}.mbm").read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (size, digest)
    copied = shutil.copy(snapshot / "book.db", tmp_path)
    (named,) = reader.rows(Path(copied), keys, "SELECT media, digest FROM photo")
    content = reader.media((place / "media" / f"{named[0]}.mbm").read_bytes(), named[0], keys)
    assert hashlib.sha256(content).digest() == named[1]
    assert place.name == reader.place_name(reader.key_file((snapshot / "book.keys").read_bytes()))
    return reader.rows(Path(copied), keys, PAGES)


def test_the_committed_place_opens_with_the_words_alone(tmp_path: Path) -> None:
    keys = reader.from_words(VECTORS["words"])
    assert keys.seed.hex() == VECTORS["seed"]
    assert {name: keys.key(name).hex() for name in VECTORS["keys"]} == VECTORS["keys"]
    place = place_in(DATA / "place")
    assert check_place(place, keys, tmp_path) == [tuple(page) for page in VECTORS["pages"]]
    data = (place / "snapshots" / "000001" / "book.keys").read_bytes()
    assert reader.is_signed(data, keys)
    assert reader.from_passphrase(data, VECTORS["passphrase"]) == keys


def test_the_committed_file_holds_the_same(tmp_path: Path) -> None:
    keys = reader.from_words(VECTORS["words"])
    parts = reader.single_file((DATA / "copy.mbbackup").read_bytes(), keys)
    assert parts.text.startswith("Copies of a Memory Book\n")
    names = [name for name, _ in parts.records]
    records = dict(parts.records)
    body = reader.manifest(records["manifest.json"], keys)
    media = [f"media/{name}.mbm" for name, _, _ in body["media"]]
    assert names == ["book.keys", "manifest.json", "book.db", *media]
    assert body["sequence"] == 0
    (tmp_path / "book.db").write_bytes(records["book.db"])
    assert reader.rows(tmp_path / "book.db", keys, PAGES) == [tuple(page) for page in VECTORS["pages"]]
    ((name,),) = reader.rows(tmp_path / "book.db", keys, "SELECT media FROM photo")
    photo = reader.media(records[f"media/{name}.mbm"], name, keys)
    assert hashlib.sha256(photo).hexdigest() == VECTORS["photo_sha256"]


def test_the_program_reads_what_is_committed() -> None:
    seed = Seed(bytes.fromhex(VECTORS["seed"]))
    assert RecoveryWords().read(VECTORS["words"]) == seed.value == RecoveryWords().read(VECTORS["code"])
    data = (place_in(DATA / "place") / "snapshots" / "000001" / "manifest.json").read_bytes()
    assert backup_format.is_genuine(data, seed)
    assert backup_format.seal(backup_format.parse(data), seed) == data
    with Reader(DATA / "copy.mbbackup") as file:
        file.unlock(seed)
        taken = {record.name: b"".join(record.pieces) for record in file.records()}
    assert hashlib.sha256(taken["book.db"]).hexdigest() == file.manifest.database.sha256


def test_what_is_written_today_is_as_the_page_says(vault: Vault, tmp_path: Path) -> None:
    page_of(vault, "Today")
    one(vault)
    (tmp_path / "stick").mkdir()
    place = vault.backups.add_place(tmp_path / "stick").result()
    vault.backups.copy(place.id, lambda _: None, threading.Event()).result()
    vault.backups.copy_to_file(tmp_path / "x.mbbackup", lambda _: None, threading.Event()).result()
    folder = place_in(tmp_path / "stick")
    keys = reader.from_passphrase((folder / "snapshots/000001/book.keys").read_bytes(), PASSPHRASE)
    assert [row[0] for row in check_place(folder, keys, tmp_path)] == ["Today"]
    parts = reader.single_file((tmp_path / "x.mbbackup").read_bytes(), keys)
    assert dict(parts.records)["book.db"][:16] == (folder / "snapshots/000001/book.db").read_bytes()[:16]
