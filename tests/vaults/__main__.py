"""Makes the copies of the present version: run once, when a version is released, and never over older ones.

    python -m tests.vaults

Until the first release the tables may change; then what is there is made anew, with its folder taken away by
hand before.
"""

import json
import shutil
import tempfile
import threading
from pathlib import Path

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import EntryId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.photo import PhotoDraft
from memorybook.services.vault import Library, Vault
from memorybook.storage.migrate import newest
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.benchmarks.books import picture
from tests.books import FAST, PASSPHRASE
from tests.recordings import wav
from tests.vaults.telling import tell

KEPT = Path(__file__).parent


def main() -> None:
    target = KEPT / f"schema{newest()}"
    target.mkdir()
    with tempfile.TemporaryDirectory() as place, Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST)
        vault = library.create(Path(place) / "Memory Book", PASSPHRASE)
        try:
            fill(vault, Path(place))
            (Path(place) / "copies").mkdir()
            chosen = vault.backups.add_place(Path(place) / "copies").result()
            stop = threading.Event()
            vault.backups.copy(chosen.id, lambda _: None, stop).result()
            vault.backups.copy_to_file(target / "book.mbbackup", lambda _: None, stop).result()
            expected = {
                "passphrase": PASSPHRASE,
                "words": " ".join(vault.ways.sheet().result().words),
                "says": tell(vault),
            }
        finally:
            vault.close()
        (made,) = (Path(place) / "copies").iterdir()
        without = shutil.ignore_patterns("book.room", "book.lock")
        shutil.copytree(made, target / made.name, ignore=without)
        shutil.copytree(vault.folder, target / "folder", ignore=without)
    (target / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", "utf-8")


def fill(vault: Vault, folder: Path) -> None:
    """One of everything that can be in a book."""
    vault.preferences.put("title", "For Robin").result()
    grandmother = vault.people.add("Grandmother").result()
    baby = vault.record.keep_baby(None, BabyDraft(names="Robin", notes="So small, so loved")).result()
    vault.record.keep_ceremony(None, CeremonyDraft(label="The farewell", readings="A poem")).result()
    letter = EntryDraft(
        title="A letter",
        body="Dear Robin,\n\n*all* our love — 爱, حب",
        day=VagueDate.parse("2026-05-22"),
        kind=EntryKind.LETTER,
        author=grandmother.id,
        babies=() if baby is None else (baby.id,),
        tags=("spring", "letters"),
    )
    entry = vault.journal.keep(None, letter).result()
    assert entry is not None
    vault.journal.keep(entry.id, EntryDraft(title="A letter", body="Anew")).result()
    vault.journal.keep(None, EntryDraft(title="Long", body="waves and waves " * 900)).result()
    put_away = vault.journal.keep(None, EntryDraft(title="Put away")).result()
    assert put_away is not None
    vault.journal.delete(EntryId(put_away.id)).result()
    photo = vault.album.add(entry.id, picture(1)).result()
    vault.album.keep(photo.id, PhotoDraft(caption="Feet", covered=True)).result()
    (folder / "heart.wav").write_bytes(wav())
    vault.recordings.bring([folder / "heart.wav"]).done.result()
    vault.keepsakes.keep(None, KeepsakeDraft(title="A blanket", words="knitted")).result()
    vault.occasions.add(OccasionDraft(label="The day", day=VagueDate.parse("2026-05-22"))).result()


if __name__ == "__main__":
    main()
