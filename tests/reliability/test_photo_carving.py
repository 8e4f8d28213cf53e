"""What was said of a photo that was deleted for ever is nowhere in the book, and its files are gone."""

from pathlib import Path

from memorybook.domain.edit import Edit
from memorybook.domain.entry import EntryDraft
from memorybook.domain.photo import PhotoDraft
from memorybook.services.vault import Library, Vault
from memorybook.storage import replicas
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.reliability import carving

CAPTION, DESCRIPTION, WHO, BY = "Zwetschgenkuchen", "quokkafernblatt", "jacarandazweige", "Xylophonspieler"


def _carved(vault: Vault, secrets: list[bytes]) -> list[bytes]:
    key = replicas.unlock(vault.folder, PASSPHRASE)[0].seed.database_key()
    return [secret for secret, number in carving.count(vault.folder, key, secrets).items() if number]


def test_nothing_is_left_of_a_photo_that_was_deleted_for_ever(library: Library, tmp_path: Path) -> None:
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    page = vault.journal.keep(None, EntryDraft(body="A page")).result()
    assert page is not None
    photo = vault.album.add(page.id, pictures.jpeg(pictures.scene(640, 480))).result()
    said = PhotoDraft(CAPTION, f"{DESCRIPTION} " * 400, taken_by=BY, who=WHO)
    vault.album.keep(photo.id, said).result()
    first = vault.album.thumbnail(photo.id).result()
    vault.album.edit(photo.id, Edit(turn=90)).result()
    second = vault.album.thumbnail(photo.id).result()
    words = [word.encode() for word in (CAPTION, DESCRIPTION, WHO, BY)]
    pixels = [jpeg[len(jpeg) // 2 :][:40] for jpeg in (first, second)]
    vault.album.put_away([photo.id]).result()
    assert _carved(vault, words) == words, "the control"
    assert _carved(vault, pixels[1:]) == pixels[1:], "the control"

    assert vault.album.delete_for_ever([photo.id]).result() == 1
    assert _carved(vault, words + pixels) == [], "while the book is open"
    assert list((vault.folder / "media").iterdir()) == []
    vault.close()
    assert _carved(vault, words + pixels) == [], "when it is closed"
