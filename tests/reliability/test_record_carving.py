"""What was written down of a baby, a farewell, a day or an edition and deleted for ever is nowhere."""

from pathlib import Path

from memorybook.domain.book import Edition
from memorybook.domain.entry import EntryDraft
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.services.vault import Library, Vault
from memorybook.storage import replicas
from tests.books import PASSPHRASE
from tests.reliability import carving

NAME, NOTES, SIZE, READING = "Zwetschgenkuchen", "quokkafernblatt", "jacarandazweige", "Xylophonspieler"
SECRETS = (NAME, NOTES, SIZE, READING)


def _carved(vault: Vault) -> set[str]:
    key = replicas.unlock(vault.folder, PASSPHRASE)[0].seed.database_key()
    found = carving.count(vault.folder, key, [word.encode() for word in SECRETS])
    return {word.decode() for word, number in found.items() if number}


def test_nothing_is_left_of_a_record_that_was_deleted_for_ever(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    draft = BabyDraft(names=NAME, notes=f"{NOTES} " * 900, measurements=(Measurement(SIZE, "345 g"),))
    baby = vault.record.keep_baby(None, draft).result()
    other = vault.record.keep_baby(None, BabyDraft(names="Robin")).result()
    assert baby is not None
    assert other is not None
    farewell = vault.record.keep_ceremony(None, CeremonyDraft(readings=READING, baby=baby.id)).result()
    page = vault.journal.keep(None, EntryDraft(body="x", babies=(baby.id, other.id))).result()
    assert farewell is not None
    assert page is not None
    assert vault.record.delete_for_ever([baby.id], [farewell.id]).result() == 0, "it was not removed"
    vault.record.remove_baby(baby.id).result()
    vault.record.remove_ceremony(farewell.id).result()
    assert _carved(vault) == set(SECRETS), "the control"

    assert vault.record.delete_for_ever([baby.id, baby.id], [farewell.id]).result() == 2
    assert _carved(vault) == set(), "while the book is open"
    aside = vault.record.kept_aside().result()
    assert (aside.babies, aside.ceremonies) == ((), ())
    assert vault.record.babies().result() == (other,)
    assert vault.journal.entry(page.id).result() == page
    vault.close()
    assert _carved(vault) == set(), "when it is closed"


def test_nothing_is_left_of_a_day_that_was_deleted_for_ever(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    draft = OccasionDraft(label=NAME, note=f"{NOTES} " * 900, reminder=3, reminder_words=SIZE)
    day = vault.occasions.add(draft).result()
    vault.occasions.change(day.id, OccasionDraft(label=READING)).result()
    vault.occasions.change(day.id, draft).result()
    vault.occasions.put_away([day.id]).result()
    assert _carved(vault) >= {NAME, NOTES, SIZE}, "the control"  # what it was called before may be gone

    assert vault.occasions.delete_for_ever([day.id]).result() == 1
    assert _carved(vault) == set(), "while the book is open"
    vault.close()
    assert _carved(vault) == set(), "when it is closed"


def test_nothing_is_left_of_an_edition_that_was_deleted_for_ever(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    edition = Edition(NAME, (), dedication=f"{NOTES} " * 900, colophon=SIZE)
    kept = vault.editions.keep(None, READING, edition).result()
    vault.editions.keep(kept.id, "Short", Edition("", ())).result()
    vault.editions.keep(kept.id, READING, edition).result()
    vault.editions.put_away([kept.id]).result()
    assert _carved(vault) >= {NAME, NOTES, SIZE, READING}, "the control"

    assert vault.editions.delete_for_ever([kept.id]).result() == 1
    assert _carved(vault) == set(), "while the book is open"
    vault.close()
    assert _carved(vault) == set(), "when it is closed"
