"""What a book says, in words that stay the same whatever the program becomes."""

import hashlib
from collections.abc import Iterator

from memorybook.domain.ids import RecordingId
from memorybook.services.vault import Vault

Telling = dict[str, list[str]]


def tell(vault: Vault) -> Telling:
    """Everything a person put into a book, read whole, sorted."""
    return {name: sorted(lines) for name, lines in _told(vault)}


def _told(vault: Vault) -> Iterator[tuple[str, list[str]]]:
    rows = vault.journal.page().result().rows
    pages = [vault.journal.entry(row.id).result() for row in rows]
    yield "pages", [f"{page.draft.title}|{page.draft.day}|{_short(page.draft.body)}" for page in pages]
    yield "tags", [tag for page in pages for tag in page.draft.tags]
    yield "earlier", [
        vault.journal.version(row.id).result().draft.body
        for page in pages
        for row in vault.journal.versions(page.id).result()
    ]
    yield "drawer", [row.title for row in vault.journal.drawer().result()]
    photos = vault.album.photos([row.id for row in vault.album.rows().result()]).result()
    yield "photos", [f"{photo.draft.caption}|{_sha(vault.album.original_now(photo.id))}" for photo in photos]
    recordings = vault.recordings.rows().result()
    yield "recordings", [f"{each.draft.title}|{_heard(vault, each.id)}" for each in recordings]
    keepsakes = vault.keepsakes.all().result()
    yield "keepsakes", [f"{each.draft.title}|{each.draft.words}" for each in keepsakes]
    yield "days", [f"{each.draft.label}|{each.draft.day}" for each in vault.occasions.all().result()]
    babies, ceremonies = vault.record.babies().result(), vault.record.ceremonies().result()
    yield "babies", [f"{each.draft.names}|{each.draft.notes}" for each in babies]
    yield "ceremonies", [f"{each.draft.label}|{each.draft.readings}" for each in ceremonies]
    yield "people", [each.name for each in vault.people.all().result()]
    yield "title", [str(vault.preferences.get("title").result())]


def _heard(vault: Vault, recording: RecordingId) -> str:
    with vault.recordings._opened(recording) as file:
        return _sha(file.read())


def _short(text: str) -> str:
    return text if len(text) < 100 else _sha(text.encode())


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
