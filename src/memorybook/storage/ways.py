"""Whose passphrase a way into the book is, as rows. In the key file it could be read without any."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from memorybook.storage import preferences
from memorybook.storage.connection import Connection

_PREFIX = "way."


@dataclass(frozen=True, slots=True)
class Note:
    """What a person called a way in, and when it was made, ISO 8601 in UTC. Both may be empty."""

    label: str = ""
    created: str = ""


def notes(connection: Connection) -> dict[str, Note]:
    """By the id of the slot."""
    rows = connection.execute(
        "SELECT key, value FROM preference WHERE substr(key, 1, :length) = :prefix",
        {"prefix": _PREFIX, "length": len(_PREFIX)},
    )
    found = {}
    for row in rows:
        note = json.loads(row["value"])
        found[str(row["key"])[len(_PREFIX) :]] = Note(str(note["label"]), str(note["created"]))
    return found


def put(connection: Connection, slot_id: str, note: Note) -> bool:
    """Keep the note; ``False`` when it was the same already and nothing was written."""
    value = json.dumps({"label": note.label, "created": note.created}, ensure_ascii=True)
    return preferences.put(connection, _PREFIX + slot_id, value)


def keep_only(connection: Connection, slot_ids: Collection[str]) -> None:
    """Delete the notes of ways in that are gone."""
    for slot_id in notes(connection).keys() - set(slot_ids):
        connection.execute("DELETE FROM preference WHERE key = :key", {"key": _PREFIX + slot_id})
