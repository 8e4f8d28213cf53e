"""Keyset pages: a list is read on from the last row seen, never by counting rows."""

from dataclasses import dataclass

from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import EntryId


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place behind one row in newest-first order: ``(day_key, id) < (?, ?)`` comes next."""

    day_key: int
    id: EntryId


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some rows in order, and where to go on. ``following`` is ``None`` at the end of the list."""

    rows: tuple[EntryRow, ...]
    following: Cursor | None
