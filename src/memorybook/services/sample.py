"""The sample book: a family that does not exist, written for looking around in."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from memorybook import resources
from memorybook.domain.book import Edition
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import BabyId, EditionId, EntryId, PhotoId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.domain.photo import PhotoDraft, PhotoKind
from memorybook.domain.recording import RecordingDraft, RecordingKind
from memorybook.services import choosing, markup
from memorybook.services.preferences import TITLE
from memorybook.services.vault import Vault


@dataclass(frozen=True, slots=True)
class SampleContents:
    """How much was put into the book. A picture on two pages is one picture."""

    entries: int
    pictures: int
    occasions: int
    people: int
    babies: int
    ceremonies: int
    keepsakes: int
    recordings: int
    edition: EditionId


def make_sample(vault: Vault, *, pictures: Path | None = None) -> SampleContents:
    """Fill a new book with the sample. ``pictures`` is a folder to take them from instead of the shipped one.

    Blocks until everything is kept: not for the window's thread. Raises what keeping a page and adding a
    picture raise.
    """
    shipped = resources.folder("sample")
    content: dict[str, Any] = json.loads((shipped / "sample.json").read_text(encoding="utf-8"))
    vault.preferences.put(TITLE, content["title"]).result()
    people = {name: vault.people.add(name).result().id for name in content["people"]}
    babies = _keep_babies(vault, content["babies"])
    for farewell in content["ceremonies"]:
        vault.record.keep_ceremony(None, _ceremony(farewell, babies)).result()
    taken: dict[str, PhotoId] = {}
    for written in content["entries"]:
        draft = EntryDraft(
            title=written.get("title", ""),
            body=_as_the_editor_writes(written["body"]),
            day=VagueDate.parse(written["day"]),
            kind=EntryKind(written["kind"]),
            author=people[written["author"]] if "author" in written else None,
            recipient=written.get("to", ""),
            in_book=written.get("in_book", True),
            babies=tuple(babies[key] for key in written.get("babies", ())),
            tags=tuple(written.get("tags", ())),
        )
        entry = vault.journal.keep(None, draft).result()
        if entry is None:  # there was nothing on it
            continue
        for name in written.get("pictures", ()):
            photo = vault.album.add(entry.id, (pictures or shipped) / name).result()
            vault.album.keep(photo.id, _photo(photo.draft, content["pictures"][name])).result()
            taken[name] = photo.id
        for name in written.get("recordings", ()):
            _keep_recording(vault, shipped / name, entry.id, content["recordings"][name], babies)
    for name, per_mm in content["scans"].items():
        vault.album.measure(taken[name], per_mm).result()
    for thing in content["keepsakes"]:
        vault.keepsakes.keep(None, _keepsake(thing, babies, taken)).result()
    for kept in content["occasions"]:
        vault.occasions.add(_occasion(kept, babies)).result()
    return SampleContents(
        entries=len(content["entries"]),
        pictures=len(taken),
        occasions=len(content["occasions"]),
        people=len(people),
        babies=len(babies),
        ceremonies=len(content["ceremonies"]),
        keepsakes=len(content["keepsakes"]),
        recordings=len(content["recordings"]),
        edition=_keep_edition(vault, content["edition"], taken),
    )


def _keep_edition(vault: Vault, parts: dict[str, str], photos: dict[str, PhotoId]) -> EditionId:
    """A printed book of everything that is marked for it, under the words of the sample."""
    edition = Edition(
        title=parts["title"],
        entries=(),
        subtitle=parts["subtitle"],
        dedication=parts["dedication"],
        cover=photos[parts["cover"]],
        colophon=parts["colophon"],
    )
    whole = choosing.marked(edition, vault.books.material().result())
    return vault.editions.keep(None, parts["name"], whole).result().id


def _keep_recording(
    vault: Vault, path: Path, entry: EntryId, parts: dict[str, Any], babies: dict[str, BabyId]
) -> None:
    account = vault.recordings.bring([path], entry=entry).done.result()
    for refused in account.refused:
        raise refused.error
    for recording in account.ids:
        draft = RecordingDraft(
            title=parts["title"],
            kind=RecordingKind(parts["kind"]),
            taken=VagueDate.parse(parts["taken"]),
            recorded_by=parts["recorded_by"],
            place=parts["place"],
            notes=parts["notes"],
            babies=(babies[parts["baby"]],),
        )
        vault.recordings.keep(recording, draft).result()


def _photo(found: PhotoDraft, parts: dict[str, str]) -> PhotoDraft:
    return replace(
        found,
        caption=parts["caption"],
        description=parts["description"],
        kind=PhotoKind(parts.get("kind", "")),
        taken_by=parts.get("taken_by", ""),
    )


def _keep_babies(vault: Vault, written: dict[str, Any]) -> dict[str, BabyId]:
    """The babies of the sample, by their names in its file."""
    kept: dict[str, BabyId] = {}
    for key, parts in written.items():
        baby = vault.record.keep_baby(None, _baby(parts)).result()
        if baby is not None:
            kept[key] = baby.id
    return kept


def _baby(parts: dict[str, Any]) -> BabyDraft:
    texts = {key: parts[key] for key in ("names", "word", "place", "carers", "met", "notes") if key in parts}
    return BabyDraft(
        **texts,
        due=VagueDate.parse(parts.get("due", "")),
        learned=VagueDate.parse(parts.get("learned", "")),
        born=VagueDate.parse(parts.get("born", "")),
        died=VagueDate.parse(parts.get("died", "")),
        gestation=Gestation.parse(parts["gestation"]) if "gestation" in parts else None,
        measurements=tuple(Measurement(what, value) for what, value in parts.get("measurements", ())),
    )


def _occasion(parts: dict[str, Any], babies: dict[str, BabyId]) -> OccasionDraft:
    return OccasionDraft(
        label=parts["label"],
        day=VagueDate.parse(parts["day"]),
        kind=OccasionKind(parts["kind"]),
        yearly=parts.get("yearly", False),
        note=parts.get("note", ""),
        baby=babies[parts["baby"]] if "baby" in parts else None,
        remembrance=parts.get("remembrance", ""),
        reminder=parts.get("reminder"),
        reminder_words=parts.get("reminder_words", ""),
    )


def _ceremony(parts: dict[str, Any], babies: dict[str, BabyId]) -> CeremonyDraft:
    keys = ("label", "place", "readings", "music", "who", "rests", "notes")
    return CeremonyDraft(
        **{key: parts[key] for key in keys if key in parts},
        day=VagueDate.parse(parts.get("day", "")),
        baby=babies[parts["baby"]] if "baby" in parts else None,
    )


def _keepsake(
    parts: dict[str, Any], babies: dict[str, BabyId], photos: dict[str, PhotoId]
) -> KeepsakeDraft:
    keys = ("kind", "title", "words", "kept", "given_by")
    return KeepsakeDraft(
        **{key: parts[key] for key in keys if key in parts},
        day=VagueDate.parse(parts.get("day", "")),
        babies=tuple(babies[key] for key in parts.get("babies", ())),
        photos=tuple(photos[name] for name in parts.get("pictures", ())),
    )


def _as_the_editor_writes(paragraphs: list[str]) -> str:
    """The same words in the form in which a page comes back from the editor: looking changes nothing."""
    return markup.write(markup.parse("\n\n".join(paragraphs)))
