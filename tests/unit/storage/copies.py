"""Makes the committed copies that every later version has to read: a place and a single file, for ever.

    python -m tests.unit.storage.copies

Run it for a new version of the format alone, into a folder of its own; what is committed never changes.
"""

import hashlib
import json
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.services.kdf import KdfCost
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.unit.services.photos import small

DATA = Path(__file__).parent / "data" / "copies"
PASSPHRASE = "a lantern in the harbour"
PAGES = (("The first page", "It snowed, and the light was blue.\n"), ("Später", "Ein Blatt.\n\nنور\n"))


def make(target: Path) -> None:
    """Make both, and ``vectors.json`` with everything that goes into them."""
    with tempfile.TemporaryDirectory() as name, Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=KdfCost(8192, 1, 1))
        vault = library.create(Path(name) / "book", PASSPHRASE)
        try:
            for number, (title, body) in enumerate(PAGES):
                draft = EntryDraft(title=title, body=body, day=VagueDate(2026, 11, 1 + number))
                kept = vault.journal.keep(None, draft).result()
                assert kept is not None
            source = Path(name) / "snow.jpg"
            source.write_bytes(small(7))
            photo = vault.album.add(kept.id, source).result()
            original = vault.album.original(photo.id).result()
            place = vault.backups.add_place(_new(target / "place")).result()
            vault.backups.copy(place.id, lambda _: None, threading.Event()).result()
            vault.backups.copy_to_file(
                target / "copy.mbbackup", lambda _: None, threading.Event()
            ).result()
            seed = vault.ways.way.seed
            sheet = RecoveryWords().sheet(seed.value)
        finally:
            vault.close()
    vectors = {
        "words": " ".join(sheet.words),
        "code": sheet.code,
        "passphrase": PASSPHRASE,
        "seed": seed.value.hex(),
        "keys": {
            "db": seed.database_key().hex(),
            "keyfile": seed.key_file_key().hex(),
            "media": seed.media_key().hex(),
            "backup": seed.backup_key().hex(),
        },
        "pages": PAGES,
        "photo_sha256": hashlib.sha256(original).hexdigest(),
    }
    (target / "vectors.json").write_text(json.dumps(vectors, indent=1) + "\n", "ascii")


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if (target / "vectors.json").exists():
        sys.exit("what is committed never changes")
    shutil.rmtree(target, ignore_errors=True)
    make(target)
