"""Keyset pages: a list is read on from a row that was seen, never by counting rows."""

from dataclasses import dataclass

from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import EntryId
from memorybook.domain.search import Query


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of one row in newest-first order: ``(day_key, id) < (?, ?)`` comes behind it."""

    day_key: int
    id: EntryId


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some rows in order, and where to go on: ``following`` behind the last, ``preceding`` before the first.

    Each is ``None`` where the list ends. A list that was read from its beginning has no ``preceding``.
    ``query`` is what was looked for, with the forms of its words that are in the book: for
    :func:`~memorybook.domain.search.spans`.
    """

    rows: tuple[EntryRow, ...]
    following: Cursor | None
    preceding: Cursor | None = None
    query: Query | None = None
