"""What the tests of the album have in common."""

import io

from PIL import Image

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.changes import ChangeSet
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import BabyId, EntryId, PhotoId
from memorybook.domain.people import BabyDraft
from memorybook.domain.photo import Photo
from memorybook.services.sources import Source
from memorybook.services.vault import Vault
from tests.corpus import pictures


def small(seed: int) -> bytes:
    """A small picture unlike those of other seeds."""
    return pictures.jpeg(pictures.scene(48, 32, seed))


def page_of(vault: Vault, title: str = "") -> EntryId:
    """A new page."""
    entry = vault.journal.keep(None, EntryDraft(title=title), hold_place=True).result()
    assert entry is not None
    return entry.id


def on(vault: Vault, page: EntryId) -> tuple[PhotoId, ...]:
    """The photos of a page."""
    return vault.journal.entry(page).result().draft.photos


def bring(
    vault: Vault, *sources: Source, entry: EntryId | None = None, told: list[BringProgress] | None = None
) -> BringAccount[PhotoId]:
    """Bring these and wait for the account."""
    heard = [] if told is None else told
    return vault.album.bring(sources, entry=entry, told=heard.append).done.result()


def one(vault: Vault, source: Source | None = None) -> Photo:
    """One photo in the album, on no page."""
    account = bring(vault, pictures.jpeg() if source is None else source)
    (photo,) = vault.album.photos(account.ids).result()
    return photo


def baby(vault: Vault, names: str) -> BabyId:
    """A new baby."""
    kept = vault.record.keep_baby(None, BabyDraft(names=names)).result()
    assert kept is not None
    return kept.id


def rows(vault: Vault) -> list[PhotoId]:
    """The ids of the grid, in its order."""
    return [row.id for row in vault.album.rows().result()]


def media(vault: Vault) -> list[str]:
    """The names of the media files."""
    return sorted(path.name for path in (vault.folder / "media").iterdir())


def published(vault: Vault) -> list[ChangeSet]:
    """What is published from now on."""
    told: list[ChangeSet] = []
    vault.changes.subscribe(told.append)
    return told


def seen(jpeg: bytes) -> Image.Image:
    """The picture that a JPEG shows."""
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    return image
