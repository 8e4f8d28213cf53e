"""The rows of the drawer."""

import datetime
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from memorybook.domain.dates import VagueDate
from memorybook.domain.drawer import DrawerRow
from memorybook.ui.core.i18n import count_text, day_text, tr

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class DrawerModel(QAbstractListModel):
    """All that waits, the last one first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[DrawerRow, ...] = ()

    def replace(self, rows: Sequence[DrawerRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, index: Index) -> DrawerRow:
        """What stands in a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (heading(row), row.excerpt if row.title else "", about(row))
            return ", ".join(part for part in parts if part)
        return None


def heading(row: DrawerRow) -> str:
    """What a page is called: its title, else how it begins."""
    return row.title or row.excerpt or (tr("A photo") if row.photo_count else tr("A page"))


def about(row: DrawerRow) -> str:
    """The day of the page, its pictures, and since when it waits."""
    parts = [day_text(row.day)]
    if row.photo_count:
        parts.append(count_text("{n} photo", "{n} photos", row.photo_count))
    parts.append(tr("put away on {date}").format(date=_local_day(row.deleted_at)))
    return " · ".join(part for part in parts if part)


def _local_day(at: str) -> str:
    moment = datetime.datetime.fromisoformat(at).astimezone()
    return day_text(VagueDate.of(moment.date()))
