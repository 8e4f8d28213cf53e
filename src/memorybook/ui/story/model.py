"""The rows of the story: entries, with a heading wherever the month changes."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import EntryId
from memorybook.ui.core import i18n
from memorybook.ui.core.i18n import tr

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HEADING_ROLE = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


def _month(day: VagueDate) -> tuple[bool, int | None, int | None]:
    """What entries under one heading share."""
    return day.is_known, day.year, day.month if day.year is not None else None


@dataclass(frozen=True, slots=True)
class Heading:
    """The month, the year, or "No date", above the entries that belong to it."""

    text: str


class StoryModel(QAbstractListModel):
    """Holds what has been read so far. Rows are only ever added at the end or replaced as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Heading | EntryRow] = []
        self._places: dict[EntryId, int] = {}
        self._more = False

    def replace(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """Show a list from its beginning."""
        self.beginResetModel()
        self._rows, self._places = [], {}
        self._append(rows)
        self._more = more
        self.endResetModel()

    def extend(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """Show what follows."""
        new = list(self._with_headings(rows))
        if new:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._take(new)
            self.endInsertRows()
        self._more = more

    def _append(self, rows: Sequence[EntryRow]) -> None:
        self._take(self._with_headings(rows))

    def _take(self, new: "Sequence[Heading | EntryRow] | itertools.chain[Heading | EntryRow]") -> None:
        for row in new:
            if isinstance(row, EntryRow):
                self._places[row.id] = len(self._rows)
            self._rows.append(row)

    def _with_headings(self, rows: Sequence[EntryRow]) -> "itertools.chain[Heading | EntryRow]":
        last = next((r.day for r in reversed(self._rows) if isinstance(r, EntryRow)), None)
        months = [last and _month(last)] + [_month(row.day) for row in rows]
        return itertools.chain.from_iterable(
            (row,) if month == before else (Heading(i18n.month_heading(row.day)), row)
            for row, before, month in zip(rows, months, months[1:], strict=False)
        )

    @property
    def has_more(self) -> bool:
        """Whether the list goes on behind the last row."""
        return self._more

    def entry_at(self, index: Index) -> EntryRow | None:
        """The entry of a row; ``None`` for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, EntryRow) else None

    def index_of(self, entry_id: EntryId) -> QModelIndex:
        """Where an entry is; an invalid index when it has not been read."""
        place = self._places.get(entry_id)
        return QModelIndex() if place is None else self.index(place)

    def neighbour(self, entry_id: EntryId, step: int) -> EntryId | None:
        """The entry before (``-1``) or behind (``1``) another in the list."""
        place = self._places.get(entry_id)
        while place is not None:
            place += step
            if not 0 <= place < len(self._rows):
                return None
            row = self._rows[place]
            if isinstance(row, EntryRow):
                return row.id
        return None

    def first(self) -> EntryId | None:
        """The first entry of the list."""
        return next(iter(self._places), None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry_at(index) is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, HEADING_ROLE}:
                return row.text
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or row.excerpt
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (i18n.long_day(row.day), row.title, row.excerpt, row.author_name or tr("me"))
            return ", ".join(part for part in parts if part)
        return None
