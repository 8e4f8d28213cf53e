"""The sample book: a family that does not exist, written for looking around in."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from memorybook import resources
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import BabyId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import BabyDraft
from memorybook.services import markup
from memorybook.services.preferences import TITLE
from memorybook.services.vault import Vault


@dataclass(frozen=True, slots=True)
class SampleContents:
    """How much was put into the book. A picture on two pages is one picture."""

    entries: int
    pictures: int
    occasions: int
    people: int


def make_sample(vault: Vault, *, pictures: Path | None = None) -> SampleContents:
    """Fill a new book with the sample. ``pictures`` is a folder to take them from instead of the shipped one.

    Blocks until everything is kept: not for the window's thread. Raises what keeping a page and adding a
    picture raise.
    """
    shipped = resources.folder("sample")
    content: dict[str, Any] = json.loads((shipped / "sample.json").read_text(encoding="utf-8"))
    vault.preferences.put(TITLE, content["title"]).result()
    people = {name: vault.people.add(name).result().id for name in content["people"]}
    babies: dict[str, BabyId] = {}
    for key, name in content["babies"].items():
        baby = vault.record.keep_baby(None, BabyDraft(names=name, word="baby")).result()
        if baby is not None:
            babies[key] = baby.id
    taken = set()
    for written in content["entries"]:
        draft = EntryDraft(
            title=written.get("title", ""),
            body=_as_the_editor_writes(written["body"]),
            day=VagueDate.parse(written["day"]),
            kind=EntryKind(written["kind"]),
            author=people[written["author"]] if "author" in written else None,
            recipient=written.get("to", ""),
            in_book=written.get("in_book", True),
        )
        entry = vault.journal.keep(None, draft).result()
        if entry is None:  # there was nothing on it
            continue
        for name in written.get("pictures", ()):
            photo = vault.album.add(entry.id, (pictures or shipped) / name).result()
            vault.album.describe(photo.id, **content["pictures"][name]).result()
            taken.add(photo.id)
    for kept in content["occasions"]:
        day = OccasionDraft(
            label=kept["label"],
            day=VagueDate.parse(kept["day"]),
            kind=OccasionKind(kept["kind"]),
            yearly=kept.get("yearly", False),
            note=kept.get("note", ""),
            baby=babies[kept["baby"]] if "baby" in kept else None,
        )
        vault.occasions.add(day).result()
    return SampleContents(len(content["entries"]), len(taken), len(content["occasions"]), len(people))


def _as_the_editor_writes(paragraphs: list[str]) -> str:
    """The same words in the form in which a page comes back from the editor: looking changes nothing."""
    return markup.write(markup.parse("\n\n".join(paragraphs)))
