"""What a person is told of the ways into a book: which there are, the sheet, and this computer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from memorybook.errors import KeyringError
from memorybook.storage import keyfile
from memorybook.storage.keyfile import Slot
from memorybook.storage.ways import Note


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way into the book. ``label`` is what a person called it; ``created`` is ISO 8601 in UTC.

    Either may be empty, for a way in that was made outside of this book's pages.
    """

    id: str
    kind: Literal["passphrase", "keyring"]
    label: str
    created: str


@dataclass(frozen=True, slots=True)
class SheetState:
    """The days, as ISO dates, on which the sheet was last shown and last typed back rightly."""

    shown: str | None
    confirmed: str | None


@dataclass(frozen=True, slots=True)
class KeyringState:
    """Whether this computer can remember the book, whether it does, and what stands in the way.

    ``on`` says that the key files have a slot for it. Whether the computer's password store still has its
    half is known when the book is opened with it; asking here could make the desktop ask for a password.
    """

    offered: bool
    on: bool
    problem: KeyringError | None


def known(slots: Sequence[Slot], notes: Mapping[str, Note]) -> tuple[WayIn, ...]:
    """The ways in that these slots are, those this version does not know left out."""
    found = []
    for slot in slots:
        way_id = keyfile.slot_id(slot)
        if way_id:
            note = notes.get(way_id, Note())
            kind: Literal["passphrase", "keyring"] = "passphrase" if is_passphrase(slot) else "keyring"
            found.append(WayIn(way_id, kind, note.label, note.created))
    return tuple(found)


def is_passphrase(slot: Slot) -> bool:
    """Whether this slot is a passphrase's, of the one kind this version knows."""
    return keyfile.slot_id(slot) not in {"", keyfile.KEYRING}


def place_of(slots: Sequence[Slot], way_id: str) -> int:
    """Where the passphrase with this id is. Raises ``LookupError``."""
    for place, slot in enumerate(slots):
        if is_passphrase(slot) and keyfile.slot_id(slot) == way_id:
            return place
    raise LookupError
